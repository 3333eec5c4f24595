"""Intervals agree with published numbers and with SciPy's own."""

import numpy as np
import pytest
from scipy import stats

from server.analysis.intervals import effective_size, margin_of_error, mean_interval, rounded_share, wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(7, 20, 0.1812, 0.5671), (0, 12, 0.0, 0.2425), (35, 100, 0.2636, 0.4474)]
)
def test_wilson_gives_the_worked_examples(count, n, low, high):
    interval = wilson(count / n, n)
    assert tuple(map(float, interval)) == pytest.approx((low, high), abs=1e-4)


def test_a_finite_population_narrows_the_interval():
    size = effective_size(100, 150)
    assert round(float(size)) == 298
    interval = wilson(0.35, size)
    assert (round(float(interval.low), 4), round(float(interval.high), 4)) == (0.2981, 0.4058)


@pytest.mark.parametrize("n", [1, 5, 37, 400, 100_000])
def test_wilson_agrees_with_scipy(n):
    for count in {0, 1, n // 3, n - 1, n}:
        theirs = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
        assert np.allclose(wilson(count / n, n), (theirs.low, theirs.high), atol=1e-12)


def test_the_interval_of_a_mean_agrees_with_scipy():
    sample = np.array([3.0, 4.0, 4.0, 5.0, 2.0, 1.0, 5.0, 3.0])
    theirs = stats.t.interval(0.95, len(sample) - 1, loc=sample.mean(), scale=stats.sem(sample))
    assert np.allclose(mean_interval(sample.mean(), sample.std(ddof=1), len(sample)), theirs)


@pytest.mark.parametrize(("n", "population", "margin"), [(80, 100, 0.049), (278, 1000, 0.05), (385, 10**9, 0.05)])
def test_the_margin_of_error_agrees_with_the_table_of_sample_sizes(n, population, margin):
    assert float(margin_of_error(n, population)) == pytest.approx(margin, abs=0.0005)


def test_a_census_has_no_sampling_error():
    assert float(margin_of_error(120, 120)) == 0.0


def test_percentages_have_no_more_digits_than_their_base_supports():
    assert rounded_share(1 / 3, 199) == 0.33
    assert rounded_share(1 / 3, 200) == 0.333
