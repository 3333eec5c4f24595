"""Texts of a survey stand on the page as their author wrote them: lines kept, signs never read as markup, the question on top."""

from schemas.pack_reader import read_pack
from schemas.survey import Survey, load_survey

LINES = "Dòng một\nDòng hai <b>đậm</b> **sao** <img src=x>"
DESCRIBED = """one => one.getAttribute('aria-describedby').split(' ')
  .map(id => document.getElementById(id)?.innerText ?? '').join(' ')"""


def survey() -> Survey:
    """Every kind of text with two lines and with signs of markup."""
    texts = {"vi": LINES}
    choices = [{"name": "a", "label": texts}, {"name": "b", "label": {"vi": "B"}}]
    ask = {"type": "select_one", "list": "l", "label": texts}
    return load_survey(
        {
            "id": "chu",
            "version": 1,
            "kind": "survey",
            "title": texts,
            "languages": ["vi"],
            "about": texts,
            "consent": texts,
            "closing": texts,
            "support": [{"label": texts, "phone": "115", "note": texts}],
            "choice_lists": {"l": choices},
            "sections": [
                {"name": "one", "title": texts, "questions": [{**ask, "name": "q", "hint": texts, "required": True}]},
                {
                    "name": "many",
                    "title": texts,
                    "appearance": "table-list",
                    "questions": [{**ask, "name": "m1", "hint": texts, "required": True}, {**ask, "name": "m2"}],
                },
            ],
        }
    )


def shows(phone, times: int) -> None:
    """So many texts stand there, each with its two lines and with its signs; none of them became an element."""
    assert phone.page.locator("#page").inner_text().count(LINES) >= times
    assert (
        phone.page.locator("#page :is(b, strong, em, img)").evaluate_all(
            "all => all.filter(one => /^(đậm|sao)$/.test(one.innerText))"
        )
        == []
    )
    assert phone.page.locator("#page img").count() == 0


def test_lines_are_kept_and_signs_are_no_markup_on_every_screen(worker, page):
    phone = worker(survey())
    shows(phone, 3)
    phone.page.locator(".choice").first.click()
    phone.goes_on()
    phone.page.locator(".matrix[data-layout]").wait_for()
    shows(phone, 4)
    for name in ("m1", "m2"):
        phone.field(name).locator("label").first.click()
    phone.goes_on()
    phone.button("Xem lại câu trả lời").click()
    phone.page.locator(".answers button").first.wait_for()
    shows(phone, 6)
    phone.button("Đóng lại").click()
    phone.sends()
    shows(phone, 3)


def test_that_an_answer_is_needed_is_said_with_the_field(worker):
    phone = worker(survey())
    assert "Cần trả lời" in phone.field("q").evaluate(DESCRIBED)
    phone.page.locator(".choice").first.click()
    phone.goes_on()
    assert "Cần trả lời" in phone.page.locator("#m1-label").inner_text()
    assert "Cần trả lời" not in phone.page.locator("#m2-label").inner_text()


def test_a_section_s_title_that_is_the_question_is_the_heading_over_each_situation(worker):
    pack = read_pack("gbv_sh_work")
    phone = worker(pack)
    heading = phone.page.get_by_role("heading", level=1).inner_text()
    section = pack.sections[0]
    assert heading.split("\n") == [section.title["vi"], section.questions[0].label["vi"]]
    assert phone.page.locator(".section-name").count() == 0
    assert phone.page.get_by_role("radiogroup", name=section.title["vi"]).count() == 1
