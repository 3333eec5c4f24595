"""Each type and group of XLSForm is one of ours by some name, or refused with the reason and what to do instead."""

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from schemas.questions import KINDS
from schemas.survey import load_survey
from schemas.xlsform.type_cell import read_type
from tests.support.xlsform_files import SETTINGS, VI, codes, complaints, form, read, remarks

HEADER = ["type", "name", VI, "relevant", "appearance", "parameters"]
ALIASES = {
    "string": "text", "q string": "text", "add text prompt": "text", "int": "integer", "q int": "integer", "percentage": "integer",
    "Integer": "integer", "q decimal": "decimal", "add date prompt": "date", "trigger": "acknowledge", "q note": "note",
    "add calculate prompt": "calculate", "NOTE": "note",
}  # fmt: skip
LISTED = {
    "select_one l": "select_one", "select one l": "select_one", "select1 l": "select_one", "Select_One l": "select_one",
    "add select one prompt using l": "select_one", "select one from l": "select_one", "select_multiple l": "select_multiple",
    "select all that apply l": "select_multiple", "SELECT ALL THAT APPLY FROM l": "select_multiple", "rank l": "rank",
}  # fmt: skip
REFUSED = {
    "select_one": "the name of a list on the choices sheet follows: select_one yes_no",
    "select_one ${q}": "choices that come out of earlier answers are not supported",
    "select_one_external l": "use select_one with a choice_filter",
    "hidden": "use calculate",
    "csv-external": "select_one_from_file",
    "osm": "maps and places identify",
    "begin repeat": "repeats are refused; ask how many there are",
    "begin_loop over l": "repeats are refused",
    "selectone l": "did you mean select_one?",
    "intger": "did you mean integer?",
    "begin_grp": "did you mean begin_group?",
    "nothing": "there are select_one, select_multiple",
    "x" * 500: "too long",
}
IDENTIFYING = (
    "start end today deviceid device_id subscriberid simserial phonenumber username email audit geopoint gps geotrace geoshape location "
    "start-geopoint background-geopoint background-audio image photo audio video file barcode dateTime datetime time imei"
).split()


@pytest.mark.parametrize(("written", "meant"), ALIASES.items())
def test_a_type_goes_by_many_names(written, meant):
    assert read_type(written).type == meant


@pytest.mark.parametrize(("written", "meant"), LISTED.items())
def test_a_type_with_a_list_goes_by_many_names(written, meant):
    cell = read_type(written)
    assert (cell.type, cell.list_name, cell.or_other) == (meant, "l", False)
    assert read_type(f"{written} or_other").or_other


@pytest.mark.parametrize(("written", "words"), REFUSED.items(), ids=lambda text: text[:30])
def test_what_is_not_supported_says_what_to_do(written, words):
    assert words in read_type(written).refused[1]


@pytest.mark.parametrize("written", [name for name in IDENTIFYING if name != "device_id"])
def test_what_identifies_is_refused_with_the_reason(written):
    code, message = read_type(written).refused
    assert code == "type.identifies"
    assert f"type {written.lower()} is refused: " in message.replace(written, written.lower())


@pytest.mark.parametrize("written", QUESTION_TYPE_DICT)
def test_no_type_of_pyxform_is_without_an_answer(written):
    cell = read_type(written)
    assert cell.refused or cell.type in KINDS


def test_nested_groups_become_sections_side_by_side():
    data = form(
        HEADER,
        ["integer", "before", "Trước?"],
        ["begin_group", "outer", "Ngoài", "${before} > 1"],
        ["integer", "a", "A?"],
        ["begin_group", "inner", "Trong", "${a} > 1 or ${a} = 0"],
        ["integer", "b", "B?"],
        ["end_group"],
        ["integer", "c", "C?"],
        ["end_group"],
        ["integer", "after", "Sau?"],
    )
    sections = read(data).document["sections"]
    assert [(section["name"], section.get("title", {}).get("vi"), section.get("relevant")) for section in sections] == [
        ("questions", None, None),
        ("outer", "Ngoài", "${before} > 1"),
        ("inner", "Ngoài – Trong", "(${before} > 1) and (${a} > 1 or ${a} = 0)"),
        ("outer_2", "Ngoài", "${before} > 1"),
        ("questions_2", None, None),
    ]


def test_groups_that_do_not_match_are_told():
    assert "this group never ends" in complaints(form(HEADER, ["begin_group", "g", "G"], ["integer", "a", "A?"]))[0]
    assert "no open group" in complaints(form(HEADER, ["integer", "a", "A?"], ["end_group"]))[0]


def test_or_other_gets_a_list_of_its_own_where_others_use_the_list_without():
    header, choices = HEADER, [["list_name", "name", VI], ["l", "a", "A"], ["l", "b", "B"]]
    both = load_survey(
        read(form(header, ["select_one l", "p", "?"], ["select_one l or_other", "q", "?"], choices=choices)).document
    )
    assert [len(both.question(name).choices) for name in ("p", "q")] == [2, 3]
    assert both.question("q_other").specifies == "q"
    alone = read(form(header, ["select_one l or_other", "q", "?"], choices=choices)).document
    assert list(alone["choice_lists"]) == ["l"]


def test_a_list_that_has_its_own_other_keeps_its_words():
    choices = [["list_name", "name", VI], ["l", "a", "A"], ["l", "other", "Loại khác"]]
    document = read(form(HEADER, ["select_one l or_other", "q", "?"], choices=choices)).document
    assert document["choice_lists"]["l"][1] == {"name": "other", "label": {"vi": "Loại khác"}, "other": True}


def test_appearances_that_only_look_different_are_left_out_and_told():
    data = form(
        HEADER,
        ["integer", "a", "A?", None, "w1 thousands-sep"],
        ["select_one yesno", "q", "Q?", None, "minimal autocomplete"],
    )
    questions = read(data).document["sections"][0]["questions"]
    assert "appearance" not in questions[0]
    assert questions[1]["appearance"] == "minimal"
    assert "row 2, column appearance: w1, thousands-sep has no effect" in remarks(data)


def test_the_heading_row_of_an_old_table_is_left_out():
    data = form(
        HEADER, ["select_one yesno", "head", "?", None, "label"], ["select_one yesno", "q", "Q?", None, "list-nolabel"]
    )
    assert [question["name"] for question in read(data).document["sections"][0]["questions"]] == ["q"]
    assert "only repeats the choices as headings" in remarks(data)


def test_a_range_without_parameters_is_what_xlsform_says():
    question = read(form(HEADER, ["range", "r", "?"])).document["sections"][0]["questions"][0]
    assert question["range"] == {"start": 1, "end": 10, "step": 1}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (["range", "r", "?", None, None, "start=a"], "row 2, column parameters: this is a number"),
        (["range", "r", "?", None, None, "start 1"], "row 2, column parameters: parameters are written as"),
        (["range", "r", "?", None, None, "start=5 end=1"], "row 2, column parameters: start is below end"),
        (
            ["select_one yesno", "r", "?", None, None, "randomize=often"],
            "row 2, column parameters: randomize is true or false",
        ),
        (["select_one yes", "r", "?"], "row 2, column type: there is no choice list yes; there are: yesno"),
        (["integer", "r", "?", "${nobody} = 1"], "row 2, column relevant: there is no question nobody"),
        (["integer", "r", "?", "${r} = 1"], "row 2: goes round in a circle"),
        (["integer", "r", "?", "${r == 1"], "row 2, column relevant: "),
        (["integer", "r"], f"row 2, column {VI}: integer needs this key"),
        (["date", "r", "?"], "row 2, column appearance: a full date"),
        ([None, "r", "?"], "row 2, column type: a type is needed"),
        (["integer", None, "?"], "row 2, column name: a name is needed"),
        (["integer", "site", "?"], "row 2, column name: site is the name of something"),
    ],
)
def test_an_error_names_its_row_and_column(line, place):
    lines = complaints(form(HEADER, line))
    assert len(lines) == 1
    assert f"sheet survey, {place}" in lines[0]


def test_all_errors_are_told_at_once_and_none_that_only_follows():
    data = form(
        HEADER,
        ["start", "start"],
        ["integer", "số", "?"],
        ["integer", "b", "?", "${số} > 1"],
        ["integer", "c", "?", "${start} != ''"],
        ["select_one gone", "d", "?"],
        ["integer", "e", "?", "("],
        settings=[*SETTINGS, ["Thừa", "hai"]],
    )
    rows = [line.partition(",")[2].partition(",")[0] for line in complaints(data)]
    assert rows == [" row 2", " row 3", " row 4", " row 7"]


def test_what_pyxform_objects_to_is_told_too():
    data = form([*HEADER, "choice_filter"], ["select_one yesno or_other", "q", "?", None, None, None, "name != 'x'"])
    assert codes(data) == {"xlsform.pyxform"}
    assert "Choice filter not supported with or_other" in complaints(data)[0]
