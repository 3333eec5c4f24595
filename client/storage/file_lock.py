"""A lock that all processes of this collector share, and that the system itself gives back when its holder dies."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

POLL_SECONDS = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class LockedElsewhere(Exception):
    """Another process, or another thread, holds the lock."""


@contextmanager
def locked(path: Path, seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock for the block; raises LockedElsewhere if it is not to be had within `seconds` seconds."""
    deadline = time.monotonic() + seconds
    with open(path, "ab", opener=_privately) as file:
        while not _try(file):
            if time.monotonic() >= deadline:
                raise LockedElsewhere(path.name)
            time.sleep(POLL_SECONDS)
        yield


def _privately(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
