"""A failing peer is left alone for longer each time, between a second and a quarter of an hour."""

import json
from pathlib import Path

import pytest

from sync.backoff import Backoff, Pace
from sync.sending import Failure, SendReport, TransportFailure, note
from tests.support.road import FixedChance, SeededChance, TestClock

VECTORS = json.loads(Path("tests/vectors/backoff.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["delays"], ids=lambda case: f"{case['failures']} failures at {case['chance']}")
def test_the_wait_is_the_shared_one(case):
    assert Backoff().delay(case["failures"], FixedChance(case["chance"])) == pytest.approx(case["seconds"])


@pytest.mark.parametrize("case", VECTORS["portions"], ids=lambda case: f"{case['most']} after {case['failures']}")
def test_less_is_offered_after_failures(case):
    pace = Pace(TestClock(), SeededChance())
    for _ in range(case["failures"]):
        pace.failed()
    assert pace.portion(case["most"]) == case["portion"]


def waiting_pace(retry_after=None, failures=4):
    clock = TestClock()
    pace = Pace(clock, FixedChance(1))
    for _ in range(failures):
        pace.failed(retry_after)
    return clock, pace


def test_a_turn_is_due_at_first_and_after_every_success():
    pace = Pace(TestClock(), SeededChance())
    assert pace.is_due()
    pace.failed()
    pace.succeeded()
    assert pace.is_due()


def test_after_failures_nothing_is_due_until_the_wait_is_over():
    clock, pace = waiting_pace()
    clock.advance(15.9)
    assert not pace.is_due()
    clock.advance(0.2)
    assert pace.is_due()


def test_the_network_coming_back_ends_the_wait():
    _, pace = waiting_pace()
    pace.at_once()
    assert pace.is_due()
    assert pace.failures == 0


def test_a_peer_that_asks_for_time_gets_it_but_no_more_than_an_hour():
    clock, pace = waiting_pace(retry_after=10_000_000)
    clock.advance(3599)
    assert not pace.is_due()
    clock.advance(2)
    assert pace.is_due()


def test_a_clock_that_jumps_years_back_does_not_stop_the_sending():
    clock, pace = waiting_pace()
    clock.lose_power()
    assert pace.is_due()


def test_who_is_not_known_stops_until_somebody_enrols_again():
    clock = TestClock()
    pace = Pace(clock, SeededChance())
    note(SendReport(failure=TransportFailure(Failure.UNAUTHORISED)), pace)
    clock.advance(10**7)
    assert not pace.is_due()
    pace.at_once()
    assert pace.is_due()


@pytest.mark.parametrize(
    ("report", "is_due"),
    [
        (SendReport(stored=3), True),
        (SendReport(), True),
        (SendReport(stored=3, failure=TransportFailure(Failure.REJECTED)), True),
        (SendReport(failure=TransportFailure(Failure.REJECTED)), False),
        (SendReport(stored=3, failure=TransportFailure(Failure.OFFLINE)), False),
        (SendReport(failure=TransportFailure(Failure.BUSY, retry_after=30)), False),
    ],
)
def test_how_a_turn_went_decides_when_the_next_is_due(report, is_due):
    pace = Pace(TestClock(), FixedChance(0.5))
    note(report, pace)
    assert pace.is_due() is is_due
