"""Who taps "I do not take part" by mistake can take it back for some seconds; who meant it is counted once, whatever happens."""

import pytest

from tests.support.page_device_events import time_passes
from tests.support.page_hop import LINK
from tests.support.page_walk import Tablet

UNDO = "Bấm nhầm, tôi muốn tham gia"


def counts_are(tablet: Tablet, words: str) -> None:
    tablet.takes_back()
    tablet.page.get_by_text(f"Hôm nay: {words}", exact=True).wait_for()


def test_it_can_be_taken_back_and_is_then_not_counted(kiosk):
    kiosk.button("Không tham gia").click()
    kiosk.button(UNDO).click()
    kiosk.agrees()
    kiosk.answers()
    kiosk.sends()
    kiosk.button("Người tiếp theo").click()
    counts_are(kiosk, "1 người trả lời, 0 người từ chối")


def test_it_can_be_taken_back_after_reading_the_consent_too(kiosk):
    kiosk.button("Bắt đầu").click()
    kiosk.button("Không tham gia").click()
    kiosk.button(UNDO).click()
    kiosk.button("Bắt đầu").wait_for()
    counts_are(kiosk, "0 người trả lời, 0 người từ chối")


def next_person(tablet: Tablet) -> None:
    tablet.button("Người tiếp theo").click()


def time_is_over(tablet: Tablet) -> None:
    time_passes(tablet.page, 17_000)


def page_closes(tablet: Tablet) -> None:
    tablet.page.reload()


def page_closes_after_all(tablet: Tablet) -> None:
    page = tablet.page
    tablet.page = page.context.new_page()
    page.close()
    tablet.opens()


@pytest.mark.parametrize("ends", [next_person, time_is_over, page_closes, page_closes_after_all])
def test_who_stays_with_it_is_counted_once(kiosk, ends):
    kiosk.page.clock.install()
    kiosk.page.reload()
    for _ in range(2):
        kiosk.button("Không tham gia").click()
        kiosk.button(UNDO).wait_for()
        ends(kiosk)
        kiosk.button("Bắt đầu").wait_for()
    counts_are(kiosk, "0 người trả lời, 2 người từ chối")


HOLDS_THE_STORE = """() => {
  globalThis.isHeld = true;
  for (const name of ['put', 'delete']) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const request = write.apply(this, given);
      const again = () => { if (globalThis.isHeld) this.get('').onsuccess = again; };
      again();
      return request;
    };
  }
}"""
"""A transaction that wrote something does not end while it is held."""


def test_the_page_says_nothing_before_it_is_written_down(kiosk):
    kiosk.page.evaluate(HOLDS_THE_STORE)
    kiosk.button("Không tham gia").click()
    kiosk.button("Không tham gia").click()
    kiosk.button("Bắt đầu").click()
    assert kiosk.button("Không tham gia").is_visible()
    kiosk.page.evaluate("() => { globalThis.isHeld = false; }")
    kiosk.button(UNDO).wait_for()
    kiosk.page.reload()
    counts_are(kiosk, "0 người trả lời, 1 người từ chối")


def test_nobody_begins_before_it_is_taken_back_on_the_disk(kiosk):
    kiosk.button("Không tham gia").click()
    kiosk.button(UNDO).wait_for()
    kiosk.page.evaluate(HOLDS_THE_STORE)
    kiosk.button(UNDO).click()
    assert kiosk.button(UNDO).is_visible()
    kiosk.page.evaluate("() => { globalThis.isHeld = false; }")
    kiosk.button("Bắt đầu").wait_for()
    kiosk.page.reload()
    counts_are(kiosk, "0 người trả lời, 0 người từ chối")


def test_on_a_phone_of_ones_own_it_can_be_taken_back_too(tablet):
    tablet.opens(f"#/l/{LINK}")
    tablet.button("Không tham gia").click()
    tablet.button(UNDO).click()
    tablet.agrees()
