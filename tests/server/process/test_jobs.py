"""Jobs run again and again, whatever happens in one run, and stop with the process that runs them."""

import logging
from threading import Event

import pytest
from flask import Flask

from server.database import session
from server.process.jobs import JOBS, Job, run_once, running
from server.services import Services, services_of
from sync.clock import SystemClock
from tests.support.server_app import OwnClock
from tests.support.waiting import LIMIT


def every_second(_settings: object) -> int:
    return 1


def test_a_job_runs_soon_and_again(app: Flask, clock: OwnClock) -> None:
    clock.at = (
        SystemClock().now()
    )  # the scheduler reckons by the machine's clock, and would walk through every second in between
    runs, twice = [], Event()

    def run(at_hand: Services) -> None:
        runs.append(at_hand)
        session().connection()
        if len(runs) == 2:
            twice.set()

    with running(app, services_of(app).settings, (Job("test", every_second, run),)):
        assert twice.wait(LIMIT)
    assert runs[0] is services_of(app)


def test_a_run_that_fails_is_noted_without_its_data_and_the_next_one_comes(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_at_hand: Services) -> None:
        raise ValueError("Chị Lan tổ 4")

    with caplog.at_level(logging.ERROR):
        run_once(app, Job("test", every_second, fail))
    assert "The job test failed: ValueError at server/process/jobs.py" in caplog.text
    assert "from test_jobs.py" in caplog.text
    assert "Lan" not in caplog.text


def test_the_server_opens_envelopes_by_itself(app: Flask) -> None:
    opening = {job.name: job for job in JOBS}["opening"]
    settings = services_of(app).settings
    assert opening.every(settings) == settings.open_every
    run_once(app, opening)
