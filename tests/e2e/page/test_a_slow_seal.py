"""Sealing that takes long, and what may happen meanwhile: the screen goes dark, the person leaves, the next one begins."""

import pytest

from tests.support.page_device_events import goes_dark, lights_up, time_can_pass, time_passes
from tests.support.page_walk import Tablet
from tests.support.waiting import until_on

HELD = """(() => {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = (...parts) => globalThis.holding
    ? new Promise(done => { globalThis.goOn = () => { globalThis.holding = false; done(encrypt(...parts)); }; })
    : encrypt(...parts);
})()"""


@pytest.fixture
def sealing(kiosk: Tablet) -> Tablet:
    """A worker has pressed «Gửi», and the device takes its time."""
    kiosk.page.add_init_script(HELD)
    time_can_pass(kiosk.page)
    kiosk.agrees()
    kiosk.answers()
    kiosk.page.evaluate("globalThis.holding = true")
    kiosk.button("Gửi").click()
    kiosk.button("Đang khóa…").wait_for()
    until_on(kiosk.page, lambda: kiosk.page.evaluate("Boolean(globalThis.goOn)"))
    return kiosk


def is_dark_for(tablet: Tablet, seconds: int) -> None:
    goes_dark(tablet.page)
    time_passes(tablet.page, seconds * 1000)
    lights_up(tablet.page)


def test_a_dark_moment_changes_nothing(sealing):
    is_dark_for(sealing, 30)
    sealing.page.evaluate("globalThis.goOn()")
    sealing.page.get_by_role("heading", name="Cảm ơn Anh/Chị").wait_for()


def test_answers_that_were_sealed_after_all_are_not_called_deleted(sealing):
    is_dark_for(sealing, 130)
    sealing.page.get_by_text("đã tự xóa").wait_for()
    sealing.page.evaluate("globalThis.goOn()")
    sealing.page.get_by_role("heading", name="Cảm ơn Anh/Chị").wait_for()
    sealing.button("Người tiếp theo").click()
    sealing.button("Bắt đầu").wait_for()
    assert sealing.page.get_by_text("đã tự xóa").count() == 0
    sealing.takes_back()
    assert sealing.counts()["Đã thu"] == 1


def test_the_next_person_s_answers_stay(sealing):
    is_dark_for(sealing, 130)
    sealing.agrees()
    sealing.answers(until="age")
    sealing.page.evaluate("globalThis.goOn()")
    sealing.page.wait_for_timeout(300)
    sealing.page.get_by_role("heading", name="Nghe tin từ đâu?").wait_for()
    sealing.answers()
    sealing.sends()
    sealing.button("Người tiếp theo").click()
    sealing.takes_back()
    assert sealing.counts()["Đã thu"] == 2
