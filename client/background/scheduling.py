"""When forwarding happens: now and then, at moments moved by chance, sooner after a failure, whatever the clock does."""

import logging
import time
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.schedulers.background import BackgroundScheduler

from client.background.forwarding import AnotherTurn, Forwarder, Turn
from client.settings import Settings
from sync.backoff import LONGEST_RETRY_AFTER, Backoff
from sync.chance import Chance
from sync.clock import Clock

log = logging.getLogger("client")

JOB = "forward"
LONGEST_NAP = 30.0
JUMP = 90.0
STOP_SECONDS = 3.0


class DaemonExecutor(BaseExecutor):  # type: ignore[misc]
    """Runs each job in a thread that does not keep the process alive: a turn may be cut off at any point."""

    def _do_submit_job(self, job: Any, run_times: Any) -> None:
        Thread(target=self._run, args=(job, run_times), name=job.id, daemon=True).start()

    def _run(self, job: Any, run_times: Any) -> None:
        events = run_job(job, "default", run_times, self._logger.name)
        self._run_job_success(job.id, events)


class SteadyScheduler(BackgroundScheduler):  # type: ignore[misc]
    """Keeps the rhythm of its jobs when the device's date jumps, as drained batteries make it."""

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self._clock = clock
        self._wall, self._steady = clock.now(), time.monotonic()

    def _process_jobs(self) -> float:
        wall, steady = self._clock.now(), time.monotonic()
        jump = (wall - self._wall) - timedelta(seconds=steady - self._steady)
        self._wall, self._steady = wall, steady
        if abs(jump.total_seconds()) > JUMP:
            for job in self.get_jobs():
                job.modify(next_run_time=job.next_run_time + jump)
        wait: float | None = super()._process_jobs()
        return LONGEST_NAP if wait is None else min(wait, LONGEST_NAP)


class ForwardingJob:
    """Lets the forwarder take its turns."""

    def __init__(self, forwarder: Forwarder, settings: Settings, clock: Clock, chance: Chance) -> None:
        self._forwarder, self._settings, self._clock, self._chance = forwarder, settings, clock, chance
        self._backoff, self._failures = Backoff(), 0
        self._asked = Event()
        self._scheduler = SteadyScheduler(clock, timezone="UTC", executors={"default": DaemonExecutor()})

    def start(self) -> None:
        """Take the first turn soon, and go on."""
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=self._settings.forward_every,
            jitter=self._settings.forward_every // 2,
            id=JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._again_in(self._chance.uniform(1.0, 5.0))

    def at_once(self) -> None:
        """Somebody asked: forget the waiting. Who asks while a turn runs gets another one right after it."""
        self._failures = 0
        self._asked.set()
        self._again_in(0.0)

    def stop(self) -> None:
        """Take no more turns; one that runs may end, but not for long: to be cut off loses nothing."""
        self._scheduler.shutdown(wait=False)
        self._forwarder.idle.wait(STOP_SECONDS)

    def _run(self) -> None:
        """Take a turn, and another as long as somebody asked meanwhile: the scheduler starts none beside one that runs."""
        self._asked.set()
        while self._asked.is_set():
            self._asked.clear()
            self._take_turn()

    def _take_turn(self) -> None:
        if not self._forwarder.may_try():
            return
        try:
            turn = self._forwarder.take_turn()
        except AnotherTurn:
            return
        except Exception as failure:  # noqa: BLE001 -- the loop must live on; what failed is told by its kind only
            log.error("forwarding failed: %s", type(failure).__name__)
            turn = Turn(state="store")
        self._plan(turn)

    def _plan(self, turn: Turn) -> None:
        """After a failure try again sooner than the rhythm, or later if the server asks for it."""
        if turn.state in ("well", "unauthorised", "not_enrolled"):
            self._failures = 0
            return
        self._failures = 1 if turn.sent.moved else self._failures + 1
        asked = min(turn.retry_after or 0.0, LONGEST_RETRY_AFTER)
        self._again_in(max(asked, self._backoff.delay(self._failures, self._chance)))

    def _again_in(self, seconds: float) -> None:
        self._scheduler.modify_job(JOB, next_run_time=self._clock.now() + timedelta(seconds=seconds))
