"""Statements on one scale: five choices side by side on a phone in both languages, and no wider than the rest of the page on a tablet."""

import pytest

from schemas.survey import Survey, load_survey
from tests.support.page_looks import resized, small_targets

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
  return fits ? [] : [label.innerText];
})"""
LETTERS = (
    "Math.min(...[...document.querySelectorAll('.cell')].map(cell => parseFloat(getComputedStyle(cell).fontSize)))"
)
EDGES = "all => all.map(one => one.getBoundingClientRect()).map(box => [Math.round(box.left), Math.round(box.right)])"


def attitudes() -> Survey:
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
            "choice_lists": {"agree": [{"name": name, "label": label} for name, label in SCALE.items()]},
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


@pytest.fixture(params=["vi", "en"])
def matrix(request, worker, page):
    """The page with three statements on it, in each language."""
    worker(attitudes())
    if request.param == "en":
        page.reload()
        for name in ("English", "Start", "I agree"):
            page.get_by_role("button", name=name, exact=True).click()
    page.locator(".matrix").wait_for()
    return page


def test_five_choices_stand_in_a_row_on_a_phone_and_each_can_be_read_and_met(matrix):
    assert matrix.evaluate(ROWS) == [1, 1, 1]
    assert matrix.evaluate(CUT) == []
    assert matrix.evaluate(LETTERS) >= 12
    assert small_targets(matrix) == []


def test_with_letters_twice_as_large_they_stand_below_each_other(matrix):
    with resized(matrix, 200):
        assert matrix.evaluate(ROWS) == [5, 5, 5]
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
