"""The fields that few surveys use can be read and used like the others: by a screen reader, with large text, with a thumb."""

import pytest

from tests.support.page_accessibility import barriers_by_day_and_night, small_targets, sticks_out
from tests.support.page_hop import LINK, running_hop
from tests.support.page_optional_fields import full_survey
from tests.support.page_optional_fields_walk import every_screen_of
from tests.support.page_walk import Tablet

SCREENS = 18


@pytest.mark.parametrize("words", [("Bắt đầu", "Đồng ý"), ("Start", "I agree")], ids=["Vietnamese", "English"])
def test_none_of_their_screens_has_a_serious_barrier(page, wrong, words):
    visited, barriers = [], []
    with running_hop(full_survey()) as hop:
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        if words[0] == "Start":
            phone.button("English").click()
        for word in words:
            phone.button(word).click()
        for screen in every_screen_of(phone):
            visited.append(screen)
            barriers += [f"{screen}, {barrier}" for barrier in barriers_by_day_and_night(page)]
    assert not barriers
    assert len(visited) >= SCREENS


@pytest.mark.parametrize("width", [320, 1280])
def test_their_targets_fit_a_thumb_and_large_text_fits_the_screen(worker, page, width):
    page.set_viewport_size({"width": width, "height": 740})
    misses, wide = [], []
    for screen in every_screen_of(worker(full_survey())):
        misses += [f"{screen}: {target}" for target in small_targets(page)]
        for size in (100, 200):
            wide += [f"{screen} at {size} %: {part}" for part in sticks_out(page, size)]
    assert not misses
    assert not wide
