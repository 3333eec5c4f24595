"""Whether this server can store: asked before a load balancer sends it work, and by `doctor`.

Asking is bounded. A database that is locked, away or slow keeps one look at it waiting for as long as it may take, on a thread of
its own; whoever asks meanwhile is told after a few seconds that nothing can be stored, and no thread that answers is held up by it.
"""

import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Lock, Thread

from flask import current_app
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from schemas.problems import KINDS, STORE_FULL, STORE_UNAVAILABLE, Kind
from server.database import LOCK_SECONDS, failure_code, transaction
from server.intake.tables import InboxRow
from server.services import Services

MIB = 1024 * 1024
PROBE = b"\0" * 32 * 1024  # longer than the room that is left on the pages in use
LOCK_SECONDS_OF_PROBE = 1
PROBE_SECONDS = 3
"""Seconds after which whoever asks is answered, whatever the database does."""
EXTENSION = "langnghe_readiness"


@dataclass
class OneProbe:
    """The one probe of the store that a process has going at a time."""

    lock: Lock = field(default_factory=Lock)
    result: "Future[Kind | None] | None" = None
    since: float = 0.0

    def found_by(self, look: Callable[[], Kind | None]) -> Kind | None:
        """Return what a look finds, the one under way if there is one, or that nothing can be stored where it takes too long."""
        with self.lock:
            if self.result is None or self.result.done():
                self.result, self.since = Future(), time.monotonic()
                Thread(target=copy_context().run, args=(_settle, self.result, look), daemon=True, name="look").start()
            result, left = self.result, self.since + PROBE_SECONDS - time.monotonic()
        try:
            return result.result(max(0.0, left))
        except TimeoutError:
            return STORE_UNAVAILABLE


def what_is_wrong_by_now(at_hand: Services) -> Kind | None:
    """Name what keeps this server from storing, if anything does, within `PROBE_SECONDS` seconds."""
    probing: OneProbe = current_app.extensions.setdefault(EXTENSION, OneProbe())
    return probing.found_by(lambda: what_is_wrong(at_hand))


def _settle(result: "Future[Kind | None]", look: Callable[[], Kind | None]) -> None:
    try:
        result.set_result(look())
    except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
        result.set_exception(error)


def what_is_wrong(at_hand: Services) -> Kind | None:
    """Name what keeps this server from storing, if anything does, however long it takes to know."""
    if free_mib(at_hand) < at_hand.settings.disk_floor:
        return STORE_FULL
    refused = refusal()
    if refused is None:
        return None
    return KINDS[failure_code(refused)] if isinstance(refused, DBAPIError) else STORE_UNAVAILABLE


def free_mib(at_hand: Services) -> int:
    """Return the free disk space in MiB where there is less of it: in the home folder, or beside the embedded database."""
    file = at_hand.settings.sqlite_file
    places = {at_hand.settings.home, file.absolute().parent} if file is not None else {at_hand.settings.home}
    return min(shutil.disk_usage(place).free for place in places if place.is_dir()) // MIB


def refusal() -> SQLAlchemyError | None:
    """Store an envelope as a batch does, and undo it: that is refused by whatever would refuse a batch."""
    try:
        with transaction() as session:
            _wait_briefly(session)
            probe = {"campaign_id": "", "id": "", "key_id": "", "sealed": PROBE}
            session.execute(insert(InboxRow).values(**probe))
            session.rollback()
    except SQLAlchemyError as error:
        return error
    return None


def _wait_briefly(session: Session) -> None:
    """Let a lock keep whoever asks for a second only; that senders wait longer for it is right."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text(f"SET LOCAL lock_timeout = '{min(LOCK_SECONDS_OF_PROBE, LOCK_SECONDS)}s'"))
