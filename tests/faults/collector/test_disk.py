"""A disk that takes no more, and one that takes nothing at all: clear answers, nothing lost, and on it goes when there is room."""

import resource

import pytest

from tests.support.collector import Collector, batch, sealed
from tests.support.collector_process import CollectorProcess, ask_collector
from tests.support.upstream import Upstream
from tests.support.waiting import until


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    collector = Collector(folder)
    collector.shelve()
    collector.close()
    return folder


def limit_files(process: CollectorProcess, length: int) -> None:
    """From now on no file of this process can grow beyond this length, as on a disk that is full."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))


def test_a_disk_that_fills_up_refuses_and_loses_nothing(home):
    collector = CollectorProcess(home, disk_floor=0)
    collector.enrol_page()
    assert collector.ask("POST", "/api/v1/batches", batch(sealed(1)))[0] == 200
    limit_files(collector, 64 * 1024)
    answers = [
        collector.ask("POST", "/api/v1/batches", batch(*(sealed((n, each)) for each in range(40)), seed=n))
        for n in range(6)
    ]
    full = [document for status, document in answers if status != 200]
    assert full
    assert {document["code"] for document in full} <= {"store.full", "store.unavailable"}
    assert all(document["retry"] == "later" for document in full)
    assert collector.ask("GET", "/healthz")[0] == 200

    limit_files(collector, resource.RLIM_INFINITY)
    again = [
        collector.ask("POST", "/api/v1/batches", batch(*(sealed((n, each)) for each in range(40)), seed=n))
        for n in range(6)
    ]
    assert [status for status, _ in again] == [200] * 6
    _, report = collector.ask("GET", "/api/v1/forwarding")
    assert report["adds_up"]
    assert report["total"]["collected"] == 241
    code, said = collector.stop()
    assert code == 0
    assert "Traceback" not in said


def test_a_disk_that_takes_nothing_is_said_in_one_sentence(home):
    def nothing_can_be_written() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    for command in (["status"], ["run", "--headless", "--port", "0"], ["sync"]):
        done = ask_collector(home, *command, preexec_fn=nothing_can_be_written)
        assert done.returncode == 1, command
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") <= 2
        assert "Traceback" not in done.stderr


def test_forwarding_on_a_full_disk_forgets_nothing(home):
    upstream = Upstream()
    try:
        assert ask_collector(home, "enrol", upstream.url, "ABCD2345").returncode == 0
        collector = Collector(home)
        collector.parts.inbox.store([sealed(number) for number in range(300)])
        collector.close()
        process = CollectorProcess(home, batch_size=50, disk_floor=0)
        process.enrol_page()
        process.ask("GET", "/api/v1/forwarding")
        limit_files(process, 40 * 1024)
        process.ask("POST", "/api/v1/forwarding")
        until(lambda: upstream.batches, "a batch")
        assert process.ask("GET", "/api/v1/forwarding")[1]["total"]["sent"] == 0
        assert upstream.stored
        process.kill()
        assert ask_collector(home, "sync").returncode == 0
        assert upstream.stored == {sealed(number).id for number in range(300)}
        again = Collector(home)
        counts = again.parts.outbox.counts()
        again.close()
        assert (counts.waiting, counts.sent) == (0, 300)
    finally:
        upstream.close()
