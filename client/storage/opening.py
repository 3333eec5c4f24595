"""Opens the collector's database at the start of a process, whatever happened to the file since the last one.

A damaged file is set aside, never deleted; what is still readable in it is taken over into a new one. That is safe,
because an envelope that goes upstream twice counts once.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from client.database import BUSY_SECONDS
from client.storage.file_lock import LockedElsewhere, locked
from client.storage.salvage import salvage
from client.storage.upgrading import upgrade

PATIENCE = 30.0  # another process of ours may be bringing it to a new form


class DatabaseUnusable(Exception):
    """The database cannot be used now; the sentence says why and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged database that was put away, and how many envelopes were still readable in it."""

    path: Path
    saved: int

    def __str__(self) -> str:
        return (
            f"The database was damaged. It was set aside as {self.path} and nothing in it was deleted; "
            f"{self.saved} waiting envelopes could be read and wait again in a new database. "
            "Keep the file and tell the people who run the server."
        )


def open_database(path: Path) -> SetAside | None:
    """Leave a sound, newest, private database at the path; tells if a damaged one had to make way."""
    try:
        with locked(path.with_name(f"{path.name}.opening"), PATIENCE):
            return _open(path)
    except LockedElsewhere:
        raise DatabaseUnusable(_sentence(path, "locked")) from None
    except sqlite3.Error as failure:
        raise DatabaseUnusable(_sentence(path, str(failure))) from None
    except OSError as failure:
        raise DatabaseUnusable(_sentence(path, failure.strerror or "")) from None


def _open(path: Path) -> SetAside | None:
    if not (path.exists() and path.stat().st_size and _is_damaged(path)):
        _create(path)
        return None
    put_away = set_aside(path)
    _create(path)
    return SetAside(put_away, salvage(put_away, path))


def _create(path: Path) -> None:
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    upgrade(path)
    _prove_writable(path)


def _is_damaged(path: Path) -> bool:
    """Whether SQLite itself says that this file is not, or no longer, a sound database."""
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


def set_aside(path: Path) -> Path:
    """Rename the database and what belongs to it to the first free number."""
    number = 1
    while path.with_name(f"{path.name}.set-aside-{number}").exists():
        number += 1
    target = path.with_name(f"{path.name}.set-aside-{number}")
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(target.with_name(target.name + suffix))
    return target


def set_aside_files(path: Path) -> list[Path]:
    """Every database that was ever set aside and still lies there."""
    return sorted(
        each for each in path.parent.glob(f"{path.name}.set-aside-*") if not each.name.endswith(("-wal", "-shm"))
    )


def _sentence(path: Path, reason: str) -> str:
    advice = {
        "locked": "another program holds it: close it and start again",
        "readonly": "it may not be written: check the folder's rights and whether the disk is mounted read-only",
        "read-only": "it may not be written: check the folder's rights and whether the disk is mounted read-only",
        "full": "the disk is full: free some space and start again",
        "no space": "the disk is full: free some space and start again",
    }
    what = next((words for word, words in advice.items() if word in reason.lower()), reason)
    return f"The database {path} cannot be used: {what}. Nothing was changed."
