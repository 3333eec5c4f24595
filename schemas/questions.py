"""The types of question, in one table: which keys each takes, and how its answer is read. A new type is a new row here.

A reader turns an answer as it is sealed into the value that expressions see, or into a Fault. Each reader has its twin of
the same name in client/web/src/language/answers.ts; tests/vectors/answers.json holds the two together.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.expressions.values import Value
from schemas.model import Question
from schemas.suggesting import with_suggestion
from schemas.texts import UNWRITABLE
from schemas.words import say, sentence

LONGEST_ANSWER = 2_000
LARGEST_NUMBER = 2**53 - 1
MOST_CHOSEN = 200
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be read: the code of the problem."""

    code: str


WRONG_TYPE = Fault("answer.wrong_type")
UNKNOWN_CHOICE = Fault("answer.unknown_choice")
EXCLUSIVE = Fault("answer.exclusive")
OUT_OF_RANGE = Fault("answer.out_of_range")
TOO_LONG = Fault("answer.too_long")
RANK_INCOMPLETE = Fault("answer.rank_incomplete")

MEDIA_SLOTS = ("audio", "image", "hint_audio", "hint_image", "constraint_audio", "constraint_image")
NUMBERS = frozenset({"integer", "decimal", "range"})
GATE = "gate"
GATE_CHOICES = ("enter", "skip", "end")
GATE_ENDS = "end"
YEARS = (1900, 2100)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ENDINGS = {"year": "-01-01", "month-year": "-01"}

Reader = Callable[[object], Value | Fault]


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
    alone = {choice.name for choice in question.choices if choice.exclusive}

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


def read_integer(question: Question) -> Reader:
    """A whole number; within the question's range, if it has one."""
    bounds = question.range

    def read(answer: object) -> Value | Fault:
        if type(answer) is not int or abs(answer) > LARGEST_NUMBER:
            return WRONG_TYPE
        return OUT_OF_RANGE if bounds and not bounds.start <= answer <= bounds.end else float(answer)

    return read


def read_range(question: Question) -> Reader:
    """A number on the steps of the question's range."""
    bounds = question.range
    if bounds is None:
        raise ValueError(question.name)

    def read(answer: object) -> Value | Fault:
        if isinstance(answer, bool) or not isinstance(answer, int | float) or abs(answer) > LARGEST_NUMBER:
            return WRONG_TYPE
        if math.isnan(answer):
            return WRONG_TYPE
        steps = (answer - bounds.start) / bounds.step
        on_a_step = abs(steps - math.floor(steps + 0.5)) < 1e-9
        return float(answer) if on_a_step and bounds.start <= answer <= bounds.end else OUT_OF_RANGE

    return read


def read_decimal(question: Question) -> Reader:
    """A number, whole or not; within the question's range, if it has one."""
    bounds = question.range

    def read(answer: object) -> Value | Fault:
        if isinstance(answer, bool) or not isinstance(answer, int | float) or not abs(answer) <= LARGEST_NUMBER:
            return WRONG_TYPE
        return OUT_OF_RANGE if bounds and not bounds.start <= answer <= bounds.end else float(answer)

    return read


def read_date(question: Question) -> Reader:
    """A day as ISO text; of a year or a month it is the first day, so that no more than that is known."""
    ending = _ENDINGS.get(question.appearance or "", "")

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, str) or not _DAY.match(answer) or not answer.endswith(ending):
            return WRONG_TYPE
        try:
            day = date.fromisoformat(answer)
        except ValueError:
            return WRONG_TYPE
        return answer if YEARS[0] <= day.year <= YEARS[1] else OUT_OF_RANGE

    return read


def read_text(_: Question) -> Reader:
    """What a person wrote; characters that no hop can store are refused."""

    def read(answer: object) -> Value | Fault:
        if not isinstance(answer, str) or not answer:
            return WRONG_TYPE
        if len(answer) > LONGEST_ANSWER:
            return TOO_LONG
        return WRONG_TYPE if UNWRITABLE.search(answer) else answer

    return read


def read_acknowledge(_: Question) -> Reader:
    """The word OK, which is what XLSForm's acknowledge gives."""
    return lambda answer: "OK" if answer == "OK" and isinstance(answer, str) else WRONG_TYPE


_EVERY = frozenset({"type", "name", "label", "hint", "relevant", "sensitive", *MEDIA_SLOTS[:4]})
_ASKED = _EVERY | {"required", "constraint", "constraint_message", "fact", *MEDIA_SLOTS[4:]}


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of question: the keys that it needs and may have, its appearances, and how its answer is read."""

    needs: frozenset[str]
    may: frozenset[str]
    appearances: frozenset[str] = frozenset()
    reader: Callable[[Question], Reader] | None = None

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a question of this type may have."""
        return self.needs | self.may | ({"appearance"} if self.appearances else frozenset())


def _kind(needs: str, may: str = "", appearances: str = "", reader: Callable[[Question], Reader] | None = None) -> Kind:
    common = _ASKED if reader else _EVERY
    return Kind(
        frozenset({"type", "name", *needs.split()}), common | set(may.split()), frozenset(appearances.split()), reader
    )


KINDS: Mapping[str, Kind] = {
    "select_one": _kind(
        "label list",
        "dimension randomize choice_filter correct explain",
        "likert horizontal minimal quick gate",
        read_one,
    ),
    "select_multiple": _kind("label list", "randomize choice_filter", "minimal horizontal", read_many),
    "rank": _kind("label list", "randomize choice_filter", reader=read_rank),
    "integer": _kind("label", "range dimension", reader=read_integer),
    "decimal": _kind("label", "range dimension", reader=read_decimal),
    "range": _kind("label range", "dimension", "rating slider", read_range),
    "date": _kind("label", appearances="year month-year", reader=read_date),
    "text": _kind("label", "specifies", "multiline", read_text),
    "acknowledge": _kind("label", "dimension", reader=read_acknowledge),
    "note": _kind("label"),
    "calculate": _kind("calculation"),
}

_IDENTIFIES = (
    "it would tell who answered, where or when, and nothing that identifies is ever collected here; leave it out"
)
IDENTIFYING_TYPES: Mapping[str, str] = dict.fromkeys(
    (
        "deviceid subscriberid simserial phonenumber username email start end today audit geopoint geotrace geoshape start-geopoint "
        "start-geotrace start-geoshape background-audio background-geopoint image photo video audio file barcode datetime time"
    ).split(),
    _IDENTIFIES,
)

_NOT_HERE: Mapping[str, str] = {
    "begin_repeat": "repeats have no use in an anonymous survey; ask how many, and about all of them together",
    "begin_group": "a group is a section here",
    "hidden": "use calculate",
}


def refusal(type_name: str) -> tuple[str, str] | None:
    """Why there is no question of this type and what to do instead, as code and sentence; None if there is one."""
    if type_name in KINDS:
        return None
    if type_name in IDENTIFYING_TYPES:
        return "type.identifies", say(
            "a question of type {type_name} is refused: {reason}",
            type_name=type_name,
            reason=sentence(IDENTIFYING_TYPES[type_name]),
        )
    problem = say("there are no questions of type {type_name}", type_name=type_name[:40])
    if instead := _NOT_HERE.get(type_name):
        return "type.unknown", say("{problem}: {instead}", problem=problem, instead=sentence(instead))
    return "type.unknown", with_suggestion(problem, type_name, KINDS)
