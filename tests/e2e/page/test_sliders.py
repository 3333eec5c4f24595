"""A long range of numbers is a slider with a button on either side, since a thumb cannot place it to the step."""

import pytest

from schemas.survey import Survey, load_survey
from tests.support.page_walk import Tablet


def hours() -> Survey:
    label = {"vi": "Mỗi tuần Anh/Chị chăm con mấy giờ?", "en": "How many hours?"}
    question = {"type": "range", "name": "hours", "label": label, "range": {"start": 0, "end": 64.5, "step": 0.5}}
    return load_survey(
        {
            "id": "gio",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Giờ", "en": "Hours"},
            "languages": ["vi", "en"],
            "consent": {"vi": "Tự nguyện.", "en": "Free."},
            "sections": [{"name": "all", "questions": [question]}],
        }
    )


@pytest.fixture
def phone(worker) -> Tablet:
    return worker(hours())


def shown(phone: Tablet) -> str:
    return phone.page.locator("output").inner_text()


def test_until_it_is_touched_there_is_no_answer(phone):
    assert shown(phone) == "Chưa chọn"
    phone.passes()
    assert phone.handed_in() == {}


def test_buttons_take_single_steps_and_the_slider_follows(phone):
    phone.field("hours").fill("12")
    phone.button("Thêm 0,5").click()
    phone.button("Thêm 0,5").click()
    phone.button("Bớt 0,5").click()
    assert (shown(phone), phone.field("hours").input_value()) == ("12,5", "12.5")
    phone.goes_on()
    assert phone.handed_in() == {"hours": 12.5}


def test_the_ends_are_not_passed(phone):
    phone.field("hours").fill("64")
    for _ in range(3):
        phone.button("Thêm 0,5").click()
    assert shown(phone) == "64,5"
    phone.field("hours").fill("0.5")
    for _ in range(3):
        phone.button("Bớt 0,5").click()
    phone.goes_on()
    assert phone.handed_in() == {"hours": 0}


def test_the_keyboard_reaches_both_buttons_and_the_slider(phone):
    keyboard = phone.page.keyboard
    phone.button("Bớt 0,5").focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.press("ArrowRight")
    assert shown(phone) == "33"


def test_each_button_is_as_large_as_a_thumb(phone):
    for box in phone.page.locator(".slider-steps button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
    ):
        assert min(box["width"], box["height"]) >= 48
