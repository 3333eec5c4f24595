"""What the tests of the administration share: a server with two campaigns' worth of sites, and Lan, who administers it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import answered_campaign, server_app
from tests.support.databases import sqlite_template  # noqa: F401 - a fixture is used by name


@pytest.fixture
def app(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:  # noqa: F811
    """A server with the accounts of Hoa, who reads results, and Lan, who administers."""
    shutil.copyfile(sqlite_template, tmp_path / "langnghe.db")
    made = server_app.make_app(tmp_path, f"sqlite:///{tmp_path / 'langnghe.db'}")
    answered_campaign.people(made)
    yield made
    server_app.close(made)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    """Lan, signed in, reading in Vietnamese."""
    return answered_campaign.signed_in(app, answered_campaign.LAN)


@pytest.fixture
def hoa(app: Flask) -> FlaskClient:
    """Hoa, signed in, who may only see results."""
    return answered_campaign.signed_in(app, answered_campaign.HOA)
