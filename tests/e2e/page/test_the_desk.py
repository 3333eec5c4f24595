"""Staff's desk: status and counts first, campaigns folded, and after each choice what comes next is in sight and has the focus."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.support.page_walk import Tablet

SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]
IN_SIGHT = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


def campaigns(tablet: Tablet, number: int, **changed: Any) -> list[dict[str, Any]]:
    sites = [{"id": f"noi-{each}", "name": f"Công ty May số {each}"} for each in range(1, 31)]
    facts = tablet.hop.campaign() | {"sites": sites} | changed
    return [facts | {"id": f"dot-{each}", "title": {"vi": f"Đợt khảo sát thứ {each}"}} for each in range(1, number + 1)]


def day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.fixture(params=SIZES, ids=["phone", "wide"])
def desk(request, tablet: Tablet) -> Tablet:
    """The desk of a device with twelve campaigns at thirty workplaces each."""
    tablet.page.set_viewport_size(request.param)
    tablet.hop.more_campaigns = campaigns(tablet, 12)
    tablet.enrols()
    tablet.page.get_by_role("heading", name="Đợt khảo sát thứ 12").wait_for()
    return tablet


def focused(tablet: Tablet) -> str:
    return str(tablet.page.evaluate("() => document.activeElement.innerText"))


def opens(tablet: Tablet, title: str) -> None:
    tablet.page.locator("summary", has=tablet.page.get_by_role("heading", name=title, exact=True)).click()


def test_status_and_counts_come_first_and_campaigns_are_folded(desk):
    assert desk.page.locator(".counts").evaluate(IN_SIGHT)
    assert desk.page.locator(".sync [role=status]").evaluate(IN_SIGHT)
    assert desk.page.locator(".site:visible").count() == 0
    assert desk.page.evaluate("() => document.documentElement.scrollHeight") < 2600


def test_a_tap_on_a_campaign_and_on_a_workplace_leads_the_eye_and_the_focus_on(desk):
    opens(desk, "Đợt khảo sát thứ 11")
    desk.button("Bắt đầu ở Công ty May số 1").wait_for()
    assert focused(desk) == "Chọn nơi làm việc để bắt đầu"
    assert desk.button("Bắt đầu ở Công ty May số 1").evaluate(IN_SIGHT)
    desk.button("Bắt đầu ở Công ty May số 29").click()
    desk.button("Trao máy cho người trả lời").wait_for()
    assert desk.button("Trao máy cho người trả lời").evaluate(IN_SIGHT)
    assert focused(desk) == "Đang hỏi tại Công ty May số 29"
    desk.page.keyboard.press("Tab")
    assert focused(desk).startswith("Trao máy cho người trả lời")
    desk.button("Kết thúc ở nơi này").click()
    assert focused(desk) == "Các đợt khảo sát"


def test_campaigns_and_workplaces_are_found_without_tone_marks(desk):
    desk.page.get_by_label("Tìm đợt khảo sát").fill("dot khao sat thu 7")
    assert desk.page.locator(".campaign").count() == 1
    opens(desk, "Đợt khảo sát thứ 7")
    desk.page.get_by_label("Tìm nơi làm việc").fill("may so 30")
    assert desk.page.locator(".site:visible").count() == 1
    desk.page.get_by_label("Tìm đợt khảo sát").fill("không có")
    desk.page.get_by_text("Không có đợt khảo sát nào khớp.").wait_for()


def test_counts_stand_beside_each_workplace_and_its_campaign(tablet):
    tablet.enrols()
    for _ in range(2):
        tablet.button("Bắt đầu ở Mỏ than Hà Lầm").click()
        tablet.button("Từ chối +1").click()
        tablet.page.get_by_text("Đã ghi một người từ chối.").wait_for()
        tablet.button("Kết thúc ở nơi này").click()
    tablet.page.locator("summary").get_by_text("0 người trả lời, 2 từ chối").wait_for()
    assert tablet.button("Bắt đầu ở Mỏ than Hà Lầm").get_by_text("0 người trả lời, 2 từ chối").count() == 1
    assert tablet.button("Bắt đầu ở Công ty May Hưng Yên").get_by_text("từ chối").count() == 0


@pytest.mark.parametrize(
    ("begins", "ends", "badge", "words"),
    [
        (3, 30, "Chưa đến ngày hỏi", "Đợt khảo sát này bắt đầu từ"),
        (-30, -3, "Đã hết thời gian hỏi", "Đợt khảo sát này đã hết hạn ngày"),
    ],
)
def test_a_campaign_that_is_not_open_says_so_before_it_is_started(tablet, begins, ends, badge, words):
    tablet.hop.more_campaigns = campaigns(tablet, 1, **{"from": day(begins), "to": day(ends)})
    tablet.enrols()
    tablet.page.locator(".badge", has_text=badge).wait_for()
    opens(tablet, "Đợt khảo sát thứ 1")
    tablet.page.locator("details").get_by_text(words).wait_for()
    tablet.button("Bắt đầu ở Công ty May số 1").click()
    tablet.page.locator(".sitting-panel").get_by_text(words).wait_for()


def test_a_lone_campaign_is_open_from_the_start(tablet):
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").wait_for()


def test_what_people_decline_and_what_the_server_does_not_take_have_words_of_their_own(tablet):
    tablet.enrols()
    assert set(tablet.counts()) == {"Đã thu", "Chờ gửi", "Đã gửi", "Máy chủ không nhận"}
    tablet.button("English").click()
    tablet.page.get_by_text("Collected").first.wait_for()
    assert set(tablet.counts()) == {"Collected", "Waiting", "Sent", "Not taken"}


@pytest.mark.parametrize("language", ["Tiếng Việt", "English"])
def test_days_have_one_form_and_none_can_be_read_as_a_month(tablet, language):
    tablet.enrols()
    tablet.button(language).click()
    tablet.page.locator(".campaign summary > .hint").wait_for()
    said = tablet.page.locator("main").inner_text()
    days = re.findall(r"\d+/\d+/\d+|\d+ thg \d+|[A-Z][a-z]+ \d+, \d{4}", said)
    fitting = r"\d\d/\d\d/\d{4}" if language == "Tiếng Việt" else r"[A-Z][a-z]+ \d+, \d{4}"
    assert len(days) == 4
    assert [each for each in days if not re.fullmatch(fitting, each)] == []


def test_what_a_tap_on_declined_does_is_said_beside_it(tablet):
    tablet.enrols()
    tablet.button("Bắt đầu ở Mỏ than Hà Lầm").click()
    declined = tablet.button("Từ chối +1")
    below = tablet.page.locator(f"#{declined.get_attribute('aria-describedby')}").bounding_box()
    assert 0 <= below["y"] - bottom(declined) < 24
    declined.click()
    undo = tablet.button("Bỏ lần vừa ghi")
    undo.wait_for()
    assert bottom(undo) < tablet.button("Kết thúc ở nơi này").bounding_box()["y"]


def bottom(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return box["y"] + box["height"]
