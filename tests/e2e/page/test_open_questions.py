"""What is still open on a screen: the first tap shows it, no further tap drops it, and leaving out is a choice of its own."""

import pytest

from tests.e2e.page.test_matrices import attitudes
from tests.support.fonts import FAMILIES, wears
from tests.support.page_accessibility import resized, small_targets, sticks_out
from tests.support.page_optional_fields import asking

IN_SIGHT = """name => {
  const box = document.querySelector(`#${name}-label`).getBoundingClientRect();
  const [top, bottom] = ['.bar', '.actions'].map(edge => document.querySelector(edge).getBoundingClientRect());
  return box.top >= top.bottom - 1 && box.bottom <= bottom.top + 1;
}"""
FOCUSED = "() => document.activeElement.name"


@pytest.fixture(params=FAMILIES)
def phone(request, worker, page):
    """A worker before three statements, of which she answers the second."""
    wears(page, request.param)
    answering = worker(attitudes())
    answering.field("v1").locator("label").nth(3).click()
    return answering


def test_the_first_tap_brings_the_first_open_statement_before_the_eyes_and_under_the_keyboard(phone):
    phone.page.evaluate("scrollTo(0, 10_000)")
    phone.goes_on()
    phone.page.get_by_text("Còn 2 câu chưa trả lời").wait_for()
    phone.page.wait_for_function(f"() => ({FOCUSED})() === 'v0' && ({IN_SIGHT})('v0')")
    assert phone.page.locator(".has-problem [id$=-label]").evaluate_all("all => all.map(one => one.id)") == [
        "v0-label",
        "v2-label",
    ]
    assert small_targets(phone.page) == []
    assert sticks_out(phone.page, 200) == []


def test_however_often_the_way_on_is_tapped_nothing_is_dropped(phone):
    for _ in range(5):
        phone.goes_on()
    assert phone.page.locator(".statement").count() == 3
    assert phone.page.locator(":checked").count() == 1


def test_the_mark_goes_with_the_answer_and_the_next_open_one_is_shown(phone):
    phone.goes_on()
    phone.field("v0").locator("label").first.click()
    phone.page.get_by_text("Còn 1 câu chưa trả lời").wait_for()
    phone.goes_on()
    phone.page.wait_for_function(f"() => ({FOCUSED})() === 'v2' && ({IN_SIGHT})('v2')")


def test_what_is_left_out_on_purpose_is_left_out_and_the_rest_is_sent(phone):
    phone.goes_on()
    phone.button("Bỏ qua 2 câu, đi tiếp").click()
    assert phone.handed_in() == {"v1": "s4"}


def test_who_wanted_to_answer_after_all_does(phone):
    phone.goes_on()
    for name in ("v0", "v2"):
        phone.field(name).locator("label").first.click()
    assert phone.page.locator(".has-problem").count() == 0
    phone.goes_on()
    assert phone.handed_in() == {"v0": "s1", "v1": "s4", "v2": "s1"}


def test_with_very_large_letters_it_is_in_sight_as_well(phone):
    with resized(phone.page, 200):
        phone.goes_on()
        phone.page.wait_for_function(f"() => ({FOCUSED})() === 'v0' && ({IN_SIGHT})('v0')")


def test_one_open_question_alone_is_treated_alike(worker):
    phone = worker(asking("shift", "hours"))
    for name in ("hours", "shift"):
        phone.goes_on()
        phone.goes_on()
        assert phone.page.locator(f"#{name}-label").count() == 1
        phone.page.wait_for_function(
            "name => document.activeElement.closest('.question')?.querySelector(`#${name}-label`)", arg=name
        )
        phone.button("Bỏ qua 1 câu, đi tiếp").click()
    assert phone.handed_in() == {}
