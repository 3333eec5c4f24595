"""Every page can be read by everybody: with a screen reader, on a phone, in both languages, by day and by night, on paper."""

import pytest

from tests.support.console_checks import SIZES, STICKS_OUT, barriers_on, opened, what_does_not_fit
from tests.support.console_pages import PAGES


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_a_serious_barrier_by_day_or_by_night(chromium, address, signed_in, language):
    page = opened(chromium, address, signed_in, viewport=SIZES["desk"])
    found = barriers_on(page, PAGES, language)
    page.context.clear_cookies()
    found += barriers_on(page, {"sign-in": "/console/sign-in"}, language)
    page.context.close()
    assert not found


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_screen_and_every_picture_is_there(chromium, address, signed_in, size):
    page = opened(chromium, address, signed_in, viewport=SIZES[size], locale="vi-VN")
    found = what_does_not_fit(page, PAGES)
    page.context.close()
    assert not found


def test_a_section_prints_on_a4_without_what_is_only_for_screens(chromium, address, signed_in):
    page = opened(chromium, address, signed_in, viewport={"width": 688, "height": 1000}, locale="vi-VN")
    page.goto(PAGES["a section of statements"])
    page.emulate_media(media="print")
    assert not page.evaluate(STICKS_OUT)
    for part in (".masthead", ".tabs", ".side", ".chooser", ".doors"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator("table").first.is_visible()
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
    )
    page.context.close()
    assert not clipped


def test_a_page_can_be_walked_through_with_the_keyboard(chromium, address, signed_in):
    page = opened(chromium, address, signed_in, viewport=SIZES["desk"], locale="vi-VN")
    page.goto(PAGES["overview"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_phone_says_that_a_wide_table_goes_on_sideways(chromium, address, signed_in, size):
    page = opened(chromium, address, signed_in, viewport=SIZES[size], locale="vi-VN")
    page.goto(PAGES["a section of statements"])
    is_said = page.get_by_text("Vuốt ngang để xem hết bảng.").first.is_visible()
    goes_on = page.locator(".wide-table").first.evaluate("table => table.scrollWidth > table.clientWidth")
    page.context.close()
    assert is_said == goes_on == (size == "phone")
