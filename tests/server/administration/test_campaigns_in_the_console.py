"""Campaigns in the console: planned after a page of checks, opened, closed, extended, copied; whoever is second is told."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.pack_reader import read_pack
from server.accounts.users import create_user
from server.database import session, transaction
from server.fieldwork.campaigns import sites_of
from server.fieldwork.tables import Campaign
from server.services import services
from tests.server.administration.test_workplaces_in_the_console import hidden
from tests.support.answered_campaign import signed_in, token_on
from tests.support.people import CAMPAIGN, PACK, PASSWORD, lan_knows_some_sites, lan_opens_a_campaign, lan_publishes

CAMPAIGNS = "/console/manage/campaigns"
NEW = f"{CAMPAIGNS}/new"
USUAL = {
    "survey": f"{PACK}@{read_pack(PACK).version}",
    "id": "quy-4",
    "title_vi": "Quý 4",
    "opens": "2026-11-23",
    "closes": "2026-12-20",
    "rate": "60",
    "threshold": "10",
    "day_unit": "day",
    "all": "1",
}


@pytest.fixture
def app(app: Flask) -> Flask:
    """A server with a published survey and three workplaces."""
    lan_publishes(app)
    with app.app_context(), transaction() as writing:
        lan_knows_some_sites(writing)
    return app


def sent(client: FlaskClient, step: str = "plan", **changes: object):  # type: ignore[no-untyped-def]
    facts = {name: value for name, value in (USUAL | changes).items() if value is not None}
    return client.post(NEW, data={"csrf_token": token_on(client.get(NEW).text), "step": step, **facts})


def done(client: FlaskClient, deed: str, page: str | None = None, **facts: str):  # type: ignore[no-untyped-def]
    address = f"{CAMPAIGNS}/quy-4/{deed}"
    page = page or client.get(address).text
    return client.post(address, data={"csrf_token": token_on(page), "mark": hidden(page, "mark"), **facts})


def planned(app: Flask, name: str = "quy-4") -> Campaign | None:
    with app.app_context():
        return session().get(Campaign, name)


def test_the_checks_say_what_will_be_known_and_save_nothing(app: Flask, lan: FlaskClient) -> None:
    page = sent(lan, "check").text
    assert planned(app) is None
    assert "Tổ sửa chữa có 5 người, quá ít để có số liệu riêng" in page
    assert (
        "Tổ sửa chữa + Mỏ than Hà Lầm" in page
        or "Mỏ than Hà Lầm + Tổ sửa chữa" in page
        or "trùng với các nhóm theo đơn vị" in page
    )
    figures = re.findall(r"<dd>(?:± )?([\d.,]+)</dd>", page)
    assert figures == ["3", "2.005", "1.203", "323", "1,8"]


def test_what_was_checked_is_planned_as_a_draft_with_all_that_was_chosen(app: Flask, lan: FlaskClient) -> None:
    page = sent(lan, "check", all=None, unit="cd-than", site="may-10", strong="1", threshold="12").text
    kept = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    data = {name: [value for other, value in kept if other == name] for name, _ in kept} | {"step": "plan"}
    assert lan.post(NEW, data=data | {"csrf_token": token_on(page)}).location == f"{CAMPAIGNS}/quy-4"
    made = planned(app)
    assert made is not None
    assert (made.state, made.opens, made.closes, made.threshold, made.strong) == (
        "draft", date(2026, 11, 23), date(2026, 12, 20), 12, True,
    )  # fmt: skip
    with app.app_context():
        assert {site.id for site in sites_of(session(), "quy-4")} == {"may-10", "than-1", "to-sua"}


def test_a_double_click_plans_once(app: Flask, lan: FlaskClient) -> None:
    assert sent(lan).location == sent(lan).location == f"{CAMPAIGNS}/quy-4"


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": "9"},
        {"threshold": "x"},
        {"closes": "2026-11-01"},
        {"opens": "tomorrow"},
        {"all": None},
        {"all": None, "site": "than-99"},
        {"rate": "0"},
        {"survey": "nothing@1"},
        {"id": "Đợt 4"},
        {"day_unit": "hour"},
    ],
)
def test_what_cannot_be_planned_is_told_and_what_was_typed_stays(
    app: Flask, lan: FlaskClient, wrong: dict[str, object]
) -> None:
    answer = sent(lan, "check", **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Quý 4"' in answer.text
    assert planned(app) is None


def test_it_is_opened_extended_closed_and_opened_again(app: Flask, lan: FlaskClient) -> None:
    sent(lan)
    for deed, facts, state in (
        ("open", {}, "open"), ("extend", {"last": "2026-12-31"}, "open"), ("close", {}, "closed"), ("open", {}, "open"),
    ):  # fmt: skip
        assert done(lan, deed, **facts).location == f"{CAMPAIGNS}/quy-4"
        made = planned(app)
        assert made is not None
        assert made.state == state
        assert made.closes == (date(2026, 12, 20) if deed == "open" and state == "draft" else made.closes)
    assert planned(app).closes == date(2026, 12, 31)  # type: ignore[union-attr]


@pytest.mark.parametrize("last", ["2026-11-20", "2026-11-22", "soon", ""])
def test_the_last_day_never_lies_before_today_or_the_first_day(app: Flask, lan: FlaskClient, last: str) -> None:
    sent(lan)
    assert done(lan, "extend", last=last).status_code == 422
    assert planned(app).closes == date(2026, 12, 20)  # type: ignore[union-attr]


def test_who_decides_second_is_told_and_changes_nothing(app: Flask, lan: FlaskClient) -> None:
    sent(lan)
    done(lan, "open")
    seen = lan.get(f"{CAMPAIGNS}/quy-4/close").text
    done(lan, "extend", last="2027-01-31")
    second = done(lan, "close", seen)
    assert second.status_code == 409
    assert "có người khác đã sửa" in second.text
    assert planned(app).state == "open"  # type: ignore[union-attr]


def test_the_next_wave_begins_after_the_last_one_at_the_same_places(app: Flask, lan: FlaskClient) -> None:
    sent(lan, all=None, site="may-10", threshold="15")
    page = lan.get(f"{NEW}?copy=quy-4").text
    assert 'name="opens" type="date" value="2026-12-21"' in page
    assert 'name="closes" type="date" value="2027-01-17"' in page
    assert 'value="15"' in page
    assert re.findall(r'name="site" value="([^"]+)" checked', page) == ["may-10"]


def test_whoever_is_of_one_unit_plans_there_only(app: Flask) -> None:
    with app.app_context(), transaction() as writing:
        at_hand = services()
        create_user(
            writing, at_hand.settings, at_hand.chance, name="mai", password=PASSWORD, role="campaign_manager",
            today=at_hand.today(), unit="cd-may",
        )  # fmt: skip
    lan_opens_a_campaign(app, sites=("than-1",))
    mai = signed_in(app, "mai")
    assert CAMPAIGN not in mai.get(CAMPAIGNS).text
    assert mai.get(f"{CAMPAIGNS}/{CAMPAIGN}").status_code == 404
    assert mai.get(f"{CAMPAIGNS}/{CAMPAIGN}/close").status_code == 404
    assert sent(mai, all=None, site="than-1").status_code == 422
    assert sent(mai).location == f"{CAMPAIGNS}/quy-4"
    with app.app_context():
        assert [site.id for site in sites_of(session(), "quy-4")] == ["may-10"]


def test_who_may_not_manage_campaigns_comes_to_no_page(hoa: FlaskClient) -> None:
    addresses = (CAMPAIGNS, NEW, f"{CAMPAIGNS}/quy-4", f"{CAMPAIGNS}/quy-4/open")
    assert [hoa.get(address).status_code for address in addresses] == [403] * 4
