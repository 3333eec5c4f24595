"""Every screen can be read and used: by a screen reader, with large text, with a thumb, in both languages, by day and by night."""

import pytest
from playwright.sync_api import Browser

from tests.support.fonts import opened
from tests.support.page_accessibility import ENGLISH, barriers_by_day_and_night, every_screen, small_targets, sticks_out
from tests.support.page_hop import PageHop
from tests.support.page_walk import Tablet

SCREENS = 20


@pytest.mark.parametrize("words", [{}, ENGLISH], ids=["Vietnamese", "English"])
def test_no_screen_has_a_serious_barrier(tablet, words):
    visited, barriers = [], []
    for screen in every_screen(tablet, words):
        barriers += [f"{screen}, {barrier}" for barrier in barriers_by_day_and_night(tablet.page)]
        visited.append(screen)
    assert not barriers
    assert len(visited) >= SCREENS


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_fit_a_thumb_and_large_text_fits_the_screen(chromium: Browser, hop: PageHop, width):
    context = chromium.new_context(viewport={"width": width, "height": 740}, locale="vi-VN")
    tablet = Tablet(opened(context), hop)
    misses, wide = [], []
    for screen in every_screen(tablet, {}):
        misses += [f"{screen}: {target}" for target in small_targets(tablet.page)]
        for size in (100, 200):
            wide += [f"{screen} at {size} %: {part}" for part in sticks_out(tablet.page, size)]
    context.close()
    assert not misses
    assert not wide


def test_the_whole_survey_can_be_answered_with_a_keyboard(kiosk):
    keyboard = kiosk.page.keyboard
    kiosk.agrees()
    kiosk.goes_on()
    kiosk.page.locator("[aria-labelledby=gender-label]").wait_for()
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Enter")
    kiosk.page.locator("[aria-labelledby=age-label]").wait_for()
    keyboard.press("Tab")
    keyboard.type("34")
    keyboard.press("Enter")
    kiosk.page.locator("[aria-labelledby=sources-label]").wait_for()
    assert kiosk.page.evaluate("() => document.activeElement.tagName") == "H1"
