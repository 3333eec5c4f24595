"""Means come from the counts as read; their intervals hold the error of sampling and that of the brackets."""

import math

import numpy as np
import pytest
from scipy import stats

from server.analysis.edition.figures import Mean, Missing
from server.analysis.statistics.estimates import figure_of
from server.analysis.statistics.scores import average_of, mean_of, mean_of_items
from tests.support.known import SCORES, bands, known, likert

COUNTS = [10, 20, 30, 25, 15]


def sample():
    return np.repeat(list(SCORES.values()), COUNTS)


def test_with_exact_counts_mean_and_interval_agree_with_scipy():
    found = mean_of(known(likert(COUNTS), width=1), SCORES)
    theirs = stats.t.interval(0.95, 99, loc=sample().mean(), scale=stats.sem(sample()))
    assert found.value == pytest.approx(sample().mean())
    assert tuple(found.within) == pytest.approx(theirs)


def test_brackets_widen_the_interval_by_their_variance():
    exact, rough = (mean_of(known(likert(COUNTS), width), SCORES) for width in (1, 5))
    assert abs(rough.value - exact.value) < 2 * math.sqrt(rough.blur)
    assert rough.error > exact.error
    assert rough.error**2 == pytest.approx(rough.sampling**2 + rough.blur)


def test_silence_and_answers_apart_count_in_no_mean():
    alone, beside = (mean_of(known(likert(COUNTS, n, n), width=1), SCORES) for n in (0, 40))
    assert beside.value == pytest.approx(alone.value)
    assert tuple(beside.within) == pytest.approx(tuple(alone.within))


def test_a_mean_needs_so_many_known_answers():
    assert mean_of(known(likert([1, 2, 3, 2, 1], silent=30)), SCORES, least=10) == Missing("few")


def test_a_mean_of_a_hundred_is_printed_in_whole_points_up_to_two_hundred_people():
    worths = {key: 25 * (score - 1) for key, score in SCORES.items()}
    few = figure_of(mean_of(known(likert(COUNTS)), worths))
    many = figure_of(mean_of(known(likert([30 * n for n in COUNTS])), worths))
    assert isinstance(few, Mean)
    assert few.value == round(few.value)
    assert many.value == round(many.value, 1) != round(many.value)


def test_the_error_of_several_items_is_taken_as_if_they_went_together_fully():
    one = mean_of(known(likert(COUNTS), width=1), SCORES)
    both = mean_of_items([one, one])
    assert (both.value, both.error) == (pytest.approx(one.value), pytest.approx(one.error))


def test_the_brackets_of_several_items_err_apart():
    one = mean_of(known(likert(COUNTS)), SCORES)
    assert mean_of_items([one] * 4).blur == pytest.approx(one.blur / 4)


def test_an_average_counts_each_band_as_its_middle_and_reaches_to_its_ends():
    """20 people in each of 0-9, 10-19 and 20-29 hours: 14.5, and any mean from 10 to 19 would fit the bands."""
    found = average_of(known(bands([0, 10, 20, 30], [20, 20, 20]), width=1), spacing=1)
    assert found.value == pytest.approx(14.5)
    assert found.slack == pytest.approx(4.5)
    middles = np.repeat([4.5, 14.5, 24.5], 20)
    assert found.within.low < middles.mean() - stats.t.ppf(0.975, 59) * stats.sem(middles) - 4.5


def test_no_average_stands_over_an_open_band():
    assert average_of(known(bands([0, 10, 20, None], [20, 20, 20])), spacing=1) == Missing("no_bounds")
