"""Collectors and links in the console: codes and addresses shown once with a picture to scan, and taken back when a device is lost."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.audit.tables import AuditEntry
from server.collectors.tables import Collector, Link
from server.database import session, transaction
from server.fieldwork.links import create_link
from server.services import services
from tests.server.administration.test_workplaces_in_the_console import hidden
from tests.support.answered_campaign import signed_in, token_on
from tests.support.people import CAMPAIGN, FACTORY, WORKSHOP, an_account, lan_opens_a_campaign, minh_enrols

COLLECTORS, LINKS = "/console/manage/collectors", "/console/manage/links"


def invited(client: FlaskClient, **facts: str) -> str:
    token = token_on(client.get(COLLECTORS).text)
    return client.post(f"{COLLECTORS}/invite", data={"csrf_token": token, **facts}).text


def codes_on(page: str) -> list[str]:
    return re.findall(r'class="code">([^<]+)<', page)


def a_link(app: Flask) -> str:
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        at_hand = services()
        return create_link(writing, at_hand.keyring, at_hand.chance, CAMPAIGN, FACTORY)[0].id


def changed(client: FlaskClient, link: str, page: str | None = None, **facts: str):  # type: ignore[no-untyped-def]
    page = page or client.get(f"{LINKS}/{link}").text
    return client.post(f"{LINKS}/{link}", data={"csrf_token": token_on(page), "mark": hidden(page, "mark"), **facts})


def test_each_code_on_the_sheet_enrols_one_device_once(app: Flask, lan: FlaskClient) -> None:
    codes = codes_on(invited(lan, number="3", days="2"))
    assert len(set(codes)) == 3
    for code in codes:
        answer = app.test_client().post("/api/v1/enrolments", json={"code": code, "name": f"Máy {code[:2]}"})
        assert answer.status_code == 201
        assert app.test_client().post("/api/v1/enrolments", json={"code": code, "name": "x"}).status_code == 409
    assert lan.get(COLLECTORS).text.count(">Mất máy?<") == 3


def test_codes_are_shown_once_and_stand_in_no_log(app: Flask, lan: FlaskClient) -> None:
    [code] = codes_on(invited(lan))
    assert code not in lan.get(COLLECTORS).text
    with app.app_context():
        noted = str([(one.subject, one.facts) for one in session().scalars(select(AuditEntry))])
    assert code not in noted
    assert code.replace("-", "").replace(" ", "") not in noted


@pytest.mark.parametrize(("number", "codes"), [("0", 1), ("-3", 1), ("9999999999", 1), ("99", 20), ("x", 1)])
def test_no_number_makes_endless_codes(lan: FlaskClient, number: str, codes: int) -> None:
    assert len(codes_on(invited(lan, number=number))) == codes


def test_a_lost_device_is_revoked_after_it_was_asked_about(app: Flask, lan: FlaskClient) -> None:
    headers = minh_enrols(app)
    with app.app_context():
        collector = session().scalars(select(Collector.id)).one()
    page = lan.get(f"{COLLECTORS}/{collector}/revoke").text
    assert "Người lấy máy không đọc được câu trả lời nào" in page
    assert app.test_client().get("/api/v1/campaigns", headers=headers).status_code == 200
    for _ in range(2):
        answer = lan.post(f"{COLLECTORS}/{collector}/revoke", data={"csrf_token": token_on(page)})
        assert answer.location == COLLECTORS
    assert app.test_client().get("/api/v1/campaigns", headers=headers).status_code != 200
    assert lan.get(f"{COLLECTORS}/nobody/revoke").status_code == 404


def test_a_poster_speaks_vietnamese_and_its_address_opens_the_survey(app: Flask, lan: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    english = signed_in(app, "lan", language="en")
    token = token_on(english.get(f"{LINKS}/new").text)
    facts = {"campaign": CAMPAIGN, "site": [FACTORY, WORKSHOP], "paper": "a5"}
    page = english.post(f"{LINKS}/new", data={"csrf_token": token, **facts}).text
    assert page.count('class="poster a5" lang="vi"') == 2
    assert page.count("Phiếu không hỏi tên, số điện thoại hay mã nhân viên") == 2
    assert page.count("<svg") == 2
    for code in re.findall(r'class="address">[^<]*/#/l/([^<]+)<', page):
        assert app.test_client().get(f"/api/v1/links/{code}").status_code == 200
        assert code not in lan.get(LINKS).text


def test_no_workplace_chosen_makes_no_link(app: Flask, lan: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    token = token_on(lan.get(f"{LINKS}/new").text)
    answer = lan.post(f"{LINKS}/new", data={"csrf_token": token, "campaign": CAMPAIGN, "site": "than-1"})
    assert answer.status_code == 422
    with app.app_context():
        assert session().scalars(select(Link)).all() == []


def test_a_link_gets_another_quota_is_revoked_and_works_again(app: Flask, lan: FlaskClient) -> None:
    link = a_link(app)
    changed(lan, link, do="quota", quota="60")
    changed(lan, link, do="revoke")
    with app.app_context():
        found = session().get_one(Link, link)
        assert found.quota == 60
        assert found.revoked_on is not None
    assert "Đã thu hồi" in lan.get(LINKS).text
    changed(lan, link, do="restore")
    assert "Đang dùng được" in lan.get(LINKS).text


@pytest.mark.parametrize("quota", ["-1", "many", "", "9" * 12])
def test_a_quota_is_a_number(app: Flask, lan: FlaskClient, quota: str) -> None:
    link = a_link(app)
    assert changed(lan, link, do="quota", quota=quota).status_code == 422


def test_who_changes_a_link_second_is_told(app: Flask, lan: FlaskClient) -> None:
    link = a_link(app)
    seen = lan.get(f"{LINKS}/{link}").text
    changed(lan, link, do="revoke")
    second = changed(lan, link, seen, do="quota", quota="5")
    assert second.status_code == 422
    assert "có người khác đã sửa" in second.text


def test_coordinators_come_in_and_analysts_do_not(app: Flask, hoa: FlaskClient) -> None:
    an_account(app, "minh", role="field_coordinator")
    minh = signed_in(app, "minh")
    assert [minh.get(one).status_code for one in (COLLECTORS, LINKS, f"{LINKS}/new")] == [200] * 3
    assert [hoa.get(one).status_code for one in (COLLECTORS, LINKS, f"{LINKS}/new")] == [403] * 3
