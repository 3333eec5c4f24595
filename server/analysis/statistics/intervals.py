"""Intervals at 95 %: of shares, means, differences and ratios. Sizes may be fractions, since counts are read from brackets.

Checked in the tests against SciPy, R and published examples.
"""

import math
from typing import NamedTuple

from scipy import special

LEVEL = 0.95
Z = float(special.ndtri(0.5 + LEVEL / 2))


class Interval(NamedTuple):
    """Lower and upper bound."""

    low: float
    high: float


def student(freedom: float) -> float:
    """Give the quantile of Student's t that a 95 % interval needs; the normal one for endless degrees of freedom."""
    return Z if math.isinf(freedom) else float(special.stdtrit(max(freedom, 1.0), 0.5 + LEVEL / 2))


def effective_size(answered: float, population: float | None = None) -> float:
    """Give the sample size that a finite population amounts to: n (N - 1) / (N - n), endless for a census.

    Source: the variance of a share under sampling without replacement, (N - n) / (N - 1) p (1 - p) / n (Cochran 1977, 3.2).
    """
    if population is None:
        return answered
    return answered * (population - 1) / (population - answered) if population > answered else math.inf


def wilson(share: float, n: float) -> Interval:
    """Give Wilson's score interval of a share from 0 to 1 among n people (Wilson 1927); of nobody it is everything.

    SciPy has it for whole counts only (`binomtest(...).proportion_ci(method="wilson")`).
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    if math.isinf(n):
        return Interval(share, share)
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(max(share * (1 - share), 0.0) / n + Z * Z / (4 * n * n))
    return Interval(min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share))


def newcombe(first: float, first_within: Interval, second: float, second_within: Interval) -> Interval:
    """Give the interval of a difference of two independent figures from the interval of each.

    Newcombe's hybrid score method (1998, method 10), which for other figures than shares is called MOVER (Zou and Donner 2008):
    below it reaches sqrt((first - its low)^2 + (second's high - second)^2), above likewise.
    """
    below = math.hypot(first - first_within.low, second_within.high - second)
    above = math.hypot(first_within.high - first, second - second_within.low)
    return Interval(first - second - below, first - second + above)


def welch_freedom(errors: tuple[float, float], freedoms: tuple[float, float]) -> float:
    """Give the degrees of freedom of a difference of two means with these standard errors (Welch 1947, Satterthwaite 1946)."""
    first, second = errors[0] ** 2, errors[1] ** 2
    parts = sum(square**2 / max(freedom, 1.0) for square, freedom in zip((first, second), freedoms, strict=True))
    return (first + second) ** 2 / parts if parts else math.inf


def ratio_interval(figures: tuple[float, float], errors: tuple[float, float]) -> Interval:
    """Give the interval of the ratio of two independent figures above 0, by the delta method on the log scale.

    R exp(±z sqrt((e1/m1)^2 + (e2/m2)^2)), Katz and others 1978 for shares, the same for means.
    """
    ratio = figures[0] / figures[1]
    error = math.hypot(errors[0] / figures[0], errors[1] / figures[1])
    return Interval(ratio * math.exp(-Z * error), ratio * math.exp(Z * error))


def margin_of_error(n: float, population: float | None = None) -> float:
    """Give half the width of the widest interval of a share (p = 1/2), with finite population correction: z / (2 sqrt(n*))."""
    size = effective_size(n, population)
    return 0.0 if math.isinf(size) else Z * 0.5 / math.sqrt(size)
