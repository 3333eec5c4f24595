"""What a syntax tree means: compiled once into closures, because the opening job evaluates thousands of responses a second."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from schemas.expressions.functions import FUNCTIONS
from schemas.expressions.patterns import LONGEST_SUBJECT
from schemas.expressions.values import NAN, Value, equal, is_empty, to_boolean, to_number, to_string
from schemas.model import Tree

Labels = Callable[[str, str], str]


def no_labels(_question: str, _choice: str) -> str:
    """For a scope in which no choice has a label."""
    return ""


@dataclass(slots=True)
class Scope:
    """All that an expression may look at. `values` holds relevant answers only; what is absent is the empty string.

    `columns` are those of the choice that a choice_filter is looking at.
    """

    today: str
    values: Mapping[str, Value] = field(default_factory=dict)
    this: Value = ""
    draw: float = 0.5
    label: Labels = no_labels
    columns: Mapping[str, str] = field(default_factory=dict)


Compiled = Callable[[Scope], Value]
Condition = Callable[[Scope], bool]


def evaluate(tree: Tree, scope: Scope) -> Value:
    """The value of one expression, once; compile it to evaluate it often."""
    return compiled(tree)(scope)


def condition(tree: Tree) -> Condition:
    """The expression as a yes or no."""
    value = compiled(tree)
    if (
        tree[0] in _COMPARISONS
        or tree[0] in ("=", "!=", "and", "or")
        or tree[:2] in (["call", "not"], ["call", "selected"])
    ):
        return value  # type: ignore[return-value]  # these give booleans only
    return lambda scope: to_boolean(value(scope))


def compiled(tree: Tree) -> Compiled:
    """The expression as a function of its scope."""
    head = tree[0]
    if head in _LEAVES:
        return _LEAVES[head](*tree[1:])
    if head == "call":
        arguments = [compiled(argument) for argument in tree[2:]]
        special = _SPECIAL.get(tree[1])
        return special(*arguments) if special else _pure(tree[1], arguments)
    if head == "neg":
        operand = compiled(tree[1])
        return lambda scope: -to_number(operand(scope))
    if head in ("and", "or"):
        return _logical(head, condition(tree[1]), condition(tree[2]))
    if head in ("=", "!="):
        return _equality(head, tree[1], tree[2])
    return _numeric(head, compiled(tree[1]), compiled(tree[2]))


def _constant(value: Value) -> Compiled:
    return lambda _: value


def _reference(name: str) -> Compiled:
    return lambda scope: scope.values.get(name, "")


def _column(name: str) -> Compiled:
    return lambda scope: scope.columns.get(name, "")


_LEAVES: dict[str, Callable[..., Compiled]] = {
    "num": lambda number: _constant(float(number)),
    "str": _constant,
    "ref": _reference,
    "col": _column,
    "self": lambda: lambda scope: scope.this,
}


def _logical(head: str, left: Condition, right: Condition) -> Condition:
    if head == "and":
        return lambda scope: left(scope) and right(scope)
    return lambda scope: left(scope) or right(scope)


def _equality(head: str, left: Tree, right: Tree) -> Condition:
    first, second = compiled(left), compiled(right)
    if head == "=":
        return lambda scope: equal(first(scope), second(scope))
    return lambda scope: not equal(first(scope), second(scope))


def _numeric(head: str, left: Compiled, right: Compiled) -> Compiled:
    operation = _COMPARISONS.get(head) or _ARITHMETIC[head]
    return lambda scope: operation(to_number(left(scope)), to_number(right(scope)))


def _quotient(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """The remainder that has the sign of the dividend, as in XPath and JavaScript."""
    return NAN if right == 0 or math.isinf(left) or math.isnan(right) else math.fmod(left, right)


_COMPARISONS: dict[str, Callable[[float, float], Value]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_ARITHMETIC: dict[str, Callable[[float, float], Value]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _quotient,
    "mod": _remainder,
}


def _pure(name: str, arguments: list[Compiled]) -> Compiled:
    function = FUNCTIONS[name].pure
    if function is None:  # pragma: no cover - a function is pure or special; a test walks them all
        raise KeyError(name)
    if len(arguments) == 1:
        only = arguments[0]
        return lambda scope: function(only(scope))
    if len(arguments) == 2:
        first, second = arguments
        return lambda scope: function(first(scope), second(scope))
    return lambda scope: function(*[argument(scope) for argument in arguments])


def _if(test: Compiled, then: Compiled, otherwise: Compiled) -> Compiled:
    return lambda scope: then(scope) if to_boolean(test(scope)) else otherwise(scope)


def _coalesce(*candidates: Compiled) -> Compiled:
    """The first that is neither empty nor NaN."""

    def first(scope: Scope) -> Value:
        for candidate in candidates:
            value = candidate(scope)
            if not is_empty(value):
                return value
        return ""

    return first


def _once(fresh: Compiled) -> Compiled:
    """What the question already holds, else a fresh value."""
    return lambda scope: scope.this if scope.this != "" else fresh(scope)


def _regex(subject: Compiled, pattern: Compiled) -> Compiled:
    # The pattern is a constant in the portable dialect (schemas.expressions.patterns), so no scope is needed to read it.
    match = re.compile(to_string(pattern(Scope(today="")))).fullmatch

    def matches(scope: Scope) -> bool:
        text = to_string(subject(scope))
        return len(text) <= LONGEST_SUBJECT and match(text) is not None

    return matches


def _choice_name(chosen: Compiled, question: Compiled) -> Compiled:
    def labels(scope: Scope) -> Value:
        name = to_string(question(scope))
        found = (scope.label(name, choice) for choice in to_string(chosen(scope)).split(" "))
        return ", ".join(label for label in found if label)

    return labels


_SPECIAL: dict[str, Callable[..., Compiled]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "regex": _regex,
    "jr:choice-name": _choice_name,
    "today": lambda: lambda scope: scope.today,
    "random": lambda: lambda scope: scope.draw,
}
