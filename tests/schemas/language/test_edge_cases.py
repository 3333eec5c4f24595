"""The shared cases meet every function and operator at its edges, found by evaluating what each is given."""

import math
import re
from collections import defaultdict

import pytest

from schemas.expressions.evaluating import evaluate
from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.references import nodes
from schemas.expressions.shorthands import SHORTHANDS
from schemas.expressions.values import Value, to_number
from schemas.model import Tree
from tests.support.expression_cases import CASES, scope_of

OPERATORS = ("and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "neg")
WITH_ARGUMENTS = [name for name, function in FUNCTIONS.items() if function.most]
EDGES = {"empty", "no number", "number", "large", "truth", "date", "Vietnamese", "astral", "nested"}
LARGE = 1e10


def edges_of(value: Value) -> set[str]:
    """What an argument is, of the things that go wrong."""
    if isinstance(value, bool):
        return {"truth"}
    if isinstance(value, float):
        return {"no number"} if math.isnan(value) else {"number", "large"} if abs(value) > LARGE else {"number"}
    if not value:
        return {"empty"}
    found = {"date"} if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else set()
    found |= {"no number"} if math.isnan(to_number(value)) else set()
    found |= {"Vietnamese"} if any("\x7f" < letter < "\uffff" for letter in value) else set()
    return found | ({"astral"} if any(letter > "\uffff" for letter in value) else set())


def edges_met() -> dict[str, set[str]]:
    """For each function and operator, the edges at which some case has it."""
    met: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        scope = scope_of(case)
        for node in nodes(case["tree"]):
            name, arguments = (node[1], node[2:]) if node[0] == "call" else (node[0], node[1:])
            for argument in arguments if name in FUNCTIONS or name in OPERATORS else ():
                met[name] |= edges_of(evaluate(argument, scope)) | ({"nested"} if argument[0] == "call" else set())
    return met


MET = edges_met()


@pytest.mark.parametrize("name", [*WITH_ARGUMENTS, *OPERATORS])
def test_each_function_and_operator_is_tried_at_every_edge(name: str):
    assert MET[name] >= EDGES


@pytest.mark.parametrize("name", SHORTHANDS)
def test_each_shorthand_is_tried(name: str):
    most = SHORTHANDS[name].most
    assert sum(f"{name}(" in case["expression"] for case in CASES) >= (9 if name == "pow" else 4 if most else 2)


def test_each_function_without_arguments_is_tried():
    called = {node[1] for case in CASES for node in _calls(case["tree"])}
    assert called == set(FUNCTIONS)


def _calls(tree: Tree) -> list[Tree]:
    return [node for node in nodes(tree) if node[0] == "call"]
