"""What the tests of intake share: a campaign in the field."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.running_campaign import World, make_world


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign, on each kind of database."""
    return make_world(app)


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """The app's context, for tests that call verbs directly."""
    with app.app_context():
        yield


@pytest.fixture
def collector(world: World) -> FlaskClient:
    """A collector at the door."""
    return world.app.test_client()
