"""Each type and group of XLSForm is one of ours by some name, or refused with the reason and what to do instead."""

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from schemas.questions import KINDS
from schemas.survey import load_survey
from schemas.xlsform.type_cell import read_type
from tests.support.xlsform_files import SETTINGS, VI, complaints, form, read, remarks

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
    "select multiple l": "select_multiple", "Select Multiple from l": "select_multiple", "select_all_that_apply l": "select_multiple",
    "select many l": "select_multiple", "select_multiple: l": "select_multiple", "select_one from l": "select_one",
}  # fmt: skip
REFUSED = {
    "select_one": "the name of a list on the choices sheet follows: select_one yes_no",
    "select_one ${q}": "choices that come out of earlier answers are not supported",
    "cascading_select l": "use select_one with a choice_filter",
    "time": "ask with select_one",
    "osm": "maps and places identify",
    "begin repeat": "repeats are refused; ask how many there are",
    "begin_loop over l": "repeats are refused",
    "selct_one l": "did you mean select_one l?",
    "intger": "did you mean integer?",
    "begin_grp": "did you mean begin_group?",
    "select_one yes no": "the name of one list on the choices sheet, without blanks",
    "chọn một l": "did you mean select_one l?",
    "nothing": "there are select_one, select_multiple",
    "x" * 500: "too long",
}
IDENTIFYING = "geopoint gps geotrace geoshape location image photo signature audio video file barcode".split()
NOTED = (
    "start end today deviceid subscriberid simserial phonenumber username email audit start-geopoint background-geopoint background-audio "
    "imei csv-external xml-external caseid calculate_here sensor_stream "
    "device_id sim_serial instance_id instanceID IMEI"
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
    assert words in read_type(written).refused[1]()


@pytest.mark.parametrize("written", IDENTIFYING)
def test_what_identifies_is_refused_with_the_reason(written):
    code, message = read_type(written).refused
    assert code == "type.identifies"
    assert f"type {written.lower()} is refused: " in message().replace(written, written.lower())


@pytest.mark.parametrize("written", NOTED)
def test_what_is_noted_without_asking_is_no_question(written):
    assert (read_type(written).sort, read_type(written).refused) == ("noted", None)


@pytest.mark.parametrize("written", QUESTION_TYPE_DICT)
def test_no_type_of_pyxform_is_without_an_answer(written):
    cell = read_type(written)
    assert cell.refused or cell.sort == "noted" or cell.type in KINDS


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
    assert "no open group that could end here" in remarks(form(HEADER, ["integer", "a", "A?"], ["end_group"]))


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


def test_the_heading_row_of_an_old_table_makes_a_matrix_of_the_rows_below():
    data = form(
        HEADER,
        ["begin_group", "g", "Ý kiến", None, "field-list"],
        ["note", "n", "Xin đọc kỹ."],
        ["select_one yesno", "head", "Câu nào đúng?", None, "label"],
        ["select_one yesno", "q", "Q?", None, "list-nolabel"],
        ["select_one yesno", "r", "R?", None, "list-nolabel"],
        ["integer", "i", "I?"],
        ["end_group"],
    )
    sections = read(data).document["sections"]
    assert [
        (section.get("appearance"), [question["name"] for question in section["questions"]]) for section in sections
    ] == [
        (None, ["n"]),
        ("table-list", ["q", "r"]),
        (None, ["i"]),
    ]
    assert "with the rows below it is a matrix here" in remarks(data)


def test_a_table_list_holds_what_a_matrix_can_and_the_rest_stands_behind_it():
    data = form(
        HEADER,
        ["begin_group", "g", "Ý kiến", None, "table-list"],
        ["select_one yesno", "q", "Q?"],
        ["text", "t", "T?"],
        ["end_group"],
    )
    sections = read(data).document["sections"]
    assert [(section["name"], section.get("appearance")) for section in sections] == [
        ("g", "table-list"),
        ("g_2", None),
    ]


@pytest.mark.parametrize(
    ("written", "bounds", "remarked"),
    [
        ("start=0 end=1.000.000 step=1.000.000", {"start": 0, "end": 1_000_000, "step": 1_000_000}, True),
        ("start=0,5; end=2,5; step=0,5", {"start": 0.5, "end": 2.5, "step": 0.5}, True),
        ("min=0 max=5", {"start": 0, "end": 5, "step": 1}, False),
        ("start=0 end=0.125 step=0.125", {"start": 0, "end": 0.125, "step": 0.125}, False),
        ("start=1.5 end=2000.25 step=0.25", {"start": 1.5, "end": 2000.25, "step": 0.25}, False),
    ],
)
def test_numbers_of_a_range_may_be_written_as_in_viet_nam(written, bounds, remarked):
    for kind, column in (("range", "parameters"), ("decimal", "langnghe::range")):
        imported = read(form(["type", "name", VI, column], [kind, "n", "N?", written]))
        found = imported.document["sections"][0]["questions"][0]["range"]
        assert {"step": 1} | found == bounds
        assert ("xlsform.typography" in [remark.code for remark in imported.remarks]) is remarked


@pytest.mark.parametrize(
    ("number", "whole", "fraction"),
    [("1.000", "1000", "1"), ("1,000", "1000", "1"), ("2.500", "2500", "2.5"), ("100.125", "100125", "100.1250")],
)
@pytest.mark.parametrize(("kind", "column"), [("range", "parameters"), ("integer", "langnghe::range")])
def test_a_thousand_that_could_be_one_is_asked_about(number, whole, fraction, kind, column):
    data = form(["type", "name", VI, column], [kind, "n", "N?", f"start=0 end={number} step=100"])
    (said,) = complaints(data)
    assert f"{number} can be read in two ways: write {whole}, or {fraction} for the fraction" in said


def test_bounds_by_other_words_are_told():
    data = form(["type", "name", VI, "langnghe::range"], ["integer", "n", "N?", "from=0 to=5"])
    (said,) = complaints(data)
    assert "such as start=0 end=10 step=1" in said


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
        (
            ["select_one yes", "r", "?"],
            "row 2, column type: there is no choice list yes; did you mean yesno? There are: yesno",
        ),
        (["integer", "r", "?", "${nobody} = 1"], "row 2, column relevant: there is no question nobody"),
        (["integer", "r", "?", "${r} = 1"], "row 2: goes round in a circle"),
        (["integer", "r", "?", "${r == 1"], "row 2, column relevant: "),
        (["integer", "r"], f"row 2, column {VI}: there is nothing to read here"),
        ([None, "r", "?"], "row 2, column type: a type is needed"),
        (["integer", None, None, "1 = 1"], "row 2, column name: a name is needed"),
    ],
)
def test_an_error_names_its_row_and_column(line, place):
    lines = complaints(form(HEADER, line))
    assert len(lines) == 1
    assert f"sheet survey, {place}" in lines[0]


def test_all_errors_are_told_at_once_and_none_that_only_follows():
    data = form(
        HEADER,
        ["username", "who"],
        ["geopoint", "số", "?"],
        ["integer", "b", "?", "${số} > 1"],
        ["integer", "c", "?", "${who} != ''"],
        ["select_one gone", "d", "?"],
        ["integer", "e", "?", "("],
        settings=[*SETTINGS, ["Thừa", "hai"]],
    )
    rows = [line.partition(",")[2].partition(",")[0] for line in complaints(data)]
    assert sorted(rows) == [" row 3", " row 5", " row 6", " row 7"]


def test_what_pyxform_objects_to_is_told_too():
    data = form([*HEADER, "choice_filter"], ["select_one yesno or_other", "q", "?", None, None, None, "name != 'x'"])
    assert "objects: [row : 2] Choice filter not supported with or_other" in remarks(data)
