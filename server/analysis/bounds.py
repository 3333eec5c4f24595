"""Between which numbers every value lies that is averaged: known from the survey alone, never from what people answered.

A mean tells little about a person only where it is known how far one person can move it. A question's range says so; of a
calculation it is worked out from what its questions allow. Where a survey sets no bounds, there are none, and no mean either.
"""

import math
from dataclasses import dataclass

from schemas.lint.answers import answers_of
from schemas.lint.functions import Known
from schemas.lint.possible import EMPTY, Possible, as_stored, not_empty, numbers, union
from schemas.lint.reasoning import outcome
from schemas.model import Question, Survey
from schemas.questions import LARGEST_NUMBER
from server.analysis.relevance import refers_to

WIDEST_KNOWN = LARGEST_NUMBER / 2
MOST_CALCULATIONS = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that one person's value can be."""

    least: float
    most: float

    @property
    def spread(self) -> float:
        """Say how far one person's value can lie from another's."""
        return self.most - self.least

    def room(self, people: int, total: float) -> float:
        """Say how many people could stand at either end, for all that their total tells: at the end where fewer could."""
        return min(total - people * self.least, people * self.most - total) / self.spread


def bounds_of(survey: Survey, name: str) -> Bounds | None:
    """Give the bounds of a number or a calculation; None where the survey sets none."""
    question = survey.by_name[name]
    if question.calculation is None:
        return _usable(question.range.start, question.range.end) if question.range else None
    span, _ = numbers(not_empty(_Outcomes(survey).of(name)))
    return _usable(*span) if span else None


def leaves_of(survey: Survey, name: str) -> tuple[str, ...]:
    """Name the questions from whose answers a value comes, through other calculations too."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        question = survey.by_name[waiting.pop()]
        if question.name in found:
            continue
        found[question.name] = None
        waiting += refers_to(question.calculation) if question.calculation else ()
    return tuple(sorted(each for each in found if survey.by_name[each].calculation is None))


def _usable(least: float, most: float) -> Bounds | None:
    known = math.isfinite(least) and math.isfinite(most) and max(abs(least), abs(most)) < WIDEST_KNOWN
    return Bounds(float(least), float(most)) if known and least < most else None


class _Outcomes:
    """What the questions and calculations of a survey may come to."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._found: dict[str, Possible] = {}

    def of(self, name: str) -> Possible:
        """Say what a question may hold, the empty answer among it; each is worked out once."""
        if name not in self._found:
            self._found[name] = Possible(span=(-math.inf, math.inf))  # of a circle nothing is known
            self._found[name] = self._made(self._survey.by_name[name])
        return self._found[name]

    def _made(self, question: Question) -> Possible:
        if question.calculation is None:
            return union([EMPTY, *(piece.possible for piece in answers_of(question))])
        if len(self._found) > MOST_CALCULATIONS:
            return Possible(span=(-math.inf, math.inf))
        values = {name: self.of(name) for name in refers_to(question.calculation)}
        days = (-math.inf, math.inf)
        return as_stored(union([EMPTY, outcome(question.calculation.tree, Known(values, days))]))
