"""What the tests of editions share: a campaign in the field, and people who come to it."""

import time
from collections.abc import Callable

import pytest
from flask import Flask

from server.analysis.edition.making import Report, make_editions
from server.intake.opening import open_envelopes
from server.services import services
from tests.support.running_campaign import World, make_world
from tests.support.waiting import LIMIT


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign, on each kind of database."""
    return make_world(app)


@pytest.fixture
def come(world: World) -> Callable[..., None]:
    """Let workers of these numbers come, and open their envelopes."""
    client = world.app.test_client()

    def coming(numbers: range) -> None:
        world.collect(client, [one for number in numbers for one in world.sealed(start=number)])
        with world.app.app_context():
            open_envelopes(services())

    return coming


@pytest.fixture
def make(world: World) -> Callable[[], Report]:
    """Make the editions that are due, as soon as nobody else is at it: a database notices late that a maker was killed."""

    def making() -> Report:
        until = time.monotonic() + LIMIT
        with world.app.app_context():
            while (report := make_editions(services())).busy and time.monotonic() < until:
                time.sleep(0.05)
        return report

    return making
