"""A database that is locked, read-only, full or gone: a problem in good time, nothing half stored, and all well afterwards."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from server import database
from server.database import db
from server.intake.opening import open_envelopes
from server.intake.tables import InboxRow, LedgerRow, Response
from server.lake import storage
from server.services import services
from tests.support import server_app
from tests.support.databases import Postgres
from tests.support.lake import manifest_in
from tests.support.running_campaign import CAMPAIGN, World, make_world, statuses

UNAVAILABLE = (503, "store.unavailable")
FULL = (507, "store.full")


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a second, not for ten."""
    monkeypatch.setattr(database, "LOCK_SECONDS", 1)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else holds the lock that every writer needs."""
    engine = create_engine(url)
    with engine.connect() as connection:
        lock = "BEGIN IMMEDIATE" if url.startswith("sqlite") else "LOCK TABLE ledger, inbox IN ACCESS EXCLUSIVE MODE"
        connection.exec_driver_sql(lock)
        yield
        connection.rollback()
    engine.dispose()


def forget_connections(world: World) -> None:
    with world.app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def on_every_connection(world: World, statement: str) -> Iterator[None]:
    """Run a statement on every connection that the server opens meanwhile."""
    with world.app.app_context():
        engine: Engine = db.engine

    def run(connection: Any, _record: object) -> None:
        connection.execute(statement)

    forget_connections(world)
    event.listen(engine, "connect", run)
    yield
    event.remove(engine, "connect", run)
    forget_connections(world)


@contextmanager
def read_only(world: World, url: str, postgres: Callable[[], Postgres]) -> Iterator[None]:
    """The database lets itself be read but not written."""
    if url.startswith("sqlite"):
        with on_every_connection(world, "PRAGMA query_only=ON"):
            yield
        return
    name = make_url(url).database
    postgres().run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    forget_connections(world)
    yield
    postgres().run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    forget_connections(world)


@contextmanager
def full(world: World, url: str, _postgres: Callable[[], Postgres]) -> Iterator[None]:
    """There is no room for another page; PostgreSQL is made to say so by a trigger."""
    if url.startswith("sqlite"):
        with on_every_connection(world, "PRAGMA max_page_count=1"):  # as many as there are: it cannot be fewer
            yield
        return
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
        connection.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute("CREATE TRIGGER no_room BEFORE INSERT ON inbox EXECUTE FUNCTION no_room()")
        connection.commit()
        yield
        connection.execute("DROP TRIGGER no_room ON inbox")


@contextmanager
def gone(_world: World, url: str, postgres: Callable[[], Postgres]) -> Iterator[None]:
    """The database's file was moved away, or its server lets nobody in."""
    if url.startswith("sqlite"):
        path = Path(make_url(url).database or "")
        forget_connections(_world)
        path.rename(path.with_suffix(".away"))
        path.mkdir()
        yield
        path.rmdir()
        path.with_suffix(".away").rename(path)
        forget_connections(_world)
        return
    name = make_url(url).database
    postgres().run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres().run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    yield
    postgres().run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def lock_held(_world: World, url: str, _postgres: Callable[[], Postgres]) -> Iterator[None]:
    """Somebody else writes and does not finish."""
    with locked(url):
        yield


@pytest.mark.parametrize(
    ("fault", "expected"), [(lock_held, UNAVAILABLE), (read_only, UNAVAILABLE), (full, FULL), (gone, UNAVAILABLE)]
)
def test_a_batch_is_refused_as_a_whole_and_stored_when_it_comes_again(
    world: World, database_url: str, request: pytest.FixtureRequest, fault: Any, expected: tuple[int, str]
) -> None:
    client, envelopes = world.app.test_client(), world.sealed(40)
    with fault(world, database_url, lambda: request.getfixturevalue("postgres")):
        answer = world.send(client, envelopes)
        assert (answer.status_code, answer.json["code"]) == expected
        assert int(answer.headers["Retry-After"]) > 0
    assert statuses(world.send(client, envelopes)) == ["stored"] * 40
    assert world.count(InboxRow) == world.count(LedgerRow) == 40


def test_a_disk_below_its_floor_takes_nothing_more(tmp_path: Path, database_url: str) -> None:
    app = server_app.make_app(tmp_path, database_url, disk_floor=10**9)
    try:
        answer = make_world(app).send(app.test_client(), make_envelopes(app))
        assert (answer.status_code, answer.json["code"]) == FULL
    finally:
        server_app.close(app)


def make_envelopes(_app: Flask) -> list[Any]:
    from tests.support.envelopes import envelopes

    return list(envelopes(2, campaign=CAMPAIGN))


def test_opening_on_a_locked_database_loses_nothing(world: World, database_url: str) -> None:
    world.collect(world.app.test_client(), world.sealed(6))
    with locked(database_url), world.app.app_context(), pytest.raises(OperationalError):
        open_envelopes(services())
    with world.app.app_context():
        assert open_envelopes(services()).opened == 6
    assert world.count(Response) == 6


def test_a_lake_that_cannot_be_written_keeps_no_envelope_from_being_opened(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    world.collect(world.app.test_client(), world.sealed(6))
    with world.app.app_context():
        with monkeypatch.context() as patched:
            patched.setattr(storage.os, "fsync", no_room)
            report = open_envelopes(services())
        assert (report.opened, report.lakes_behind) == (6, (CAMPAIGN,))
        assert open_envelopes(services()).lakes_behind == ()
        manifest = manifest_in(Path(services().settings.lake) / CAMPAIGN)
    assert manifest.responses == 6


def test_only_one_machine_opens_at_a_time(world: World) -> None:
    from server.intake.one_at_a_time import one_at_a_time

    world.collect(world.app.test_client(), world.sealed(6))
    with world.app.app_context():
        settings = services().settings
        with one_at_a_time("opening", db.engine, settings) as mine:
            assert mine
            assert open_envelopes(services()).busy
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        assert open_envelopes(services()).opened == 6
