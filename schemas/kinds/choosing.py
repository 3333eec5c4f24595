"""Answers out of a list: one of it, several, or all of it in an order."""

from schemas.expressions.values import Value
from schemas.kinds.domains import InOrder, OneOf, SomeOf
from schemas.kinds.kind import (
    EXCLUSIVE,
    RANK_INCOMPLETE,
    TOO_LONG,
    UNKNOWN_CHOICE,
    WRONG_TYPE,
    Fault,
    Kind,
    Reader,
    XLSForm,
    needed,
    of_questions,
    steadily,
)
from schemas.kinds.limits import MOST_CHOSEN
from schemas.model import Question


def read_one(question: Question) -> Reader:
    """The name of one choice."""
    names = {choice.name for choice in question.choices}

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, str) or not answer:
            return WRONG_TYPE
        return answer if answer in names else UNKNOWN_CHOICE

    return read


def read_many(question: Question) -> Reader:
    """The names of some choices, each once and not too many; an exclusive choice stands alone."""
    names = {choice.name for choice in question.choices}
    alone = _alone(question)

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, list) or not answer or not all(isinstance(name, str) for name in answer):
            return WRONG_TYPE
        if len(answer) > MOST_CHOSEN:
            return TOO_LONG
        chosen = set(answer)
        if len(chosen) != len(answer):
            return WRONG_TYPE
        if not chosen <= names:
            return UNKNOWN_CHOICE
        return EXCLUSIVE if len(chosen) > 1 and chosen & alone else " ".join(answer)

    return read


def read_rank(question: Question) -> Reader:
    """The names of all choices, the first one first; where a filter decides what is offered, schemas.answers counts them."""
    names = {choice.name for choice in question.choices}

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, list) or not answer or not all(isinstance(name, str) for name in answer):
            return WRONG_TYPE
        ranked = set(answer)
        if len(ranked) != len(answer):
            return WRONG_TYPE
        if not ranked <= names:
            return UNKNOWN_CHOICE
        return RANK_INCOMPLETE if not question.choice_filter and ranked != names else " ".join(answer)

    return read


def _names(question: Question) -> tuple[str, ...]:
    return tuple(choice.name for choice in question.choices)


def _alone(question: Question) -> frozenset[str]:
    return frozenset(choice.name for choice in question.choices if choice.exclusive)


SELECT_ONE = Kind(
    name="select_one",
    needs=needed("label list"),
    may=of_questions("dimension randomize choice_filter correct explain"),
    appearances=frozenset({"likert", "horizontal", "minimal", "quick", "gate"}),
    reader=read_one,
    domain=lambda question: OneOf(_names(question)),
    chooses="one",
    entry="tap",
    seconds=steadily(7.0),
    column="word",
    counting="choice",
    paper="circles",
    xlsform=XLSForm(type="select_one", select="select one", words=("chon mot", "radio", "dropdown", "trac nghiem")),
)
SELECT_MULTIPLE = Kind(
    name="select_multiple",
    needs=needed("label list"),
    may=of_questions("randomize choice_filter"),
    appearances=frozenset({"minimal", "horizontal"}),
    reader=read_many,
    domain=lambda question: SomeOf(_names(question), _alone(question)),
    chooses="several",
    entry="tap",
    seconds=steadily(12.0),
    column="words",
    counting="options",
    paper="boxes",
    xlsform=XLSForm(type="select_multiple", select="select all that apply", words=("chon nhieu", "checkbox")),
)
RANK = Kind(
    name="rank",
    needs=needed("label list"),
    may=of_questions("randomize choice_filter"),
    appearances=frozenset(),
    reader=read_rank,
    domain=lambda question: InOrder(_names(question), whole=question.choice_filter is None),
    chooses="order",
    entry="tap",
    seconds=steadily(20.0),
    column="words",
    counting="places",
    paper="order",
    xlsform=XLSForm(type="rank", select="rank", words=("xep hang",)),
)
