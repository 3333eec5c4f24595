"""Rows, sheets and settings of other programs that ask nothing are left out or filled in, and told; what identifies stays refused."""

import pytest

from schemas.survey import load_survey
from tests.support.xlsform_files import VI, complaints, form, read, remarks, saved, workbook

HEADER = ["type", "name", VI, "relevant", "calculation", "read_only", "appearance", "constraint", "default", "trigger"]
AGE = ["integer", "age", "Tuổi?"]


def row(kind, name=None, label=None, **cells):
    return [kind, name, label, *(cells.get(key) for key in HEADER[3:])]


def questions(*rows, **sheets):
    document = read(form(HEADER, *rows, **sheets), file="phieu").document
    load_survey(document)
    return [question for section in document["sections"] for question in section["questions"]]


@pytest.mark.parametrize(
    "kind",
    ["start", "end", "deviceid", "phonenumber", "audit", "background-audio", "username", "get start time", "caseid"],
)
def test_what_other_programs_note_is_left_out_and_told(kind):
    data = form(HEADER, row(kind, "noted"), AGE)
    assert [question["name"] for question in read(data).document["sections"][0]["questions"]] == ["age"]
    assert f"sheet survey, row 2, column type: {kind} asks nothing" in remarks(data)


def test_today_goes_on_meaning_today():
    found = questions(row("today", "hom_nay"), AGE, row("calculate", "c", calculation="${hom_nay} > '2026-01-01'"))
    assert found[1]["calculation"] == "today() > '2026-01-01'"


def test_a_calculation_with_what_was_left_out_goes_too_unless_something_needs_it():
    rows = [
        row("username", "who"),
        row("calculate", "c", calculation="concat(${who}, uuid())"),
        row("calculate", "d", calculation="${c}"),
        AGE,
    ]
    assert [question["name"] for question in questions(*rows)] == ["age"]
    lines = complaints(form(HEADER, *rows, row("integer", "b", "B?", relevant="${c} = 1")))
    assert lines == [
        "sheet survey, row 3, column calculation: this hangs on uuid(), who, which was left out; change it so that it does not"
    ]


def test_in_texts_a_sign_stands_for_what_was_left_out():
    assert questions(row("username", "who"), row("note", "n", "Chào ${who}!"))[0]["label"] == {"vi": "Chào …!"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (row("text", "q", "Q?", calculation="1 + 1"), "calculate"),
        (row("integer", "q", "Q?", calculation="1 + 1", read_only="yes"), "calculate"),
        (row("text", "q", "Q?", read_only="true()"), "note"),
        (row("select_one yesno", "q", "Q?", read_only="TRUE"), "note"),
        (row("select_one yesno", "q", "Q?", calculation="'yes'"), "select_one"),
        (row("calculate", "q", default="5"), "calculate"),
        (row("note", "q", "Q.", constraint=". > 1"), "note"),
        (row("text", "q", "Q?", trigger="${age}"), "text"),
    ],
)
def test_fields_that_nobody_fills_in_are_calculations_or_notes(line, kind):
    found = questions(AGE, line)[1]
    assert (found["type"], found["name"]) == (kind, "q")
    assert "sheet survey, row 3" in remarks(form(HEADER, AGE, line)) or kind == "calculate"


def test_a_note_that_works_something_out_is_both():
    found = questions(
        AGE, row("note", "n", "Hai lần: ${n}", calculation="${age} * 2"), row("integer", "b", "B?", relevant="${n} > 1")
    )
    assert [(question["type"], question["name"]) for question in found] == [
        ("integer", "age"),
        ("calculate", "n"),
        ("note", "n_note"),
        ("integer", "b"),
    ]


def test_a_whole_day_is_asked_as_a_month_and_a_birthday_as_a_year():
    found = questions(
        row("date", "since", "Vào làm ngày nào?"), row("date", "dob", "Ngày sinh?"), row("dateTime", "at", "Lúc nào?")
    )
    assert [question["appearance"] for question in found] == ["month-year", "year", "month-year"]
    said = remarks(form(HEADER, row("date", "dob", "Ngày sinh?")))
    assert "row 2, column appearance: a date of birth identifies; only the year is asked here" in said


def test_a_date_on_a_form_of_a_named_officer_stays_whole():
    settings = [["form_title", "form_id", "langnghe::kind"], ["Thử", "thu", "unit_form"]]
    assert "appearance" not in questions(row("date", "d", "Ngày nào?"), settings=settings)[0]


@pytest.mark.parametrize("kind", ["geopoint", "image", "audio", "barcode", "begin_repeat"])
def test_what_asks_who_or_where_stays_refused(kind):
    assert complaints(form(HEADER, AGE, row(kind, "g", "G?"), row("end_repeat") if kind == "begin_repeat" else AGE[:0]))


def test_without_settings_the_survey_is_called_after_its_file():
    imported = read(saved(workbook(survey=[HEADER, AGE])), file="Phiếu_hỏi bữa ăn ca (1)")
    assert (imported.document["id"], imported.document["title"]) == (
        "phieu-hoi-bua-an-ca-1",
        {"vi": "Phiếu hỏi bữa ăn ca (1)"},
    )
    assert any("there are no settings" in remark.message for remark in imported.remarks)


def test_settings_of_kobo_alone_will_do():
    settings = [["style", "default_language", "version"], ["pages", "English (en)", "v5jL2m"]]
    document = read(
        form(["type", "name", "label"], ["integer", "age", "Age?"], settings=settings), file="canteen"
    ).document
    assert (document["id"], document["languages"][0], document["version"]) == ("canteen", "en", 1)


def test_sheets_that_keep_things_elsewhere_are_told_beside_everything_else():
    data = form(HEADER, AGE, entities=[["dataset", "label"], ["people", "${age}"]])
    assert "sheet entities: this sheet is left out: answers are anonymous" in remarks(data)


def test_lists_of_external_choices_are_lists():
    external = [["list_name", "name", VI, "tinh"], ["xa", "x1", "Xã 1", "yes"], ["xa", "x2", "Xã 2", "no"]]
    header = ["type", "name", VI, "choice_filter"]
    data = form(
        header,
        ["select_one yesno", "t", "T?"],
        ["select_one_external xa", "x", "X?", "tinh = ${t}"],
        external_choices=external,
    )
    assert [choice["name"] for choice in read(data).document["choice_lists"]["xa"]] == ["x1", "x2"]
