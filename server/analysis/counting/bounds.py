"""Between which numbers every value lies that is averaged: known from the survey alone, never from what people answered.

A mean tells little about a person only where it is known how far one person can move it. A question's range says so; of a
calculation it is worked out from what its questions allow. Where a survey sets no bounds, there are none, and no mean either.
"""

import math
from dataclasses import dataclass

from schemas.expressions.ranges.answers import answers_of
from schemas.expressions.ranges.functions import KnownValues
from schemas.expressions.ranges.possible import EMPTY, Possible, as_stored, not_empty, numbers, union
from schemas.expressions.ranges.reasoning import outcome
from schemas.kinds.domains import Steps
from schemas.kinds.limits import LARGEST_NUMBER
from schemas.model import Question, Survey, Tree
from schemas.questions import kind_of
from server.analysis.counting.relevance import refers_to

WIDEST_KNOWN = LARGEST_NUMBER / 2
MOST_CALCULATIONS = 200
NOTHING = ["str", ""]  # how an expression says that there is no number
_KEEP_WHOLE = frozenset({"coalesce", "once", "min", "max", "sum"})
_MAKE_WHOLE = frozenset({"count-selected", "int", "string-length", "not", "selected"})
_TRUTHS = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or"})
_ARITHMETIC = frozenset({"+", "-", "*", "neg"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that one person's value can be."""

    least: float
    most: float


def bounds_of(survey: Survey, name: str) -> Bounds | None:
    """Give the bounds of a number or a calculation; None where the survey sets none."""
    question = survey.by_name[name]
    if question.calculation is None:
        return _usable(question.range.start, question.range.end) if question.range else None
    span, _ = numbers(not_empty(_Outcomes(survey).of(name)))
    return _usable(*span) if span else None


def _usable(least: float, most: float) -> Bounds | None:
    known = math.isfinite(least) and math.isfinite(most) and max(abs(least), abs(most)) < WIDEST_KNOWN
    return Bounds(float(least), float(most)) if known and least < most else None


def is_of_whole_numbers(question: Question) -> bool:
    """Tell whether a question is answered by whole numbers only."""
    domain = kind_of(question).domain
    found = domain(question) if domain else None
    return isinstance(found, Steps) and found.whole


def is_whole(survey: Survey, name: str) -> bool:
    """Tell whether a number or calculation can only be a whole number."""
    return _Whole(survey).of(name)


class _Whole:
    """Which questions and calculations of a survey give whole numbers or nothing."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._found: dict[str, bool] = {}

    def of(self, name: str) -> bool:
        """Say it of a question; each is worked out once."""
        if name not in self._found:
            self._found[name] = False  # of a circle nothing is known
            question = self._survey.by_name[name]
            calculated = question.calculation is not None and self._gives(question.calculation.tree)
            self._found[name] = calculated or is_of_whole_numbers(question)
        return self._found[name]

    def _gives(self, tree: Tree) -> bool:
        head, *parts = tree
        if head == "num":
            return float(parts[0]).is_integer()
        if head == "ref":
            return self.of(parts[0])
        if head == "call":
            return self._called(parts[0], parts[1:])
        return tree == NOTHING or head in _TRUTHS or (head in _ARITHMETIC and all(map(self._gives, parts)))

    def _called(self, function: str, arguments: list[Tree]) -> bool:
        if function == "if":
            return all(map(self._gives, arguments[1:]))
        if function in _KEEP_WHOLE:
            return all(map(self._gives, arguments))
        return function in _MAKE_WHOLE or (function == "round" and len(arguments) == 1)


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
        return as_stored(union([EMPTY, outcome(question.calculation.tree, KnownValues(values, days))]))
