"""A difference is that of the printed figures, with an interval of its own."""

import pytest

from server.analysis.edition.figures import Missing
from server.analysis.statistics.estimates import difference, figure_of, ratio
from server.analysis.statistics.scores import average_of, mean_of
from server.analysis.statistics.shares import share_of
from tests.support.known import SCORES, bands, choice, known, likert


def share(yes, no, width=1):
    one = known(choice({"yes": yes, "no": no}), width)
    return share_of(one, one.mask(("yes",)), one.base)


def test_points_agree_with_newcombes_worked_example():
    found = difference(share(84, 34), share(55, 65))
    assert (found.low, found.high, found.form) == (12.0, 37.0, "points")


def test_a_difference_can_be_checked_from_what_is_printed():
    first, second = share(84, 34, width=5), share(55, 65, width=5)
    printed = [figure_of(one).value for one in (first, second)]
    assert difference(first, second).value == pytest.approx(100 * (printed[0] - printed[1]))


def test_brackets_widen_a_difference():
    exact, rough = (difference(share(84, 34, width), share(55, 65, width)) for width in (1, 10))
    assert rough.low < exact.low
    assert rough.high > exact.high


def test_scores_differ_in_points_of_their_scale():
    worths = {key: 25 * (score - 1) for key, score in SCORES.items()}
    first, second = (mean_of(known(likert(counts)), worths) for counts in ([5, 10, 20, 40, 45], [30, 40, 20, 15, 15]))
    found = difference(first, second)
    assert found.form == "score"
    assert 0 < found.low < found.value < found.high < 100


def test_a_ratio_of_hours_is_taken_on_the_log_scale():
    first = average_of(known(bands([0, 10, 20, 30, 40], [10, 20, 60, 60])), spacing=1)
    second = average_of(known(bands([0, 10, 20, 30, 40], [60, 60, 20, 10])), spacing=1)
    found = ratio(first, second)
    assert found.form == "ratio"
    assert found.low < found.value < found.high
    assert (found.high / found.value) / (found.value / found.low) == pytest.approx(1, abs=0.02)


def test_what_has_no_figure_has_no_difference():
    assert difference(Missing("few"), share(84, 34)) == Missing("few")
    assert ratio(share(84, 34), Missing("coarse")) == Missing("coarse")
