"""Accounts in the console: made, changed, shut, opened again, and handed over by a link that only its owner uses."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.accounts import second_factor, users
from server.audit.tables import AuditEntry
from server.database import session, transaction
from server.fieldwork.tables import Unit
from server.services import services
from tests.support.answered_campaign import sign_in, signed_in, token_on
from tests.support.people import PASSWORD, an_account

ACCOUNTS = "/console/manage/accounts"
OWN = "con trâu gặm cỏ bên sông"


@pytest.fixture
def union(app: Flask) -> Flask:
    """A union of two sectors; below one of them a factory's union, and Mai, who administers that sector."""
    with app.app_context(), transaction() as writing:
        writing.add_all([Unit(id="cd-may", name="Công đoàn Dệt May"), Unit(id="cd-than", name="Công đoàn Than")])
        writing.flush()
        writing.add(Unit(id="cs-10", name="CĐCS May 10", parent="cd-may"))
    an_account(app, "mai")
    with app.app_context(), transaction() as writing:
        users.set_role(writing, services().chance, users.known_user(writing, "mai"), "administrator", "cd-may")
    return app


def sent(client: FlaskClient, address: str, form: str | None = None, **fields: str) -> TestResponse:
    """Send a form with the token of the page that it stands on."""
    page = client.get(form or address)
    return client.post(address, data={"csrf_token": token_on(page.text), **fields})


def made(client: FlaskClient, name: str = "minh", role: str = "analyst", unit: str = "") -> TestResponse:
    return sent(client, f"{ACCOUNTS}/new", name=name, role=role, unit=unit)


def link_on(page: str) -> str:
    found = re.search(r"<code>(?:https?://[^/]+)(/\S+)</code>", page)
    assert found, page
    return found.group(1)


def facts_of(app: Flask, name: str) -> tuple[str, str | None]:
    with app.app_context():
        user = users.known_user(session(), name)
        return user.role, user.unit_id


def test_somebody_is_invited_chooses_a_password_and_signs_in(union: Flask, lan: FlaskClient) -> None:
    page = made(lan, unit="cs-10")
    assert page.status_code == 200
    assert "<svg" in page.text
    minh, address = union.test_client(), link_on(page.text)
    assert minh.get(address).status_code == 200
    answer = sent(minh, address, new=OWN, again=OWN)
    assert (answer.status_code, answer.location) == (302, "/console/sign-in")
    assert sign_in(minh, "minh", OWN).status_code == 302
    assert facts_of(union, "minh") == ("analyst", "cs-10")
    assert union.test_client().get(address).status_code == 410


def test_a_link_that_is_not_typed_twice_alike_or_is_weak_stays_good(union: Flask, lan: FlaskClient) -> None:
    minh, address = union.test_client(), link_on(made(lan).text)
    for new, again, said in ((OWN, OWN + "!", "không giống nhau"), ("minh", "minh", "ít nhất 12"), ("", "", "điền đủ")):
        answer = sent(minh, address, new=new, again=again)
        assert answer.status_code == 422
        assert said in answer.text
    assert sent(minh, address, new=OWN, again=OWN).status_code == 302


def test_the_page_of_a_link_tells_nobody_where_it_was_opened(union: Flask, lan: FlaskClient) -> None:
    page = union.test_client().get(link_on(made(lan).text))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "said"), [("hoa", "Đã có tài khoản hoa"), ("Chị Hoa", "Tên đăng nhập gồm"), ("", "điền đủ")]
)
def test_an_account_that_cannot_be_is_refused_with_a_sentence(lan: FlaskClient, name: str, said: str) -> None:
    answer = made(lan, name)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_role_and_a_unit_are_changed_and_end_the_sessions(union: Flask, lan: FlaskClient) -> None:
    hoa = signed_in(union)
    page = f"{ACCOUNTS}/hoa"
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', lan.get(page).text)
    assert seen
    answer = sent(lan, f"{page}/role", page, role="field_coordinator", unit="cd-than", seen=seen.group(1))
    assert (answer.status_code, answer.location) == (302, page)
    assert facts_of(union, "hoa") == ("field_coordinator", "cd-than")
    assert hoa.get("/console").status_code == 302


def test_whoever_changes_an_account_that_somebody_changed_meanwhile_is_told(union: Flask, lan: FlaskClient) -> None:
    page = f"{ACCOUNTS}/hoa"
    answer = sent(lan, f"{page}/role", page, role="author", unit="", seen="officer ")
    assert answer.status_code == 422
    assert "Vừa có người khác thay đổi" in answer.text
    assert facts_of(union, "hoa") == ("analyst", None)


def test_an_account_is_shut_and_opened_again_after_a_question(union: Flask, lan: FlaskClient) -> None:
    shut, opened = f"{ACCOUNTS}/hoa/shut", f"{ACCOUNTS}/hoa/open"
    assert "Khóa tài khoản hoa?" in lan.get(shut).text
    assert sign_in(union.test_client(), "hoa", PASSWORD).status_code == 302
    sent(lan, shut)
    assert sign_in(union.test_client(), "hoa", PASSWORD).status_code == 403
    sent(lan, opened)
    assert sign_in(union.test_client(), "hoa", PASSWORD).status_code == 302


def test_a_forgotten_password_is_chosen_anew_by_a_link(union: Flask, lan: FlaskClient) -> None:
    hoa = signed_in(union)
    address = link_on(sent(lan, f"{ACCOUNTS}/hoa/link").text)
    assert hoa.get("/console").status_code == 302
    assert sign_in(union.test_client(), "hoa", PASSWORD).status_code == 403
    sent(union.test_client(), address, new=OWN, again=OWN)
    assert sign_in(union.test_client(), "hoa", OWN).status_code == 302


@pytest.mark.parametrize("what", ["role", "shut", "open", "link"])
def test_nobody_changes_their_own_account_by_a_slip(lan: FlaskClient, what: str) -> None:
    assert sent(lan, f"{ACCOUNTS}/lan/{what}", f"{ACCOUNTS}/new", role="analyst", unit="").status_code == 403


@pytest.mark.parametrize("name", ["lan", "hoa", "nobody"])
@pytest.mark.parametrize("what", ["", "/role", "/shut", "/link"])
def test_whoever_administers_a_unit_sees_no_account_beyond_it(union: Flask, name: str, what: str) -> None:
    mai = signed_in(union, "mai")
    if not what:
        assert mai.get(f"{ACCOUNTS}/{name}").status_code == 404
    assert sent(mai, f"{ACCOUNTS}/{name}{what}", f"{ACCOUNTS}/new", role="officer").status_code in (404, 405)


def test_whoever_administers_a_unit_makes_accounts_of_it_and_below_only(union: Flask) -> None:
    mai = signed_in(union, "mai")
    assert made(mai, "minh", unit="cs-10").status_code == 200
    for unit in ("", "cd-than"):
        assert made(mai, "quang", "administrator", unit).status_code == 422
    form = mai.get(f"{ACCOUNTS}/new").text
    assert "Công đoàn Than" not in form
    assert "Tất cả đơn vị" not in form
    listed = mai.get(f"{ACCOUNTS}?as=csv").text
    assert "minh" in listed
    assert "hoa" not in listed


def test_units_stand_below_the_one_that_they_belong_to(union: Flask, lan: FlaskClient) -> None:
    choices = re.findall(r"<option[^>]*>([^<]*)</option>", lan.get(f"{ACCOUNTS}/new").text.split('id="unit"')[1])
    assert choices == ["Tất cả đơn vị", "Công đoàn Dệt May", "\u2003CĐCS May 10", "Công đoàn Than"]


def test_what_each_role_may_do_stands_beside_the_choice(lan: FlaskClient) -> None:
    page = lan.get(f"{ACCOUNTS}/new").text
    assert "mọi việc trên trang quản trị" in page
    assert "mời máy thu, tạo đường dẫn, theo dõi việc thu thập tại cơ sở" in page


def test_whoever_may_not_manage_accounts_does_not(hoa: FlaskClient) -> None:
    assert [hoa.get(f"{ACCOUNTS}{below}").status_code for below in ("", "/new", "/lan", "/lan/shut")] == [403] * 4


def test_the_audit_log_names_who_made_the_link_and_that_it_was_used(union: Flask, lan: FlaskClient) -> None:
    address = link_on(made(lan).text)
    sent(union.test_client(), address, new=OWN, again=OWN)
    with union.app_context():
        noted = [(one.actor, one.action) for one in session().query(AuditEntry) if one.subject == "minh"]
    assert noted == [
        ("lan", "account.created"),
        ("lan", "account.link_made"),
        ("nobody signed in", "account.link_used"),
    ]


def test_a_second_factor_is_removed_for_whoever_lost_the_phone(union: Flask, lan: FlaskClient) -> None:
    page = f"{ACCOUNTS}/hoa"
    assert f"{page}/factor" not in lan.get(page).text
    with union.app_context(), transaction() as writing:
        hoa, at_hand = users.known_user(writing, "hoa"), services()
        offer = second_factor.new_offer(at_hand, hoa)
        now = pyotp.TOTP(offer.text.replace(" ", "")).at(int(at_hand.clock.now().timestamp()))
        assert second_factor.set_up(writing, at_hand, hoa, offer, now) is not None
    assert sign_in(union.test_client(), "hoa", PASSWORD).location.startswith("/console/sign-in/code")
    assert f"{page}/factor" in lan.get(page).text
    assert sent(lan, f"{page}/factor").location == page
    assert sign_in(union.test_client(), "hoa", PASSWORD).location == "/console/"
