"""The collector's SQLite: durable before it answers, overwritten when it forgets, and never waited for endlessly."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Database:
    """The one way to the tables: a reading or a writing transaction, each of its own."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look at everything; changes nothing."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its start, so that what it read still holds when it writes.

        Durable when the block is left; undone when the block raises.
        """
        with Session(self.engine.execution_options(immediate=True)) as session, session.begin():
            yield session

    def forget_the_journal(self) -> None:
        """Empty the write-ahead log, so that nothing deleted lingers in it; done another time if somebody reads."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


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
