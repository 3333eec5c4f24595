"""Counts by period (a campaign's day, week or month, never finer), the pace of the last ones, and how many there will be in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

from schemas.days import days_of, first_day

WINDOW = 14
"""So many whole periods at most speak for the pace: two weeks of days, so that each weekday weighs the same."""
LEAST = 3
"""Fewer whole periods say nothing about how much they vary."""
_T = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160)
"""Student's t, 97.5 %, for 2 to 13 degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month of a campaign: its first day by the calendar, how many of its days the campaign has, what was counted."""

    first: date
    days: int
    collected: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many will have answered on the last day if it goes on like this: expected, and 95 % of the time from `low` to `high`.

    `pace` is people a day, over `periods` whole periods; `reached` is the day on which the target is met at this pace, None where it
    is met already or the pace leads nowhere.
    """

    pace: float
    periods: int
    expected: int
    low: int
    high: int
    reached: date | None


def periods_of(by_day: Mapping[date, int], unit: str, opens: date, last: date) -> list[Period]:
    """Add days up to the campaign's periods from its first day until `last`, in order; a period without a count has 0."""
    counted: dict[date, int] = {}
    for day, number in by_day.items():
        counted[first_day(day, unit)] = counted.get(first_day(day, unit), 0) + number
    found: list[Period] = []
    at = opens
    while at <= last:
        inside = [day for day in days_of(at, unit) if opens <= day <= last]
        found.append(Period(first_day(at, unit), len(inside), counted.get(first_day(at, unit), 0)))
        at = inside[-1] + timedelta(days=1)
    return found


def whole_periods(periods: Sequence[Period], unit: str, today: date) -> list[Period]:
    """Return the periods that are over."""
    return [one for one in periods if last_day(one.first, unit) < today]


def last_day(first: date, unit: str) -> date:
    """Return the last day of the period in which a day lies."""
    return list(days_of(first, unit))[-1]


def forecast(
    whole: Sequence[Period], collected: int, target: int, people: int, today: date, closes: date
) -> Forecast | None:
    """Reckon with the pace of the last `WINDOW` whole periods; None where fewer than `LEAST` of them are over.

    With counts x over d days in n periods, D = Σd: pace m = Σx/D a day, variance of a day s² = Σ(x - m·d)²/d / (n - 1), at least m (a
    count that varies less than Poisson's is chance). With L days left: expected = collected + m·L, and its error has the variance
    s²·L·(1 + L/D), the prediction interval of a sum whose mean is estimated (Cochran, Sampling Techniques, 1977, section 6.2 for
    the ratio), with Student's t of n - 1. Nothing is expected beyond `people` (0: unknown). Days are taken as independent, which
    teams that go from place to place are not: the true uncertainty is larger.
    """
    used = whole[-WINDOW:]
    if len(used) < LEAST:
        return None
    days = sum(one.days for one in used)
    pace = sum(one.collected for one in used) / days
    spread = sum((one.collected - pace * one.days) ** 2 / one.days for one in used) / (len(used) - 1)
    left = max(0, (closes - today).days)
    reach = _T[len(used) - LEAST] * sqrt(max(spread, pace) * left * (1 + left / days))
    expected = collected + pace * left

    def bounded(number: float) -> int:
        at_least = max(collected, round(number))
        return max(collected, min(at_least, people)) if people else at_least

    return Forecast(
        pace,
        len(used),
        bounded(expected),
        bounded(expected - reach),
        bounded(expected + reach),
        _reached(collected, target, pace, today),
    )


def _reached(collected: int, target: int, pace: float, today: date) -> date | None:
    if collected >= target or pace <= 0:
        return None
    days = ceil((target - collected) / pace)
    return today + timedelta(days=days) if days < (date.max - today).days else None
