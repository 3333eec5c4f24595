"""Nobody sees anything before signing in; guessing is slow; the cookie says little and stays at home."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.accounts.guards import Guard, guard_of
from server.settings import Settings
from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import HOA, sign_in, signed_in, token_on
from tests.support.people import PASSWORD
from tests.support.routes import address_of

WRONG = "không phải mật khẩu này"


@pytest.fixture
def people(app: Flask) -> Flask:
    """A server where Hoa and Lan have accounts."""
    answered_campaign.people(app)
    return app


def test_the_right_password_opens_the_console(people: Flask, client: FlaskClient):
    answer = sign_in(client, HOA, PASSWORD)
    assert answer.status_code == 302
    assert answer.location == "/console/"
    assert client.get("/console").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(people: Flask, client: FlaskClient):
    wrong, unknown = sign_in(client, HOA, WRONG), sign_in(client, "nobody", WRONG)
    assert wrong.status_code == unknown.status_code == 403
    assert "không đúng" in wrong.text
    assert _alert(wrong.text) == _alert(unknown.text)


def test_every_page_asks_for_a_sign_in_first(people: Flask, client: FlaskClient):
    for rule in people.url_map.iter_rules():
        if (
            rule.rule.startswith("/console")
            and not rule.rule.startswith("/console/api/")  # programs get a problem to read
            and "GET" in (rule.methods or ())
            and guard_of(people, rule.endpoint) is not Guard.EVERYBODY
        ):
            address = address_of(people, rule)
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer.location.startswith("/console/sign-in?next="), address


def test_after_signing_in_one_is_where_one_wanted_to_go(people: Flask, client: FlaskClient):
    wanted = client.get("/console/guide?x=1").location
    assert sign_in(client, HOA, PASSWORD, wanted).location == "/console/guide?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/console", "//evil.example/console", "/console\\@evil.example", "/", "/console\r\nX: y"],
)
def test_signing_in_never_leads_elsewhere(people: Flask, client: FlaskClient, elsewhere: str):
    token = token_on(client.get("/console/sign-in").text)
    answer = client.post(
        "/console/sign-in",
        query_string={"next": elsewhere},
        data={"csrf_token": token, "name": HOA, "password": PASSWORD},
    )
    assert answer.location == "/console/"


def test_many_wrong_passwords_make_a_name_wait_wherever_they_come_from(people: Flask, clock):  # type: ignore[no-untyped-def]
    tries = people.extensions["langnghe"].settings.sign_in_attempts
    for _ in range(tries):
        sign_in(people.test_client(), HOA, WRONG)
    held = sign_in(people.test_client(), HOA, PASSWORD)
    assert held.status_code == 403
    assert "chờ 15 phút" in held.text
    assert sign_in(people.test_client(), "lan", PASSWORD).status_code == 302
    clock.pass_by(minutes=16)
    assert sign_in(people.test_client(), HOA, PASSWORD).status_code == 302


def test_a_form_without_its_token_does_nothing(people: Flask, client: FlaskClient):
    client.get("/console/sign-in")
    answer = client.post("/console/sign-in", data={"name": HOA, "password": PASSWORD})
    assert answer.status_code == 400
    assert "mở quá lâu" in answer.text
    assert client.get("/console").status_code == 302


def test_signing_out_needs_the_token_too(people: Flask):
    hoa = signed_in(people)
    assert hoa.post("/console/sign-out").status_code == 400
    assert hoa.get("/console").status_code == 200
    assert hoa.post("/console/sign-out", data={"csrf_token": token_on(hoa.get("/console").text)}).status_code == 302
    assert hoa.get("/console").status_code == 302


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(people: Flask):
    hoa, thief = signed_in(people), people.test_client()
    kept = hoa.get_cookie("langnghe", path="/console")
    assert kept is not None
    thief.set_cookie("langnghe", kept.value, path="/console")
    assert thief.get("/console").status_code == 200
    hoa.post("/console/sign-out", data={"csrf_token": token_on(hoa.get("/console").text)})
    assert thief.get("/console").status_code == 302
    assert sign_in(hoa, HOA, PASSWORD).status_code == 302
    assert thief.get("/console").status_code == 302
    assert hoa.get("/console").status_code == 200


def test_the_cookie_is_for_this_site_alone_and_for_no_script(people: Flask, client: FlaskClient):
    cookie = sign_in(client, HOA, PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_travels_over_https_alone(tmp_path: Path, database_url: str):
    made = server_app.make_app(tmp_path, database_url, public_url="https://lang-nghe.example")
    answered_campaign.people(made)
    client = made.test_client()
    client.get("/console/sign-in", base_url="https://lang-nghe.example")
    assert "Secure" in client.get("/console/sign-in", base_url="https://lang-nghe.example").headers.get(
        "Set-Cookie", "Secure"
    )
    token = token_on(client.get("/console/sign-in", base_url="https://lang-nghe.example").text)
    answer = client.post(
        "/console/sign-in",
        base_url="https://lang-nghe.example",
        data={"csrf_token": token, "name": HOA, "password": PASSWORD},
    )
    assert "Secure" in answer.headers["Set-Cookie"]
    server_app.close(made)


def test_a_session_ends_when_nobody_clicks(people: Flask):
    hoa = signed_in(people)
    minutes = Settings.load({}).session_minutes
    assert people.permanent_session_lifetime.total_seconds() == minutes * 60
    with hoa.session_transaction("/console") as cookie:
        assert cookie.permanent


def _alert(page: str) -> str:
    return page.split('role="alert"')[1].split("</p>", maxsplit=1)[0]
