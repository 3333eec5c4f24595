"""A password with Vietnamese letters opens however the keyboard spells them, and hashes of another spelling open once more."""

import unicodedata

import pytest
from flask import Flask

from server.accounts import passwords
from server.accounts.sign_in import Person, Refused, try_to_sign_in
from server.accounts.users import find_user
from server.commands.command_line import asked_password
from server.database import session, transaction
from server.services import services
from tests.support.answered_campaign import sign_in, token_on
from tests.support.people import an_account

COMPOSED = "mưa đường chuyền áo tím"
APART = unicodedata.normalize("NFD", COMPOSED)
TONES_APART = "mưa đươ\u0300ng chuyê\u0300n a\u0301o ti\u0301m"
SPELLINGS = {"composed": COMPOSED, "apart": APART, "as Windows has it": TONES_APART}


def attempt(app: Flask, password: str) -> Person | Refused:
    with app.test_request_context("/console/sign-in"):
        return try_to_sign_in("hoa", password)


@pytest.mark.parametrize("typed", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("made", SPELLINGS.values(), ids=SPELLINGS)
def test_any_spelling_opens_what_any_spelling_made(app: Flask, made: str, typed: str) -> None:
    an_account(app, "hoa", password=made)
    assert isinstance(attempt(app, typed), Person)
    assert attempt(app, typed + "x") == Refused(0)


@pytest.mark.parametrize("typed", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("old", SPELLINGS.values(), ids=SPELLINGS)
def test_a_hash_of_an_older_version_opens_and_is_made_anew(app: Flask, old: str, typed: str) -> None:
    an_account(app, "hoa")
    with app.app_context(), transaction() as writing:
        user = find_user(writing, "hoa")
        assert user is not None
        user.password = passwords._hasher(services().settings).hash(old)
    assert isinstance(attempt(app, typed), Person)
    with app.app_context():
        user = find_user(session(), "hoa")
        assert user is not None
        assert passwords._hasher(services().settings).verify(user.password, COMPOSED)


def test_a_name_that_nobody_has_takes_as_many_hashes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    for work in ("hash", "verify"):
        monkeypatch.setattr(passwords.argon2.PasswordHasher, work, _counting(counted, work))
    with app.app_context():
        for hashed in (None, "x"):
            for password in ("plain letters only", *SPELLINGS.values()):
                counted.append([])
                passwords.is_right(services().settings, hashed, password)
    sizes = [len(each) for each in counted]
    assert sizes[:4] == sizes[4:] == [1, 3, 3, 3]


def _counting(counted: list[list[str]], work: str) -> object:
    def count(*_: object) -> str:
        counted[-1].append(work)
        if work == "verify":
            raise passwords.InvalidHashError
        return "x"

    return count


def test_both_spellings_are_the_same_in_the_form_and_on_the_command_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_account(app, "hoa", password=COMPOSED)
    client = app.test_client()
    assert sign_in(client, "hoa", APART).status_code == 302
    form = {"csrf_token": token_on(client.get("/console/account").text), "present": TONES_APART}
    answer = client.post("/console/account", data=form | {"new": COMPOSED + " xanh", "again": APART + " xanh"})
    assert answer.status_code == 302
    typed = iter([APART, COMPOSED])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(typed))
    assert asked_password("hoa") == COMPOSED
    assert "not the same" not in capsys.readouterr().err
