"""Shares are of those asked, printed as finely as their people allow, with intervals that hold sampling and brackets."""

import pytest
from scipy import stats

from server.analysis.edition.figures import Missing, Share, Span
from server.analysis.statistics.estimates import figure_of
from server.analysis.statistics.shares import share_of
from tests.support.known import choice, known, likert


def share(made, key, width=5, least=1):
    one = known(made, width)
    return figure_of(share_of(one, one.mask((key,)), one.base, least))


def test_whole_percents_stand_up_to_two_hundred_people_and_one_decimal_above():
    few, many = (share(choice({"a": n // 3, "b": n // 3, "c": n - 2 * (n // 3)}), "a") for n in (200, 201))
    assert (few.value, few.low * 100 % 1) == (round(few.value, 2), 0)
    assert many.value == round(many.value, 3) != round(many.value, 2)


def test_the_interval_reaches_from_wilsons_lowest_to_its_highest_within_the_bracket():
    """SciPy's Wilson intervals of 35 and of 39 of 100 people, rounded outward."""
    found = share(choice({"a": 37, "b": 40, "c": 23}), "a")
    lowest = stats.binomtest(35, 100).proportion_ci(method="wilson").low
    highest = stats.binomtest(39, 100).proportion_ci(method="wilson").high
    assert found.people == Span(35, 39)
    assert (found.low, found.high) == (int(lowest * 100) / 100, int(highest * 100 + 1) / 100)


def test_an_exact_count_gives_the_worked_example_of_wilson():
    found = share(choice({"a": 35, "b": 40, "c": 25}), "a", width=1)
    assert found == Share(0.35, 0.26, 0.45, Span(35, 35))


def test_at_the_lower_end_a_share_reads_under_so_many():
    found = share(choice({"a": 2, "b": 60, "c": 38}), "a")
    assert (found.end, found.people) == ("under", Span(0, 4))


def test_at_the_upper_end_a_share_reads_at_least_so_many():
    found = share(choice({"a": 99, "b": 1, "c": 0}), "a")
    assert (found.end, found.people.high) == ("at_least", 100)


@pytest.mark.parametrize("counts", [{"a": 0, "b": 100, "c": 0}, {"a": 1, "b": 999, "c": 0}])
def test_no_group_is_said_to_be_nought_or_a_hundred_percent(counts):
    for key in counts:
        assert 0 < share(choice(counts), key).value < 1


def test_a_question_not_asked_of_everybody_has_shares_of_those_asked():
    made = choice({"yes": 60, "no": 20, "maybe": 20}, not_asked=100)
    one = known(made)
    found = share(made, "yes")
    assert one.asked == Span(100, 104)
    assert found.value == pytest.approx(60 / 100, abs=0.02)
    assert found.low < stats.binomtest(60, 104).proportion_ci(method="wilson").low
    assert found.high > stats.binomtest(64, 100).proportion_ci(method="wilson").high


def test_top_two_is_of_those_with_an_answer_on_the_scale():
    one = known(likert([10, 20, 10, 30, 30], silent=50, apart=50), width=1)
    found = share_of(one, one.mask(("a", "sa")), one.mask(("sd", "d", "u", "a", "sa")))
    assert found.value == pytest.approx(0.6)
    theirs = stats.binomtest(60, 100).proportion_ci(method="wilson")
    assert tuple(found.within) == pytest.approx((theirs.low, theirs.high))


def test_several_answers_together_err_less_than_the_ends_of_all_their_brackets():
    one = known(likert([12, 22, 12, 27, 27]))
    found = share_of(one, one.mask(("a", "sa")), one.mask(("sd", "d", "u", "a", "sa")))
    ends = stats.binomtest(50, 100).proportion_ci(method="wilson").low
    assert ends < found.within.low < stats.binomtest(54, 100).proportion_ci(method="wilson").low


def test_too_few_known_answers_give_no_figure():
    one = known(likert([2, 2, 2, 2, 2], silent=90))
    scale = one.mask(("sd", "d", "u", "a", "sa"))
    assert share_of(one, one.mask(("a", "sa")), scale, least=20) == Missing("few")


def test_brackets_that_leave_everything_open_give_no_figure():
    assert share(choice({"a": 4, "b": 4, "c": 3}), "a", width=10) == Missing("few")
