"""Opens the collector's database at the start of a process, whatever happened to the file since the last one.

A damaged file is set aside, never deleted; what is still readable in it is taken over into a new one. That is safe,
because an envelope that goes upstream twice counts once.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from client.database import BUSY_SECONDS
from client.storage.file_lock import LockedElsewhere, locked
from client.storage.reserve import LEAST
from client.storage.salvage import Salvaged, salvage
from client.storage.upgrading import upgrade

LOCK_SECONDS = 30.0  # another process of ours may be bringing it to a new form


class DatabaseUnusable(Exception):
    """The database cannot be used now; the sentence says why and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged database that was put away, and what was still readable in it."""

    path: Path
    salvaged: Salvaged

    def __str__(self) -> str:
        salvaged = self.salvaged
        missing = (
            f"{salvaged.damaged} are damaged and kept, and at least {salvaged.lost} could not be read. "
            if salvaged.damaged or salvaged.lost
            else "None is known to be missing, which is no proof that none is. "
        )
        return (
            f"The database was damaged. It was set aside as {self.path} and nothing in it was deleted; "
            f"{salvaged.saved} waiting envelopes could be read and wait again in a new database. {missing}"
            "Keep the file and tell the people who run the server."
        )


def open_database(path: Path) -> SetAside | None:
    """Leave a sound, newest, private database at the path; tells if a damaged one had to make way."""
    try:
        with locked(path.with_name(f"{path.name}.opening"), LOCK_SECONDS):
            return _open(path)
    except LockedElsewhere:
        raise DatabaseUnusable(_sentence(path, "locked")) from None
    except sqlite3.Error as failure:
        raise DatabaseUnusable(_sentence(path, str(failure))) from None
    except OSError as failure:
        raise DatabaseUnusable(_sentence(path, failure.strerror or "")) from None


def _open(path: Path) -> SetAside | None:
    """Save first, then make way: a full disk or a battery that dies in between leaves the damaged file where the next start looks."""
    saved = path.with_name(f"{path.name}.saved")
    if not path.exists() and saved.exists():
        _change_places(path, saved, set_aside_files(path)[-1])  # an earlier start was cut off here
    if not (path.exists() and _is_damaged(path)):
        _create(path)
        return None
    _remove(saved)
    try:
        _create(saved)
        salvaged = salvage(path, saved)
    except BaseException:
        _remove(saved)  # gives the room back
        raise
    put_away = _free_place(path)
    _change_places(path, saved, put_away)
    return SetAside(put_away, salvaged)


def _create(path: Path) -> None:
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    upgrade(path)
    _prove_writable(path)


def _is_damaged(path: Path) -> bool:
    """Whether SQLite itself says that this file is not, or no longer, a sound database.

    It takes an empty file for a new one and deletes the log beside it; but where there is a log, the file was cut off.
    """
    if not path.stat().st_size:
        log = path.with_name(f"{path.name}-wal")
        return log.exists() and log.stat().st_size > 0
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            verdict: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            return verdict != "ok"
    except sqlite3.OperationalError:
        raise  # locked, read-only, no space: says nothing about the content
    except sqlite3.DatabaseError:
        return True


def _prove_writable(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE alembic_version SET version_num = version_num")
        connection.execute("ROLLBACK")


def _free_place(path: Path) -> Path:
    """Where a damaged database is set aside: under the first free number."""
    number = 1
    while path.with_name(f"{path.name}.set-aside-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}.set-aside-{number}")


def _change_places(path: Path, saved: Path, put_away: Path) -> None:
    """Rename the damaged database and what belongs to it, and then what was saved of it to its place.

    The database goes first: as long as it is there its log is, and without it the next start knows that all was saved.
    """
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(put_away.with_name(put_away.name + suffix))
    saved.replace(path)


def _remove(database: Path) -> None:
    for part in database.parent.glob(f"{database.name}*"):
        part.unlink()


def set_aside_files(path: Path) -> list[Path]:
    """Every database that was ever set aside and still lies there, the latest last."""
    found = (each for each in path.parent.glob(f"{path.name}.set-aside-*") if not each.name.endswith(("-wal", "-shm")))
    return sorted(found, key=lambda each: (len(each.name), each.name))


def _sentence(path: Path, reason: str) -> str:
    advice = {
        "locked": "another program holds it: close it and start again",
        "readonly": "it may not be written: check the folder's rights and whether the disk is mounted read-only",
        "read-only": "it may not be written: check the folder's rights and whether the disk is mounted read-only",
        "full": "the disk is full: free some space and start again",
        "no space": "the disk is full: free some space and start again",
    }
    if "disk i/o" in reason.lower() and shutil.disk_usage(path.parent).free < LEAST:
        reason = "full"  # SQLite had no room for the files beside the database
    what = next((words for word, words in advice.items() if word in reason.lower()), reason)
    return f"The database {path} cannot be used: {what}. Nothing was changed."
