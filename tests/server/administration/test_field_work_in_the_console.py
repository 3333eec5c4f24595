"""Field work in the console: coverage, rates, forecast and flags by what collectors count; nobody's answer, no finer day, own unit only."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from server.accounts.permissions import ROLES, Permission
from server.accounts.tables import User
from server.collectors.tables import Collector
from server.database import session, transaction
from server.fieldwork.campaigns import close_campaign
from server.fieldwork.links import create_link
from server.fieldwork.tables import Campaign, Site
from server.fieldwork.tallies import put_tally
from server.services import services
from tests.support.answered_campaign import signed_in
from tests.support.people import CAMPAIGN, FACTORY, MINE, WORKSHOP, an_account, lan_opens_a_campaign, minh_enrols

HOME = "/console/manage/fieldwork"
HERE = f"{HOME}/{CAMPAIGN}"
PAGES = (HERE, f"{HERE}/days", f"{HERE}/collectors", f"{HERE}/wall")
TODAY = date(2026, 11, 22)


def counted(app: Flask, *rows: tuple[str, date, int, int]) -> None:
    """Let one more tablet tell counts: site, day, collected, refused."""
    minh_enrols(app)
    with app.app_context(), transaction() as writing:
        collector = writing.query(Collector).order_by(Collector.enrolled_on).all()[-1].id
        for site, day, collected, refused in rows:
            put_tally(writing, (collector, CAMPAIGN, site, day), collected, refused)


def coordinator(app: Flask, unit: str | None = None) -> FlaskClient:
    an_account(app, "minh", role="field_coordinator")
    with app.app_context(), transaction() as writing:
        writing.query(User).filter_by(name="minh").one().unit_id = unit
    return signed_in(app, "minh")


def a_week_of_counts(app: Flask, **changes: object) -> None:
    lan_opens_a_campaign(app, sites=(FACTORY, MINE, WORKSHOP), **changes)
    days = [TODAY - timedelta(days=number) for number in range(6)]
    counted(app, *[(FACTORY, day, 40, 2) for day in days], (MINE, TODAY, 11, 9), (WORKSHOP, TODAY, 3, 1))


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_for_whoever_may_see_field_work_and_for_nobody_else(app: Flask, role: str) -> None:
    a_week_of_counts(app)
    an_account(app, "minh", role=role)
    client = signed_in(app, "minh")
    expected = 200 if Permission.SEE_FIELDWORK in ROLES[role] else 403
    assert [client.get(page).status_code for page in (HOME, *PAGES)] == [expected] * 5


def test_figures_are_those_of_the_counts(app: Flask) -> None:
    a_week_of_counts(app)
    page = coordinator(app).get(HERE).text
    assert "<dd>254</dd>" in page
    assert "<dd>2.005</dd>" in page
    assert "<dd>12,7%</dd>" in page
    assert "<dd>92%</dd>" in page
    assert "<dd>323</dd>" in page


def test_what_looks_odd_is_said_and_small_workplaces_keep_their_refusals(app: Flask) -> None:
    a_week_of_counts(app)
    page = coordinator(app).get(HERE).text
    assert "Mỏ than Hà Lầm: 45% số người được mời đã từ chối" not in page
    table = coordinator_csv(app, HERE)
    assert table["Tổ sửa chữa"][5] == table["Mỏ than Hà Lầm"][5] == "–"
    assert table["Công ty May Hưng Yên"][5] == "12"


def coordinator_csv(app: Flask, address: str) -> dict[str, list[str]]:
    answer = signed_in(app, "minh").get(f"{address}?as=csv")
    assert answer.mimetype == "text/csv"
    rows = [line.split(";") for line in answer.text.splitlines()[1:]]
    return {row[0]: row for row in rows}


def test_the_end_is_foretold_with_how_and_how_sure(app: Flask) -> None:
    a_week_of_counts(app)
    page = coordinator(app).get(HERE).text
    assert "lấy nhịp trung bình của 6 ngày trọn vẹn gần nhất" in page
    assert "19 lần trong 20" in page


@pytest.mark.parametrize(("unit", "label"), [("week", "tuần từ 16/11/2026"), ("month", "tháng 11/2026")])
def test_no_page_tells_a_finer_day_than_the_campaign(app: Flask, unit: str, label: str) -> None:
    a_week_of_counts(app, day_unit=unit)
    client = coordinator(app)
    for address in (HERE, f"{HERE}/days", f"{HERE}/collectors"):
        page = client.get(address).text
        assert label in page
        for number in range(1, 6):
            assert f"{TODAY - timedelta(days=number):%d/%m/%Y}" not in page.replace("16/11/2026", "")
    answer = client.get(f"{HERE}/days?as=csv").text
    assert len(answer.splitlines()) == 2
    assert ";254" in answer


def test_whoever_belongs_to_a_unit_sees_its_workplaces_only(app: Flask) -> None:
    a_week_of_counts(app)
    client = coordinator(app, "cd-may")
    for address in (HERE, f"{HERE}/wall"):
        page = client.get(address).text
        assert "Công ty May Hưng Yên" in page
        assert "Mỏ than Hà Lầm" not in page
        assert "<dd>240</dd>" in page
    assert client.get(HOME).status_code == 200


def test_a_campaign_elsewhere_or_of_no_name_is_not_there(app: Flask) -> None:
    lan_opens_a_campaign(app, sites=(MINE,))
    client = coordinator(app, "cd-may")
    assert [client.get(page).status_code for page in PAGES] == [404] * 4
    assert CAMPAIGN not in client.get(HOME).text
    assert client.get(f"{HOME}/nothing").status_code == 404


def test_the_wall_refreshes_itself_and_names_no_small_workplace_and_no_device(app: Flask) -> None:
    a_week_of_counts(app)
    answer = coordinator(app).get(f"{HERE}/wall")
    assert answer.headers["Refresh"] == "300"
    assert "Công ty May Hưng Yên" in answer.text
    assert "Tổ sửa chữa" not in answer.text
    assert "Còn 1 nơi làm việc được tính ở trên" in answer.text
    assert "Từ chối" not in answer.text
    assert "Máy 07" not in answer.text


def test_nothing_counted_yet_is_said(app: Flask) -> None:
    lan_opens_a_campaign(app)
    client = coordinator(app)
    assert "Chưa có số đếm nào gửi về" in client.get(HERE).text
    assert "Chưa có máy nào gửi số đếm" in client.get(f"{HERE}/collectors").text
    assert "chưa có số đếm nào: Công ty May Hưng Yên, Tổ sửa chữa" in client.get(HERE).text


@pytest.mark.parametrize("state", ["draft", "not begun", "over", "closed"])
def test_each_state_has_its_sentence(app: Flask, state: str) -> None:
    lan_opens_a_campaign(app)
    sentence = {
        "draft": "còn là bản nháp",
        "not begun": "bắt đầu ngày 25/11/2026",
        "over": "Đã hết thời gian thu phiếu",
        "closed": "Đã hết thời gian thu phiếu",
    }[state]
    with app.app_context(), transaction() as writing:
        campaign = writing.get_one(Campaign, CAMPAIGN)
        if state == "draft":
            campaign.state = "draft"
        elif state == "not begun":
            campaign.opens = date(2026, 11, 25)
        elif state == "over":
            campaign.closes = date(2026, 11, 20)
        else:
            close_campaign(writing, CAMPAIGN, TODAY)
    client = coordinator(app)
    for address in (HERE, f"{HERE}/wall"):
        page = client.get(address).text
        assert sentence in page
        assert "dự báo được" not in page
    assert client.get(f"{HERE}/days").status_code == 200


def test_unknown_headcounts_and_too_many_answers_are_said(app: Flask) -> None:
    a_week_of_counts(app)
    with app.app_context(), transaction() as writing:
        mine, workshop = writing.get_one(Site, MINE), writing.get_one(Site, WORKSHOP)
        mine.women = mine.men = 0
        workshop.women, workshop.men = 1, 1
    client = coordinator(app)
    page = client.get(HERE).text
    assert "1 nơi làm việc chưa khai số người, nên không tính vào tỷ lệ nào: Mỏ than Hà Lầm" in page
    assert "Tổ sửa chữa: số người trả lời nhiều hơn số người làm việc là 1" in page
    with app.app_context(), transaction() as writing:
        for site in (FACTORY, WORKSHOP):
            found = writing.get_one(Site, site)
            found.women = found.men = 0
    for page in PAGES:
        assert client.get(page).status_code == 200


def test_a_silent_collector_and_answers_by_link_are_said(app: Flask) -> None:
    lan_opens_a_campaign(app, opens=date(2026, 11, 2))
    counted(app, (FACTORY, date(2026, 11, 10), 30, 1))
    client = coordinator(app)
    page = client.get(HERE).text
    assert "Máy 07: không có số đếm nào sau 10/11/2026" in page
    assert "qua đường dẫn" not in page
    with app.app_context(), transaction() as writing:
        create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)
    assert "qua đường dẫn" in client.get(HERE).text


def test_pages_read_counts_and_no_response(app: Flask) -> None:
    a_week_of_counts(app)
    client = coordinator(app)
    asked: list[str] = []
    with app.app_context():
        event.listen(session().get_bind(), "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    for page in (HOME, *PAGES):
        client.get(page)
    tables = ("response", "remark", "inbox", "lake", "quarantine", "edition")
    assert any("FROM tally" in one for one in asked)
    assert [one for one in asked if any(f"FROM {table}" in one for table in tables)] == []
