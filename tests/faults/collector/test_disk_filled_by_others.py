"""Other programs fill the tablet's disk to the last byte: what waits still goes up, once, and the collector runs on."""

import time

import pytest

from client.background.forwarding import Forwarder
from client.enrolment.enrolling import enrol, fetch_what_may_be_asked
from tests.support.collector import Collector, batch, sealed
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.small_disk import fill, small_disk
from tests.support.upstream import Upstream
from tests.support.waiting import LIMIT

MANY = 900


@pytest.fixture
def upstream():
    one = Upstream()
    yield one
    one.close()


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 32) as place:
        yield place


@pytest.fixture
def home(disk, upstream):
    """A tablet with much to send, with its reserve of room."""
    folder = disk / "home"
    collector = Collector(folder)
    belonging = enrol(collector.parts, upstream.url, "ABCD2345", "Máy 07")
    fetch_what_may_be_asked(collector.parts, belonging)
    collector.parts.inbox.store([sealed(number) for number in range(MANY)])
    collector.close()
    (folder / "reserve").write_bytes(bytes(8 * 1024 * 1024))  # made when there was more room than this disk has
    return folder


def sends(upstream):
    return [each for ids in upstream.batches for each in ids]


def wait_until_all_is_sent(process):
    deadline = time.monotonic() + LIMIT
    while True:
        report = process.ask("GET", "/api/v1/forwarding")[1]
        waiting = (
            report["total"]["waiting"] if "total" in report else None
        )  # without any room it may have to say «later»
        if waiting == 0 or time.monotonic() > deadline:
            return report
        time.sleep(0.2)


def test_what_waits_goes_up_once_and_is_settled(home, disk, upstream):
    fill(disk)
    done = ask_collector(home, "sync")
    assert (done.returncode, done.stdout) == (0, f"Sent {MANY}, refused 0, still waiting 0.\n"), done.stderr
    assert len(sends(upstream)) == MANY == len(upstream.stored)


def test_the_collector_starts_sends_and_takes_nothing_new(home, disk, upstream):
    fill(disk)
    process = CollectorProcess(home)
    try:
        process.enrol_page()
        report = wait_until_all_is_sent(process)
        assert (report["total"]["sent"], report["adds_up"]) == (MANY, True)
        status, answer = process.ask("POST", "/api/v1/batches", batch(sealed("new")))
        assert (status, answer["code"]) == (507, "store.full")
        code, said = process.stop()
        assert (code, "Traceback" in said) == (0, False), said
    finally:
        process.kill()


def test_a_disk_that_is_filled_while_it_runs_keeps_nothing_from_being_settled(home, disk, upstream):
    upstream.is_cut_off()
    process = CollectorProcess(home)
    try:
        process.enrol_page()
        (home / "reserve").write_bytes(bytes(8 * 1024 * 1024))
        fill(disk)
        upstream.is_well()
        process.ask("POST", "/api/v1/forwarding")
        report = wait_until_all_is_sent(process)
        assert (report["total"]["sent"], report["adds_up"]) == (MANY, True)
        assert len(sends(upstream)) == MANY
        assert not (home / "reserve").exists()
    finally:
        process.kill()


def test_without_any_reserve_what_was_delivered_is_told_and_kept(home, disk, upstream):
    upstream.is_cut_off()
    collector = Collector(home)
    assert collector.parts.outbox.counts().waiting == MANY
    (home / "reserve").unlink()
    fill(disk)
    upstream.is_well()
    turn = Forwarder(collector.parts).take_turn()
    collector.close()
    assert turn.state == "store"
    assert 0 < turn.sent.unsettled == len(upstream.stored)


def test_a_damaged_database_on_a_full_disk_waits_for_room_and_is_saved_then(home, disk):
    (home / "reserve").unlink()
    content = bytearray((home / "collector.db").read_bytes())
    content[:100] = bytes(100)
    (home / "collector.db").write_bytes(content)
    photos = fill(disk)
    for _ in range(2):
        assert ask_collector(home, "status").returncode == 1
    photos.unlink()
    assert ask_collector(home, "status").returncode == 0
    collector = Collector(home)
    assert collector.parts.outbox.counts().waiting == MANY
    collector.close()


def test_without_any_reserve_a_start_says_that_the_disk_is_full(home, disk):
    (home / "reserve").unlink()
    fill(disk)
    said = ask_collector(home, "status")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("Error: ")
    assert "disk is full" in said.stderr
