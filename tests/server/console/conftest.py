"""What the console's tests share: one campaign with an edition of made-up figures, and two people who read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import answered_campaign, server_app
from tests.support.databases import sqlite_template  # noqa: F401 - a fixture is used by name
from tests.support.releases import Press, press_of, publish_edition


@pytest.fixture(scope="session")
def read_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:  # noqa: F811
    """A server with an edition; tests only read it."""
    home = tmp_path_factory.mktemp("console")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    made = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    answered_campaign.people(made)
    answered_campaign.planned(made)
    publish_edition(made, press_of(made))
    yield made
    server_app.close(made)


@pytest.fixture
def own_app(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:  # noqa: F811
    """A server with a campaign and without an edition, for one test."""
    shutil.copyfile(sqlite_template, tmp_path / "langnghe.db")
    made = server_app.make_app(tmp_path, f"sqlite:///{tmp_path / 'langnghe.db'}")
    answered_campaign.people(made)
    answered_campaign.planned(made)
    yield made
    server_app.close(made)


@pytest.fixture
def press(read_app: Flask) -> Press:
    """What printed the edition of `read_app`: it prints the same again."""
    return press_of(read_app)


@pytest.fixture
def hoa(read_app: Flask) -> FlaskClient:
    """Hoa, signed in, reading in Vietnamese."""
    return answered_campaign.signed_in(read_app)


@pytest.fixture
def hoa_in_english(read_app: Flask) -> FlaskClient:
    """Hoa, reading in English."""
    return answered_campaign.signed_in(read_app, language="en")
