"""A battery that dies while pages hand in: what was acknowledged is there afterwards, and nothing counts twice."""

import http.client
import random
import threading
import time

import pytest

from tests.support.collector import batch, sealed
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.upstream import Upstream
from tests.support.waiting import until

SENDERS = 3
EACH = 8


@pytest.fixture
def home(tmp_path):
    upstream = Upstream()
    folder = tmp_path / "home"
    done = ask_collector(folder, "enrol", upstream.url, "ABCD2345")
    assert done.returncode == 0, done.stderr
    upstream.close()
    return folder


def hand_in_until_it_dies(collector: CollectorProcess, start: int, acknowledged: set[str], tried: set[str]) -> None:
    for number in range(start, start + 100_000, EACH):
        envelopes = [sealed(each) for each in range(number, number + EACH)]
        tried |= {each.id for each in envelopes}
        try:
            status, answer = collector.ask("POST", "/api/v1/batches", batch(*envelopes, seed=number))
        except (OSError, http.client.HTTPException):
            return
        assert status == 200
        acknowledged |= {each["id"] for each in answer["receipts"] if each["status"] in ("stored", "duplicate")}


def test_nothing_that_was_acknowledged_is_lost_when_the_battery_dies(home):
    chance = random.Random(7)
    acknowledged: set[str] = set()
    tried: set[str] = set()
    for round_ in range(3):
        collector = CollectorProcess(home)
        collector.enrol_page()
        senders = [
            threading.Thread(
                target=hand_in_until_it_dies,
                args=(collector, (round_ * SENDERS + sender) * 100_000, acknowledged, tried),
            )
            for sender in range(SENDERS)
        ]
        enough = len(acknowledged) + 50
        for sender in senders:
            sender.start()
        until(lambda: len(acknowledged) >= enough)  # noqa: B023 - asked at once
        time.sleep(chance.uniform(0.0, 0.2))
        collector.kill()
        for sender in senders:
            sender.join()
    assert len(acknowledged) > 100

    collector = CollectorProcess(home)
    collector.enrol_page()
    _, report = collector.ask("GET", "/api/v1/forwarding")
    collector.stop()
    total = report["total"]
    assert report["adds_up"]
    assert report["set_aside"] == []
    assert len(acknowledged) <= total["waiting"] <= len(tried)
    upstream = Upstream()
    try:
        upstream.codes["ABCD2346"] = False
        assert ask_collector(home, "enrol", upstream.url, "ABCD2346", "--leave").returncode == 0
        assert ask_collector(home, "sync").returncode == 0
        assert acknowledged <= upstream.stored <= tried
        assert len(upstream.stored) == total["collected"]
    finally:
        upstream.close()
