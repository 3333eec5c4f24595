"""Nothing of an answer stays readable on the device: not after handing in, not after leaving, not by any way back (A2)."""

import pytest
from playwright.sync_api import Browser, Page

from tests.machine import find_browser
from tests.support.browser import ARGUMENTS
from tests.support.page_device_events import time_passes
from tests.support.page_hop import running_hop
from tests.support.page_walk import PLANTED_AGE, PLANTED_TEXT, Tablet, everything_stored, small_survey

TRACES = (PLANTED_TEXT, "trăng khuyết", f'"age":{PLANTED_AGE}', '"view_1":"yes"', '"answers":')


def traces_in(page: Page) -> list[str]:
    everything = everything_stored(page)
    assert "langnghe-envelopes/bodies" in everything
    return [trace for trace in TRACES if trace in everything]


def answers_of_the_screen(tablet: Tablet) -> list[str]:
    return tablet.page.evaluate("() => [...document.querySelectorAll(':checked')].map(one => one.value)")


def test_the_search_finds_an_answer_where_there_is_one(kiosk):
    kiosk.agrees()
    kiosk.answers(until="seen")
    kiosk.page.evaluate("text => sessionStorage.setItem('leak', text)", PLANTED_TEXT)
    assert traces_in(kiosk.page) == [PLANTED_TEXT, "trăng khuyết"]


def test_after_handing_in_no_trace_is_on_the_device(kiosk, device):
    device.set_offline(True)
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    assert traces_in(kiosk.page) == []
    kiosk.button("Người tiếp theo").click()
    assert traces_in(kiosk.page) == []


def test_half_finished_answers_are_nowhere_but_in_memory(kiosk):
    kiosk.agrees()
    kiosk.answers(until="wish")
    kiosk.page.locator(".screen").wait_for()
    stored = everything_stored(kiosk.page)
    assert PLANTED_TEXT not in stored.replace(kiosk.page.content(), "")
    kiosk.page.reload()
    kiosk.button("Bắt đầu").wait_for()
    assert traces_in(kiosk.page) == []


def test_the_files_of_the_browser_hold_no_trace_either(chromium: Browser, tmp_path):
    with running_hop(small_survey()) as hop:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=find_browser(), args=list(ARGUMENTS), locale="vi-VN", headless=True
        )
        tablet = Tablet(context.new_page(), hop)
        tablet.enrols()
        tablet.hands_over()
        context.set_offline(True)
        tablet.agrees()
        tablet.answers()
        tablet.sends()
        tablet.button("Người tiếp theo").click()
        tablet.agrees()
        tablet.answers(until="wish")
        context.close()
    contents = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert any(b"langnghe" in content for content in contents)
    for written in (PLANTED_TEXT.encode(), PLANTED_TEXT.encode("utf-16-le"), "trăng khuyết".encode()):
        assert not [content for content in contents if written in content]


@pytest.mark.parametrize("way", ["reload", "back", "forward"])
def test_no_way_back_shows_what_the_last_person_said(kiosk, way):
    kiosk.agrees()
    kiosk.answers(until="view_1")
    if way == "reload":
        kiosk.page.reload()
    else:
        kiosk.page.goto("about:blank")
        kiosk.page.go_back()
        if way == "forward":
            kiosk.page.go_forward()
            kiosk.page.go_back()
    kiosk.button("Bắt đầu").wait_for()
    kiosk.agrees()
    assert answers_of_the_screen(kiosk) == []
    assert kiosk.asked() == []


def test_screens_leave_no_entry_in_the_history(kiosk):
    before = kiosk.page.evaluate("() => history.length")
    address = kiosk.page.url
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    assert kiosk.page.evaluate("() => history.length") == before
    assert kiosk.page.url == address


def test_the_next_person_finds_an_empty_survey_in_the_first_language(kiosk):
    kiosk.button("English").click()
    kiosk.button("Start").click()
    kiosk.button("I agree").click()
    kiosk.answers()
    kiosk.button("Send").click()
    kiosk.button("Next person").click()
    kiosk.agrees()
    kiosk.goes_on()
    assert kiosk.asked() == ["gender"]
    assert answers_of_the_screen(kiosk) == []


def test_two_minutes_untouched_wipe_everything_after_a_warning(kiosk):
    kiosk.page.clock.install()
    kiosk.page.reload()
    kiosk.agrees()
    kiosk.answers(until="view_1")
    time_passes(kiosk.page, 105_000)
    kiosk.page.get_by_text("Anh/Chị còn ở đó không?").wait_for()
    kiosk.button("Tôi vẫn đang trả lời").click()
    time_passes(kiosk.page, 60_000)
    assert kiosk.page.get_by_role("progressbar").count() == 1
    time_passes(kiosk.page, 125_000)
    kiosk.button("Bắt đầu").wait_for()
    assert traces_in(kiosk.page) == []


def test_hiding_the_page_for_a_moment_keeps_the_answers_on_a_phone_of_ones_own(tablet):
    tablet.opens("#/l/lien-ket-cong-doan")
    tablet.agrees()
    tablet.answers(until="view_1")
    hide(tablet.page)
    assert tablet.page.get_by_role("progressbar").count() == 1


def hide(page: Page) -> None:
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
          delete document.visibilityState;
        }"""
    )


def test_leaving_in_a_hurry_wipes_and_shows_an_innocent_screen(kiosk):
    kiosk.agrees()
    kiosk.answers(until="view_1")
    kiosk.button("Thoát nhanh").click()
    kiosk.page.get_by_text("Câu trả lời dở dang đã xóa hết.").wait_for()
    assert traces_in(kiosk.page) == []


def test_leaving_in_a_hurry_leaves_the_page_on_a_phone_of_ones_own(tablet):
    tablet.opens("#/l/lien-ket-cong-doan")
    tablet.agrees()
    tablet.answers(until="age")
    tablet.button("Thoát nhanh").click()
    tablet.page.wait_for_url("about:blank")


def test_the_cover_hides_the_screen_and_gives_it_back(kiosk):
    kiosk.agrees()
    kiosk.answers(until="gender")
    kiosk.page.get_by_label("Anh/Chị bao nhiêu tuổi?").fill("47")
    kiosk.button("Che màn hình").click()
    assert not kiosk.page.get_by_label("Anh/Chị bao nhiêu tuổi?").is_visible()
    kiosk.button("Chạm để tiếp tục").click()
    assert kiosk.page.get_by_label("Anh/Chị bao nhiêu tuổi?").input_value() == "47"
