"""Whether a response satisfies its survey: the cases that Python and the page share."""

import json
from datetime import date
from pathlib import Path

import pytest

from schemas.answers import AnswerProblem, check_answers, computed, relevant_names
from schemas.publishing import published
from schemas.questions import KINDS
from schemas.survey import load_survey
from tests.support.page_language import written

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/answers.json").read_text("utf-8"))
SURVEYS = {document["id"]: load_survey(document) for document in VECTORS["surveys"]}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_response_gets_the_verdict_that_it_gets_on_the_page(case):
    survey, answers = SURVEYS[case["survey"]], case["answers"]
    assert [[problem.question, problem.code] for problem in check_answers(survey, answers, today=TODAY)] == case[
        "problems"
    ]
    if "relevant" in case:
        assert relevant_names(survey, answers, today=TODAY) == set(case["relevant"])
    if "computed" in case:
        values = computed(survey, answers, today=TODAY)
        assert {name: written(value) for name, value in values.items()} == case["computed"]


def test_the_surveys_of_the_vectors_are_as_they_are_published():
    assert [published(load_survey(document)) for document in VECTORS["surveys"]] == VECTORS["surveys"]


def test_a_fraction_that_is_whole_is_still_no_integer():
    assert check_answers(SURVEYS["every-kind"], {"one": "yes", "age": 34.0}, today=TODAY) == [
        AnswerProblem("age", "answer.wrong_type")
    ]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("question", ["age", "fives", "any"])
def test_what_is_no_finite_number_is_no_answer(question, number):
    assert check_answers(SURVEYS["every-kind"], {"one": "yes", question: number}, today=TODAY) == [
        AnswerProblem(question, "answer.wrong_type")
    ]


def test_a_problem_never_repeats_what_was_answered():
    secret = "quan-doc-Binh-0912345678"
    answers = {"one": secret, "many": [secret], "age": secret, "said": secret * 200, secret: secret}
    found = check_answers(SURVEYS["every-kind"], answers, today=TODAY)
    assert len(found) == 5
    assert secret not in repr(found)


def test_the_day_decides_where_the_survey_says_so():
    assert check_answers(SURVEYS["logic"], {"dated": "x"}, today=date(2026, 11, 23)) == [
        AnswerProblem("dated", "answer.not_relevant")
    ]


def test_each_type_of_question_is_answered_rightly_and_wrongly_in_some_case():
    rightly, wrongly = set(), set()
    for case in VECTORS["cases"]:
        types = {question.name: question.type for question in SURVEYS[case["survey"]].questions}
        problems = dict(case["problems"])
        rightly |= {types[name] for name in case["answers"] if name in types and name not in problems}
        wrongly |= {types[name] for name, code in problems.items() if code == "answer.wrong_type"}
    answered = {name for name, kind in KINDS.items() if kind.reader}
    assert rightly == wrongly == answered


def test_every_problem_that_an_answer_can_have_is_met_in_some_case():
    met = {code for case in VECTORS["cases"] for _, code in case["problems"]}
    assert met == {
        "answer.constraint",
        "answer.exclusive",
        "answer.not_offered",
        "answer.not_relevant",
        "answer.out_of_range",
        "answer.rank_incomplete",
        "answer.required",
        "answer.too_long",
        "answer.unknown_choice",
        "answer.unknown_question",
        "answer.wrong_type",
    }
