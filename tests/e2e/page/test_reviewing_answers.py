"""From the last screen to one answer and back, by way of what the changed answer opened; and choices that lead on by themselves."""

from typing import Any

import pytest

from schemas.survey import Survey, load_survey
from tests.support.page_accessibility import small_targets, sticks_out
from tests.support.page_walk import small_survey


def both(vi: str) -> dict[str, str]:
    return {"vi": vi}


def trip(**quick: Any) -> Survey:
    """Whether somebody takes the bus, and if so how it is."""
    yes_no = [{"name": "yes", "label": both("Có")}, {"name": "no", "label": both("Không")}]
    ask = {"type": "select_one", "list": "yes_no"}
    return load_survey(
        {
            "id": "xe",
            "version": 1,
            "kind": "survey",
            "title": both("Xe"),
            "languages": ["vi"],
            "consent": both("Tham gia là tự nguyện."),
            "choice_lists": {"yes_no": yes_no},
            "sections": [
                {
                    "name": "a",
                    "questions": [
                        {**ask, "name": "bus", "label": both("Đi xe đưa đón?"), **quick},
                        {**ask, "name": "late", "label": both("Xe hay muộn?"), "relevant": "${bus} = 'yes'"},
                        {**ask, "name": "meal", "label": both("Có ăn ca?")},
                        {"type": "integer", "name": "age", "label": both("Bao nhiêu tuổi?")},
                    ],
                }
            ],
        }
    )


def takes(phone, name: str, place: int) -> None:
    phone.field(name).locator("label").nth(place).click()


@pytest.fixture
def at_the_end(worker):
    """No bus, a meal, and no age told."""
    phone = worker(trip())
    for name in ("bus", "meal"):
        phone.field(name).wait_for()
        takes(phone, name, 1)
        phone.goes_on()
    phone.passes()
    phone.button("Xem lại câu trả lời").click()
    return phone


def test_every_question_that_was_met_is_there_with_its_answer_and_without_one(at_the_end):
    lines = at_the_end.page.locator(".answers button").all_inner_texts()
    assert [line.split("\n") for line in lines] == [
        ["Đi xe đưa đón?", "Không"],
        ["Có ăn ca?", "Không"],
        ["Bao nhiêu tuổi?", "Chưa trả lời"],
    ]
    assert small_targets(at_the_end.page) == []
    assert sticks_out(at_the_end.page, 200) == []


def test_a_tap_leads_to_the_question_and_on_leads_back(at_the_end):
    at_the_end.page.locator(".answers button").nth(2).click()
    at_the_end.field("age").fill("34")
    at_the_end.goes_on()
    assert at_the_end.handed_in() == {"bus": "no", "meal": "no", "age": 34}


def test_back_leads_back_as_well(at_the_end):
    at_the_end.page.locator(".answers button").nth(1).click()
    at_the_end.button("Quay lại").click()
    assert at_the_end.handed_in() == {"bus": "no", "meal": "no"}


def test_what_a_changed_answer_opens_is_asked_before_the_way_back(at_the_end):
    at_the_end.page.locator(".answers button").first.click()
    takes(at_the_end, "bus", 0)
    at_the_end.goes_on()
    takes(at_the_end, "late", 0)
    at_the_end.goes_on()
    assert at_the_end.handed_in() == {"bus": "yes", "late": "yes", "meal": "no"}


def test_nothing_of_the_answers_stands_on_the_last_screen_until_it_is_opened(worker):
    phone = worker(small_survey())
    phone.answers()
    phone.button("Gửi").wait_for()
    assert "mong có nhà trẻ" not in phone.page.content()


@pytest.mark.parametrize("quick", [True, False])
def test_a_tap_on_a_quick_choice_leads_on_and_back_undoes_it(worker, quick):
    phone = worker(trip(**({"appearance": "quick"} if quick else {})))
    takes(phone, "bus", 1)
    assert phone.page.locator("#meal-label").count() == int(quick)
    if quick:
        phone.button("Quay lại").click()
        assert phone.page.locator(":checked").get_attribute("value") == "no"
        takes(phone, "bus", 0)
        phone.page.locator("#late-label").wait_for()


def test_the_keyboard_leads_nowhere_by_itself(worker):
    phone = worker(trip(appearance="quick"))
    phone.page.keyboard.press("Tab")
    for key in ("Space", "ArrowDown", "ArrowUp"):
        phone.page.keyboard.press(key)
        assert phone.page.locator("#bus-label").count() == 1
    phone.page.keyboard.press("Enter")
    phone.page.locator("#late-label").wait_for()
