"""The second factor: a code of the owner's phone beside the password, good once, guessed at slowly, with codes for a lost phone."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.accounts import second_factor, users
from server.accounts.tables import RecoveryCode, User
from server.audit.tables import AuditEntry
from server.database import session, transaction
from server.services import services
from tests.support import server_app
from tests.support.answered_campaign import sign_in, token_on
from tests.support.people import PASSWORD, an_account
from tests.support.server_app import OwnClock

CODE, FACTOR = "/console/sign-in/code", "/console/account/second-factor"


class Phone:
    """A phone with an app for codes, whose clock goes as the server's does, or a little wrong."""

    def __init__(self, app: Flask, secret: str) -> None:
        self.app, self.known = app, pyotp.TOTP(secret)

    def shows(self, slow: int = 0) -> str:
        with self.app.app_context():
            return self.known.at(int(services().clock.now().timestamp()) - slow)


def sent(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data={"csrf_token": token_on(client.get(address).text), **fields})


def signed_in(app: Flask, name: str = "hoa") -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, name, PASSWORD).status_code == 302
    return client


def set_up(app: Flask, client: FlaskClient) -> tuple[Phone, list[str]]:
    """Set up a second factor in the console; give the phone and the recovery codes."""
    page = client.get(FACTOR).text
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    assert secret, page
    assert sealed
    phone = Phone(app, secret.group(1).replace(" ", ""))
    answer = client.post(FACTOR, data={"csrf_token": token_on(page), "sealed": sealed.group(1), "code": phone.shows()})
    assert answer.status_code == 200, answer.text
    return phone, re.findall(r"<li><code>([^<]+)</code>", answer.text)


@pytest.fixture
def phone(app: Flask, clock: OwnClock) -> Phone:
    """Hoa's phone; a minute has passed since she set it up."""
    an_account(app)
    made, _ = set_up(app, signed_in(app))
    clock.pass_by(minutes=1)
    return made


def test_a_password_alone_opens_nothing(app: Flask, phone: Phone) -> None:
    hoa = app.test_client()
    answer = sign_in(hoa, "hoa", PASSWORD)
    assert (answer.status_code, answer.location) == (302, f"{CODE}?next=/console/")
    assert hoa.get("/console").status_code == 302
    assert sent(hoa, CODE, code=phone.shows()).location == "/console/"
    assert hoa.get("/console").status_code == 200


def test_after_the_code_one_is_where_one_wanted_to_go(app: Flask, phone: Phone) -> None:
    hoa = app.test_client()
    asked = sign_in(hoa, "hoa", PASSWORD, "/console/sign-in?next=/console/guide").location
    assert sent(hoa, asked, code=phone.shows()).location == "/console/guide"


def test_nobody_is_asked_for_a_code_before_the_password(app: Flask, phone: Phone) -> None:
    stranger = app.test_client()
    assert stranger.get(CODE).location.startswith("/console/sign-in?")
    token = token_on(stranger.get("/console/sign-in").text)
    answer = stranger.post(CODE, data={"csrf_token": token, "code": phone.shows()})
    assert answer.location.startswith("/console/sign-in?")
    assert stranger.get("/console").status_code == 302


def test_the_password_is_forgotten_when_the_code_takes_too_long(app: Flask, phone: Phone, clock: OwnClock) -> None:
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    clock.pass_by(minutes=11)
    assert hoa.get(CODE).location.startswith("/console/sign-in?")


def test_a_code_that_was_used_is_not_taken_again_nor_an_older_one(app: Flask, phone: Phone) -> None:
    used, older = phone.shows(), phone.shows(slow=30)
    first, second = app.test_client(), app.test_client()
    for client in (first, second):
        sign_in(client, "hoa", PASSWORD)
    assert sent(first, CODE, code=used).status_code == 302
    for code in (used, older):
        answer = sent(second, CODE, code=code)
        assert answer.status_code == 403
        assert "đã được dùng" in answer.text


def test_the_code_that_set_it_up_is_used_too(app: Flask, clock: OwnClock) -> None:
    an_account(app)
    phone, _ = set_up(app, signed_in(app))
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    assert sent(hoa, CODE, code=phone.shows()).status_code == 403


@pytest.mark.parametrize(("slow", "status"), [(-30, 302), (30, 302), (90, 403), (-90, 403)])
def test_a_clock_may_be_wrong_by_half_a_minute(app: Flask, phone: Phone, slow: int, status: int) -> None:
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    assert sent(hoa, CODE, code=phone.shows(slow)).status_code == status


def test_wrong_codes_are_slowed_and_the_right_password_does_not_start_their_count_anew(
    app: Flask, phone: Phone, clock: OwnClock
) -> None:
    for _ in range(app.extensions["langnghe"].settings.sign_in_attempts):
        thief = app.test_client()
        sign_in(thief, "hoa", PASSWORD)
        sent(thief, CODE, code="no code")
    answer = sent(thief, CODE, code=phone.shows())
    assert answer.status_code == 403
    assert "quá nhiều lần" in answer.text
    clock.pass_by(minutes=16)
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    assert sent(hoa, CODE, code=phone.shows()).status_code == 302


def test_a_recovery_code_takes_the_place_of_the_phone_once(app: Flask) -> None:
    an_account(app)
    _, codes = set_up(app, signed_in(app))
    assert len(set(codes)) == 10
    for status in (302, 403):
        hoa = app.test_client()
        sign_in(hoa, "hoa", PASSWORD)
        assert sent(hoa, CODE, code=codes[0].lower().replace("-", " ")).status_code == status
    with app.app_context():
        assert len(list(session().scalars(select(RecoveryCode)))) == 9
        noted = [entry.action for entry in session().scalars(select(AuditEntry))]
    assert noted == ["account.created", "account.second_factor_set_up", "account.recovery_code_used"]


def test_a_recovery_code_of_somebody_else_opens_nothing(app: Flask) -> None:
    for name in ("hoa", "minh"):
        an_account(app, name)
    _, codes = set_up(app, signed_in(app))
    set_up(app, signed_in(app, "minh"))
    minh = app.test_client()
    sign_in(minh, "minh", PASSWORD)
    assert sent(minh, CODE, code=codes[0]).status_code == 403


def test_new_recovery_codes_take_the_place_of_the_old_and_want_a_code(app: Flask, clock: OwnClock) -> None:
    an_account(app)
    hoa = signed_in(app)
    phone, old = set_up(app, hoa)
    assert sent(hoa, FACTOR, code="000000", what="codes").status_code == 422
    clock.pass_by(minutes=1)
    made = sent(hoa, FACTOR, code=phone.shows(), what="codes")
    new = re.findall(r"<li><code>([^<]+)</code>", made.text)
    assert len(set(new) - set(old)) == 10
    for code, status in ((old[0], 403), (new[0], 302)):
        again = app.test_client()
        sign_in(again, "hoa", PASSWORD)
        assert sent(again, CODE, code=code).status_code == status


def test_its_owner_takes_it_away_by_a_code_and_by_nothing_less(app: Flask, phone: Phone, clock: OwnClock) -> None:
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    sent(hoa, CODE, code=phone.shows())
    assert sent(hoa, FACTOR, code="000000", what="remove").status_code == 422
    clock.pass_by(minutes=1)
    assert sent(hoa, FACTOR, code=phone.shows(), what="remove").status_code == 302
    assert sign_in(app.test_client(), "hoa", PASSWORD).location == "/console/"
    with app.app_context():
        assert list(session().scalars(select(RecoveryCode))) == []


def test_a_secret_that_was_not_offered_to_this_account_is_not_taken(app: Flask) -> None:
    for name in ("hoa", "minh"):
        an_account(app, name)
    with app.app_context():
        minh = users.known_user(session(), "minh")
        others = second_factor.new_offer(services(), minh)
        hoa = users.known_user(session(), "hoa")
        assert second_factor.same_offer(services(), minh, others.sealed) == others
        for sealed in (others.sealed, "", "x", "A" * 80, "ố"):
            assert second_factor.same_offer(services(), hoa, sealed) is None


def test_the_database_holds_neither_the_secret_nor_a_recovery_code(app: Flask) -> None:
    an_account(app)
    phone, codes = set_up(app, signed_in(app))
    with app.app_context():
        [kept] = session().scalars(select(User.second_factor))
        digests = list(session().scalars(select(RecoveryCode.code_digest)))
    assert kept is not None
    assert phone.known.byte_secret() not in kept
    assert phone.known.secret.encode() not in kept
    assert not any(code.replace("-", "").encode() in digest for code in codes for digest in digests)


def test_an_administrator_sets_it_up_before_anything_else(tmp_path, database_url: str) -> None:  # type: ignore[no-untyped-def]
    app = server_app.make_app(tmp_path, database_url, second_factor="administrators")
    an_account(app, "lan", "administrator")
    an_account(app)
    lan, hoa = signed_in(app, "lan"), signed_in(app)
    assert hoa.get("/console").status_code == 200
    for address in ("/console", "/console/manage/accounts", "/console/account"):
        assert lan.get(address).location == FACTOR
    assert "/console/sign-out" in lan.get(FACTOR).text
    set_up(app, lan)
    assert lan.get("/console/manage/accounts").status_code == 200
    server_app.close(app)


def test_somebody_who_lost_everything_is_helped_by_the_verb_of_administrators(app: Flask, phone: Phone) -> None:
    with app.app_context(), transaction() as writing:
        second_factor.remove(writing, users.known_user(writing, "hoa"))
    assert sign_in(app.test_client(), "hoa", PASSWORD).location == "/console/"
