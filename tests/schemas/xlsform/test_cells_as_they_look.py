"""Texts and names count as their author sees them in Excel; numbers in other columns keep their value."""

from datetime import datetime

import pytest

from schemas.xlsform.number_formats import shown_moment, shown_number
from tests.support.xlsform_files import SETTINGS, form, read, saved, workbook


@pytest.mark.parametrize(
    ("value", "code", "vi", "en", "name"),
    [
        (0.1, "0%", "10%", "10%", "10%"),
        (0.256, "0.0%", "25,6%", "25.6%", "25.6%"),
        (7, "000", "007", "007", "007"),
        (5_000_000, "#,##0", "5.000.000", "5,000,000", "5000000"),
        (1234.5, '#,##0.0 "đ"', "1.234,5 đ", "1,234.5 đ", "1234.5 đ"),
        (1234.5, "#,##0.00\\ [$₫-42A]", "1.234,50 ₫", "1,234.50 ₫", "1234.50 ₫"),
        (2, "0.00", "2,00", "2.00", "2.00"),
        (-3, "#,##0;(#,##0)", "(3)", "(3)", "(3)"),
        (0, '0;-0;"không"', "không", "không", "không"),
        (1_500_000, "#,##0,", "1.500", "1,500", "1500"),
        (12345, "_-* #,##0_-;-* #,##0_-", "12.345", "12,345", "12345"),
        (1.5, "0.##", "1,5", "1.5", "1.5"),
    ],
)
def test_a_number_is_shown_in_its_format(value, code, vi, en, name):
    assert [shown_number(value, code, language) for language in ("vi", "en", "")] == [vi, en, name]


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "[>=100]0;0.0"])
def test_a_format_that_is_not_known_shows_the_plain_number(code):
    assert shown_number(0.5, code, "vi") is None


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("d-mmm", "1-3", "1-Mar"),
        ("dd/mm/yyyy", "01/03/2026", "01/03/2026"),
        ("mm-dd-yy", "01/03/2026", "2026-03-01"),
        ("h:mm", "8:05", "8:05"),
        ("h:mm AM/PM", "8:05 AM", "8:05 AM"),
        ("mm:ss", "05:09", "05:09"),
        ("[$-42A]dd mmmm yyyy;@", "01 tháng 3 2026", "01 March 2026"),
        ("dddd, d/m", "Chủ Nhật, 1/3", "Sunday, 1/3"),
        ("ddd", "CN", "Sun"),
    ],
)
def test_a_day_is_shown_as_it_was_written(code, vi, en):
    assert [shown_moment(datetime(2026, 3, 1, 8, 5, 9), code, language) for language in ("vi", "en")] == [vi, en]


def formatted(cells):
    """A form with these cells (sheet, place, value, format) set in it."""
    book = workbook(
        survey=[
            ["type", "name", "label::vi", "constraint"],
            ["select_one l", "q", "Bao nhiêu?"],
            ["decimal", "n", "Số?", 0.1],
        ],
        choices=[["list_name", "name", "label::vi", "langnghe_score"], ["l", "a", "A", 1], ["l", "b", "B", 2]],
        settings=SETTINGS,
    )
    for sheet, place, value, code in cells:
        book[sheet][place].value, book[sheet][place].number_format = value, code
    return read(saved(book)).document


def test_labels_and_names_of_choices_look_as_in_excel():
    choices = formatted([("choices", "B2", 7, "000"), ("choices", "C2", 0.1, "0%"), ("choices", "C3", 1000, "#,##0")])[
        "choice_lists"
    ]["l"]
    assert [(choice["name"], choice["label"]["vi"]) for choice in choices] == [("007", "10%"), ("b", "1.000")]


@pytest.mark.parametrize(
    ("value", "code", "label", "name"),
    [
        (1.5, "General", "1,5", "1.5"),
        (-0.25, "General", "-0,25", "-0.25"),
        (12, "General", "12", "12"),
        (1e15, "General", "1000000000000000", "1000000000000000"),
        (1e-7, "General", "0,0000001", "0.0000001"),
        (0.5, "# ?/?", "0,5", "0.5"),
        (7_500_000, '[>=1000000]0.0,,"tr";0', "7500000", "7500000"),
    ],
)
def test_a_number_in_no_format_has_the_point_of_its_language_in_a_text_only(value, code, label, name):
    choice = formatted([("choices", "B2", value, code), ("choices", "C2", value, code)])["choice_lists"]["l"][0]
    assert (choice["label"]["vi"], choice.get("value", choice["name"])) == (label, name)


def test_numbers_that_are_worked_with_keep_their_value():
    document = formatted([("choices", "D2", 0.5, "0%"), ("survey", "D3", 0.1, "0%")])
    assert document["choice_lists"]["l"][0]["score"] == 0.5
    assert document["sections"][0]["questions"][1]["constraint"] == "0.1"


def test_a_title_above_the_columns_and_other_names_for_sheets_and_columns_are_found():
    rows = [
        ["PHIẾU HỎI"],
        [],
        ["Loại", "Tên", "Câu hỏi", "Bắt buộc"],
        ["integer", "tuoi", "Tuổi?", "có"],
        ["select_one l", "q", "Q?"],
    ]
    choices = [["Danh sách", "Mã", "Nhãn"], ["l", "a", "A"]]
    book = workbook(**{"Khảo sát": rows, "Lựa chọn": choices, "Hướng dẫn": [["Điền vào"]]})
    first, second = read(saved(book), file="x").document["sections"][0]["questions"]
    assert (first["label"], first["required"], second["list"]) == ({"vi": "Tuổi?"}, True, "l")


@pytest.mark.parametrize(
    "header", ["Label", " label ", "label : vi", "Label (Vietnamese)", "label::Tiếng Việt (vn)", "LABEL::vi"]
)
def test_a_header_may_be_written_in_many_ways(header):
    choices = [["list_name", "name", "label::vi"], ["l", "a", "A"]]
    document = read(form(["Type", "Name", header], ["select_one l", "q", "Bao nhiêu?"], choices=choices)).document
    assert document["sections"][0]["questions"][0]["label"] == {"vi": "Bao nhiêu?"}


def test_forms_in_english_without_a_language_are_english():
    data = form(
        ["type", "name", "label"], ["integer", "n", "How many of you work here?"], ["text", "t", "What is the reason?"]
    )
    assert read(data).document["languages"][0] == "en"


def test_a_list_name_merged_over_its_choices_counts_for_each():
    book = workbook(
        survey=[["type", "name", "label::vi"], ["select_one l", "q", "Q?"]],
        choices=[["list_name", "name", "label::vi"], ["l", "a", "A"], [None, "b", "B"]],
        settings=SETTINGS,
    )
    book["choices"].merge_cells("A2:A3")
    imported = read(saved(book))
    assert len(imported.document["choice_lists"]["l"]) == 2
    assert any("the cells A2:A3 are merged; what stands there counts" in remark.message for remark in imported.remarks)
