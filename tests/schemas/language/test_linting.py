"""Lint tells an author what to mend and what to think about, and is silent about what is well."""

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import LISTS, both, document, number, select


def found(survey, severity=None):
    return [
        (finding.code, finding.place) for finding in lint(load_survey(survey)) if severity in (None, finding.severity)
    ]


def text(name, words, **more):
    return {"type": "text", "name": name, "label": both(words), **more}


def test_a_sound_survey_draws_no_remark():
    assert found(document(select("q"), number("age"))) == []


def test_errors_come_before_warnings():
    severities = [
        finding.severity
        for finding in lint(
            load_survey(document(select("Q", label={"vi": "x"}), support=[{"label": both("x"), "phone": "111"}]))
        )
    ]
    assert severities == ["error", "warning"]


def test_a_missing_translation_is_named_with_its_place():
    assert found(document(select("q", hint={"vi": "Gợi ý"}))) == [("text.missing", "section work / question q / hint")]


def test_names_that_differ_only_by_case_are_told():
    assert found(document(select("q1"), select("Q1"))) == [("name.alike", "question Q1")]


def test_a_choice_about_phone_numbers_is_no_question_for_one():
    assert found(document(select("q", label=both("Anh/Chị có biết số điện thoại của tổng đài không?")))) == []


@pytest.mark.parametrize("expression", ["${a} = 'yess'", "'yess' = ${a}", "selected(${a}, 'yess')", "${a} != 'yess'"])
def test_a_comparison_with_a_choice_that_is_not_there_is_an_error(expression):
    assert ("choice.unknown", "section work / question b / relevant") in found(
        document(select("a"), select("b", relevant=expression)), "error"
    )


def test_a_comparison_with_itself_and_with_nothing_is_fine():
    assert found(document(select("a", constraint=". = 'yes' or . = ''"), select("b", relevant="${a} = ''"))) == []


def scale(*items):
    return [{"name": "s", "title": both("S"), "items": list(items), "score": "mean"}]


def test_a_scale_keyed_one_way_is_a_warning():
    items = [select(f"q{place}", "agree") for place in range(4)]
    assert found(document(*items, scales=scale("q0", "q1", "q2", "q3"))) == [("scale.one_way", "scale s")]
    assert found(document(*items, scales=scale("q0", "-q1", "q2", "-q3"))) == []


def test_a_list_that_leans_is_a_warning():
    leaning = [choice for choice in LISTS["agree"] if choice["name"] != "sd"]
    survey = document(select("q", "agree", appearance="likert"), choice_lists={"agree": leaning})
    assert found(survey) == [("likert.balance", "choice list agree")]


def test_uneven_scores_are_a_warning():
    uneven = [{**choice, "score": choice["score"] ** 2} if "score" in choice else choice for choice in LISTS["agree"]]
    survey = document(select("q", "agree", appearance="likert"), choice_lists={"agree": uneven})
    assert found(survey) == [("likert.scores", "choice list agree")]


def test_a_statement_that_opens_with_a_negative_is_a_warning():
    survey = document(
        select(
            "q",
            "agree",
            appearance="likert",
            label={"vi": "Không nên để nữ làm ca đêm.", "en": "Women can work at night."},
        )
    )
    assert found(survey) == [("wording.negative", "section work / question q / label / vi")]


def test_length_is_a_warning():
    many = document(*(select(f"q{place}") for place in range(61)))
    assert ("length.questions", "sections") in found(many)
    long = document(select("q", label={"vi": "chữ " * 46, "en": "short"}))
    assert found(long) == [("length.label", "section work / question q / label / vi")]


def test_sensitive_questions_want_support_and_can_be_skipped():
    assert found(document(select("q", sensitive=True, required=True))) == [
        ("support.missing", "support"),
        ("sensitive.required", "section work / question q / required"),
    ]


def test_unverified_facts_are_warnings():
    line = {"label": both("Đường dây nóng"), "phone": "111"}
    indicator = {
        "name": "i",
        "title": both("I"),
        "share": "${q} = 'yes'",
        "target": {"source": "x", "year": 2030, "value": 1},
    }
    assert found(document(select("q"), support=[line], indicators=[indicator])) == [
        ("support.unverified", "support line #1"),
        ("target.unverified", "indicator i / target"),
    ]


def test_many_dimensions_are_a_risk():
    several = [number(f"n{place}", dimension={"bands": list(range(20, 30))}) for place in range(3)]
    assert found(document(*several)) == [("dimensions.many", "sections")]


def test_leftovers_are_told():
    assert found(document(select("q"), choice_lists=dict(LISTS))) == [("list.unused", "choice list agree")]
    alike = [{"name": "a", "label": both("Có")}, {"name": "b", "label": both("CÓ")}]
    assert found(document(select("q"), choice_lists={"yesno": alike})) == [
        ("choice.alike", "choice list yesno / choice b / vi"),
        ("choice.alike", "choice list yesno / choice b / en"),
    ]


def test_consent_is_expected_of_a_survey():
    without = document(select("q"))
    del without["consent"]
    assert found(without) == [("consent.missing", "consent")]
