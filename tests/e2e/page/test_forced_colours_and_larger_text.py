"""Forced colours, letters twice as large, and the page's own way to larger letters."""

import pytest

from tests.e2e.page.test_sliders import hours
from tests.support.fonts import FAMILIES, wears
from tests.support.page_accessibility import resized, small_targets, sticks_out
from tests.support.page_hop import PageHop
from tests.support.page_walk import Tablet, small_survey

COLOUR = "(one, [pseudo, name]) => getComputedStyle(one, pseudo || null)[name]"
FONT = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"


def colour(locator, name: str = "backgroundColor", pseudo: str = "") -> str:
    return str(locator.evaluate(COLOUR, [pseudo, name]))


@pytest.fixture
def forced(page, worker):
    page.emulate_media(forced_colors="active")
    return worker(small_survey())


def test_with_forced_colours_it_is_plain_what_is_chosen_and_how_far_one_is(forced):
    page = forced.page
    forced.goes_on()
    page.locator(".choice").first.click()
    chosen, other = page.locator(".mark").first, page.locator(".mark").nth(1)
    assert colour(chosen, pseudo="::after") != colour(other, pseudo="::after")
    assert colour(page.locator(".choice").first, "outlineStyle") == "solid"
    assert colour(page.locator(".choice").nth(1), "outlineStyle") == "none"
    assert colour(page.locator("progress"), "borderTopWidth") == "1px"
    forced.goes_on()
    forced.passes()
    forced.passes()
    page.locator(".rate").nth(4).click()
    assert colour(page.locator(".rate").nth(4), "outlineStyle") == "solid"
    assert colour(page.locator(".rate").nth(5), "outlineStyle") == "none"


@pytest.mark.parametrize("family", FAMILIES)
def test_numbers_to_call_the_record_and_the_slider_stay_on_the_screen_with_large_letters(worker, page, family):
    wears(page, family)
    phone = worker(hours())
    phone.field("hours").fill("64.5")
    for size in (100, 200):
        assert sticks_out(page, size) == []
    with resized(page, 200):
        cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
        assert page.locator(".slider-value, .slider-steps button").evaluate_all(cut) == []
    phone.goes_on()
    phone.button("Máy này gửi đi những gì").click()
    assert sticks_out(page, 200) == []
    assert page.get_by_role("dialog").evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("family", FAMILIES)
def test_numbers_to_call_are_whole_with_large_letters(worker, page, family):
    wears(page, family)
    phone = worker(small_survey())
    phone.answers()
    phone.sends()
    with resized(page, 200):
        box = page.locator(".support-number").first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert sticks_out(page, 200) == []


def test_letters_grow_by_a_tap_on_the_first_screen_and_while_answering(worker, page):
    phone = worker(small_survey())
    assert page.evaluate(FONT) == 16
    for size, shown in ((20, "Aa+"), (24, "Aa++"), (16, "Aa")):
        page.get_by_role("button", name="Cỡ chữ").click()
        page.get_by_role("button", name=f"Cỡ chữ: {shown}", exact=True).wait_for()
        assert page.evaluate(FONT) == size
        assert small_targets(page) == []
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_next_person_on_a_shared_tablet_starts_with_the_usual_letters(tablet: Tablet, hop: PageHop):
    tablet.enrols()
    tablet.hands_over()
    tablet.page.get_by_role("button", name="Cỡ chữ").click()
    tablet.agrees()
    assert tablet.page.evaluate(FONT) == 20
    tablet.answers()
    tablet.sends()
    assert tablet.page.evaluate(FONT) == 20
    tablet.button("Người tiếp theo").click()
    assert tablet.page.evaluate(FONT) == 16


@pytest.mark.parametrize(("width", "height", "larger"), [(360, 740, 0), (360, 600, 2), (740, 360, 0), (740, 360, 1)])
def test_a_reminder_leaves_room_for_what_it_reminds_of(worker, page, width, height, larger):
    phone = worker(small_survey())
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(larger):
        page.get_by_role("button", name="Cỡ chữ").click()
    phone.answers(until="content")
    phone.goes_on()
    page.get_by_text("Còn 3 câu chưa trả lời").wait_for()
    for number in (1, 2, 3):
        phone.fills(f"view_{number}")
    phone.goes_on()
    page.get_by_role("heading", name="Phần tiếp theo là chuyện riêng").wait_for()


def test_on_a_phone_on_its_side_the_ways_on_and_out_stay_in_sight(worker, page):
    phone = worker(small_survey())
    page.set_viewport_size({"width": 740, "height": 360})
    for screen in phone.screens():
        for name in ("Tiếp tục", "Thoát nhanh"):
            box = page.get_by_role("button", name=name).bounding_box() if screen != "between" else None
            assert box is None or 0 <= box["y"] <= 360 - box["height"], screen
        assert small_targets(page) == []


def test_a_question_that_was_left_open_says_so_itself(worker):
    phone = worker(small_survey())
    phone.answers(until="gender")
    phone.goes_on()
    assert phone.page.locator(".question .problem").first.inner_text() == "Chưa trả lời"
    phone.fills("age")
    assert phone.page.get_by_text("Chưa trả lời").count() == 0
