"""Lint is silent about a sound survey, tells errors before warnings, names languages, names and choices that do not fit, and leftovers."""

from datetime import date

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.linted import found
from tests.support.surveys import LISTS, both, document, number, select


def test_a_sound_survey_draws_no_remark():
    assert found(document(select("q"), number("age"))) == []


def test_errors_come_before_warnings():
    survey = document(select("Q", label={"vi": "x"}), support=[{"label": both("x"), "phone": "111"}])
    assert [finding.severity for finding in lint(load_survey(survey))] == ["error", "warning"]


def test_a_missing_translation_is_named_with_its_place():
    assert found(document(select("q", hint={"vi": "Gợi ý"}))) == [("text.missing", "section work / question q / hint")]


def test_names_that_differ_only_by_case_are_told():
    assert found(document(select("q1"), select("Q1"))) == [("name.alike", "question Q1")]
    assert found(document(select("q1"), select("q2"))) == []


@pytest.mark.parametrize("expression", ["${a} = 'yess'", "'yess' = ${a}", "selected(${a}, 'yess')", "${a} != 'yess'"])
def test_a_comparison_with_a_choice_that_is_not_there_is_an_error(expression):
    assert ("choice.unknown", "section work / question b / relevant") in found(
        document(select("a"), select("b", relevant=expression)), "error"
    )


def test_a_comparison_with_itself_and_with_nothing_is_fine():
    survey = document(select("a", constraint=". = 'yes' or . = ''"), select("b", relevant="${a} = ''"))
    assert found(survey, "error") == []


def test_an_expression_that_would_make_phones_wait_is_an_error():
    heavy = " or ".join(f"contains(${{t}}, 'x{place}')" for place in range(40))
    asked = [select(f"q{place}", relevant=heavy) for place in range(80)]
    survey = document({"type": "text", "name": "t", "label": both("Anh/Chị nghĩ gì?")}, *asked)
    assert ("survey.too_slow", "") in found(survey, "error")


def test_unverified_facts_are_warnings():
    line = {"label": both("Đường dây nóng"), "phone": "111"}
    target = {"source": "x", "year": 2030, "value": 1}
    indicator = {"name": "i", "title": both("I"), "share": "${q} = 'yes'", "target": target}
    assert found(document(select("q"), support=[line], indicators=[indicator])) == [
        ("support.unverified", "support line #1"),
        ("target.unverified", "indicator i / target"),
    ]
    verified = {**indicator, "target": {**target, "verified": True}}
    assert found(document(select("q"), support=[{**line, "verified": True}], indicators=[verified])) == []


def test_leftovers_are_told():
    assert found(document(select("q"), choice_lists=dict(LISTS))) == [("list.unused", "choice list agree")]
    alike = [{"name": "a", "label": both("Có")}, {"name": "b", "label": both("CÓ")}]
    assert found(document(select("q"), choice_lists={"yesno": alike})) == [
        ("choice.alike", "choice list yesno / choice b / vi"),
        ("choice.alike", "choice list yesno / choice b / en"),
    ]


def test_a_number_wants_a_test_call_every_ninety_days():
    line = {"label": both("Công đoàn"), "phone": "111", "verified": True, "checked_on": "2026-01-01"}
    survey = document(select("q"), support=[line])
    assert "support.stale" not in dict(found(survey, today=date(2026, 4, 1)))
    assert ("support.stale", "support line #1") in found(survey, today=date(2026, 4, 2))


def test_with_a_day_the_survey_is_held_against_the_registry():
    survey = document(select("q", fact="F99"))
    assert found(survey) == []
    assert ("fact.unknown", "section work / question q / fact") in found(survey, today=date(2026, 4, 1))
