"""What the tests of faults share: the databases of the server's tests, and a campaign in the field."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import server_app
from tests.support.databases import (  # noqa: F401 - fixtures are used by name
    database_kind,
    database_url,
    empty_database_url,
    postgres,
    sqlite_template,
)
from tests.support.running_campaign import World, make_world


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:  # noqa: F811
    """A server, on each kind of database."""
    made = server_app.make_app(tmp_path, database_url)
    yield made
    server_app.close(made)


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign."""
    return make_world(app)
