"""Above every page stands which edition it is, when the next comes, how far one is that is being made, and what went wrong."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from server.analysis.edition.store import Work
from server.database import transaction
from server.fieldwork.campaigns import find_campaign
from tests.support.answered_campaign import CAMPAIGN, signed_in
from tests.support.console_pages import HERE
from tests.support.releases import note, press_of, publish_edition

PAGES = ["", "/sections/", "/indicators", "/gap", "/breakdown", "/breakdown?question=gender&by=site"]


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_edition_every_page_says_how_many_are_needed(own_app: Flask, page: str):
    answer = signed_in(own_app).get(HERE + page)
    assert answer.status_code == 200
    assert "Chưa có bản kết quả nào" in answer.text
    assert "phiếu của ít nhất 20 người" in answer.text
    assert "<table>" not in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_which_edition_it_is_and_when_the_next_comes(own_app: Flask, page: str):
    publish_edition(own_app, press_of(own_app))
    text = signed_in(own_app).get(HERE + page).text
    assert "Bản kết quả số 2, tính trên 310 phiếu" in text
    assert "thêm đủ 20 phiếu, hoặc khi đợt khảo sát đóng" in text


def test_after_closing_a_rest_is_said_to_be_in_no_edition(own_app: Flask):
    publish_edition(own_app, press_of(own_app))
    own_app.extensions["langnghe"].clock.at = datetime(2026, 12, 16, 5, tzinfo=UTC)
    text = signed_in(own_app).get(HERE).text
    assert "Đợt khảo sát đã đóng" in text
    assert "không nằm trong bản nào" in text


def test_an_edition_that_is_being_made_has_a_bar(own_app: Flask):
    publish_edition(own_app, press_of(own_app))
    note(own_app, Work(3, "deciding", 42, ""))
    text = signed_in(own_app).get(HERE).text
    assert "Đang tổng hợp bản kết quả số 3" in text
    assert '<progress value="42" max="100"' in text
    assert "Bản kết quả số 2" in text


@pytest.mark.parametrize("code", ["behind", "lagging", "lake", "engine", "internal"])
def test_after_a_failure_the_last_whole_edition_stays_and_the_page_says_why(own_app: Flask, code: str):
    publish_edition(own_app, press_of(own_app))
    note(own_app, Work(3, "failed", 42, code))
    text = signed_in(own_app).get(f"{HERE}/sections/exposure").text
    assert "đây là bản số 2, bản đầy đủ gần nhất" in text
    words = {
        "behind": "accept-restore",
        "lagging": "nằm an toàn trong cơ sở dữ liệu",
        "lake": "Không đọc hoặc ghi được",
        "engine": "doctor",
        "internal": "nhật ký",
    }
    assert words[code] in text
    assert "<progress" not in text
    assert "<table>" in text


@pytest.mark.parametrize("edition", [True, False])
def test_a_lake_that_lags_is_told_though_no_edition_is_due(own_app: Flask, edition: bool):
    if edition:
        publish_edition(own_app, press_of(own_app))
    note(own_app, Work(3, "waiting", 0, "lagging"))
    text = signed_in(own_app).get(HERE).text
    assert ("Bản kết quả số 2 vẫn đầy đủ." in text) == edition
    assert "nằm an toàn trong cơ sở dữ liệu" in text
    assert "Chưa tổng hợp được" not in text
    assert "<progress" not in text


def test_waiting_for_envelopes_to_be_opened_is_no_failure(own_app: Flask):
    publish_edition(own_app, press_of(own_app))
    note(own_app, Work(3, "failed", 0, "busy"))
    assert "Chưa tổng hợp được" not in signed_in(own_app).get(HERE).text


def test_where_there_are_no_breakdowns_yet_the_page_says_when(own_app: Flask):
    press = press_of(own_app)
    publish_edition(own_app, press, [press.overview(), press.indicators()], breakdowns=False)
    hoa = signed_in(own_app)
    for page in ("/gap", "/breakdown"):
        text = hoa.get(HERE + page).text
        assert "Sẽ có phân tổ khi đợt khảo sát đóng, hoặc sớm hơn khi đủ 100 phiếu" in text
        assert "<select" not in text


def test_breakdowns_of_an_earlier_edition_say_of_which(own_app: Flask):
    press = press_of(own_app, edition=1, people=150)
    publish_edition(own_app, press)
    later = press_of(own_app, edition=2, people=190)
    publish_edition(own_app, later, [later.overview(), later.indicators()], breakdowns=False)
    hoa = signed_in(own_app)
    for page in ("/gap", "/breakdown?question=gender&by=site"):
        text = hoa.get(HERE + page).text
        assert "Phân tổ ở đây thuộc bản kết quả số 1, tính trên 150 phiếu" in text
        assert "khi đủ 300 phiếu" in text
        assert "<table>" in text


def test_a_table_of_an_earlier_edition_says_so(own_app: Flask):
    press = press_of(own_app)
    question = press.survey.by_name["ex_sessions"]
    earlier = press.release("question", question.name, question.label, (), (), counted=1)
    publish_edition(own_app, press, [earlier])
    assert "của bản kết quả số 1" in signed_in(own_app).get(f"{HERE}/sections/exposure").text


def test_a_campaign_that_chose_a_greater_number_waits_for_as_many(own_app: Flask):
    with own_app.app_context(), transaction() as session:
        find_campaign(session, CAMPAIGN).threshold = 30
    assert "phiếu của ít nhất 30 người" in signed_in(own_app).get(HERE).text


def test_the_list_of_campaigns_says_which_edition_each_has(own_app: Flask):
    hoa = signed_in(own_app)
    assert "Chưa có bản kết quả nào" in hoa.get("/console").text
    publish_edition(own_app, press_of(own_app))
    assert "Bản kết quả số 2, tính trên 310 phiếu" in hoa.get("/console").text
