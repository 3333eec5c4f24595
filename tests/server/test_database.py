"""A connection keeps what it acknowledges, transactions are all or nothing, and failures of the store have names."""

import sqlite3
from datetime import date
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from server.collectors.tables import Invitation
from server.database import db, failure_code, is_out_of_reach, session, transaction
from server.fieldwork.tables import Site, Unit

DAY = date(2026, 11, 22)


def test_what_is_committed_survives_a_power_cut(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert session().scalar(text("PRAGMA journal_mode")) == "wal"
            assert session().scalar(text("PRAGMA synchronous")) == 2
            assert session().scalar(text("PRAGMA foreign_keys")) == 1
            assert session().scalar(text("PRAGMA secure_delete")) == 1
        else:
            assert session().scalar(text("SHOW synchronous_commit")) == "on"


def test_a_transaction_is_undone_when_its_block_raises(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(IntegrityError):
            _write_twice()
        assert session().scalars(select(Invitation)).all() == []


def _write_twice() -> None:
    with transaction() as writing:
        for _ in range(2):
            writing.execute(insert(Invitation).values(code_digest=b"x" * 32, expires_on=DAY))


def test_a_row_that_points_nowhere_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(IntegrityError), transaction() as writing:
        writing.add(Site(id="a", name="A", unit_id="nowhere", women=1, men=1))


def test_writers_queue_up_instead_of_failing_half_way(app: Flask) -> None:
    """Each reads and then writes: with a deferred lock on SQLite, all but one would fail at once."""
    with app.app_context(), transaction() as writing:
        writing.add(Unit(id="u", name="0"))
    failures: list[BaseException] = []

    def count_up() -> None:
        try:
            with app.app_context(), transaction() as writing:
                unit = writing.get_one(Unit, "u", with_for_update=True)
                unit.name = str(int(unit.name) + 1)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=count_up) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with app.app_context():
        assert session().get_one(Unit, "u").name == "12"


def test_an_error_never_quotes_what_was_written(app: Flask) -> None:
    with app.app_context(), pytest.raises(IntegrityError) as refused, transaction() as writing:
        writing.add_all([Unit(id="u", name="geheim"), Site(id="a", name="geheim", unit_id="x", women=1, men=1)])
    assert "geheim" not in str(refused.value.statement)
    assert refused.value.params is None or refused.value.hide_parameters


def test_a_full_disk_is_told_from_a_locked_database() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"
    assert failure_code(OperationalError("", {}, full)) == "store.full"
    locked = sqlite3.OperationalError("database is locked")
    assert failure_code(OperationalError("", {}, locked)) == "store.unavailable"


def test_a_mistake_in_a_statement_is_not_blamed_on_the_store(app: Flask) -> None:
    with app.app_context(), pytest.raises(IntegrityError) as refused, transaction() as writing:
        writing.add(Site(id="a", name="A", unit_id="nowhere", women=1, men=1))
    assert not is_out_of_reach(refused.value)


def test_an_address_where_nothing_listens_is_out_of_reach() -> None:
    nobody = create_engine("postgresql+psycopg://x:y@127.0.0.1:1/x", connect_args={"connect_timeout": 1})
    with pytest.raises(OperationalError) as away, nobody.connect():
        pass
    assert is_out_of_reach(away.value)
    nobody.dispose()
