"""Sessions: their owner sees each, ends one or all others, and each ends some hours after it began, however much it is used."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.accounts.tables import UserSession
from server.database import session
from tests.support.answered_campaign import sign_in, signed_in, token_on
from tests.support.people import PASSWORD, an_account
from tests.support.server_app import OwnClock

ACCOUNT, SESSIONS = "/console/account", "/console/account/sessions"


@pytest.fixture
def people(app: Flask) -> Flask:
    """A server where Hoa and Minh have accounts."""
    for name in ("hoa", "minh"):
        an_account(app, name)
    return app


def is_in(client: FlaskClient) -> bool:
    return client.get("/console").status_code == 200


def others_of(client: FlaskClient) -> list[str]:
    return re.findall(r'name="session" value="([^"]+)"', client.get(ACCOUNT).text)


def end(client: FlaskClient, one: str = "") -> None:
    data = {"csrf_token": token_on(client.get(ACCOUNT).text), "session": one}
    assert client.post(SESSIONS, data=data).status_code == 302


def test_each_is_listed_with_its_times_and_nothing_of_the_browser(people: Flask, clock: OwnClock) -> None:
    first = people.test_client()
    sign_in(first, "hoa", PASSWORD)
    clock.pass_by(minutes=5)
    second = signed_in(people, "hoa")
    page = second.get(ACCOUNT).text
    assert "Phiên 1" in page
    assert "Phiên 2 · phiên này" in page
    assert "22/11/2026 01:30" in page
    assert "22/11/2026 01:35" in page
    columns = {column.name for column in UserSession.__table__.columns}
    assert columns == {"id", "user_id", "stamp", "made_at", "used_at"}


def test_one_is_ended_and_the_others_go_on(people: Flask, clock: OwnClock) -> None:
    first = signed_in(people, "hoa")
    clock.pass_by(minutes=1)
    second = signed_in(people, "hoa")
    third = signed_in(people, "hoa")
    end(third, others_of(third)[0])
    assert [is_in(one) for one in (first, second, third)] == [False, True, True]


def test_all_others_are_ended(people: Flask) -> None:
    first, second, third = (signed_in(people, "hoa") for _ in range(3))
    end(second)
    assert [is_in(one) for one in (first, second, third)] == [False, True, False]


def test_nobody_ends_a_session_of_somebody_else(people: Flask) -> None:
    hoa, other, minh = signed_in(people, "hoa"), signed_in(people, "hoa"), signed_in(people, "minh")
    [name] = others_of(hoa)
    end(minh, name)
    end(minh)
    assert is_in(hoa)
    assert is_in(other)


def test_it_ends_after_the_hours_of_the_settings_however_much_it_is_used(people: Flask, clock: OwnClock) -> None:
    hoa = signed_in(people, "hoa")
    for _ in range(23):
        clock.pass_by(minutes=30)
        assert is_in(hoa)
    clock.pass_by(minutes=30)
    assert not is_in(hoa)


def test_it_ends_when_nobody_uses_it(people: Flask, clock: OwnClock) -> None:
    hoa = signed_in(people, "hoa")
    clock.pass_by(minutes=62)
    assert not is_in(hoa)


def test_signing_out_ends_this_one_only(people: Flask) -> None:
    hoa, elsewhere = signed_in(people, "hoa"), signed_in(people, "hoa")
    hoa.post("/console/sign-out", data={"csrf_token": token_on(hoa.get(ACCOUNT).text)})
    assert not is_in(hoa)
    assert is_in(elsewhere)


def test_what_ended_by_itself_is_cleared_away_at_the_next_sign_in(people: Flask, clock: OwnClock) -> None:
    signed_in(people, "hoa")
    clock.pass_by(hours=13)
    signed_in(people, "hoa")
    with people.app_context():
        assert session().query(UserSession).count() == 1
