"""What Excel and its users do to cells is undone where nothing changes, and told by cell where it does."""

import datetime as dt

import pytest

from schemas.expressions.parsing import NAME
from schemas.survey import load_survey
from tests.support.xlsform_files import EN, SETTINGS, VI, YESNO, codes, complaints, form, read, remarks, saved, workbook

HEADER = ["type", "name", VI, "relevant"]
AGE = ["integer", "age", "Tuổi?"]


def first_question(data):
    return read(data).document["sections"][0]["questions"][0]


def with_sheet(change, *rows):
    """A form whose survey sheet was changed by hand."""
    book = workbook(survey=[HEADER, *(rows or [AGE])], choices=YESNO, settings=SETTINGS)
    change(book["survey"])
    return saved(book)


def test_numbers_are_what_they_show():
    settings = [["form_title", "form_id", "version"], ["Thử", "thu", 2.0]]
    choices = [["list_name", "name", VI, "langnghe_score", "code"], ["l", "a", "A", 1.0, 1], ["l", "b", 3.0, 0.5, 2.0]]
    document = read(form(HEADER, ["select_one l", "q", 2024.0], choices=choices, settings=settings)).document
    assert document["version"] == 2
    assert document["sections"][0]["questions"][0]["label"] == {"vi": "2024"}
    assert [choice.get("score") for choice in document["choice_lists"]["l"]] == [1, 0.5]
    assert [choice["columns"] for choice in document["choice_lists"]["l"]] == [{"code": "1"}, {"code": "2"}]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("#REF!", "Excel shows #REF! here"),
        ("=1+1", "a formula that was never calculated"),
    ],
)
def test_a_cell_that_excel_changed_is_named(value, words):
    for column, header in ((2, "name"), (3, VI), (4, "relevant")):
        lines = complaints(with_sheet(lambda sheet, column=column: setattr(sheet.cell(2, column), "value", value)))
        assert any(line.startswith(f"sheet survey, row 2, column {header}: ") and words in line for line in lines)


def test_a_date_in_an_expression_is_told_and_one_in_a_text_is_taken_as_it_looks():
    lines = complaints(with_sheet(lambda sheet: setattr(sheet.cell(2, 4), "value", dt.datetime(2024, 2, 1))))
    assert lines == [
        "sheet survey, row 2, column relevant: Excel made a date of this cell (2024-02-01); format it as text and type it again"
    ]
    data = with_sheet(lambda sheet: setattr(sheet.cell(2, 3), "value", dt.datetime(2024, 2, 1)))
    assert first_question(data)["label"] == {"vi": "2024-02-01 0:00:00"}
    assert f"sheet survey, row 2, column {VI}: Excel keeps a date or TRUE in this cell" in remarks(data)


def test_a_choice_that_became_true_is_taken_as_it_looks_and_told():
    choices = [["list_name", "name", VI], ["l", True, "Đúng"], ["l", False, "Sai"]]
    data = form(HEADER, ["select_one l", "q", "Đúng không?"], choices=choices)
    assert [choice["name"] for choice in read(data).document["choice_lists"]["l"]] == ["TRUE", "FALSE"]
    assert "sheet choices, row 2, column name: Excel keeps a date or TRUE in this cell" in remarks(data)


def test_booleans_in_yes_no_columns_are_welcome():
    header = ["type", "name", VI, "required", "langnghe::sensitive"]
    assert first_question(form(header, [*AGE, True, False])) == {
        "type": "integer", "name": "age", "label": {"vi": "Tuổi?"}, "required": True,
    }  # fmt: skip


def test_spaces_that_nobody_sees_do_no_harm():
    data = form(
        [" type", "name ", f" {VI} ", "relevant"],
        ["integer\u00a0", " age ", "Tuổi? "],
        ["note", "n\u200b", "Xin cảm ơn.", "${age}\u00a0> 18"],
    )
    assert [question["name"] for question in read(data).document["sections"][0]["questions"]] == ["age", "n"]
    assert "sheet survey, row 3, column relevant: signs that other programs" in remarks(data)


def test_typographic_quotes_in_expressions_are_read_and_told_and_left_alone_in_texts():
    data = form(HEADER, ["select_one yesno", "q", "“Có”?"], [*AGE, "${q} = ‘yes’"])
    questions = read(data).document["sections"][0]["questions"]
    assert questions[0]["label"] == {"vi": "“Có”?"}
    assert questions[1]["relevant"] == "${q} = 'yes'"
    assert "row 3, column relevant" in remarks(data)


def test_merged_cells_over_rows_are_refused_and_over_columns_told():
    lines = complaints(with_sheet(lambda sheet: sheet.merge_cells("D2:D3"), AGE, ["text", "t", "Ý kiến?"]))
    assert lines == [
        "sheet survey, row 2: the cells D2:D3 are merged, and only the first of them has a value; unmerge them and fill in each"
    ]
    assert "C2:D2 are merged" in remarks(with_sheet(lambda sheet: sheet.merge_cells("C2:D2")))


def test_hidden_rows_columns_and_sheets_are_read_and_told():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.sheet_state = "hidden"

    said = remarks(with_sheet(hide))
    for words in ("hidden rows are read too: 2", "hidden columns are read too: name", "this hidden sheet is read too"):
        assert words in said


def test_sheets_and_columns_are_found_in_any_capitals():
    book = workbook(
        Survey=[["Type", "NAME", "Label::Tiếng Việt (vi)"], AGE], SETTINGS=[["Form_Title", "FORM_ID"], ["Thử", "thu"]]
    )
    assert load_survey(read(saved(book)).document).question("age").label == {"vi": "Tuổi?"}


def test_empty_rows_between_questions_keep_the_numbers_right():
    lines = complaints(form(HEADER, [], [], AGE, [], ["wrong", "so", "Số?"]))
    assert [line.partition(": ")[0] for line in lines] == ["sheet survey, row 6, column type"]


@pytest.mark.parametrize("name", ["q-1", "q.1", "1q", "câu hỏi", "q 1", "n" * 65, "q/1", "«q»"])
def test_a_name_that_will_not_do_is_exchanged_for_one_that_will_and_told(name):
    data = form(HEADER, ["integer", name, "Số?"], ["note", "n", f"${{{name}}}", f"${{{name}}} > 1"])
    first, second = read(data).document["sections"][0]["questions"]
    assert NAME.match(first["name"])
    assert (second["label"]["vi"], second["relevant"]) == (f"${{{first['name']}}}", f"${{{first['name']}}} > 1")
    assert f"sheet survey, row 2, column name: «{name[:60]}" in remarks(data)


def test_names_that_differ_only_by_capitals_get_names_that_differ_more():
    data = form(HEADER, AGE, ["integer", "AGE", "Tuổi?"], ["note", "n", "?", "${AGE} > ${age}"])
    questions = read(data).document["sections"][0]["questions"]
    assert [question["name"] for question in questions] == ["age", "AGE_2", "n"]
    assert questions[2]["relevant"] == "${AGE_2} > ${age}"
    choices = [["list_name", "name", VI], ["l", "yes", "Có"], ["l", "Yes", "Vâng"]]
    taken = read(form(HEADER, ["select_one l", "q", "?"], choices=choices)).document["choice_lists"]["l"]
    assert [(choice["name"], choice.get("value")) for choice in taken] == [("yes", None), ("yes_2", "Yes")]


def test_the_same_name_twice_in_one_group_is_refused():
    assert any("stands in row 2 already" in line for line in complaints(form(HEADER, AGE, AGE)))


def test_columns_that_mean_the_same_but_say_different_things_are_refused():
    assert codes(form(["type", "name", VI, "label::vi"], [*AGE, "Bao nhiêu?"])) == {"xlsform.column_twice"}
    assert not codes(form(["type", "name", VI, "label::vi"], AGE))


def test_a_language_that_nobody_knows_by_that_name_stays_a_language_of_its_own():
    document = read(form(["type", "name", "label::Klingon"], AGE)).document
    assert document["languages"][0].startswith("q")
    assert read(form(["type", "name", "label::Luganda"], AGE)).document["languages"][0] == "lg"


def test_languages_may_be_written_in_many_ways():
    for vi, en in (
        ("label::vi", "label::en"),
        ("label:Vietnamese", "label:English"),
        ("label::Tiếng Việt(vi)", "label::EN"),
        ("label::Tiếng Việt [vi]", "label::English [en]"),
        ("label::VIE", "label::eng"),
        ("label::Tiếng Việt (vie)", "label::English (eng)"),
        ("label::tieng viet", "label::Tiếng Anh"),
        ("label::Tiếng Kinh", "label::Anglais"),
        (VI, EN),
    ):
        assert read(form(["type", "name", vi, en], [*AGE, "Age?"])).document["languages"] == ["vi", "en"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Danish (dk)", "da"),
        ("Czech (cz)", "cs"),
        ("Swedish (se)", "sv"),
        ("Northern Sami (se)", "se"),
        ("Malay (my)", "ms"),
        ("Burmese (my)", "my"),
        ("Khmer (kh)", "km"),
        ("Spanish (es-419)", "es-419"),
        ("English (en_US)", "en-US"),
        ("Norwegian (nb)", "nb"),
        ("Ê Đê (rad)", "rad"),
    ],
)
def test_a_country_s_code_behind_a_language_does_not_make_another_language_of_it(header, code):
    form_of_both = form(["type", "name", VI, f"label::{header}"], [*AGE, "X?"])
    assert read(form_of_both).document["languages"] == ["vi", code]


def test_the_default_language_comes_first():
    settings = [["form_title", "form_id", "default_language"], ["Test", "test", "English (en)"]]
    choices = [["list_name", "name", EN], ["yesno", "yes", "Yes"]]
    document = read(form(["type", "name", VI, EN], [*AGE, "Age?"], choices=choices, settings=settings)).document
    assert (document["languages"], document["title"]) == (["en", "vi"], {"en": "Test"})
