"""A form sent after the session ended comes along through the sign-in; never with a password, never from elsewhere."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from werkzeug.test import TestResponse
from wtforms import PasswordField  # type: ignore[import-untyped]

import server.administration.account_forms
import server.console.forms  # noqa: F401 - their forms are looked at
from server.accounts import users
from server.console.kept_forms import SECRET
from server.database import session
from tests.support import answered_campaign
from tests.support.answered_campaign import LAN, signed_in, token_on
from tests.support.people import PASSWORD
from tests.support.server_app import OwnClock

NEW = "/console/manage/accounts/new"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def people(app: Flask) -> Flask:
    """A server where Hoa and Lan have accounts."""
    answered_campaign.people(app)
    return app


def sent(client: FlaskClient, address: str, data: dict[str, str], **headers: str) -> TestResponse:
    """Send a form without a session, and send it again as a browser does where it is led."""
    answer = client.post(address, data=data, headers=headers)
    assert answer.status_code == 307
    return client.post(answer.location, data=data, headers=headers)


def hidden_on(page: str) -> dict[str, str]:
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    return {name.group(1): html.unescape(value.group(1)) for name, value in named if name and value}


def sent_too_late(app: Flask, clock: OwnClock, **headers: str) -> tuple[FlaskClient, TestResponse]:
    """Lan fills in a form for two hours, and sends it."""
    lan = signed_in(app, LAN)
    token = token_on(lan.get(NEW).text)
    clock.pass_by(hours=2)
    data = {"csrf_token": token, "name": "minh", "role": "author", "unit": "", "note": 'Chị "Minh" & <tổ 4>'}
    return lan, sent(lan, NEW, data, **headers)


def signed_in_with(client: FlaskClient, page: str) -> TestResponse:
    """Sign in on the page of a form that comes along."""
    form = hidden_on(page)
    data = {"csrf_token": form["csrf_token"], "name": LAN, "password": PASSWORD, "kept": form.get("kept", "")}
    return client.post("/console/sign-in", data=data)


def exists(app: Flask, name: str) -> bool:
    with app.app_context():
        return users.find_user(session(), name) is not None


def test_it_comes_along_and_is_sent_with_one_click(people: Flask, clock: OwnClock) -> None:
    lan, asked = sent_too_late(people, clock, **OURS)
    assert asked.status_code == 403
    assert "Đăng nhập" in asked.text
    offer = signed_in_with(lan, asked.text)
    assert offer.status_code == 200
    assert not exists(people, "minh")
    fields = hidden_on(offer.text.split('<form method="post" action="' + NEW + '"')[1].split("</form>")[0])
    assert fields["note"] == 'Chị "Minh" & <tổ 4>'
    assert lan.post(NEW, data=fields).status_code == 200
    assert exists(people, "minh")


def test_it_outlives_a_wrong_password(people: Flask, clock: OwnClock) -> None:
    lan, asked = sent_too_late(people, clock, **OURS)
    form = hidden_on(asked.text)
    again = lan.post("/console/sign-in", data={**form, "name": LAN, "password": "không phải mật khẩu này"})
    assert again.status_code == 403
    assert "vẫn còn đây" in signed_in_with(lan, again.text).text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_that_another_site_prepared_does_not_come_along(
    people: Flask, clock: OwnClock, headers: dict[str, str]
) -> None:
    lan, asked = sent_too_late(people, clock, **headers)
    assert asked.status_code == 403
    assert "kept" not in hidden_on(asked.text)
    assert signed_in_with(lan, asked.text).status_code == 302
    assert not exists(people, "minh")


def test_a_form_that_was_made_up_is_not_offered(people: Flask) -> None:
    lan = people.test_client()
    token = token_on(lan.get("/console/sign-in").text)
    data = {"csrf_token": token, "name": LAN, "password": PASSWORD, "kept": '["/console/manage", []]'}
    assert lan.post("/console/sign-in", data=data).status_code == 302


def test_passwords_never_come_along(people: Flask) -> None:
    data = {"present": PASSWORD, "new": "x" * 20, "again": "x" * 20}
    answer = sent(people.test_client(), "/console/account", data, **OURS)
    assert "kept" not in hidden_on(answer.text)
    assert PASSWORD not in answer.text


def test_every_field_of_a_password_or_code_is_known_as_one() -> None:
    forms, waiting = set[type[FlaskForm]](), [FlaskForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        forms |= set(below)
        waiting += below
    fields = {
        (name, field.field_class)
        for form in forms
        for name, field in vars(form).items()
        if hasattr(field, "field_class")
    }
    passwords = {name for name, kind in fields if issubclass(kind, PasswordField)}
    assert passwords
    assert passwords | {"code"} <= SECRET


def test_a_form_too_long_for_a_page_is_asked_for_again(people: Flask) -> None:
    import random

    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=60_000))
    answer = sent(people.test_client(), NEW, {"note": noise}, **OURS)
    assert answer.status_code == 403
    assert "kept" not in hidden_on(answer.text)
    assert "phải nhập lại" in answer.text
