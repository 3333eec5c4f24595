"""A battery that dies while envelopes go up: each arrives, each counts once, here and there."""

import json
import time

import pytest

from tests.support.collector import Collector, sealed
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.upstream import Upstream, is_slow
from tests.support.waiting import until

MANY = 600


@pytest.fixture
def upstream():
    one = Upstream()
    yield one
    one.close()


def test_whenever_the_battery_dies_each_envelope_arrives_and_counts_once(tmp_path, upstream):
    home = tmp_path / "home"
    assert ask_collector(home, "enrol", upstream.url, "ABCD2345").returncode == 0
    collector = Collector(home)
    envelopes = [sealed(number) for number in range(MANY)]
    ids = {each.id for each in envelopes}
    for start in range(0, MANY, 100):
        collector.parts.inbox.store(envelopes[start : start + 100])
    collector.close()

    upstream.mood = is_slow(0.02)
    for pause in (0.15, 0.3, 0.45):
        process = CollectorProcess(home, batch_size=5)
        process.enrol_page()
        before = len(upstream.stored)
        assert process.ask("POST", "/api/v1/forwarding")[0] == 202
        until(lambda: len(upstream.stored) > before)  # noqa: B023 - asked at once
        time.sleep(pause)
        process.kill()
    assert 0 < len(upstream.stored) < MANY

    upstream.is_well()
    done = ask_collector(home, "sync")
    assert done.returncode == 0, done.stderr
    assert upstream.stored == ids
    report = json.loads(ask_collector(home, "status", "--json").stdout)
    assert report["adds_up"]
    assert report["total"] == {
        "collected": MANY,
        "waiting": 0,
        "sent": MANY,
        "refused": 0,
        "damaged": 0,
        "lost": 0,
        "conflicts": 0,
    }
