"""A screen that goes dark for a moment covers the answers and keeps them; one that stays dark loses them, and says so."""

import pytest

from tests.support.page_device_events import clock_is_put, goes_dark, lights_up, time_can_pass, time_passes
from tests.support.page_hop import LINK
from tests.support.page_walk import Tablet

TURN = "Có người đang trả lời trên máy này"
AGE = "Anh/Chị bao nhiêu tuổi?"
WAKE_LOCKS = """
  window.lit = 0;
  Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: {
    request: async () => { window.lit += 1; return { release: async () => { window.lit -= 1; } }; },
  } });
"""


@pytest.fixture
def answering(kiosk: Tablet) -> Tablet:
    """A person in the middle of an interview on a handed-over tablet whose time the test tells."""
    time_can_pass(kiosk.page)
    kiosk.agrees()
    kiosk.answers(until="gender")
    kiosk.page.get_by_label(AGE).fill("47")
    return kiosk


def test_a_moment_in_the_dark_covers_the_answers_and_keeps_them(answering):
    goes_dark(answering.page)
    assert not answering.page.get_by_label(AGE).is_visible()
    lights_up(answering.page)
    answering.page.get_by_role("heading", name=TURN).wait_for()
    assert not answering.page.get_by_label(AGE).is_visible()
    answering.button("Chạm để tiếp tục").click()
    assert answering.page.get_by_label(AGE).input_value() == "47"


def test_a_screen_that_stays_dark_loses_the_answers_and_the_first_screen_says_why(answering):
    goes_dark(answering.page)
    time_passes(answering.page, 125_000)
    lights_up(answering.page)
    answering.page.get_by_text("đã tự xóa vì màn hình tắt").wait_for()
    answering.button("Bắt đầu").click()
    assert answering.page.get_by_text("đã tự xóa").count() == 0


def test_a_screen_that_lights_up_late_warns_for_twenty_seconds_before_it_wipes(answering):
    goes_dark(answering.page)
    time_passes(answering.page, 110_000)
    lights_up(answering.page)
    answering.button("Tôi vẫn đang trả lời").wait_for()
    assert not answering.page.get_by_label(AGE).is_visible()
    time_passes(answering.page, 18_000)
    answering.button("Tôi vẫn đang trả lời").click()
    time_passes(answering.page, 60_000)
    answering.button("Chạm để tiếp tục").click()
    assert answering.page.get_by_label(AGE).input_value() == "47"


def test_a_device_that_slept_while_its_steady_clock_stood_still_warns_or_wipes(answering):
    goes_dark(answering.page)
    clock_is_put(answering.page, 150)
    lights_up(answering.page)
    answering.button("Tôi vẫn đang trả lời").click()
    goes_dark(answering.page)
    clock_is_put(answering.page, 3600)
    lights_up(answering.page)
    answering.page.get_by_text("đã tự xóa vì màn hình tắt").wait_for()


def test_the_warning_always_stays_for_twenty_seconds_however_late_it_comes(answering):
    answering.page.clock.fast_forward(300_000)
    answering.button("Tôi vẫn đang trả lời").wait_for()
    time_passes(answering.page, 17_000)
    assert answering.page.get_by_role("dialog").count() == 1
    time_passes(answering.page, 5_000)
    answering.page.get_by_text("đã tự xóa vì hai phút không ai chạm").wait_for()


def test_the_screen_stays_lit_while_somebody_answers_and_no_longer(kiosk):
    kiosk.page.add_init_script(WAKE_LOCKS)
    kiosk.page.reload()
    kiosk.button("Bắt đầu").wait_for()
    assert kiosk.page.evaluate("lit") == 0
    kiosk.agrees()
    kiosk.page.wait_for_function("lit === 1")
    kiosk.button("Thoát nhanh").click()
    kiosk.page.wait_for_function("lit === 0")


def test_on_a_phone_of_ones_own_a_moment_in_the_dark_changes_nothing(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.agrees()
    tablet.answers(until="gender")
    tablet.page.get_by_label(AGE).fill("47")
    goes_dark(tablet.page)
    lights_up(tablet.page)
    assert tablet.page.get_by_label(AGE).is_visible()
    assert tablet.page.get_by_label(AGE).input_value() == "47"
