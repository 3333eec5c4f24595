"""What an expression means: the cases that Python and the page share."""

import json
from pathlib import Path

import pytest

from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.parsing import parse
from tests.support.page_language import written

CASES = json.loads((Path(__file__).parents[2] / "vectors/expressions.json").read_text("utf-8"))
LABELS = {"law": "Luật", "news": "Báo đài"}


def as_value(given):
    return " ".join(given) if isinstance(given, list) else given if isinstance(given, str) else float(given)


def scope_of(case):
    return Scope(
        today="2026-11-22",
        values={name: as_value(given) for name, given in case.get("answers", {}).items()},
        this=as_value(case.get("self", "")),
        draw=case.get("draw", 0.5),
        label=lambda _, choice: LABELS.get(choice, ""),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_expression_means_here_what_it_means_on_the_page(case):
    value = written(evaluate(parse(case["expression"]).tree, scope_of(case)))
    assert value == case["expected"]
    assert isinstance(value, bool) == isinstance(case["expected"], bool)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_vectors_carry_the_trees_that_the_page_reads(case):
    assert parse(case["expression"]).tree == case["tree"]


def test_there_are_enough_cases_and_none_twice():
    assert len(CASES) >= 120
    assert len({case["name"] for case in CASES}) == len(CASES)
