"""What the console's tests share: one campaign that some four hundred people answered, and two people who read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import console_world, server_app
from tests.support.databases import sqlite_template  # noqa: F401 - a fixture is used by name


@pytest.fixture(scope="session")
def read_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:  # noqa: F811
    """A server with an answered campaign; tests only read it."""
    home = tmp_path_factory.mktemp("console")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    made = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    console_world.people(made)
    console_world.answered(made, console_world.planned(made), (180, 130))
    yield made
    server_app.close(made)


@pytest.fixture
def hoa(read_app: Flask) -> FlaskClient:
    """Hoa, signed in, reading in Vietnamese."""
    return console_world.signed_in(read_app)


@pytest.fixture
def hoa_in_english(read_app: Flask) -> FlaskClient:
    """Hoa, reading in English."""
    return console_world.signed_in(read_app, language="en")
