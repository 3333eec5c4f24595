"""A code opens the door once, until it expires; the token behind it is shown once and kept nowhere."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.collectors import enrolment
from server.collectors.tables import Collector, Invitation
from server.database import session, transaction
from server.keys.codes import in_groups
from server.services import services
from tests.support.people import code_of, lan_invites, minh_enrols
from tests.support.server_app import OwnClock
from tests.support.vietnamese_keyboards import telex, vni

URL = "/api/v1/enrolments"


def test_a_code_opens_the_door_once(app: Flask, client: FlaskClient) -> None:
    code = lan_invites(app)
    first = client.post(URL, json={"code": code, "name": "Máy 07"})
    assert first.status_code == 201
    assert set(first.get_json()) == {"collector", "token", "server"}
    assert first.get_json()["server"]["name"] == "Lắng Nghe"
    second = client.post(URL, json={"code": code, "name": "Máy 08"})
    assert (second.status_code, code_of(second)) == (409, "enrolment.used")


def test_the_token_works_and_the_answer_pins_the_servers_identity(app: Flask, client: FlaskClient) -> None:
    answer = client.post(URL, json={"code": lan_invites(app), "name": "Máy 07"}).get_json()
    with app.app_context():
        assert answer["server"]["identity"] == services().keyring.public_identity
    allowed = client.get("/api/v1/campaigns", headers={"Authorization": f"Bearer {answer['token']}"})
    assert allowed.status_code == 200


def test_people_may_type_a_code_as_they_like(app: Flask, client: FlaskClient) -> None:
    code = lan_invites(app)
    typed = f" {code[:4].lower()}-{code[4:]} "
    assert client.post(URL, json={"code": typed, "name": "Máy 07"}).status_code == 201


def test_a_code_expires_at_the_end_of_its_last_local_day(app: Flask, client: FlaskClient, clock: OwnClock) -> None:
    early, late = lan_invites(app, days=1), lan_invites(app, days=1)
    clock.pass_by(hours=46)  # it is half past eleven at night, on the code's last day in Ha Noi
    assert client.post(URL, json={"code": early, "name": "A"}).status_code == 201
    clock.pass_by(hours=1)
    expired = client.post(URL, json={"code": late, "name": "B"})
    assert (expired.status_code, code_of(expired)) == (410, "enrolment.expired")


def test_an_unknown_code_is_told_so(client: FlaskClient) -> None:
    assert code_of(client.post(URL, json={"code": "AAAA2222", "name": "A"})) == "enrolment.unknown_code"


def test_of_many_who_use_one_code_at_the_same_time_one_enrols(app: Flask) -> None:
    code = lan_invites(app)

    def enrol(number: int) -> int:
        return app.test_client().post(URL, json={"code": code, "name": f"Máy {number}"}).status_code

    with ThreadPoolExecutor(8) as together:
        assert sorted(together.map(enrol, range(8))) == [201] + [409] * 7


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"[" * 30_000,
        b'{"code": 3, "name": "A"}',
        b'{"code": "AAAA2222"}',
        b'{"code": "AAAA2222", "name": ""}',
        b'{"code": "AAAA2222", "name": "\\u0000"}',
        b'{"code": "AAAA2222", "name": "\\ud800"}',
        b'{"code": "\\u0000\\ud800", "name": "A"}',
        b'{"code": "AAAA2222", "name": "' + b"a" * 500 + b'"}',
        b'{"code": "AAAA2222", "name": "\xff"}',
    ],
    ids=range(13),
)
def test_a_hostile_body_is_a_problem_and_never_a_failure(client: FlaskClient, body: bytes) -> None:
    answer = client.post(URL, data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert code_of(answer)


def test_too_many_wrong_codes_make_everybody_wait(client: FlaskClient) -> None:
    answers = [client.post(URL, json={"code": f"AAAA2{n:03}", "name": "A"}) for n in range(130)]
    assert code_of(answers[0]) == "enrolment.unknown_code"
    assert code_of(answers[-1]) == "rate.limited"
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_revoked_collector_is_told_to_enrol_again(app: Flask, client: FlaskClient) -> None:
    minh = minh_enrols(app)
    with app.app_context(), transaction() as writing:
        (collector,) = enrolment.collectors(writing)
        enrolment.revoke(writing, collector.id, services().today())
    answer = client.get("/api/v1/campaigns", headers=minh)
    assert (answer.status_code, code_of(answer)) == (403, "token.revoked")


def test_revoking_whom_nobody_knows_is_one_sentence(app: Flask) -> None:
    with app.app_context(), transaction() as writing, pytest.raises(enrolment.UnknownCollector, match="no collector"):
        enrolment.revoke(writing, "nobody", services().today())


def test_neither_code_nor_token_is_in_the_database(app: Flask, client: FlaskClient) -> None:
    code = lan_invites(app)
    token = client.post(URL, json={"code": code, "name": "Máy 07"}).get_json()["token"]
    with app.app_context():
        rows = [*session().scalars(select(Collector)), *session().scalars(select(Invitation))]
        held = "".join(str(vars(row)) for row in rows)
    assert code not in held
    assert token not in held


@pytest.mark.parametrize(
    "typed",
    ["ASK7WD42", "ask7-wd42", " ask7 wd42 ", "ÁK7ƯD42", "ák7ưd42", "A\u0301K7U\u031bD42", "ＡＳＫ７ＷＤ４２"],
)
def test_a_code_of_an_earlier_version_works_however_a_keyboard_changed_it(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(enrolment, "new_code", lambda *_: "ASK7WD42")
    lan_invites(app)
    assert client.post(URL, json={"code": typed, "name": "Máy 07"}).status_code == 201


@pytest.mark.parametrize("typed", [telex, vni, str.lower, in_groups])
def test_no_keyboard_keeps_a_code_of_today_from_working(app: Flask, client: FlaskClient, typed) -> None:
    answer = client.post(URL, json={"code": typed(lan_invites(app)), "name": "Máy 07"})
    assert answer.status_code == 201


def test_old_invitations_are_forgotten(app: Flask, clock: OwnClock) -> None:
    lan_invites(app)
    clock.pass_by(days=120)
    lan_invites(app)
    with app.app_context():
        assert len(session().scalars(select(Invitation)).all()) == 1
