"""Accounts: names that can be typed, passwords that are not guessed, and always one administrator."""

import pytest
from flask import Flask

from server.accounts import users
from server.accounts.passwords import WeakPassword, check_strength
from server.accounts.users import CannotChange
from server.database import session, transaction
from server.services import services
from sync.chance import SystemChance
from tests.support.people import PASSWORD, an_account


@pytest.mark.parametrize("password", ["ngắn", "aaaaaaaaaaaaaaaa", "hoa1234hoa1234", "x" * 2000, ""])
def test_a_password_that_would_be_guessed_is_refused(app: Flask, password: str) -> None:
    with pytest.raises(WeakPassword):
        an_account(app, password=password)


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật khẩu 123456",
        "anhyeuem123456",
        "congdoan2026!",
        "qwertyuiop12",
        "P@ssw0rd1234",
        "vietnam123456",
    ],
)
def test_a_password_that_guessers_try_first_is_refused_with_what_to_do(password: str) -> None:
    with pytest.raises(WeakPassword, match="unrelated words, no names, years"):
        check_strength(password, "hoa")


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery", "Con trâu gặm cỏ bên sông", "mot hai cay cau xanh"]
)
def test_a_few_unrelated_words_are_taken_however_they_are_written(password: str) -> None:
    check_strength(password, "hoa")


@pytest.mark.parametrize("name", ["", "h", "Chị Hoa", "a" * 65, "../x", "hoa\x00"])
def test_a_name_that_cannot_be_typed_is_refused(app: Flask, name: str) -> None:
    with pytest.raises(CannotChange):
        an_account(app, name=name)


def test_two_accounts_cannot_share_a_name(app: Flask) -> None:
    an_account(app)
    with pytest.raises(CannotChange, match="already"):
        an_account(app, name="HOA")


def test_the_last_administrator_stays_one(app: Flask) -> None:
    an_account(app, name="lan", role="administrator")
    with app.app_context():
        at_hand = services()
        with pytest.raises(CannotChange, match="last administrator"), transaction() as writing:
            users.set_role(writing, at_hand.chance, users.known_user(writing, "lan"), "analyst")
        with pytest.raises(CannotChange, match="last administrator"), transaction() as writing:
            users.disable(writing, at_hand.chance, users.known_user(writing, "lan"), at_hand.today())
    an_account(app, name="minh", role="administrator")
    with app.app_context(), transaction() as writing:
        users.disable(writing, at_hand.chance, users.known_user(writing, "lan"), at_hand.today())


def test_a_password_is_kept_as_an_argon2id_hash_only(app: Flask) -> None:
    an_account(app)
    with app.app_context():
        assert users.known_user(session(), "hoa").password.startswith("$argon2id$")


def test_a_made_password_is_strong_and_another_each_time() -> None:
    made = {users.new_password(SystemChance()) for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 29 for one in made)
    assert PASSWORD not in made
