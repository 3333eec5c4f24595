"""A device's clock may be put right at any moment: nobody's answers, no farewell and no wait depends on it."""

import pytest

from tests.support.page_device_events import clock_is_put
from tests.support.page_walk import PIN

AGE = "Anh/Chị bao nhiêu tuổi?"


@pytest.mark.parametrize("seconds", [300, -300, 30, -3600, -10 * 365 * 86_400])
def test_answers_stay_when_the_clock_is_put_right(kiosk, seconds):
    kiosk.agrees()
    kiosk.answers(until="gender")
    kiosk.page.get_by_label(AGE).fill("47")
    clock_is_put(kiosk.page, seconds)
    kiosk.page.wait_for_timeout(2_500)
    assert kiosk.page.get_by_role("dialog").count() == 0
    assert kiosk.page.get_by_label(AGE).input_value() == "47"


def test_a_clock_that_leaps_by_hours_may_be_a_device_that_slept_so_it_asks(kiosk):
    kiosk.agrees()
    kiosk.answers(until="gender")
    kiosk.page.get_by_label(AGE).fill("47")
    clock_is_put(kiosk.page, 5 * 3600)
    kiosk.button("Tôi vẫn đang trả lời").click()
    kiosk.button("Chạm để tiếp tục").click()
    assert kiosk.page.get_by_label(AGE).input_value() == "47"


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_a_farewell_is_neither_cut_short_nor_drawn_out(kiosk, seconds):
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    clock_is_put(kiosk.page, seconds)
    kiosk.page.wait_for_timeout(2_500)
    left = int("".join(filter(str.isdigit, kiosk.page.locator(".countdown").inner_text())))
    assert 5 <= left < 15


def test_the_wait_after_wrong_pins_counts_down_and_no_clock_shortens_it(kiosk):
    kiosk.button("Cán bộ").click()
    for _ in range(5):
        kiosk.page.get_by_label("Mã PIN").fill("1357")
        kiosk.button("Mở").click()
        kiosk.page.wait_for_function("() => document.querySelector('#pin').value === ''")
    timer = kiosk.page.get_by_role("timer")
    timer.get_by_text("0:29").wait_for()
    timer.get_by_text("0:26").wait_for()
    clock_is_put(kiosk.page, 3600)
    kiosk.page.get_by_label("Mã PIN").fill(PIN)
    kiosk.button("Mở").click()
    kiosk.page.get_by_text("Hãy đợi rồi thử lại").wait_for()
    kiosk.page.reload()
    kiosk.button("Cán bộ").click()
    timer.wait_for()
    minutes, seconds = timer.inner_text().split()[-1].split(":")
    assert 10 < int(minutes) * 60 + int(seconds) <= 30
    kiosk.page.get_by_text("Hãy đợi rồi thử lại").wait_for()
    timer.wait_for(state="detached")
    assert kiosk.page.get_by_text("Hãy đợi rồi thử lại").count() == 0
    kiosk.page.get_by_label("Mã PIN").fill(PIN)
    kiosk.button("Mở").click()
    kiosk.page.get_by_role("heading", name="Bàn làm việc").wait_for()
