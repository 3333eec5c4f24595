"""A fresh database of each kind, and a server on it: what the tests of the server and those of attacks share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import server_app
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


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who calls this server."""
    return app.test_client()
