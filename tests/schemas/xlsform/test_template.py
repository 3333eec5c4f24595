"""The template imports as it is, shows each type, explains its columns in both languages and offers lists to choose from."""

import io

from openpyxl import load_workbook

from schemas.linting import lint
from schemas.questions import KINDS
from schemas.survey import load_survey
from schemas.xlsform.importing import import_with_remarks
from schemas.xlsform.template import template
from schemas.xlsform.type_cell import read_type

MADE = template()
BOOK = load_workbook(io.BytesIO(MADE))


def test_it_imports_without_a_word():
    imported = import_with_remarks(MADE)
    assert imported.remarks == ()
    assert [finding for finding in lint(load_survey(imported.document)) if finding.severity == "error"] == []


def test_it_has_an_example_of_each_type():
    survey = load_survey(import_with_remarks(MADE).document)
    assert {question.type for question in survey.questions} == KINDS.keys()


def test_its_columns_are_explained_in_both_languages():
    silent = [
        f"{sheet.title}: {cell.value}"
        for sheet in BOOK.worksheets
        if sheet.title in ("survey", "choices")
        for cell in sheet[1]
        if cell.comment is None or "\n\n" not in cell.comment.text
    ]
    assert silent == []


def test_its_headers_stay_in_sight():
    assert {sheet.title: sheet.freeze_panes for sheet in BOOK.worksheets if sheet.title != "help"} == dict.fromkeys(
        ["survey", "choices", "settings", "langnghe_support", "langnghe_scales", "langnghe_indicators"], "C2"
    )


def test_types_and_appearances_are_offered_from_the_help_sheet():
    offered = {
        str(validation.sqref).split(":")[0]: validation.formula1
        for validation in BOOK["survey"].data_validations.dataValidation
    }
    first, last = offered["A2"].removeprefix("help!").replace("$", "").split(":")
    types = [cell.value for (cell,) in BOOK["help"][f"{first}:{last}"]]
    assert [text for text in types if read_type(text).refused] == []
    assert {read_type(text).type for text in types if read_type(text).sort == "question"} == KINDS.keys()
    assert any(formula == '"yes,no"' for formula in offered.values())


def test_the_help_sheet_speaks_vietnamese_and_english():
    lines = [(vi.value, en.value) for _, vi, en in BOOK["help"].iter_rows()]
    assert ("Cách dùng mẫu này", "How to use this template") in lines
    assert all(bool(vi) == bool(en) for vi, en in lines)
