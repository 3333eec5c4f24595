"""Intervals agree with published numbers, and with SciPy's."""

import math

import numpy as np
import pytest
from scipy import stats

from server.analysis.statistics.intervals import (
    Interval,
    effective_size,
    margin_of_error,
    newcombe,
    ratio_interval,
    student,
    welch_freedom,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(7, 20, 0.1812, 0.5671), (0, 12, 0.0, 0.2425), (35, 100, 0.2636, 0.4474)]
)
def test_wilson_gives_the_worked_examples(count, n, low, high):
    assert tuple(wilson(count / n, n)) == pytest.approx((low, high), abs=1e-4)


def test_a_finite_population_narrows_wilsons_interval():
    size = effective_size(100, 150)
    assert round(size) == 298
    assert tuple(wilson(0.35, size)) == pytest.approx((0.2981, 0.4058), abs=1e-4)


@pytest.mark.parametrize("n", [1, 5, 37, 400, 100_000])
def test_wilson_agrees_with_scipy(n):
    for count in {0, 1, n // 3, n - 1, n}:
        theirs = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
        assert np.allclose(wilson(count / n, n), (theirs.low, theirs.high), atol=1e-12)


def test_of_nobody_every_share_is_possible():
    assert wilson(0.5, 0) == Interval(0.0, 1.0)


def test_newcombe_gives_the_worked_example_of_before_and_after():
    """55 of 120 before and 84 of 118 after: a difference of .2535, from .1288 to .3674."""
    before, after = 55 / 120, 84 / 118
    found = newcombe(after, wilson(after, 118), before, wilson(before, 120))
    assert after - before == pytest.approx(0.2535, abs=1e-4)
    assert tuple(found) == pytest.approx((0.1288, 0.3674), abs=1e-4)


def test_newcombe_gives_the_example_of_its_own_article():
    """56/70 against 48/80: .0524 to .3339 (Newcombe 1998, table II, method 10)."""
    found = newcombe(56 / 70, wilson(56 / 70, 70), 48 / 80, wilson(48 / 80, 80))
    assert tuple(found) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_a_difference_of_means_agrees_with_scipy():
    first, second = np.array([3.0, 4, 4, 5, 2, 1, 5, 3]), np.array([2.0, 2, 3, 1, 4, 2])
    theirs = stats.ttest_ind(first, second, equal_var=False)
    errors = (stats.sem(first), stats.sem(second))
    freedom = welch_freedom(errors, (len(first) - 1, len(second) - 1))
    half = student(freedom) * math.hypot(*errors)
    middle = first.mean() - second.mean()
    assert freedom == pytest.approx(theirs.df)
    assert (middle - half, middle + half) == pytest.approx(tuple(theirs.confidence_interval(0.95)))


def test_a_ratio_of_shares_agrees_with_scipy():
    theirs = stats.contingency.relative_risk(30, 100, 20, 120)
    errors = tuple(math.sqrt(p * (1 - p) / n) for p, n in ((0.3, 100), (1 / 6, 120)))
    found = ratio_interval((0.3, 1 / 6), errors)
    assert tuple(found) == pytest.approx(tuple(theirs.confidence_interval(0.95)))


@pytest.mark.parametrize(("n", "population", "margin"), [(80, 100, 0.049), (278, 1000, 0.05), (385, 10**9, 0.05)])
def test_the_margin_of_error_agrees_with_the_table_of_sample_sizes(n, population, margin):
    assert margin_of_error(n, population) == pytest.approx(margin, abs=0.0005)


def test_a_census_has_no_sampling_error():
    assert margin_of_error(120, 120) == 0.0
