"""The forwarding job keeps its rhythm, tries again sooner after a failure, and outlives a date that jumps."""

import time
from datetime import datetime, timedelta
from threading import Event

import apscheduler.schedulers.base
import pytest

from client.background.forwarding import Forwarder, Turn
from client.background.scheduling import JOB, ForwardingJob
from sync.chance import SystemChance
from sync.clock import SystemClock
from tests.support.collector import sealed, settings
from tests.support.waiting import until


class Calendar:
    """A device's date, which somebody may set wrong while the program runs."""

    offset = timedelta(0)

    def now(self, zone=None):
        return SystemClock().now().astimezone(zone) + self.offset


@pytest.fixture
def calendar(monkeypatch):
    dates = Calendar()

    class Dates(datetime):
        @classmethod
        def now(cls, zone=None):
            return dates.now(zone)

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Dates)
    return dates


@pytest.fixture
def job(enrolled):
    made = []

    def make(clock=None, **changes):
        forwarder = Forwarder(enrolled.parts)
        chosen = settings(enrolled.parts.settings.home, **changes)
        made.append(ForwardingJob(forwarder, chosen, clock or SystemClock(), SystemChance()))
        return made[-1]

    yield make
    for each in made:
        if each._scheduler.running:
            each.stop()


def test_what_waits_goes_up_without_anybody_asking(job, enrolled, upstream):
    enrolled.parts.inbox.store([sealed(1)])
    job().start()
    until(lambda: upstream.stored == {sealed(1).id})


def test_asked_for_it_goes_up_at_once(job, enrolled, upstream):
    forwarding = job(forward_every=86_400)
    forwarding.start()
    until(lambda: upstream.calls["GET campaigns"] >= 1)
    enrolled.parts.inbox.store([sealed(1)])
    forwarding.at_once()
    until(lambda: upstream.stored)


class SlowForwarder(Forwarder):
    """Its turns end when the test lets them."""

    def __init__(self, parts):
        super().__init__(parts)
        self.turns, self.may_end = 0, Event()

    def take_turn(self):
        self.turns += 1
        self.may_end.wait()
        return super().take_turn()


def test_who_asks_while_a_turn_runs_gets_another_right_after_it(enrolled):
    forwarder = SlowForwarder(enrolled.parts)
    chosen = settings(enrolled.parts.settings.home, forward_every=86_400)
    forwarding = ForwardingJob(forwarder, chosen, SystemClock(), SystemChance())
    forwarding.start()
    try:
        until(lambda: forwarder.turns == 1)
        forwarding.at_once()
        forwarder.may_end.set()
        until(lambda: forwarder.turns == 2)
    finally:
        forwarder.may_end.set()
        forwarding.stop()


@pytest.mark.parametrize("jump", [timedelta(days=-6000), timedelta(days=6000)], ids=["back to 2010", "forward to 2043"])
def test_a_date_that_jumps_by_years_stops_nothing(job, enrolled, upstream, calendar, jump):
    forwarding = job(calendar, forward_every=5)
    forwarding.start()
    until(lambda: upstream.calls["GET campaigns"] >= 1)
    calendar.offset = jump
    enrolled.parts.inbox.store([sealed(1)])
    forwarding._scheduler.wakeup()
    planned = forwarding._scheduler.get_job(JOB).next_run_time
    until(
        lambda: (
            abs(forwarding._scheduler.get_job(JOB).next_run_time - calendar.now(planned.tzinfo)) < timedelta(seconds=30)
        )
    )
    until(lambda: upstream.stored)


def planned_in(forwarding):
    return (forwarding._scheduler.get_job(JOB).next_run_time - SystemClock().now()).total_seconds()


def test_after_a_failure_it_tries_again_sooner_and_then_ever_later(job):
    forwarding = job(forward_every=86_400)
    forwarding.start()
    waits = []
    for _ in range(12):
        forwarding._plan(Turn(state="offline"))
        waits.append(planned_in(forwarding))
    assert waits[0] < 3
    assert max(waits) <= 900


def test_a_server_that_says_when_is_obeyed_within_reason(job):
    forwarding = job()
    forwarding.start()
    forwarding._plan(Turn(state="busy", retry_after=1800))
    assert 1790 < planned_in(forwarding) <= 1800
    forwarding._plan(Turn(state="busy", retry_after=10**9))
    assert planned_in(forwarding) <= 3600


def test_turned_away_it_stays_quiet_until_enrolled_again(job, enrolled, upstream):
    upstream.tokens.clear()
    enrolled.parts.inbox.store([sealed(1)])
    forwarding = job()
    forwarding.start()
    forwarding.at_once()
    until(lambda: upstream.calls["POST batches"] == 1)
    until(lambda: forwarding._forwarder.last_turn.state == "unauthorised")
    for _ in range(3):
        forwarding.at_once()
        time.sleep(0.1)
    assert upstream.calls["POST batches"] == 1
