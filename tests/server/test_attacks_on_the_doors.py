"""Strangers at the server's doors: they guess, flood and misspell; workers' envelopes and people's sign-ins go on."""

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import make_url

from schemas.problems import Problem
from server import limits
from server.accounts import sign_in
from server.accounts.sign_in import Person, Refused, try_to_sign_in
from server.database import transaction
from server.fieldwork.links import create_link
from server.services import services
from tests.support.cast import CAMPAIGN, FACTORY, PASSWORD, an_account, code_of, lan_opens_a_campaign


def attempt(app: Flask, name: str, password: str) -> Person | Refused | Problem:
    with app.test_request_context("/console/sign-in"):
        try:
            return try_to_sign_in(name, password)
        except Problem as problem:
            return problem


def test_while_a_password_is_looked_at_envelopes_can_be_stored(
    app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking takes a third of a second. Under the one write lock of SQLite three guesses a second would shut the door."""
    if not database_url.startswith("sqlite"):
        return  # PostgreSQL has no such lock
    an_account(app)
    stored = []

    def look(*_: object) -> bool:
        with sqlite3.connect(make_url(database_url).database or "", timeout=0, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        other.close()
        stored.append(True)
        return False

    monkeypatch.setattr(sign_in, "is_right", look)
    assert attempt(app, "hoa", "wrong") == Refused(0)
    assert stored


def test_many_guesses_at_once_get_no_more_tries_than_one_after_the_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account(app)
    looked: Counter[str] = Counter()

    def look(*_: object) -> bool:
        looked["at"] += 1
        return False

    monkeypatch.setattr(sign_in, "is_right", look)
    attempt(app, "hoa", "wrong 0")
    with ThreadPoolExecutor(8) as strangers:
        list(strangers.map(lambda number: attempt(app, "hoa", f"wrong {number}"), range(40)))
    assert looked["at"] <= 10


def test_a_flood_of_guesses_leaves_half_of_the_threads_to_envelopes(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account(app)
    places = services_threads(app) // 2
    inside = Barrier(places + 1, timeout=20)

    def look(*_: object) -> bool:
        inside.wait()
        inside.wait()
        return False

    monkeypatch.setattr(sign_in, "_is_right", look)
    with ThreadPoolExecutor(places) as strangers:
        busy = [strangers.submit(attempt, app, f"name{number}", "wrong") for number in range(places)]
        inside.wait()
        turned_away = attempt(app, "hoa", PASSWORD)
        inside.wait()
        answers = [one.result() for one in busy]
    assert isinstance(turned_away, Problem)
    assert turned_away.kind.code == "rate.limited"
    assert answers == [Refused(0)] * places
    monkeypatch.undo()
    assert isinstance(attempt(app, "hoa", PASSWORD), Person)


def services_threads(app: Flask) -> int:
    """How many threads one process of this server has."""
    with app.app_context():
        return services().settings.threads


def test_whoever_guesses_links_does_not_keep_workers_from_theirs(app: Flask, client: FlaskClient) -> None:
    """A link has 68 bits: it needs no protection that a stranger could turn against everybody."""
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        _, code = create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)
    answers = [client.get(f"/api/v1/links/WRONG{number:09d}") for number in range(limits.WRONG_CODES_A_MINUTE + 2)]
    assert code_of(answers[0]) == "link.unknown"
    assert code_of(answers[-1]) == "rate.limited"
    assert client.get(f"/api/v1/links/{code}").status_code == 200


@pytest.mark.parametrize("name", ["a" * 300, "assets/" + "a" * 300, "icons/" + "ệ" * 200])
def test_a_name_longer_than_any_file_has_is_no_failure(client: FlaskClient, tmp_path: Path, name: str) -> None:
    assert client.get(f"/{name}").status_code == 404
    assert not list(tmp_path.glob("a*"))
