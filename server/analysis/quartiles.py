"""Median and quartiles of a number, where a whole threshold of people stands in each quarter and no band is withheld."""

from collections.abc import Iterable

import numpy as np

from schemas.questions import NUMBERS
from server.analysis.coding import Line
from server.analysis.gate import Case
from server.analysis.shown import Figures, Shown

QUARTERS = (0.25, 0.5, 0.75)


def quartiles_of(case: Case, table: Shown, lines: Iterable[Line]) -> Figures | None:
    """Give the quartiles that go with a one-way table of numbers."""
    question = case.coding.question
    if question.type not in NUMBERS or case.axis is not None or case.sensitive or not table.shown.all():
        return None
    numbers: dict[float, int] = {}
    for value, _, _, _, count in lines:
        if value:
            numbers[float(value)] = numbers.get(float(value), 0) + count
    people = sum(numbers.values())
    if people < 4 * case.policy.threshold:
        return None
    values = sorted(numbers)
    lower, middle, upper = (_quantile(values, [numbers[value] for value in values], quarter) for quarter in QUARTERS)
    return {"lower_quartile": lower, "median": middle, "upper_quartile": upper, "people": people}


def _quantile(values: list[float], people: list[int], share: float) -> float:
    """Take the value at which the given share of people is reached: always one that somebody gave."""
    reached = np.cumsum(people)
    return values[int(np.searchsorted(reached, share * reached[-1], side="left"))]
