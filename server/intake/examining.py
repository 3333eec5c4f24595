"""One survey version, ready to examine responses: what is wrong with one, and what of it is stored where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.answers import Reading, check_answers, computed, rules_of
from schemas.days import hangs_on_the_day
from schemas.model import Expression, Question, Survey
from schemas.questions import kind_of
from schemas.response import ResponseDocument

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Parted:
    """A response's answers with what its survey calculates from them, and apart from these what was written."""

    answers: dict[str, Any]
    remarks: tuple[tuple[str, str], ...]


class Examiner:
    """Examines the responses to one survey version."""

    def __init__(self, survey: Survey) -> None:
        self._survey, self._rules = survey, rules_of(survey)
        self.languages = frozenset(survey.languages)
        self._written = tuple(question.name for question in survey.questions if kind_of(question).written)
        self._order = {question.name: place for place, question in enumerate(survey.questions)}
        self._choices = tuple(
            (question.name, {choice.name: place for place, choice in enumerate(question.choices)})
            for question in survey.questions
            if kind_of(question).chooses == "several"
        )
        self._calculated = tuple(step.name for step in self._rules.steps if step.calculate)
        self._hangs_on_the_day = hangs_on_the_day(survey)
        self._weighs_words = not set(self._written).isdisjoint(_names_used(survey))

    def examine(self, document: ResponseDocument, days: Iterable[date] = ()) -> str | Parted:
        """Part a response that satisfies the survey, or say what is wrong with it: by codes and names of questions.

        `days` are those on which it may have been given, where more than one is possible; one on which all holds is enough.
        """
        reading, day = self._read(document, document.day), document.day
        if reading.problems and self._hangs_on_the_day:
            for day in days:
                reading = self._read(document, day)
                if not reading.problems:
                    break
        if reading.problems or not document.answers.keys() <= self._rules.answered:
            return self._objection(document)
        answers: dict[str, Any] = dict(document.answers)
        remarks = tuple((name, str(answers.pop(name))) for name in self._written if name in answers)
        if self._weighs_words:  # what is calculated from somebody's words would carry them back to her answers
            return Parted(self._in_order(answers | computed(self._survey, answers, today=day)), remarks)
        values = reading.values
        answers |= {name: values[name] for name in self._calculated if _is_something(values.get(name, ""))}
        return Parted(self._in_order(answers), remarks)

    def _read(self, document: ResponseDocument, day: date) -> Reading:
        reading = self._rules.reading(document.answers, day)
        reading.hold_to_demands()
        return reading

    def _in_order(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Put answers and choices in the survey's order: another one would tell what program or hand they came from."""
        for name, places in self._choices:
            if name in answers:
                answers[name] = sorted(answers[name], key=places.__getitem__)
        return {name: answers[name] for name in sorted(answers, key=self._order.__getitem__)}

    def _objection(self, document: ResponseDocument) -> str:
        known = self._survey.by_name
        found = check_answers(self._survey, document.answers, today=document.day)
        faults = (f"{one.code} {one.question}" if one.question in known else one.code for one in found)
        return ", ".join(faults)[:LONGEST_REASON]


def _is_something(value: object) -> bool:
    """Tell a value from the empty one and from the result of impossible arithmetic."""
    return value != "" and value == value  # noqa: PLR0124 - only NaN differs from itself


def _names_used(survey: Survey) -> frozenset[str]:
    """Name every question that some expression of the survey refers to."""
    sections = [section.relevant for section in survey.sections]
    questions = [expression for question in survey.questions for expression in _expressions(question)]
    trees = [one.tree for one in (*sections, *questions) if isinstance(one, Expression)]
    return frozenset(name for tree in trees for name in _references(tree))


def _expressions(question: Question) -> tuple[Expression | bool | None, ...]:
    return question.relevant, question.constraint, question.calculation, question.required, question.choice_filter


def _references(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        if tree[:1] == ["ref"]:
            yield tree[1]
        for part in tree[1:]:
            yield from _references(part)
