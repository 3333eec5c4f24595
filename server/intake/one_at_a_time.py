"""One machine at a time: an advisory lock on PostgreSQL, a locked file beside SQLite. Both let go when their holder dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, text

from server.settings import Settings

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def one_at_a_time(job: str, engine: Engine, settings: Settings) -> Iterator[bool]:
    """Take the turn for a job while the block runs; False when somebody else has it."""
    with _in_database(job, engine) if engine.dialect.name == "postgresql" else _in_file(settings.locks / job) as mine:
        yield mine


@contextmanager
def _in_database(job: str, engine: Engine) -> Iterator[bool]:
    number = int.from_bytes(sha256(f"langnghe/{job}".encode()).digest()[:8], "big", signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))
        try:
            yield mine
        finally:
            if mine and not connection.invalidated:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})


@contextmanager
def _in_file(path: Path) -> Iterator[bool]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        yield _locked(file.fileno())  # closing the file lets go


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
