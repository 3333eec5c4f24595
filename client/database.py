"""The collector's SQLite: durable before it answers, overwritten when it forgets, and never waited for endlessly.

A file of SQLite is a diary: new rows lie before older ones in their page, new pages behind older ones, and the log lists
what was written last. So whoever was the last to write lays the file out anew, in the order of the random ids, and empties
the log: then the file is a function of what it holds, and says nothing of how that came.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session

BUSY_SECONDS = 5
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # acknowledged means: survives the battery
    "secure_delete": "ON",  # forgotten means: overwritten
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "trusted_schema": "OFF",
}


class Base(DeclarativeBase):
    """What every table of the collector inherits from; named constraints so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class _Writers:
    """The threads of this process that write: one at a time, and each knows whether others wait."""

    def __init__(self) -> None:
        self._turn, self._counting, self._waiting = threading.Lock(), threading.Lock(), 0
        self.is_untidy = False

    @contextmanager
    def one(self) -> Iterator[Callable[[], bool]]:
        """Be the one who writes; the answer is whether nobody waits."""
        self._count(1)
        with self._turn:
            self._count(-1)
            yield lambda: self._waiting == 0

    def _count(self, number: int) -> None:
        with self._counting:
            self._waiting += number


@dataclass(frozen=True, slots=True)
class Database:
    """The one way to the tables: a reading or a writing transaction, each of its own."""

    engine: Engine
    _writers: _Writers = field(default_factory=_Writers)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look at everything; changes nothing."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its start, so that what it read still holds when it writes.

        Durable when the block is left, and the file laid out anew unless others wait to write; undone when the block raises.
        """
        with self._writers.one() as is_last:
            with Session(self.engine.execution_options(immediate=True)) as session, session.begin():
                before = _changes(session)
                yield session
                session.flush()
                has_changed = _changes(session) != before
            self._writers.is_untidy |= has_changed
            if self._writers.is_untidy and is_last():
                self.forget_the_order()

    def forget_the_order(self) -> None:
        """Lay the file out by its keys alone and empty the write-ahead log; another time if the disk has no room for it."""
        with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            self._writers.is_untidy = not (_done(cursor, "VACUUM") & _done(cursor, "PRAGMA wal_checkpoint(TRUNCATE)"))


def _done(cursor: Any, statement: str) -> bool:
    """Whether it could be done: the disk may be full, or another process may be at it. Nothing is lost where it could not."""
    try:
        cursor.execute(statement)
    except sqlite3.OperationalError:
        return False
    return True


def _changes(session: Session) -> int:
    """How many rows the connection has ever written."""
    driver: Any = session.connection().connection.driver_connection
    changes: int = driver.total_changes
    return changes


def attach(app: Flask, path: Path) -> Database:
    """Give the app its database; the file must have been opened once by `storage.opening`."""
    app.config["SQLALCHEMY_DATABASE_URI"] = URL.create("sqlite", database=str(path))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "connect_args": {"timeout": BUSY_SECONDS},
        "pool_size": 8,
        "max_overflow": 8,
    }
    db.init_app(app)
    with app.app_context():
        return Database(prepared(db.engine))


def prepared(engine: Engine) -> Engine:
    """The engine with its promises: pragmas on each connection, transactions that begin when we say so."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
