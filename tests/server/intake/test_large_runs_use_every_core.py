"""A large run is judged by processes of its own; the outcome is that of a small one, also when one of them is killed."""

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool
from threading import Thread

import psutil
import pytest
from flask.testing import FlaskClient

from server.intake import openers, opening
from server.intake.opening import OpeningReport, open_envelopes
from server.intake.tables import InboxRow, Quarantined, Response
from server.services import services
from tests.support.running_campaign import World
from tests.support.waiting import LIMIT


@pytest.fixture
def database_kind() -> str:
    """What is shared among processes is not the database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run of this test's size count as large, and divide it into many chunks."""
    monkeypatch.setattr(openers, "LARGE_RUN", 10)
    monkeypatch.setattr(openers, "SLICE", 7)
    monkeypatch.setattr(opening, "CHUNK", 20)


def test_each_response_is_opened_once(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(60) + world.sealed(3, start=60, site="elsewhere"))
    opened: list[int] = []
    with world.app.app_context():
        assert open_envelopes(services(), advance=opened.append) == OpeningReport(opened=60, quarantined=3)
    assert sorted(row.answers["age"] for row in world.rows(Response)) == list(range(18, 78))
    assert sum(opened) == 63
    assert world.count(Quarantined) == 3


def test_when_a_helper_is_killed_the_run_ends_and_nothing_is_lost(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(60))
    killer = Thread(target=kill_a_helper)
    killer.start()
    with world.app.app_context():
        with pytest.raises(BrokenProcessPool):
            open_envelopes(services())
        assert world.count(Response) + world.count(InboxRow) == 60
        killer.join()
        assert open_envelopes(services()).waiting == 0
    assert sorted(row.answers["age"] for row in world.rows(Response)) == list(range(18, 78))


def kill_a_helper() -> None:
    """Kill the first process that comes to judge, as a machine without memory would."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        for child in psutil.Process(os.getpid()).children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGKILL)
                return
        time.sleep(0.005)
