"""Functions and signs of other programs are written out in ours where that is the very same, told, and else refused by their cell."""

import math
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.answers import computed
from schemas.survey import load_survey
from schemas.xlsform.foreign_functions import written_out
from schemas.xlsform.tokens import joined_text, tokens_of
from tests.support.bounded_work import bounded_work
from tests.support.xlsform_files import VI, complaints, form, read, remarks

HEADER = ["type", "name", VI, "relevant", "calculation", "constraint", "required", "choice_filter"]
TODAY = date(2026, 11, 30)


def worked_out(text, answers=None):
    """The value of a calculation beside two answers, n and t."""
    rows = [["decimal", "n", "N?"], ["text", "t", "T?"], ["calculate", "c", None, None, text]]
    survey = load_survey(read(form(HEADER, *rows)).document)
    return computed(survey, answers or {}, today=TODAY).get("c", "")


def relevant(text):
    """What becomes of a condition beside a question q with the choices yes and no, and a number n."""
    rows = [["select_one yesno", "q", "Q?"], ["integer", "n", "N?"], ["text", "t", "T?", text]]
    return read(form(HEADER, *rows)).document["sections"][0]["questions"][2]["relevant"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("now()", "2026-11-30"),
        ("format-date-time(now(), '%d/%m/%Y')", "30/11/2026"),
        ("trim(${t})", "cơm tấm"),
        ("substring(${t}, 5, 3)", "tấm"),
        ("substring('abc', 2)", "bc"),
        ("join('-', 1, 2, 3)", "1-2-3"),
        ("count-non-empty(${n}, ${t}, '')", 2),
        ("floor(-2.5) + ceiling(2.1)", 0),
        ("power(3, 2)", 9),
        ("left(${t}, 3)", "cơm"),
        ("if(isblank(${t}) or is-null('') = false() or empty(${n}), 'trống', 'có')", "có"),
        ("if(floor(${n} div 2) = 3, 'ba', 'khác')", "ba"),
    ],
)
def test_a_function_of_others_gives_what_it_gave(text, value):
    assert worked_out(text, {"n": 7, "t": "cơm tấm"}) == value


@lru_cache
def both_ways():
    """A survey that rounds a number down and up."""
    rows = [
        ["decimal", "n", "N?"],
        ["calculate", "f", None, None, "floor(${n})"],
        ["calculate", "c", None, None, "ceiling(${n})"],
    ]
    return load_survey(read(form(HEADER, *rows)).document)


@given(st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
def test_floor_and_ceiling_are_the_very_same_for_every_number(number):
    found = computed(both_ways(), {"n": number}, today=TODAY)
    assert (found["f"], found["c"]) == (math.floor(number), math.ceil(number))


def test_calls_inside_calls_cannot_grow_without_end():
    with bounded_work(20):
        for text in ("floor(" * 300 + "1" + ")" * 300, "floor(" * 3_000, "floor()," * 2_000):
            assert len(joined_text(written_out(tokens_of(text))[0])) < 100_000


def test_calls_are_left_alone_where_nothing_is_to_be_written_out():
    text = "if( selected(${q}, 'a') , max(1 ,2), -1 )"
    assert joined_text(written_out(tokens_of(text))[0]) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("${q} == 'yes' && ${n} => 3", "${q} = 'yes' and ${n} >= 3"),
        ("${q} <> ‘yes’ OR ${n} ≤ 2", "${q} != 'yes' or ${n} <= 2"),
        ("${q} = yes và ${n} > 1", "${q} = 'yes' and ${n} > 1"),
        ("$ {q} = 'yes'", "${q} = 'yes'"),
        ("q = 'yes'", "${q} = 'yes'"),
        ("../q = 'yes'", "${q} = 'yes'"),
        ("${n} >= 0,5", "${n} >= 0.5"),
        ("IF(${q}='yes',1,0)", "if(${q}='yes',1,0)"),
        ("count_selected(${q}) > 0", "count-selected(${q}) > 0"),
        ("${q} = 'yes' and TRUE", "${q} = 'yes' and true()"),
    ],
)
def test_signs_that_can_mean_one_thing_only_are_read_so(written, meant):
    assert " ".join(relevant(written).split()) == meant


def test_what_is_right_already_stays_to_the_last_sign():
    assert relevant("${ q }  =  'yes'or ${n}>max( 1,5 )") == "${ q }  =  'yes'or ${n}>max( 1,5 )"


def test_what_was_exchanged_is_told_by_its_cell():
    data = form(HEADER, ["decimal", "n", "N?", None, None, ". >= 0,5"], ["calculate", "c", None, None, "floor(${n})"])
    said = remarks(data)
    assert "row 2, column constraint: signs that other programs and keyboards write" in said
    assert "row 3, column calculation: floor() is written out in functions that there are here" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pulldata('a', 'b', 'c', ${q}) = 1", "nothing is looked up in other data"),
        ("${n} <= 100%", "there are no percentages"),
        ("${q} = maybe", "maybe"),
    ],
)
def test_what_cannot_be_had_is_refused_by_its_cell(text, words):
    rows = [["select_one yesno", "q", "Q?"], ["integer", "n", "N?"], ["text", "t", "T?", text]]
    lines = complaints(form(HEADER, *rows))
    assert len(lines) == 1
    assert lines[0].startswith("sheet survey, row 4, column relevant: ")
    assert words in lines[0]


@pytest.mark.parametrize("said", ["yes", "Yes", "TRUE", "true()", "Có", "x", "1", "bắt buộc", "Required"])
def test_required_is_said_in_many_ways(said):
    question = read(form(HEADER, ["integer", "n", "N?", None, None, None, said])).document["sections"][0]["questions"][
        0
    ]
    assert question["required"] is True


def test_a_word_of_a_column_without_its_quotes_is_that_word():
    choices = [["list_name", "name", VI, "vung"], ["l", "a", "A", "bac"], ["l", "b", "B", "nam"]]
    data = form(HEADER, ["select_one l", "q", "Q?", *[None] * 4, "vung = bac"], choices=choices)
    assert read(data).document["sections"][0]["questions"][0]["choice_filter"] == "vung = 'bac'"
