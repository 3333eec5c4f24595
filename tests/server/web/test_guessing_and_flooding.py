"""Strangers at the server's routes: they guess, flood and misspell; workers' envelopes and people's sign-ins go on."""

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
from server.accounts import sign_in
from server.accounts.known_browsers import counted_for
from server.accounts.sign_in import Person, Refused, try_to_sign_in
from server.accounts.throttle import Counted
from server.accounts.users import known_user
from server.database import session, transaction
from server.fieldwork.links import create_link
from server.keys.codes import INVITATION_LENGTH
from server.services import services
from server.web import rate_limits
from sync.codes import ALPHABET
from tests.support.answered_campaign import sign_in as sign_in_by_form
from tests.support.answered_campaign import token_on
from tests.support.people import CAMPAIGN, FACTORY, PASSWORD, an_account, code_of, lan_invites, lan_opens_a_campaign
from tests.support.server_app import OwnClock
from tests.support.waiting import LIMIT


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
    inside = Barrier(places + 1, timeout=LIMIT)

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
    answers = [client.get(f"/api/v1/links/WRONG{number:09d}") for number in range(rate_limits.WRONG_CODES_A_MINUTE + 2)]
    assert code_of(answers[0]) == "link.unknown"
    assert code_of(answers[-1]) == "rate.limited"
    assert client.get(f"/api/v1/links/{code}").status_code == 200


@pytest.mark.parametrize("name", ["a" * 300, "assets/" + "a" * 300, "icons/" + "ệ" * 200])
def test_a_name_longer_than_any_file_has_is_no_failure(client: FlaskClient, tmp_path: Path, name: str) -> None:
    assert client.get(f"/{name}").status_code == 404
    assert not list(tmp_path.glob("a*"))


def test_whoever_guesses_invitations_keeps_nobody_from_enrolling(app: Flask, client: FlaskClient) -> None:
    code = lan_invites(app)
    wrong = [
        client.post("/api/v1/enrolments", json={"code": f"WRNG{number:08d}", "name": "x"})
        for number in range(2 * rate_limits.WRONG_CODES_A_MINUTE)
    ]
    assert {code_of(answer) for answer in wrong} == {"enrolment.unknown_code", "rate.limited"}
    assert client.post("/api/v1/enrolments", json={"code": code, "name": "Máy 07"}).status_code == 201


def test_an_invitation_cannot_be_found_by_trying() -> None:
    """A right code always opens. So even ten thousand tries a second for the longest time find none of a thousand codes."""
    tries = 10_000 * 90 * 86_400
    assert tries * 1000 / len(ALPHABET) ** INVITATION_LENGTH < 1e-3


def test_whoever_guesses_a_password_does_not_shut_its_owner_out_of_her_browser(app: Flask, clock: OwnClock) -> None:
    an_account(app)
    hers, strange = app.test_client(), app.test_client()
    assert sign_in_by_form(hers, "hoa", PASSWORD).status_code == 302
    hers.post("/console/sign-out", data={"csrf_token": token_on(hers.get("/console/account").text)})
    for number in range(30):
        assert sign_in_by_form(strange, "hoa", f"wrong {number}").status_code == 403
    assert sign_in_by_form(strange, "hoa", PASSWORD).status_code == 403
    assert sign_in_by_form(hers, "hoa", PASSWORD).status_code == 302
    assert sign_in_by_form(strange, "hoa", PASSWORD).status_code == 403, "her coming in gives strangers no new tries"
    clock.pass_by(minutes=16)
    assert sign_in_by_form(strange, "hoa", PASSWORD).status_code == 302


def test_guesses_in_a_known_browser_are_slowed_down_all_the_same(app: Flask) -> None:
    an_account(app)
    hers, elsewhere = app.test_client(), app.test_client()
    sign_in_by_form(hers, "hoa", PASSWORD)
    hers.delete_cookie("langnghe", path="/console")
    for number in range(12):
        assert sign_in_by_form(hers, "hoa", f"wrong {number}").status_code == 403
    assert sign_in_by_form(hers, "hoa", PASSWORD).status_code == 403
    assert sign_in_by_form(elsewhere, "hoa", PASSWORD).status_code == 302


def test_a_known_browser_is_known_for_one_account_only_and_cannot_be_made_up(app: Flask) -> None:
    an_account(app)
    an_account(app, "lan", role="administrator")
    theirs = app.test_client()
    sign_in_by_form(theirs, "hoa", PASSWORD)
    theirs.delete_cookie("langnghe", path="/console")
    name, value = next(
        (cookie.key, cookie.value) for cookie in theirs._cookies.values() if cookie.key.startswith("langnghe-")
    )
    assert "hoa" not in name + value
    with app.app_context():
        kept = {who: known_user(session(), who).password for who in ("hoa", "lan")}
    with app.test_request_context("/console/sign-in", headers={"Cookie": f"{name}={value}"}):
        assert counted_for("HOA ", kept["hoa"]) == counted_for("hoa", kept["hoa"]) != Counted("hoa")
        assert counted_for("lan", kept["lan"]) == Counted("lan")
        assert counted_for("hoa", "another password's hash") == Counted("hoa")
    for forged in (f"{value}x", f"x{value}", value.partition(".")[0], ".", "x.", ""):
        with app.test_request_context("/console/sign-in", headers={"Cookie": f"{name}={forged}"}):
            assert counted_for("hoa", kept["hoa"]) == Counted("hoa")
