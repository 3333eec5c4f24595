"""The window: somebody answers a survey in it, and the sealed envelope lies in the collector's file."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from schemas.publishing import published
from schemas.survey import load_survey
from sync.keys import PrivateKey
from sync.sealing import unseal
from tests.support.collector import PAIR, SITE, Collector, campaign
from tests.support.screen import drive_window, hidden_screen
from tests.support.surveys import document, select

pytestmark = pytest.mark.shell


@pytest.fixture(scope="module")
def display():
    with hidden_screen() as name:
        yield name


@pytest.fixture
def home(tmp_path):
    """A collector with a short survey that is asked today."""
    today = datetime.now(UTC).date()
    survey = published(load_survey(document(select("q_one"), select("q_two"))))
    period = {"from": str(today - timedelta(days=3)), "to": str(today + timedelta(days=3))}
    one = Collector(tmp_path / "home")
    one.shelve(campaign(survey=survey, **period))
    one.close()
    return tmp_path / "home"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_an_answer_in_the_window_becomes_an_envelope_that_outlives_it_and_only_the_server_can_open(home, display):
    port = free_port()
    found = drive_window(home, display, "answer", port)
    assert found["can_seal"] == "true"
    assert found["moves"].count("choice") == 2

    readable = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file() and not path.is_symlink())
    assert b"q_one" in readable, "the survey itself lies there"
    assert b'"q_one":"yes"' not in readable

    again = drive_window(home, display, "look", port)
    assert again["asks_for_a_new_pin"] == "false", "the window's own store did not last"
    collector = Collector(home)
    (envelope,) = collector.parts.outbox.peek(10)
    assert collector.parts.outbox.counts().collected == 1
    collector.close()
    response = unseal(envelope, PrivateKey.load(PAIR.private))
    assert response.answers == {"q_one": "yes", "q_two": "yes"}
    assert (response.mode, response.site) == ("tablet", SITE)
    assert (home / "window").stat().st_mode & 0o077 == 0
