"""Python and the page give the same for expressions, surveys and responses that nobody thought of."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.answers import check_answers, computed, relevant_names, rules_of
from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.parsing import parse
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from schemas.questions import KINDS
from schemas.survey import load_survey
from tests.support.expression_cases import LABELS, TODAY
from tests.support.made_up_expressions import expressions, values
from tests.support.made_up_surveys import LANGUAGES, answers_to, surveys
from tests.support.page_language import written

DAY = date.fromisoformat(TODAY)
VECTORS = json.loads((Path(__file__).parents[2] / "vectors/answers.json").read_text("utf-8"))
SURVEYS = [load_survey(document) for document in VECTORS["surveys"]] + [read_pack(name) for name in pack_names()]
COLUMNS = ("name", "province", "order", "constructor")


@settings(max_examples=700, deadline=None)
@given(
    text=expressions(("a", "b", "c"), labelled=("a",), itself=True, columns=COLUMNS, chance=True, leaves=12),
    answers=st.dictionaries(st.sampled_from("abc"), values),
    this=values,
    columns=st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(["law", "79", "", "Huế 😀", "2026-01-01"])),
    draw=st.floats(0, 1, exclude_max=True),
)
def test_an_expression_has_one_value(page, text, answers, this, columns, draw):
    tree = parse(text, columns=True).tree
    scope = Scope(TODAY, answers, this, draw, lambda _, choice: LABELS.get(choice, ""), columns)
    ours = written(evaluate(tree, scope))
    theirs = page.ask("evaluate", tree=tree, answers=answers, self=this, columns=columns, draw=draw)
    assert (ours, type(ours) is bool) == (theirs, type(theirs) is bool)


def the_page_reads_the_same(page, known, survey, answers, language):
    theirs = page.ask("check", survey=known, answers=answers, language=language)
    problems = check_answers(survey, answers, today=DAY)
    assert [[problem.question, problem.code] for problem in problems] == theirs["problems"]
    assert sorted(relevant_names(survey, answers, today=DAY)) == theirs["relevant"]
    calculated = computed(survey, answers, today=DAY, language=language)
    assert {name: written(value) for name, value in calculated.items()} == theirs["computed"]
    reading = rules_of(survey).reading(answers, DAY, language)
    seen = {question.name: reading.values.get(question.name, "") for question in survey.questions}
    assert {name: written(value) for name, value in seen.items()} == theirs["values"]
    offers = {step.name: step.offer for step in rules_of(survey).steps if step.offer}
    assert {name: sorted(offer.offered(reading.scope)) for name, offer in offers.items()} == theirs["offered"]
    return theirs


def nothing_superfluous_is_sealed(survey, pruned):
    codes = {problem.code for problem in check_answers(survey, pruned, today=DAY)}
    assert not codes & {"answer.not_relevant"}
    assert "" not in pruned.values()
    assert [] not in pruned.values()


@pytest.fixture(scope="session")
def known(page):
    return {survey.id: page.ask("learn", survey=published(survey)) for survey in SURVEYS}


@settings(max_examples=400, deadline=None)
@given(data=st.data(), survey=st.sampled_from(SURVEYS))
def test_a_response_has_one_verdict(page, known, data, survey):
    answers = data.draw(answers_to(survey))
    language = data.draw(st.sampled_from(survey.languages))
    theirs = the_page_reads_the_same(page, known[survey.id], survey, answers, language)
    nothing_superfluous_is_sealed(survey, theirs["pruned"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), survey=surveys())
def test_a_response_to_any_survey_has_one_verdict(page, data, survey):
    learnt = page.ask("learn", survey=json.loads(json.dumps(published(survey))))
    for _ in range(3):
        answers, language = data.draw(answers_to(survey)), data.draw(st.sampled_from(LANGUAGES))
        theirs = the_page_reads_the_same(page, learnt, survey, answers, language)
        nothing_superfluous_is_sealed(survey, theirs["pruned"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(survey=surveys())
def test_any_survey_is_the_same_survey_once_published(survey):
    document = published(survey)
    assert published(load_survey(json.loads(json.dumps(document)))) == document


def test_both_sides_have_every_function_and_every_type_of_question(page):
    parts = page.ask("parts")
    assert (parts["functions"], parts["kinds"]) == (sorted(FUNCTIONS), sorted(KINDS))
