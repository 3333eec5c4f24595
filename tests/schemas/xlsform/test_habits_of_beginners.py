"""What people write who come from Excel, Kobo or SurveyCTO and can only mean one thing comes in, told by its cell."""

from datetime import timedelta

import pytest

from schemas.survey import load_survey
from schemas.xlsform.type_cell import read_type
from tests.support.media_files import plain_png
from tests.support.xlsform_files import VI, complaints, form, read, saved, workbook

HEADER = ["type", "name", VI, "relevant", "constraint", "calculation", "parameters"]
SETTINGS = [["form_title", "form_id", "default_language"], ["Thử", "thu", "vi"]]


def question(*rows, name="n", **keys):
    survey = load_survey(read(form(HEADER, *rows, **keys)).document)
    return survey.by_name[name]


def places(found):
    return [remark.place for remark in found.remarks]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('IF(${a}>1;"x";"y")', 'if(${a}>1,"x","y")'),
        ("round(${a}/3;1)", "round(${a} div 3,1)"),
        ("TODAY()", "today()"),
        ("${a} + 50.000.000", "${a} + 50000000"),
        ("${a} + 50,000,000", "${a} + 50000000"),
        ("if(${a} !== null, 1, 2)", "if(${a} != '', 1, 2)"),
    ],
)
def test_calculations_as_spreadsheets_have_them_are_read_and_told(written, meant):
    rows = [["integer", "a", "Số?"], ["calculate", "n", None, None, None, written]]
    found = read(form(HEADER, *rows))
    assert load_survey(found.document).by_name["n"].calculation.text == meant
    assert "sheet survey, row 3, column calculation" in places(found)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("${a} > 50 000 000", "no marks between its thousands"),
        ("${a} > 5tr", "digits alone"),
        ("${a} is empty", "${a} = ''"),
        ("${a} between 1 and 5", ">= 1 and"),
        ("${a} in (1,2,3)", "one of several"),
        ("${a}^2 > 1", "pow("),
        ("${a} = 'x", "a quote opens"),
        ("nếu câu 1 là có", "no sentence"),
    ],
)
def test_what_cannot_be_read_is_answered_with_how_it_is_written_here(written, hint):
    [line] = complaints(form(HEADER, ["integer", "a", "Số?"], ["integer", "n", "Số?", written]))
    assert line.startswith("sheet survey, row 3, column relevant")
    assert hint in line


@pytest.mark.parametrize(
    "written", ["select_one: yn", "selectone yn", "select-one yn", "select_one yn", "select one from yn"]
)
def test_a_type_may_differ_from_ours_by_its_signs(written):
    assert (read_type(written).type, read_type(written).list_name) == ("select_one", "yn")


@pytest.mark.parametrize("written", ["begingroup", "begin-group", "begin group", "Begin_Group"])
def test_so_may_the_beginning_of_a_group(written):
    assert read_type(written).sort == "begin"


def test_a_matrix_of_kobotoolbox_that_names_no_list_is_a_section():
    rows = [
        ["begin_kobomatrix", "m", "Bảng"],
        ["select_one yesno", "x", "Găng tay"],
        ["end_kobomatrix"],
        ["integer", "n", "Số?"],
    ]
    found = read(form(HEADER, *rows))
    section = found.document["sections"][0]
    assert (section["name"], [item["name"] for item in section["questions"]]) == ("m", ["x"])
    assert "sheet survey, row 2, column type" in places(found)


def test_pictures_that_stayed_behind_are_left_out_and_told_by_their_cells():
    rows = [
        ["type", "name", VI, "media::image"],
        ["integer", "n", "Số?", "a.png"],
        ["integer", "m", "Số?", "Sơ đồ.PNG"],
    ]
    found = read(form(*rows), media={}.get)
    assert not load_survey(found.document).by_name["n"].media
    assert places(found)[:2] == ["sheet survey, row 2, column media::image", "sheet survey, row 3, column media::image"]
    assert read(form(*rows[:2]), media={"a.png": plain_png()}.get).document["sections"][0]["questions"][0]["image"]


def test_settings_that_stand_below_one_another_are_turned():
    found = read(form(HEADER, ["integer", "n", "Số?"], settings=[["form_title", "Bữa ăn"], ["form_id", "bua-an"]]))
    assert (found.document["title"]["vi"], found.document["id"]) == ("Bữa ăn", "bua-an")


def test_a_label_without_a_language_is_not_the_language_that_has_its_own_column():
    rows = [
        ["type", "name", "label", "label::English (en)"],
        ["integer", "n", "Anh/Chị có mấy con?", "How many children?"],
    ]
    found = read(form(*rows, settings=[["form_title", "form_id", "default_language"], ["T", "t", "English (en)"]]))
    assert found.document["sections"][0]["questions"][0]["label"] == {
        "vi": "Anh/Chị có mấy con?",
        "en": "How many children?",
    }


def test_vietnamese_of_viet_nam_is_vietnamese():
    document = read(
        form(["type", "name", "label::Vietnamese (vi-VN)"], ["integer", "n", "Số?"], settings=SETTINGS)
    ).document
    assert document["languages"] == ["vi"]


def test_min_and_max_are_the_bounds_of_a_range():
    bounds = question(["range", "n", "Mức?", None, None, None, "min=0 max=20.000.000 step=1.000.000"]).range
    assert (bounds.start, bounds.end, bounds.step) == (0, 20_000_000, 1_000_000)


def test_a_code_that_excel_shows_with_zeros_is_found_by_the_column_that_has_none():
    book = workbook(
        survey=[
            ["type", "name", VI, "choice_filter"],
            ["select_one tinh", "t", "Tỉnh?"],
            ["select_one xa", "x", "Xã?", "tinh=${t}"],
        ],
        choices=[["list_name", "name", VI, "tinh"], ["tinh", 1, "Hà Nội"], ["xa", 4, "Ba Đình", 1]],
        settings=SETTINGS,
    )
    book["choices"]["B2"].number_format = "00"
    document = read(saved(book)).document
    assert document["choice_lists"]["tinh"][0]["name"] == document["choice_lists"]["xa"][0]["columns"]["tinh"] == "01"


def test_hours_beyond_a_day_and_formats_that_are_not_known_are_told():
    book = workbook(
        survey=[["type", "name", VI], ["select_one l", "n", "Mấy giờ?"]],
        choices=[["list_name", "name", VI], ["l", "a", timedelta(hours=30)], ["l", "b", 1]],
        settings=SETTINGS,
    )
    book["choices"]["C2"].number_format, book["choices"]["C3"].number_format = "[h]:mm", '[<5]"ít hơn "0;0'
    found = read(saved(book))
    assert [choice["label"]["vi"] for choice in found.document["choice_lists"]["l"]] == ["30:00", "1"]
    assert places(found) == ["sheet choices, row 2, column " + VI, "sheet choices, row 3, column " + VI]


def test_a_column_of_choices_may_have_a_vietnamese_name():
    rows = [
        ["type", "name", VI, "choice_filter"],
        ["select_one tinh", "t", "Tỉnh?"],
        ["select_one xa", "x", "Xã?", "tỉnh = ${t}"],
    ]
    choices = [["list_name", "name", VI, "tỉnh"], ["tinh", "hn", "Hà Nội"], ["xa", "bd", "Ba Đình", "hn"]]
    found = read(form(*rows, choices=choices, settings=SETTINGS))
    assert load_survey(found.document).by_name["x"].choice_filter.text == "tinh = ${t}"
    assert found.document["choice_lists"]["xa"][0]["columns"] == {"tinh": "hn"}
    assert places(found) == ["sheet choices, row 1, column tỉnh"]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("số nguyên", "integer?"),
        ("text area", "text?"),
        ("radio yn", "select_one yn?"),
        ("checkbox yn", "select_multiple yn?"),
    ],
)
def test_a_type_in_other_words_is_answered_with_ours(written, near):
    assert read_type(written).refused[1]().endswith(f"did you mean {near}")


@pytest.mark.parametrize(
    ("written", "is_required"), [("*", True), ("✓", True), ("không bắt buộc", False), ("tùy chọn", False)]
)
def test_required_is_said_as_people_say_it(written, is_required):
    rows = [["type", "name", VI, "required"], ["integer", "n", "Số?", written]]
    assert bool(load_survey(read(form(*rows)).document).by_name["n"].required) == is_required
