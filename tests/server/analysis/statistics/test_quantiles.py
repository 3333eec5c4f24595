"""Median and quartiles are interpolated inside bands; their intervals go from end to end of the bands that they reach."""

import numpy as np
import pytest

from server.analysis.edition.figures import Missing, Quantile
from server.analysis.statistics.quantiles import quantiles_of
from tests.support.known import bands, known


def test_the_grouped_median_agrees_with_the_textbook():
    """L + (n/2 - F) / f * w: 10, 20, 40, 30 people in 0-10, 10-20, 20-30, 30-40: 20 + (50 - 30) / 40 * 10 = 25."""
    made = bands([0, 10, 20, 30, 40], [10, 20, 40, 30])
    _, median, _ = quantiles_of(known(made, width=1), spacing=0)
    assert median.value == 25.0


def test_a_band_of_one_whole_number_gives_that_number():
    made = bands([0, 1, 2, 3], [10, 60, 30])
    _, median, _ = quantiles_of(known(made, width=1), spacing=1)
    assert median.value == 1.0


def test_quartiles_of_whole_numbers_lie_near_those_of_the_numbers_themselves():
    chance = np.random.default_rng(4)
    numbers = chance.poisson(20, 3000).clip(0, 49)
    counts = np.histogram(numbers, bins=range(0, 51, 5))[0]
    found = quantiles_of(known(bands(list(range(0, 51, 5)), counts.tolist())), spacing=1)
    for figure, quarter in zip(found, (0.25, 0.5, 0.75), strict=True):
        true = np.quantile(numbers, quarter)
        assert abs(figure.value - true) < 1
        assert figure.low <= true <= figure.high


def test_an_interval_into_an_open_band_is_open():
    _, _, upper = quantiles_of(known(bands([0, 10, 20, None], [40, 40, 20])), spacing=1)
    assert isinstance(upper, Quantile)
    assert upper.high is None


def test_a_quantile_inside_an_open_band_is_not_told():
    lower, _, upper = quantiles_of(known(bands([0, 10, None], [40, 60])), spacing=1)
    assert isinstance(lower, Quantile)
    assert upper == Missing("no_bounds")


@pytest.mark.parametrize("least", [10, 20])
def test_quantiles_need_so_many_known_numbers(least):
    few = quantiles_of(known(bands([0, 10, 20], [4, 4])), spacing=1, least=least)
    assert few == (Missing("few"),) * 3
