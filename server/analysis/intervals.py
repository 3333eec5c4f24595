"""Intervals at 95 %, for whole columns at once. Checked against SciPy, statsmodels and published examples in the tests."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

LEVEL = 0.95
Z = float(special.ndtri(0.5 + LEVEL / 2))
Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """Lower and upper bounds."""

    low: Floats
    high: Floats


def effective_size(answered: ArrayLike, population: ArrayLike | None = None) -> Floats:
    """Give the sample size that a finite population amounts to: n (N - 1) / (N - n); a census has no sampling error."""
    n = np.asarray(answered, dtype=float)
    if population is None:
        return n
    size = np.asarray(population, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(size > n, n * (size - 1) / np.maximum(size - n, 1e-9), np.inf)


def wilson(share: ArrayLike, n: ArrayLike) -> Interval:
    """Wilson's score interval of a share; `n` may be an effective size, so this takes fractions as SciPy's does not."""
    p, size = np.asarray(share, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (p + Z * Z / (2 * size)) / (1 + Z * Z / size)
        half = Z / (1 + Z * Z / size) * np.sqrt(p * (1 - p) / size + Z * Z / (4 * size * size))
    return Interval(np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0))


def mean_interval(mean: ArrayLike, deviation: ArrayLike, n: ArrayLike) -> Interval:
    """Student's interval of a mean, from the sample's standard deviation."""
    m, s, size = (np.asarray(value, dtype=float) for value in (mean, deviation, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        half = special.stdtrit(size - 1, 0.5 + LEVEL / 2) * s / np.sqrt(size)
    return Interval(m - half, m + half)


def ratio_interval(means: tuple[float, float], deviations: tuple[float, float], sizes: tuple[int, int]) -> Interval:
    """Interval of the ratio of two independent means above nothing, on the log scale by the delta method."""
    ratio = means[0] / means[1]
    error = math.sqrt(sum((s / m) ** 2 / n for s, m, n in zip(deviations, means, sizes, strict=True)))
    return Interval(np.asarray(ratio * math.exp(-Z * error)), np.asarray(ratio * math.exp(Z * error)))


def welch(means: tuple[float, float], deviations: tuple[float, float], sizes: tuple[int, int]) -> Interval:
    """Welch's interval of the difference of two independent means."""
    first, second = (s**2 / n for s, n in zip(deviations, sizes, strict=True))
    difference, variance = means[0] - means[1], first + second
    if not variance:
        return Interval(np.asarray(difference), np.asarray(difference))
    freedom = variance**2 / (first**2 / (sizes[0] - 1) + second**2 / (sizes[1] - 1))
    half = float(special.stdtrit(freedom, 0.5 + LEVEL / 2)) * math.sqrt(variance)
    return Interval(np.asarray(difference - half), np.asarray(difference + half))


def newcombe(shares: tuple[float, float], sizes: tuple[int, int]) -> Interval:
    """Newcombe's interval of the difference of two independent shares, from Wilson's of each."""
    (low, high), (second_low, second_high) = (wilson(share, n) for share, n in zip(shares, sizes, strict=True))
    difference = shares[0] - shares[1]
    below = np.hypot(shares[0] - low, second_high - shares[1])
    above = np.hypot(high - shares[0], shares[1] - second_low)
    return Interval(np.asarray(difference - below), np.asarray(difference + above))


def margin_of_error(n: ArrayLike, population: ArrayLike | None = None) -> Floats:
    """Give half the width of the widest interval of a share (p = ½), with finite population correction."""
    return Z * 0.5 / np.sqrt(effective_size(n, population))


def shown_digits(n: int) -> int:
    """Say how many decimals of a percentage `n` supports: none below 200 people, one from there."""
    return 0 if n < 200 else 1


def rounded_share(share: float, n: int) -> float:
    """Round a share to what its base supports."""
    return round(share, 2 + shown_digits(n))
