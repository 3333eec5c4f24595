"""How likely somebody is to recommend something: eleven numbers that a thumb, the keys and a screen reader can choose from."""

import pytest

from schemas.survey import Survey, load_survey
from tests.support.browser import axe_source
from tests.support.page_accessibility import serious_barriers, small_targets, sticks_out
from tests.support.page_walk import Tablet


def survey() -> Survey:
    label = {
        "vi": "Anh/Chị có sẵn lòng giới thiệu công đoàn với đồng nghiệp không?",
        "en": "How likely are you to recommend the union to a colleague?",
    }
    return load_survey(
        {
            "id": "gioi_thieu",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Giới thiệu", "en": "Recommending"},
            "languages": ["vi", "en"],
            "consent": {"vi": "Tự nguyện.", "en": "Free."},
            "sections": [{"name": "all", "questions": [{"type": "nps", "name": "likely", "label": label}]}],
        }
    )


@pytest.fixture
def phone(page, worker) -> Tablet:
    page.set_viewport_size({"width": 360, "height": 740})
    return worker(survey())


def test_a_tap_is_the_answer_and_its_ends_are_told(phone):
    ends = phone.page.locator(".slider-ends span").all_inner_texts()
    assert ends == ["0 – Hoàn toàn không", "10 – Chắc chắn có"]
    assert phone.page.locator(".rate").count() == 11
    phone.page.locator(".rate").nth(9).click()
    phone.goes_on()
    assert phone.handed_in() == {"likely": 9}


def test_it_may_be_left_out(phone):
    phone.passes()
    assert phone.handed_in() == {}


def test_the_keys_choose_and_what_the_ends_mean_is_read_out(phone):
    page = phone.page
    page.get_by_role("radio", name="0 Hoàn toàn không", exact=True).focus()
    page.keyboard.press("Space")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="10 Chắc chắn có", exact=True).is_checked()
    phone.goes_on()
    assert phone.handed_in() == {"likely": 10}


@pytest.mark.parametrize("forced", ["none", "active"])
def test_nothing_bars_anybody_on_a_small_phone(phone, forced):
    page = phone.page
    page.emulate_media(forced_colors=forced)
    page.evaluate(axe_source())
    page.locator(".rate").nth(3).click()
    assert serious_barriers(page) == []
    assert small_targets(page) == []
    assert [part for size in (100, 200) for part in sticks_out(page, size)] == []
    if forced == "active":
        style = "one => getComputedStyle(one).outlineStyle"
        assert [page.locator(".rate").nth(at).evaluate(style) for at in (3, 4)] == ["solid", "none"]
