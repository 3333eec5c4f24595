"""A one-time link lets the owner of an account choose a password, once, and nobody else ever knows it."""

import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import users
from server.accounts.account_links import LinkOver, new_account_link, owner_of
from server.accounts.passwords import WeakPassword
from server.accounts.sign_in import choose_password
from server.accounts.tables import AccountLink
from server.accounts.users import CannotChange
from server.audit.tables import AuditEntry
from server.database import session, transaction
from server.fieldwork.tables import Unit
from server.services import services
from tests.support.answered_campaign import sign_in
from tests.support.people import PASSWORD, an_account

OWN = "con trâu gặm cỏ bên sông"


def a_link(app: Flask, name: str = "hoa") -> str:
    with app.app_context(), transaction() as writing:
        return new_account_link(writing, services(), users.known_user(writing, name))


def chosen(app: Flask, code: str, password: str = OWN) -> str:
    with app.test_request_context("/console"):
        return choose_password(code, password)


def test_its_owner_signs_in_with_the_password_that_they_chose(app: Flask) -> None:
    an_account(app)
    assert chosen(app, a_link(app)) == "hoa"
    assert sign_in(app.test_client(), "hoa", OWN).status_code == 302


def test_it_ends_the_password_and_the_sessions_at_once(app: Flask) -> None:
    an_account(app)
    hoa = app.test_client()
    sign_in(hoa, "hoa", PASSWORD)
    a_link(app)
    assert hoa.get("/console").status_code == 302
    assert sign_in(app.test_client(), "hoa", PASSWORD).status_code == 403


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_an_account_without_a_password_opens_to_none(app: Flask, password: str) -> None:
    an_account(app)
    a_link(app)
    assert sign_in(app.test_client(), "hoa", password).status_code == 403


def test_it_is_good_once(app: Flask) -> None:
    an_account(app)
    code = a_link(app)
    chosen(app, code)
    with pytest.raises(LinkOver):
        chosen(app, code, "một mật khẩu khác của kẻ lạ")


def test_a_weak_password_does_not_use_it_up(app: Flask) -> None:
    an_account(app)
    code = a_link(app)
    with pytest.raises(WeakPassword):
        chosen(app, code, "ngắn")
    assert chosen(app, code) == "hoa"


def test_another_one_ends_the_one_before(app: Flask) -> None:
    an_account(app)
    first, second = a_link(app), a_link(app)
    with pytest.raises(LinkOver):
        chosen(app, first)
    assert chosen(app, second) == "hoa"


def test_it_ends_after_the_days_of_the_settings(app: Flask, clock) -> None:  # type: ignore[no-untyped-def]
    an_account(app)
    code = a_link(app)
    clock.pass_by(days=2, hours=23)
    with app.app_context():
        assert owner_of(session(), services(), code).name == "hoa"
    clock.pass_by(hours=2)
    with pytest.raises(LinkOver):
        chosen(app, code)


def test_it_ends_with_the_account_and_with_another_password(app: Flask) -> None:
    an_account(app, name="lan", role="administrator")
    an_account(app)
    codes = []
    for end in ("shut", "password"):
        codes.append(a_link(app))
        with app.app_context(), transaction() as writing:
            at_hand, hoa = services(), users.known_user(writing, "hoa")
            if end == "shut":
                users.disable(writing, at_hand.chance, hoa, at_hand.today())
                users.enable(writing, hoa)
            else:
                users.set_password(writing, at_hand.settings, at_hand.chance, hoa, PASSWORD)
    for code in codes:
        with pytest.raises(LinkOver):
            chosen(app, code)


def test_there_is_none_for_an_account_that_is_shut(app: Flask) -> None:
    an_account(app)
    with app.app_context(), transaction() as writing:
        users.disable(writing, services().chance, users.known_user(writing, "hoa"), services().today())
    with pytest.raises(CannotChange):
        a_link(app)


def test_neither_the_database_nor_the_log_of_changes_holds_its_code(app: Flask) -> None:
    an_account(app)
    code = a_link(app)
    chosen(app, code)
    code = a_link(app)
    with app.app_context():
        kept = session().scalar(select(AccountLink.code_digest))
        noted = list(session().scalars(select(AuditEntry)))
    assert kept is not None
    assert code.encode() not in kept
    assert [entry.action for entry in noted] == [
        "account.created",
        "account.link_made",
        "account.link_used",
        "account.link_made",
    ]
    assert all(code not in f"{entry.subject} {entry.facts}" for entry in noted)


def test_who_deals_with_some_units_makes_no_account_elsewhere_and_none_of_all(app: Flask) -> None:
    with app.app_context(), transaction() as writing:
        writing.add_all([Unit(id=unit, name=unit) for unit in ("cd-may", "cd-than")])
    with app.app_context(), transaction() as writing:
        at_hand = services()

        def make(name: str, unit: str | None) -> None:
            facts = {"name": name, "password": None, "role": "administrator", "unit": unit, "today": at_hand.today()}
            users.create_user(writing, at_hand.settings, at_hand.chance, **facts, within={"cd-may"})

        make("mai", "cd-may")
        for unit in (None, "cd-than"):
            with pytest.raises(CannotChange, match="your own unit"):
                make("minh", unit)
