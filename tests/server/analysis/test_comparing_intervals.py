"""Intervals of ratios and differences, against SciPy, a published example, and simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from server.analysis.intervals import Z, newcombe, ratio_interval, welch

WOMEN = np.array([21.0, 30.5, 14.0, 25.0, 33.0, 18.5, 27.0, 22.0, 40.0, 16.0])
MEN = np.array([10.0, 14.5, 3.0, 12.0, 20.0, 8.0, 11.0])


def moments(*samples):
    return tuple(
        tuple(each) for each in zip(*((float(one.mean()), float(one.std(ddof=1))) for one in samples), strict=True)
    )


def test_welch_is_scipys():
    means, deviations = moments(WOMEN, MEN)
    low, high = welch(means, deviations, (len(WOMEN), len(MEN)))
    theirs = stats.ttest_ind(WOMEN, MEN, equal_var=False).confidence_interval(0.95)
    assert (float(low), float(high)) == pytest.approx((theirs.low, theirs.high))


def test_two_groups_without_spread_differ_exactly():
    assert tuple(map(float, welch((3.0, 1.0), (0.0, 0.0), (20, 20)))) == (2.0, 2.0)


def test_newcombe_is_the_worked_example():
    low, high = newcombe((84 / 118, 55 / 120), (118, 120))
    assert (round(float(low), 4), round(float(high), 4)) == (0.1288, 0.3674)
    assert pytest.approx(0.2535, abs=5e-5) == 84 / 118 - 55 / 120


def test_a_ratio_has_its_interval_on_the_log_scale():
    means, deviations = moments(WOMEN, MEN)
    low, high = map(float, ratio_interval(means, deviations, (len(WOMEN), len(MEN))))
    ratio = means[0] / means[1]
    error = math.sqrt(sum(stats.sem(each) ** 2 / each.mean() ** 2 for each in (WOMEN, MEN)))
    assert low == pytest.approx(ratio * math.exp(-Z * error))
    assert low * high == pytest.approx(ratio**2)
    assert stats.norm.ppf(0.975) == pytest.approx(Z)


def test_intervals_of_ratios_cover_the_truth_about_as_often_as_they_say():
    chance, held = np.random.default_rng(3), 0
    for _ in range(600):
        first, second = chance.gamma(2.0, 9.0, 150), chance.gamma(2.0, 5.0, 120)
        means, deviations = moments(first, second)
        low, high = map(float, ratio_interval(means, deviations, (150, 120)))
        held += low <= 1.8 <= high
    assert 0.92 <= held / 600 <= 0.98
