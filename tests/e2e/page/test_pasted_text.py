"""What people paste: signs that nobody sees are left out, nothing is refused for them, and long Vietnamese text is not cut."""

import unicodedata
from datetime import date

import pytest

from schemas.answers import check_answers
from schemas.survey import Survey, load_survey
from tests.support.page_accessibility import sticks_out

LETTERS = "Nhà xưởng nóng quá, đề nghị công đoàn can thiệp sớm. "


def wish() -> Survey:
    return load_survey(
        {
            "id": "mong",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Mong muốn"},
            "languages": ["vi"],
            "consent": {"vi": "Tham gia là tự nguyện."},
            "sections": [
                {"name": "a", "questions": [{"type": "text", "name": "wish", "label": {"vi": "Anh/Chị mong điều gì?"}}]}
            ],
        }
    )


def pastes(phone, text: str) -> None:
    """The text gets into the field at once, as from a clipboard."""
    phone.field("wish").focus()
    phone.page.evaluate("text => document.execCommand('insertText', false, text)", text)


@pytest.mark.parametrize(
    ("pasted", "arrives"),
    [
        ("dòng một\x0bdòng hai", "dòng một\ndòng hai"),
        ("bảo\x1fhiểm", "bảohiểm"),
        ("chữ\x0f", "chữ"),
        ("trang\x0cmới", "trang\nmới"),
        ("\u202ephải\u2069 trái\u00ad\u200b", "phải trái"),
        ("một\u2028hai\tba", "một\nhai ba"),
    ],
    ids=ascii,
)
def test_signs_that_nobody_sees_are_left_out_and_the_server_takes_the_rest(worker, pasted, arrives):
    phone = worker(wish())
    pastes(phone, pasted)
    phone.goes_on()
    sealed = phone.handed_in()
    assert sealed == {"wish": arrives}
    assert check_answers(wish(), sealed, today=date(2026, 11, 30)) == []


def test_decomposed_vietnamese_is_counted_as_it_is_read_and_arrives_whole(worker):
    whole = (LETTERS * 40)[:1_990].strip()
    phone = worker(wish())
    pastes(phone, unicodedata.normalize("NFD", whole))
    assert phone.page.get_by_text(f"Còn {2_000 - len(whole)} ký tự").is_visible()
    phone.goes_on()
    assert phone.handed_in() == {"wish": whole}


def test_what_is_too_long_is_told_and_not_cut(worker):
    phone = worker(wish())
    pastes(phone, "đ" * 2_003)
    phone.page.get_by_text("Dài quá 3 ký tự").wait_for()
    phone.goes_on()
    assert "dài quá" in phone.page.get_by_role("alert").inner_text()
    assert sticks_out(phone.page, 200) == []
    phone.field("wish").press("End")
    for _ in range(3):
        phone.page.keyboard.press("Backspace")
    phone.goes_on()
    assert phone.handed_in() == {"wish": "đ" * 2_000}
