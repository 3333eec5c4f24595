"""Estimates: figures before they are printed, with what is needed to set two of them against each other."""

import math
from dataclasses import dataclass

from server.analysis.edition.figures import Comparison, End, Figure, Mean, Missing, Share, Span
from server.analysis.statistics.intervals import Interval, Z, newcombe, ratio_interval, student, welch_freedom
from server.analysis.statistics.printing import printed, printed_within, score_step, share_step

IN_HUNDRED = 100
SHARE_PEOPLE, SCORE, NUMBER = "share", "score", "number"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of some people, not rounded.

    `form`: share (0-1), score (on a scale from `least` to `most`), or number (in its own unit, between the same ends). `within`:
    95 % interval of sampling and bracket together. `error`: standard error of both together, with `freedom` degrees of freedom;
    `blur`: the part of its square that comes from the brackets.
    `slack`: how far the figure may lie off for lack of knowing where in their bands numbers lie, which no sample size helps.
    `people` stand behind it by their bracket, `n` as read; `end` as in `Share`.
    """

    form: str
    value: float
    within: Interval
    error: float
    blur: float
    freedom: float
    people: Span
    n: float
    least: float = 0.0
    most: float = 1.0
    slack: float = 0.0
    end: End = ""

    @property
    def sampling(self) -> float:
        """Give the standard error of sampling alone."""
        return math.sqrt(max(self.error**2 - self.blur, 0.0))

    @property
    def step(self) -> float:
        """Say how finely it is printed."""
        return share_step(self.n) if self.form == SHARE_PEOPLE else score_step(self.least, self.most, self.n)

    def shown(self) -> tuple[float, Interval]:
        """Round the value to what is printed, and the interval outward."""
        step = self.step
        value, within = printed(self.value, step), printed_within(self.within, step)
        if self.form == SHARE_PEOPLE and self.end:
            value = min(max(value, step), 1 - step)
        low, high = min(within.low, value), max(within.high, value)
        return round(value, 6), Interval(round(max(low, self.least), 6), round(min(high, self.most), 6))


Worked = Estimate | Missing


def figure_of(worked: Worked) -> Figure:
    """Print an estimate as the figure that a release holds."""
    if isinstance(worked, Missing):
        return worked
    value, within = worked.shown()
    if worked.form == SHARE_PEOPLE:
        return Share(value, *within, worked.people, worked.end)
    return Mean(value, *within, worked.least, worked.most, worked.people)


def by_student(value: float, error: float, freedom: float, bounds: tuple[float, float], slack: float = 0.0) -> Interval:
    """Give Student's interval of a mean, value ± t error, widened by a slack and kept between the bounds of the scale."""
    half = student(freedom) * error + slack
    return Interval(max(value - half, bounds[0]), min(value + half, bounds[1]))


def difference(first: Worked, second: Worked) -> Figure:
    """Give the first figure less the second, of two groups without a person in common.

    Shares by Newcombe's method from the intervals of both, which hold their brackets; means by Welch's with their errors of
    sampling and brackets together. To those the slacks of both are added by their squares, as nobody assumes that one group stands
    at the upper ends of its bands and the other at the lower. The value is the difference of the printed figures, so that a reader
    can check it.
    """
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    one, other = first.shown()[0], second.shown()[0]
    if first.form == SHARE_PEOPLE:
        within = newcombe(first.value, first.within, second.value, second.within)
        within = Interval(max(within.low, -1.0), min(within.high, 1.0))
        step = max(first.step, second.step) * IN_HUNDRED
        held = printed_within(Interval(within.low * IN_HUNDRED, within.high * IN_HUNDRED), step)
        value = round((one - other) * IN_HUNDRED, 6)
        return Comparison(value, min(held.low, value), max(held.high, value), "points")
    errors = (first.error, second.error)
    sampling = student(welch_freedom(errors, (first.freedom, second.freedom))) * math.hypot(*errors)
    half = math.hypot(sampling, first.slack, second.slack)
    middle, widest = first.value - second.value, first.most - first.least
    step = max(first.step, second.step)
    held = printed_within(Interval(max(middle - half, -widest), min(middle + half, widest)), step)
    value = round(one - other, 6)
    return Comparison(value, min(held.low, value), max(held.high, value), "score" if first.form == SCORE else "number")


def ratio(first: Worked, second: Worked) -> Figure:
    """Give the first figure divided by the second, of two groups without a person in common; to two decimals.

    Interval by the delta method on the log scale, the slacks added by their squares as in `difference`. Missing("unworked") for
    figures that are not above 0.
    """
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    one, other = first.shown()[0], second.shown()[0]
    if min(first.value, second.value, one, other) <= 0 or min(first.least, second.least) < 0:
        return Missing("unworked")
    errors = [math.hypot(each.error, each.slack / Z) for each in (first, second)]
    within = ratio_interval((first.value, second.value), (errors[0], errors[1]))
    held = printed_within(within, 0.01)
    value = printed(one / other, 0.01)
    return Comparison(value, min(held.low, value), max(held.high, value), "ratio")
