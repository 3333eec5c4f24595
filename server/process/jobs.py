"""What happens without being asked: one scheduler in the process of `serve`, and one machine at a time for each job."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from server.audit.log import prune
from server.database import db, transaction
from server.intake.opening import open_envelopes
from server.quiet_logs import place
from server.services import Services, services, services_of
from server.settings import Settings

logger = logging.getLogger(__name__)
A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again. It takes its turn by itself: another machine may be at it."""

    name: str
    every: Callable[[Settings], int]
    run: Callable[[Services], object]


def _make_editions(at_hand: Services) -> object:
    """Make the editions that are due."""
    from server.analysis.edition.making import make_editions  # noqa: PLC0415 - what counts takes a second to load

    return make_editions(at_hand)


def _prune_the_audit_log(at_hand: Services) -> object:
    """Remove what the audit log no longer has to keep."""
    with transaction() as writing:
        return prune(writing, at_hand)


JOBS = (
    Job("opening", lambda settings: settings.open_every, open_envelopes),
    Job("editions", lambda settings: settings.open_every, _make_editions),
    Job("audit", lambda _: A_DAY, _prune_the_audit_log),
)
"""Opening envelopes also feeds the lake, and mends it where an earlier run was cut short; editions read the lake."""


@contextmanager
def running(app: Flask, settings: Settings, jobs: tuple[Job, ...] = JOBS) -> Iterator[BackgroundScheduler]:
    """Run the jobs while the block lasts; at its end wait for what is being written."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(timezone=settings.zone, job_defaults={"coalesce": True, "max_instances": 1})
    for job in jobs:
        every = job.every(settings)
        first = services_of(app).clock.now() + timedelta(seconds=min(every, 2))
        scheduler.add_job(
            run_once, "interval", [app, job], seconds=every, id=job.name, next_run_time=first, misfire_grace_time=None
        )
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=True)


def run_once(app: Flask, job: Job) -> None:
    """Do one job now. Whatever happens in it, the next turn comes."""
    with app.app_context():
        try:
            job.run(services())
        except Exception as error:  # noqa: BLE001 - the loop has to live on; the failure is noted without its data
            logger.error("The job %s failed: %s at %s.", job.name, type(error).__name__, place(error.__traceback__))
        finally:
            db.session.remove()
