"""After a quiz its right answers can be read, never one's own; a shared tablet gets ready for the next person all the same."""

import re
from collections.abc import Iterator

import pytest

from tests.support.page_device_events import time_passes
from tests.support.page_hop import running_hop
from tests.support.page_optional_fields import full_survey
from tests.support.page_walk import Tablet


@pytest.fixture
def shared(page, wrong) -> Iterator[Tablet]:
    with running_hop(full_survey()) as hop:
        tablet = Tablet(page, hop)
        tablet.enrols()
        tablet.hands_over()
        yield tablet


def finishes(tablet: Tablet) -> None:
    """Answer the quiz wrongly and nothing else."""
    tablet.agrees()
    while not tablet.page.locator(".ways").count():
        tablet.page.locator(".actions").wait_for()
        tablet.passes()
    tablet.button("Bỏ qua phần này, làm phần sau").click()
    tablet.page.get_by_text("7 tháng").click()
    tablet.goes_on()
    tablet.sends()


def test_on_a_phone_of_ones_own_they_are_there_at_once(worker):
    phone = worker(full_survey())
    phone.page.reload()
    finishes(phone)
    shown = phone.page.get_by_role("region", name="Đáp án đúng").inner_text()
    assert "6 tháng" in shown
    assert "Từ ngày 1/5/2013 là sáu tháng." in shown
    assert "7 tháng" not in phone.page.locator("body").inner_text()


def test_they_stand_before_the_numbers_to_call_and_tell_the_day_as_people_write_it(worker):
    phone = worker(full_survey())
    phone.page.reload()
    finishes(phone)
    words = phone.page.locator("main").inner_text()
    assert re.search(r"vào ngày \d\d/\d\d/\d{4}\.", words)
    assert words.index("Đáp án đúng") < words.index("Cấp cứu")


def test_on_a_shared_tablet_somebody_has_to_ask_and_then_has_time(shared):
    shared.page.clock.install()
    finishes(shared)
    assert "6 tháng" not in shared.page.locator("body").inner_text()
    shared.button("Xem đáp án đúng").click()
    shared.page.get_by_text("6 tháng", exact=True).wait_for()
    assert shared.page.evaluate("document.activeElement.textContent") == "Đáp án đúng"
    time_passes(shared.page, 60_000)
    assert shared.page.get_by_text("6 tháng", exact=True).count() == 1
    time_passes(shared.page, 61_000)
    shared.button("Bắt đầu").wait_for()


def test_a_shared_tablet_that_nobody_asks_is_ready_soon(shared):
    shared.page.clock.install()
    finishes(shared)
    time_passes(shared.page, 16_000)
    shared.button("Bắt đầu").wait_for()


def test_they_can_be_printed_without_the_page_s_buttons(worker):
    phone = worker(full_survey())
    phone.page.reload()
    finishes(phone)
    phone.page.emulate_media(media="print")
    assert phone.page.get_by_text("6 tháng", exact=True).is_visible()
    assert not phone.page.locator(".actions").is_visible()
