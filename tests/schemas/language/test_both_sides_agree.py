"""Python and the page give the same for expressions and responses that nobody thought of."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.answers import check_answers, computed, relevant_names
from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.parsing import parse
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import published
from schemas.questions import KINDS
from schemas.survey import load_survey
from tests.support.page_language import written

TODAY = date(2026, 11, 22)
VECTORS = json.loads((Path(__file__).parents[2] / "vectors/answers.json").read_text("utf-8"))
LABELS = {"law": "Luật", "news": "Báo đài"}
SURVEYS = [load_survey(document) for document in VECTORS["surveys"]] + [read_pack(name) for name in pack_names()]

TRICKY = (
    "",
    " ",
    "0",
    "-0",
    "1",
    "18",
    "3.5",
    ".5",
    "1e3",
    "yes",
    "law news",
    " a  b ",
    "Huế",
    "😀",
    "\n",
    "2024-02-29",
    "2026-02-30",
    "NaN",
)
texts = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=8
)
numbers = (
    st.integers(-10, 100) | st.floats(-1e6, 1e6) | st.sampled_from([0, 0.5, -2.5, 2.675, 1e15, 1e-9, 1e300, -1e300])
)
values = texts | numbers.map(float)


def call(name, *arguments):
    return st.tuples(*arguments).map(lambda given: f"{name}({', '.join(given)})")


def joined(parts):
    left, operator, right = parts
    return f"({left} {operator} {right})"


literals = (
    st.integers(0, 10**15 - 1).map(str)
    | st.floats(0, 1e6).map(lambda number: f"{number:.3f}")
    | texts.map(lambda text: f"'{text}'")
    | st.sampled_from(["${a}", "${b}", "${c}", "${nobody}", ".", "today()", "random()"])
)
OPERATORS = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod"])
FORMATS = st.sampled_from(["'%Y-%m-%d'", "'%e/%n/%y %a %b'", "'%H:%M:%S.%3 %h %%Y'"])
PATTERNS = st.sampled_from(
    ["'[0-9]+'", "'.*'", "'(a|b)?x'", "'\\w+'", "'\\s*[^a-z]{1,3}'", "'-?\\d+(\\.\\d*)?'", "'[à-ỹ]|[&~]'"]
)


def larger(inner):
    pure = [
        call(name, *[inner] * arguments)
        for name, function in FUNCTIONS.items()
        for arguments in range(function.least, min(function.most, 3) + 1)
        if name not in ("regex", "jr:choice-name", "format-date", "today", "random")
    ]
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(joined),
        inner.map(lambda text: f"-{text}"),
        call("regex", inner, PATTERNS),
        call("format-date", inner, FORMATS),
        call("jr:choice-name", inner, st.just("'${a}'")),
        *pure,
    )


expressions = st.recursive(literals, larger, max_leaves=12)


@settings(max_examples=700, deadline=None)
@given(text=expressions, answers=st.dictionaries(st.sampled_from("abc"), values), this=values)
def test_an_expression_has_one_value(page, text, answers, this):
    tree = parse(text).tree
    scope = Scope(today="2026-11-22", values=answers, this=this, label=lambda _, choice: LABELS.get(choice, ""))
    ours = written(evaluate(tree, scope))
    theirs = page.ask("evaluate", tree=tree, answers=answers, self=this)
    assert (ours, type(ours) is bool) == (theirs, type(theirs) is bool)


@pytest.fixture(scope="session")
def known(page):
    return {survey.id: page.ask("learn", survey=published(survey)) for survey in SURVEYS}


junk = st.none() | st.booleans() | st.integers(-3, 3) | st.lists(st.text(max_size=2), max_size=2) | st.text(max_size=3)


def likely_answers(question):
    names = [choice.name for choice in question.choices]
    if question.type == "select_one":
        return st.sampled_from(names)
    if question.type == "select_multiple":
        return st.lists(st.sampled_from(names), max_size=3, unique=True)
    if question.type in ("integer", "range"):
        return st.integers(0, 90)
    return st.just("OK") if question.type == "acknowledge" else st.text(max_size=5)


@st.composite
def responses(draw):
    survey = draw(st.sampled_from(SURVEYS))
    asked = [question for question in survey.questions if KINDS[question.type].reader]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda question: question.name))
    answers = {
        question.name: draw(st.one_of(likely_answers(question), likely_answers(question), junk)) for question in chosen
    }
    if draw(st.integers(0, 9)) == 0:
        answers[draw(st.sampled_from(["zzz", "", "__proto__", "a b", "hello", "double"]))] = draw(junk)
    return survey, answers


@settings(max_examples=400, deadline=None)
@given(response=responses())
def test_a_response_has_one_verdict(page, known, response):
    survey, answers = response
    theirs = page.ask("check", survey=known[survey.id], answers=answers)
    assert [[problem.question, problem.code] for problem in check_answers(survey, answers, today=TODAY)] == theirs[
        "problems"
    ]
    assert sorted(relevant_names(survey, answers, today=TODAY)) == theirs["relevant"]
    assert {name: written(value) for name, value in computed(survey, answers, today=TODAY).items()} == theirs[
        "computed"
    ]


@settings(max_examples=200, deadline=None)
@given(response=responses())
def test_what_the_page_prunes_holds_nothing_irrelevant_or_empty(page, known, response):
    survey, answers = response
    pruned = page.ask("check", survey=known[survey.id], answers=answers)["pruned"]
    codes = {problem.code for problem in check_answers(survey, pruned, today=TODAY)}
    assert not codes & {"answer.not_relevant"}
    assert "" not in pruned.values()
    assert [] not in pruned.values()


def test_both_sides_have_every_function_and_every_type_of_question(page):
    assert page.ask("parts") == {"functions": sorted(FUNCTIONS), "kinds": sorted(KINDS)}
