"""The right password for an open account signs in; guessing is slowed down for the name, never for an address."""

import pytest
from flask import Flask
from flask_login import current_user

from server.accounts import users
from server.accounts.guards import open_to_all
from server.accounts.sessions import find
from server.accounts.sign_in import Person, Refused, sign_out, try_to_sign_in
from server.accounts.tables import Guess, User
from server.database import session, transaction
from server.services import services
from tests.support.people import PASSWORD, an_account
from tests.support.routes import address_of
from tests.support.server_app import OwnClock

FOREVER = 15 * 60


def attempt(app: Flask, name: str, password: str) -> Person | Refused:
    with app.test_request_context("/console/sign-in"):
        return try_to_sign_in(name, password)


def test_the_right_password_signs_in(app: Flask) -> None:
    hoa = an_account(app)
    with app.test_request_context("/console/sign-in"):
        person = try_to_sign_in(hoa, PASSWORD)
        assert isinstance(person, Person)
        assert current_user.name == "hoa"
        assert not current_user.may("accounts.manage")
        sign_out()
        assert not current_user.is_authenticated


def test_signing_out_and_a_new_password_end_the_session(app: Flask) -> None:
    hoa = an_account(app)
    with app.test_request_context("/console/sign-in"):
        for finish in (sign_out, _another_password):
            person = try_to_sign_in(hoa, PASSWORD)
            assert isinstance(person, Person)
            assert _goes_on(person)
            finish()
            assert not _goes_on(person)


def _goes_on(person: Person) -> bool:
    with transaction() as reading:
        return find(reading, services(), users.known_user(reading, "hoa"), person.session) is not None


def _another_password() -> None:
    with transaction() as writing:
        at_hand = services()
        users.set_password(
            writing, at_hand.settings, at_hand.chance, users.known_user(writing, "hoa"), PASSWORD + " khác"
        )


def test_a_name_may_be_typed_in_capitals(app: Flask) -> None:
    an_account(app)
    assert isinstance(attempt(app, " HOA ", PASSWORD), Person)


@pytest.mark.parametrize(("name", "password"), [("hoa", "wrong"), ("nobody", PASSWORD), ("hoa", ""), ("", "")])
def test_a_refusal_does_not_say_whether_there_is_such_an_account(app: Flask, name: str, password: str) -> None:
    an_account(app)
    assert attempt(app, name, password) == Refused(0)


@pytest.mark.parametrize("name", ["hoa", "nobody"])
def test_after_too_many_wrong_passwords_even_the_right_one_has_to_wait(app: Flask, clock: OwnClock, name: str) -> None:
    an_account(app)
    tries = [attempt(app, name, f"wrong {number}") for number in range(10)]
    assert tries[:-1] == [Refused(0)] * 9
    assert tries[-1] == Refused(FOREVER)
    assert attempt(app, name, PASSWORD) == Refused(FOREVER)
    clock.pass_by(minutes=16)
    assert isinstance(attempt(app, name, PASSWORD), Person if name == "hoa" else Refused)


def test_the_right_password_forgets_the_wrong_ones(app: Flask) -> None:
    an_account(app)
    for _ in range(9):
        attempt(app, "hoa", "wrong")
    attempt(app, "hoa", PASSWORD)
    assert attempt(app, "hoa", "wrong") == Refused(0)


def test_who_guessed_is_not_remembered_by_name(app: Flask) -> None:
    an_account(app)
    attempt(app, "hoa", "wrong")
    with app.app_context():
        guess = session().query(Guess).one()
        assert b"hoa" not in guess.name_digest


def test_a_shut_account_cannot_sign_in_and_is_signed_out(app: Flask) -> None:
    an_account(app)
    with app.app_context(), transaction() as writing:
        users.disable(writing, services().chance, users.known_user(writing, "hoa"), services().today())
    assert attempt(app, "hoa", PASSWORD) == Refused(0)


def test_another_password_ends_every_session(app: Flask) -> None:
    hoa = an_account(app)

    @app.get("/console/whoami")
    @open_to_all
    def whoami() -> str:
        return current_user.name if current_user.is_authenticated else "nobody"

    @app.get("/console/in")
    @open_to_all
    def come_in() -> str:
        return type(try_to_sign_in(hoa, PASSWORD)).__name__

    client = app.test_client()
    assert client.get("/console/in").text == "Person"
    assert client.get("/console/whoami").text == "hoa"
    with app.app_context(), transaction() as writing:
        users.set_password(
            writing, services().settings, services().chance, users.known_user(writing, hoa), "năm ngọn núi cao"
        )
    assert client.get("/console/whoami").text == "nobody"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    hoa = an_account(app)

    @app.get("/console/in")
    @open_to_all
    def come_in() -> str:
        return type(try_to_sign_in(hoa, PASSWORD)).__name__

    cookie = app.test_client().get("/console/in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/console" in cookie


def test_no_address_takes_a_form_without_its_token(app: Flask) -> None:
    an_account(app, name="lan", role="administrator")

    @app.get("/console/in")
    @open_to_all
    def come_in() -> str:
        return type(try_to_sign_in("lan", PASSWORD)).__name__

    client = app.test_client()
    client.get("/console/in")
    takes_forms = [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and rule.rule.startswith("/console")
        and rule.endpoint != "console.keep_form"  # which only shows the sign-in page
    ]
    assert takes_forms
    for rule in takes_forms:
        answer = client.post(address_of(app, rule), data={"name": "lan", "password": PASSWORD})
        assert answer.status_code == 400, rule.rule


def test_a_hash_is_renewed_when_the_cost_in_the_settings_has_risen(app: Flask) -> None:
    an_account(app)
    with app.app_context(), transaction() as writing:
        cheap = users.known_user(writing, "hoa")
        before = cheap.password
        object.__setattr__(services().settings, "password_rounds", 2)
    attempt(app, "hoa", PASSWORD)
    with app.app_context():
        after = session().query(User).filter_by(name="hoa").one().password
    assert after != before
    assert "t=2" in after
