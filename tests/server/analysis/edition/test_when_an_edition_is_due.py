"""An edition is due when enough people came; breakdowns come at closing, or when twice as many have answered."""

import pytest

from server.analysis.edition.schedule import Due, Next, due, next_edition
from server.analysis.policy import Policy

NOTHING, ONE_WAY, BOTH = Due(False, False), Due(True, False), Due(True, True)


def at(people, waiting, breakdowns=(), *, sensitive=False, closed=False, policy=Policy(k=10)):  # noqa: B008
    return due(people, waiting, breakdowns, policy, sensitive=sensitive, closed=closed)


@pytest.mark.parametrize(
    ("waiting", "expected"), [(0, NOTHING), (9, NOTHING), (10, ONE_WAY), (99, ONE_WAY), (100, BOTH)]
)
def test_the_first_edition_needs_k_people_and_breakdowns_a_hundred(waiting, expected):
    assert at({}, waiting) == expected


def test_a_campaign_with_a_sensitive_question_moves_on_by_twenty():
    assert at({1: 40}, 19, sensitive=True) == NOTHING
    assert at({1: 40}, 20, sensitive=True) == ONE_WAY


def test_a_campaign_with_a_larger_k_moves_on_by_k():
    assert at({1: 40}, 14, policy=Policy(k=15)) == NOTHING


def test_before_closing_breakdowns_wait_for_twice_as_many_people():
    assert at({1: 100, 2: 89}, 10, [1]) == ONE_WAY
    assert at({1: 100, 2: 90}, 10, [1]) == BOTH


def test_the_more_have_answered_the_more_an_edition_adds_while_the_campaign_runs():
    assert at({1: 2_000}, 99, [1]) == NOTHING
    assert at({1: 2_000}, 100, [1]) == ONE_WAY
    assert at({1: 2_000}, 10, [1], closed=True) == BOTH


def test_at_closing_there_are_breakdowns_over_the_last_edition_and_a_small_rest_is_in_none():
    assert at({1: 30, 2: 12}, 4, closed=True) == Due(pins=False, breakdowns=True)
    assert at({1: 30, 2: 12}, 12, closed=True) == BOTH


def test_a_closed_campaign_with_its_breakdowns_needs_nothing_more():
    assert at({1: 30, 2: 12}, 4, [2], closed=True).nothing
    assert at({}, 9, closed=True).nothing


def test_late_answers_after_closing_make_another_edition_when_there_are_enough():
    assert at({1: 200}, 10, [1], closed=True) == BOTH


def test_what_is_said_of_the_next_edition_does_not_depend_on_who_waits():
    said = next_edition({1: 100, 2: 20}, [1], Policy(), sensitive=True, closed=False)
    assert said == Next("more", 20, 200)
    assert next_edition({1: 100}, [1], Policy(), sensitive=False, closed=True) == Next("late", 10, None)
