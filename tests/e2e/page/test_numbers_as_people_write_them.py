"""Amounts and years: typed as people in Viet Nam write them, read in one way only, shown back so that a nought too few is seen."""

from typing import Any

import pytest

from schemas.survey import Survey, load_survey
from tests.support.page_accessibility import sticks_out


def asking_for(kind: str, start: float | None = None, end: float | None = None, **more: Any) -> Survey:
    """One number, and a note that repeats it."""
    bounds = {} if start is None else {"range": {"start": start, "end": end}}
    return load_survey(
        {
            "id": "so",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Số"},
            "languages": ["vi"],
            "consent": {"vi": "Tham gia là tự nguyện."},
            "sections": [
                {
                    "name": "a",
                    "questions": [{"type": kind, "name": "n", "label": {"vi": "Bao nhiêu?"}, **bounds, **more}],
                },
                {"name": "b", "questions": [{"type": "note", "name": "again", "label": {"vi": "Đã ghi ${n}."}}]},
            ],
        }
    )


def echo(phone) -> str:
    return str(phone.page.locator(".question > p.hint[role=status]").first.inner_text())


@pytest.mark.parametrize(
    "typed",
    ["7500000", "7.500.000", "7 500 000", "7,500,000", "7\u00a0500\u00a0000", "７.５００.０００", "7.500.000 đ"],
)
def test_an_amount_arrives_however_its_digits_are_grouped_and_is_shown_in_words(worker, typed):
    phone = worker(asking_for("integer", 0, 10_000_000))
    assert phone.page.get_by_text("Nhập một số từ 0 đến 10.000.000").is_visible()
    phone.field("n").fill(typed)
    assert echo(phone) == "= 7.500.000 (7,5 triệu)"
    phone.goes_on()
    assert phone.page.get_by_role("heading").inner_text() == "Đã ghi 7.500.000."
    phone.goes_on()
    assert phone.handed_in() == {"n": 7_500_000}


@pytest.mark.parametrize("edge", ["1.000", "9.000"])
def test_the_field_takes_the_numbers_of_its_own_hint_as_they_stand_there(worker, edge):
    phone = worker(asking_for("integer", 1_000, 9_000))
    assert edge in phone.page.locator("#n-hint").inner_text()
    phone.field("n").fill(edge)
    phone.goes_on()
    phone.goes_on()
    assert phone.handed_in() == {"n": int(edge.replace(".", ""))}


@pytest.mark.parametrize("typed", ["2,5", "7.50.000", "1.23"])
def test_what_is_no_whole_number_is_told_and_no_other_number_is_taken(worker, typed):
    phone = worker(asking_for("integer", 0, 9_000_000))
    phone.field("n").fill(typed)
    phone.goes_on()
    assert "Ô này chỉ nhận số" in phone.page.get_by_role("alert").inner_text()
    phone.field("n").fill("3")
    phone.goes_on()
    phone.goes_on()
    assert phone.handed_in() == {"n": 3}


@pytest.mark.parametrize(("chosen", "sealed"), [("2.000 (2 nghìn)", 2000), ("2", 2)])
def test_where_two_readings_are_possible_the_page_asks_and_takes_none_in_silence(worker, chosen, sealed):
    phone = worker(asking_for("decimal", 0, 5_000))
    phone.field("n").fill("2.000")
    phone.goes_on()
    assert phone.page.locator("#n-label").inner_text() == "Bao nhiêu?"
    phone.page.get_by_text("có thể đọc theo hai cách").wait_for()
    assert sticks_out(phone.page, 200) == []
    phone.button(chosen).click()
    assert phone.field("n").evaluate("one => one === document.activeElement")
    phone.goes_on()
    phone.goes_on()
    assert phone.handed_in() == {"n": sealed}


@pytest.mark.parametrize(("bounds", "sealed"), [((1_000, 9_000), 2000), ((0, 24), 2)])
def test_where_only_one_reading_is_in_the_range_it_is_that_one(worker, bounds, sealed):
    phone = worker(asking_for("decimal", *bounds))
    phone.field("n").fill("2.000")
    assert phone.page.locator(".readings").count() == 0
    assert echo(phone).startswith(f"= {sealed:,}".replace(",", "."))
    phone.goes_on()
    phone.goes_on()
    assert phone.handed_in() == {"n": sealed}


def test_a_year_has_no_mark_between_its_digits_anywhere(worker):
    phone = worker(asking_for("integer", 1980, 2026))
    assert phone.page.locator("#n-hint").inner_text() == "Nhập một số từ 1980 đến 2026"
    phone.field("n").fill("1979")
    phone.goes_on()
    assert "từ 1980 đến 2026" in phone.page.get_by_role("alert").inner_text()
    phone.field("n").fill("1998")
    assert echo(phone) == ""
    phone.goes_on()
    assert phone.page.get_by_role("heading").inner_text() == "Đã ghi 1998."
    phone.goes_on()
    phone.button("Máy này gửi đi những gì").click()
    assert phone.page.get_by_role("dialog").locator("dd").last.inner_text() == "1998"
    phone.button("Đóng lại").click()
    assert phone.handed_in() == {"n": 1998}
