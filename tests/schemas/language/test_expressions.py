"""What an expression means: the cases that Python and the page share."""

import pytest

from schemas.expressions.evaluating import evaluate
from schemas.expressions.parsing import parse
from tests.support.expression_cases import CASES, scope_of
from tests.support.page_language import written


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_expression_means_here_what_it_means_on_the_page(case):
    value = written(evaluate(case["tree"], scope_of(case)))
    assert value == case["expected"]
    assert isinstance(value, bool) == isinstance(case["expected"], bool)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_vectors_carry_the_trees_that_the_page_reads(case):
    assert parse(case["expression"], columns="columns" in case).tree == case["tree"]


def test_there_are_enough_cases_and_none_twice():
    assert len(CASES) >= 400
    assert len({case["name"] for case in CASES}) == len(CASES)
    asked = [
        (case["expression"], *(str(case.get(key)) for key in ("answers", "self", "draw", "columns"))) for case in CASES
    ]
    assert len(set(asked)) == len(asked)
