"""Rates, periods, forecast and flags of field work, by golden numbers and by hand."""

from datetime import date, timedelta

import pytest

from server.fieldwork.monitoring.coverage import (
    Device,
    Place,
    flags_of_devices,
    flags_of_places,
    places_showing_refusals,
)
from server.fieldwork.monitoring.pace import Period, forecast, periods_of, whole_periods
from server.fieldwork.monitoring.rates import Dispositions, dispositions_of

MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 30)


def place(name: str, headcount: int = 100, collected: int = 0, refused: int = 0) -> Place:
    return Place(name, name, "unit", headcount, collected, refused)


def days(*counts: int, length: int = 1) -> list[Period]:
    return [Period(MONDAY + timedelta(days=at * length), length, number) for at, number in enumerate(counts)]


def test_rates_are_those_of_aapor() -> None:
    """AAPOR's formulas worked out by hand: I 180, P 12, R 25, NC 30, O 3, UO 10."""
    found = Dispositions(180, 12, 25, 30, 3, 10)
    rates = (found.response_rate, found.cooperation_rate, found.refusal_rate, found.contact_rate)
    assert [round(rate or 0, 4) for rate in rates] == [0.6923, 0.8182, 0.0962, 0.8462]


def test_nobody_to_be_asked_has_no_rate() -> None:
    found = dispositions_of([(0, 12, 3)])
    assert found == Dispositions()
    assert (found.response_rate, found.cooperation_rate, found.refusal_rate, found.contact_rate) == (None,) * 4


def test_who_was_neither_counted_nor_declined_was_not_reached() -> None:
    assert dispositions_of([(100, 60, 10), (50, 0, 0)]) == Dispositions(60, 0, 10, 80)


def test_a_place_with_more_answers_than_people_makes_up_for_no_other() -> None:
    found = dispositions_of([(10, 15, 1), (100, 0, 0)])
    assert found.not_reached == 100
    assert found.response_rate == 15 / 116


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("day", [(date(2026, 11, 18), 1, 3), (date(2026, 11, 19), 1, 0), (date(2026, 11, 20), 1, 4)]),
        ("week", [(MONDAY, 3, 7)]),
        ("month", [(date(2026, 11, 1), 3, 7)]),
    ],
)
def test_days_are_added_up_as_coarsely_as_the_campaign_tells_them(unit: str, expected: list[object]) -> None:
    counted = {date(2026, 11, 18): 3, date(2026, 11, 20): 4}
    found = periods_of(counted, unit, date(2026, 11, 18), date(2026, 11, 20))
    assert [(one.first, one.days, one.collected) for one in found] == expected


def test_a_campaign_that_has_not_begun_has_no_period() -> None:
    assert periods_of({}, "week", date(2026, 12, 1), TODAY) == []


def test_weeks_that_the_period_cuts_have_fewer_days() -> None:
    found = periods_of({}, "week", date(2026, 11, 20), date(2026, 12, 1))
    assert [one.days for one in found] == [3, 7, 2]


def test_a_period_is_whole_when_it_is_over() -> None:
    weeks = periods_of({}, "week", MONDAY, TODAY)
    assert [one.first for one in whole_periods(weeks, "week", TODAY)] == [MONDAY, date(2026, 11, 23)]
    assert len(whole_periods(periods_of({}, "day", MONDAY, TODAY), "day", TODAY)) == 14


def test_the_end_by_hand() -> None:
    """10, 20, 30 a day and 4 days left: 60 + 80; s² = 100, error √(100·4·(1 + 4/3)) = 30.55, times t(2) = 4.303 is 131."""
    found = forecast(days(10, 20, 30), 60, 100, 1000, TODAY, TODAY + timedelta(days=4))
    assert found is not None
    assert (found.pace, found.periods, found.expected, found.low, found.high) == (20, 3, 140, 60, 271)
    assert found.reached == TODAY + timedelta(days=2)


def test_a_count_that_does_not_vary_is_still_uncertain() -> None:
    """Three weeks of 21 and 10 days left: the variance of a day is its mean 3; √(3·10·(1 + 10/21)) = 6.655, times 4.303 is 29."""
    found = forecast(days(21, 21, 21, length=7), 63, 0, 0, TODAY, TODAY + timedelta(days=10))
    assert found is not None
    assert (found.expected, found.low, found.high) == (93, 64, 122)


def test_nobody_is_expected_beyond_the_headcount() -> None:
    found = forecast(days(50, 50, 50), 150, 80, 160, TODAY, TODAY + timedelta(days=9))
    assert found is not None
    assert (found.expected, found.high, found.reached) == (160, 160, None)


def test_more_than_the_headcount_stays_what_it_is() -> None:
    found = forecast(days(50, 50, 50), 150, 80, 120, TODAY, TODAY + timedelta(days=9))
    assert found is not None
    assert (found.low, found.expected, found.high) == (150, 150, 150)


def test_only_the_last_two_weeks_speak_for_the_pace() -> None:
    found = forecast(days(*[900] * 30, *[7] * 14), 100, 0, 0, TODAY, TODAY + timedelta(days=1))
    assert found is not None
    assert (found.pace, found.periods) == (7, 14)


def test_two_days_foretell_nothing_and_idle_days_no_end() -> None:
    assert forecast(days(5, 5), 10, 100, 100, TODAY, TODAY) is None
    idle = forecast(days(0, 0, 0), 10, 100, 100, TODAY, TODAY + timedelta(days=5))
    assert idle is not None
    assert (idle.expected, idle.low, idle.high, idle.reached) == (10, 10, 10, None)


def test_refusals_among_a_handful_are_told_neither_directly_nor_by_subtraction() -> None:
    small, other, large, idle = place("s", 8, 3, 2), place("m", 60, 20, 1), place("l", 300, 90, 9), place("i")
    assert places_showing_refusals([small, other, large, idle], 10) == {"l", "i"}
    assert places_showing_refusals([other, large], 10) == {"m", "l"}
    assert places_showing_refusals([small], 10) == frozenset()


def test_several_small_places_hide_each_other() -> None:
    small = [place(name, 9, 4, 2) for name in "ab"]
    assert places_showing_refusals([*small, place("l", 300, 90, 9)], 10) == {"l"}
    tiny = [place(name, 9, 2, 1) for name in "ab"]
    assert places_showing_refusals([*tiny, place("m", 60, 20, 1), place("l", 300, 90, 9)], 10) == {"l"}


def test_what_looks_odd_at_a_workplace() -> None:
    places = [
        place("over", 10, 12),
        place("many", 100, 80, 20),
        place("just", 100, 85, 15),
        place("small", 9, 1, 8),
        place("idle"),
        place("unknown", 0, 30),
    ]
    found = [(flag.kind, flag.name, flag.number) for flag in flags_of_places(places, 10, running=True)]
    assert found == [("over", "over", 2), ("refusals", "many", 20), ("untouched", "idle", 0), ("unknown", "unknown", 0)]
    assert "untouched" not in {flag.kind for flag in flags_of_places(places, 10, running=False)}


@pytest.mark.parametrize(
    ("unit", "last", "silent"),
    [
        ("day", date(2026, 11, 23), False),
        ("day", date(2026, 11, 22), True),
        ("week", date(2026, 11, 16), True),
        ("week", date(2026, 11, 23), False),
        ("month", date(2026, 11, 1), False),
    ],
)
def test_a_collector_is_silent_a_week_after_its_last_counted_period(unit: str, last: date, silent: bool) -> None:
    device = Device("d", "Máy 07", 20, 1, 1, last)
    found = [flag.kind for flag in flags_of_devices([device], unit, 10, TODAY, running=True)]
    assert found == (["silent"] if silent else [])
    assert list(flags_of_devices([device], unit, 10, TODAY, running=False)) == []


def test_a_device_on_which_many_decline_is_named_and_a_revoked_one_is_not_silent() -> None:
    device = Device("d", "Máy 07", 15, 5, 1, MONDAY, revoked=True)
    found = list(flags_of_devices([device], "day", 10, TODAY, running=True))
    assert [(flag.kind, flag.number) for flag in found] == [("device_refusals", 0)]
