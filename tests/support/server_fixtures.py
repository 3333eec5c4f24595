"""A fresh database of each kind, and a server on it: what the tests of the server and those of attacks share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import server_app
from tests.support.command import Command, on_sqlite
from tests.support.databases import (
    database_kind,
    database_url,
    empty_database_url,
    postgres,
    sqlite_template,
)
from tests.support.server_app import OwnClock

__all__ = [
    "app",
    "client",
    "clock",
    "database_kind",
    "database_url",
    "empty_database_url",
    "postgres",
    "set_up",
    "set_up_folder",
    "sqlite_template",
]


@pytest.fixture
def clock() -> OwnClock:
    """A clock that the test moves."""
    return OwnClock()


@pytest.fixture
def app(tmp_path: Path, database_url: str, clock: OwnClock) -> Iterator[Flask]:
    """A server, on each kind of database."""
    made = server_app.make_app(tmp_path, database_url, clock=clock)
    yield made
    server_app.close(made)


@pytest.fixture(scope="session")
def set_up_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `init --generate` makes on SQLite, to be copied: keys, and a database brought up by the migrations."""
    folder = tmp_path_factory.mktemp("set-up")
    on_sqlite(folder).works("init", "--generate")
    return folder


@pytest.fixture
def set_up(tmp_path: Path, set_up_folder: Path) -> Command:
    """The command line of a server on SQLite that is set up, in the test's own folder."""
    shutil.copytree(set_up_folder, tmp_path, dirs_exist_ok=True)
    return on_sqlite(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who calls this server."""
    return app.test_client()
