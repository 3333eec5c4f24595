"""Choices fit their questions: filters find columns, gates are whole, an "other" has its text, dates are coarse."""

from datetime import date

import pytest

from schemas.answers import check_answers
from schemas.survey import SurveyInvalid, load_survey
from tests.support.surveys import both, document, number, select

DISTRICTS = [
    {"name": "a", "label": both("A"), "columns": {"province": "01"}},
    {"name": "b", "label": both("B"), "columns": {"province": "79"}},
]
SOURCES = [{"name": "radio", "label": both("Đài")}, {"name": "else", "label": both("Khác"), "other": True}]
WAYS = [{"name": name, "label": both(name)} for name in ("enter", "skip", "end")]


def codes(*questions, **more):
    with pytest.raises(SurveyInvalid) as refused:
        load_survey(document(*questions, **more))
    return {finding.code for finding in refused.value.findings}


def lists(**named):
    return {"choice_lists": named}


@pytest.mark.parametrize("name", ["1", "99", "none-of-these", "_", "0"])
def test_a_choice_may_be_called_as_spreadsheets_do(name):
    choices = [{"name": name, "label": both("x")}, {"name": "b", "label": both("y")}]
    survey = load_survey(document(select("q", "c"), number("n", relevant=f"${{q}} = '{name}'"), **lists(c=choices)))
    assert check_answers(survey, {"q": name, "n": 20}, today=date(2026, 1, 1)) == []


@pytest.mark.parametrize("name", ["a b", "", "a.b", "-a", "ô", "a" * 65, "a+b", "a,b"])
def test_a_choice_has_no_sign_that_would_mix_it_up_with_another(name):
    assert codes(select("q", "c"), **lists(c=[{"name": name, "label": both("x")}])) == {"name.shape"}


def test_a_filter_asks_for_columns_that_some_choice_has():
    loads = load_survey(document(select("q", "d", choice_filter="province = '01' or name = 'b'"), **lists(d=DISTRICTS)))
    assert loads.question("q").choices[0].columns == {"province": "01"}
    assert codes(select("q", "d", choice_filter="provinz = '01'"), **lists(d=DISTRICTS)) == {"column.unknown"}


def test_which_choices_are_offered_may_not_hang_on_the_answer():
    assert "reference.self" in codes(select("q", "d", choice_filter="province = ${q}"), **lists(d=DISTRICTS))
    assert "reference.self" in codes(select("q", "d", choice_filter="province = ."), **lists(d=DISTRICTS))


def test_filters_that_wait_for_each_other_go_in_a_circle():
    one = select("q", "d", choice_filter="province = ${r}")
    other = select("r", "d", choice_filter="province = ${q}")
    assert codes(one, other, **lists(d=DISTRICTS)) == {"reference.circular"}


def test_a_bare_name_outside_a_filter_is_told_how_to_write_an_answer():
    with pytest.raises(SurveyInvalid, match=r"\$\{age\} for an answer") as refused:
        load_survey(document(number("age"), select("q", relevant="age > 18")))
    assert [finding.code for finding in refused.value.findings] == ["expression.column"]


@pytest.mark.parametrize("columns", [{"a b": "x"}, {"name": "x"}, {"p": 1}, {"p": ""}, {"p": "x" * 201}, ["p"], "p"])
def test_columns_of_another_shape_are_refused(columns):
    assert codes(select("q", "d"), **lists(d=[{**DISTRICTS[0], "columns": columns}])) <= {
        "column.name",
        "column.value",
        "column.shape",
    }


def test_an_other_choice_opens_a_text_right_behind_its_question():
    survey = load_survey(document(select("q", "s"), number("age"), **lists(s=SOURCES)))
    assert [question.name for question in survey.questions] == ["q", "q_other", "age"]
    text = survey.question("q_other")
    assert (text.type, text.specifies, text.label["vi"]) == ("text", "q", "Xin ghi rõ")
    assert text.relevant.text == "selected(${q}, 'else')"


def test_an_author_may_word_that_text():
    own = {"type": "text", "name": "which", "specifies": "q", "label": both("Từ đâu?")}
    survey = load_survey(document(select("q", "s"), own, **lists(s=SOURCES)))
    assert [question.name for question in survey.questions] == ["q", "which"]
    assert survey.question("which").relevant.text == "selected(${q}, 'else')"


def test_the_text_of_other_needs_its_name_free_and_a_question_to_specify():
    taken = {"type": "integer", "name": "q_other", "label": both("x")}
    assert codes(select("q", "s"), taken, **lists(s=SOURCES)) == {"name.twice"}
    assert codes(taken, select("q", "s"), **lists(s=SOURCES)) == {"other.no_text"}
    stray = {"type": "text", "name": "t", "specifies": "nobody", "label": both("x")}
    assert codes(select("q"), stray) == {"other.unknown"}


def test_only_one_choice_of_a_list_is_other():
    assert codes(select("q", "s"), **lists(s=[*SOURCES, {"name": "more", "label": both("x"), "other": True}])) == {
        "other.twice"
    }


def test_a_table_has_no_choices_that_come_and_go():
    for question, choices in (
        (select("q", "s"), SOURCES),
        (select("q", "s", choice_filter="province = '01'"), DISTRICTS),
    ):
        whole = document(question, **lists(s=choices))
        whole["sections"][0]["appearance"] = "table-list"
        with pytest.raises(SurveyInvalid) as refused:
            load_survey(whole)
        assert "table.mixed" in {finding.code for finding in refused.value.findings}


def test_a_gate_has_its_three_ways_and_stands_alone_and_open():
    load_survey(document(select("g", "w", appearance="gate"), **lists(w=WAYS)))
    assert codes(select("g", "w", appearance="gate"), **lists(w=WAYS[:2])) == {"gate.choices"}
    assert codes(select("g", "w", appearance="gate"), **lists(w=[WAYS[1], WAYS[0], WAYS[2]])) == {"gate.choices"}
    assert codes(select("g", "w", appearance="gate"), number("n"), **lists(w=WAYS)) == {"gate.alone"}
    assert codes(select("g", "w", appearance="gate", randomize=True), **lists(w=WAYS)) == {"gate.open"}


def test_a_full_date_is_asked_of_nobody_who_is_anonymous():
    day = {"type": "date", "name": "since", "label": both("Ngày?")}
    assert codes(day) == {"type.identifies"}
    load_survey(document(day, kind="unit_form"))
    load_survey(document({**day, "appearance": "year"}))


def test_what_explains_a_right_answer_needs_one():
    assert codes(select("q", explain=both("Vì luật nói vậy."))) == {"explain.no_key"}


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ({"average": "q"}, "average.unknown"),
        ({"average": "nobody"}, "average.unknown"),
        (
            {"compare": {"indicator": "nobody", "first": "${q} = 'yes'", "second": "${q} = 'no'", "as": "ratio"}},
            "compare.unknown",
        ),
        (
            {"compare": {"indicator": "x", "first": "${q} = 'yes'", "second": "${q} = 'no'", "as": "ratio"}},
            "compare.unknown",
        ),
        ({"compare": {"indicator": "x", "first": "${q} = 'yes'", "second": "${q} = 'no'", "as": "sum"}}, "key.wrong"),
        ({"ratio": {"of": "${nobody}", "to": "1"}}, "reference.unknown"),
        ({"ratio": {"of": "1"}}, "key.missing"),
        ({"average": "age", "share": "${q} = 'yes'"}, "indicator.form"),
    ],
)
def test_an_indicator_that_measures_nothing_is_refused(indicator, code):
    whole = {"name": "x", "title": both("x"), **indicator}
    assert code in codes(select("q"), number("age"), indicators=[whole])
