"""Statements on one scale: five choices side by side on a phone in both languages, and no wider than the rest of the page on a tablet."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from schemas.survey import Survey, load_survey
from tests.support.fonts import FAMILIES, wears
from tests.support.page_accessibility import TOO_WIDE, resized, small_targets

SCALE = {
    "s1": {"vi": "Hoàn toàn không đồng ý", "en": "Strongly disagree"},
    "s2": {"vi": "Không đồng ý", "en": "Disagree"},
    "s3": {"vi": "Phân vân", "en": "Undecided"},
    "s4": {"vi": "Đồng ý", "en": "Agree"},
    "s5": {"vi": "Hoàn toàn đồng ý", "en": "Strongly agree"},
}
ROWS = """() => [...document.querySelectorAll('.scale')].map(scale =>
  new Set([...scale.querySelectorAll('.cell')].map(cell => Math.round(cell.getBoundingClientRect().top))).size)"""
CUT = """() => [...document.querySelectorAll('.scale .cell-label')].flatMap(label => {
  const [inside, cell] = [label.getBoundingClientRect(), label.closest('.cell').getBoundingClientRect()];
  const fits = inside.left >= cell.left - 0.5 && inside.right <= cell.right + 0.5 && label.scrollWidth <= label.clientWidth + 1;
  return fits || inside.width < 2 ? [] : [label.innerText];
}).concat([...document.querySelectorAll('.head')].filter(head => head.scrollWidth > head.clientWidth).map(head => head.innerText))
  .concat([...document.querySelectorAll('.scale .cell-label')].filter(one => one.getBoundingClientRect().width > 2).flatMap(one => {
    const range = document.createRange(), text = one.firstChild;
    return [...text.data.matchAll(/\\S+/g)].flatMap(word => {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      return range.getClientRects().length > 1 ? [`${word[0]} is broken`] : [];
    });
  }))"""
LETTERS = (
    "Math.min(...[...document.querySelectorAll('.cell')].map(cell => parseFloat(getComputedStyle(cell).fontSize)))"
)
EDGES = "all => all.map(one => one.getBoundingClientRect()).map(box => [Math.round(box.left), Math.round(box.right)])"


def attitudes(scale: Mapping[str, Mapping[str, str]] = SCALE) -> Survey:
    """Three statements on five steps."""
    statements = ("Ai cũng làm tổ trưởng được.", "Con nhỏ là việc chung.", "Lương như nhau cho việc như nhau.")
    return load_survey(
        {
            "id": "y_kien",
            "version": 1,
            "kind": "survey",
            "title": {"vi": "Ý kiến", "en": "Views"},
            "languages": ["vi", "en"],
            "minutes": 1,
            "choice_lists": {"agree": [{"name": name, "label": label} for name, label in scale.items()]},
            "sections": [
                {
                    "name": "views",
                    "title": {"vi": "Anh/Chị đồng ý đến mức nào?", "en": "How far do you agree?"},
                    "appearance": "table-list",
                    "questions": [
                        {
                            "type": "select_one",
                            "name": f"v{place}",
                            "list": "agree",
                            "label": {"vi": words, "en": words},
                        }
                        for place, words in enumerate(statements)
                    ],
                }
            ],
        }
    )


def answering(worker, page, survey: Survey, language: str, family: str) -> Page:
    """The page with a matrix on it, in this language and these letters."""
    wears(page, family)
    worker(survey)
    if language == "en":
        page.reload()
        for name in ("English", "Start", "I agree"):
            page.get_by_role("button", name=name, exact=True).click()
    page.locator(".matrix[data-layout]").first.wait_for()
    assert page.evaluate("family => document.fonts.check(`16px '${family}'`)", f"Tested {family}")
    return page


@pytest.fixture(params=FAMILIES)
def family(request) -> str:
    return str(request.param)


@pytest.fixture(params=["vi", "en"])
def matrix(request, worker, page, family) -> Page:
    """The page with three statements on it, in each language and in each family of letters."""
    return answering(worker, page, attitudes(), request.param, family)


def test_five_choices_stand_in_a_row_on_a_phone_and_each_can_be_read_and_met(matrix):
    assert matrix.evaluate(ROWS) == [1, 1, 1]
    assert matrix.evaluate(CUT) == []
    assert matrix.evaluate(LETTERS) >= 12
    assert small_targets(matrix) == []


def test_no_word_is_cut_at_any_width_however_wide_the_letters_are(matrix):
    for width in (320, 360, 412, 834, 1280):
        matrix.set_viewport_size({"width": width, "height": 900})
        matrix.wait_for_function("width => innerWidth === width", arg=width)
        for size in (100, 130, 200):
            with resized(matrix, size):
                matrix.wait_for_function(f"() => !({CUT})().length && !({TOO_WIDE})().length")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_scale_whose_words_do_not_fit_in_a_row_is_a_list(worker, page, family, language):
    long = {"vi": "Thỉnhthoảngthôi", "en": "Disproportionately"}
    scale = {name: {key: f"{words} {long[key]}" for key, words in label.items()} for name, label in SCALE.items()}
    screen = answering(worker, page, attitudes(scale), language, family)
    assert screen.evaluate(ROWS) == [5, 5, 5]
    assert screen.evaluate(CUT) == []
    screen.set_viewport_size({"width": 1280, "height": 900})
    screen.wait_for_function(f"() => !({CUT})().length && document.querySelector('.matrix').dataset.layout === 'table'")


def test_with_letters_twice_as_large_they_stand_below_each_other(matrix):
    with resized(matrix, 200):
        matrix.wait_for_function(f"() => String(({ROWS})()) === '5,5,5'")
        assert matrix.evaluate(LETTERS) >= 28


def test_the_statements_are_as_wide_as_the_buttons_below_on_a_tablet(matrix):
    matrix.set_viewport_size({"width": 834, "height": 1112})
    column = matrix.locator(".column, .actions").evaluate_all(EDGES)
    assert column[0] == column[1]
    assert matrix.evaluate(ROWS) == [1, 1, 1]


def test_a_screen_reader_hears_each_choice_whole(matrix):
    group = matrix.get_by_role("radiogroup").first
    named = [label["en" if matrix.locator("html").get_attribute("lang") == "en" else "vi"] for label in SCALE.values()]
    assert [group.get_by_role("radio", name=name, exact=True).count() for name in named] == [1] * 5


def test_one_statement_can_be_taken_back_without_the_others(worker, page):
    phone = worker(attitudes())
    for name in ("v0", "v1"):
        phone.field(name).locator("label").nth(3).click()
    clears = page.get_by_role("button", name="Bỏ chọn: Ai cũng làm tổ trưởng được.", exact=True)
    assert small_targets(page) == []
    clears.click()
    assert page.locator(":checked").evaluate_all("all => all.map(one => one.name)") == ["v1"]
    assert page.evaluate("document.activeElement.name") == "v0"
    assert clears.count() == 0 or not clears.is_visible()
