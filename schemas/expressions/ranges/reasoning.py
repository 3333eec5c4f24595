"""What an expression may come to when only what its questions may hold is known: schemas.expressions, on sets instead of values."""

import math
from collections.abc import Callable

from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.ranges.functions import KnownValues, called
from schemas.expressions.ranges.possible import (
    ANY_RESULT,
    ANYTHING,
    TRUTHS,
    Possible,
    Span,
    Truth,
    equality,
    exactly,
    number,
    numbers,
    numerically,
    opposite,
    truth,
    union,
)
from schemas.expressions.values import NAN
from schemas.model import Tree


def verdict(tree: Tree, known: KnownValues) -> Truth:
    """Whether the expression may be true, and may be false."""
    known.visits += 1
    rule = _VERDICTS.get(tree[0])
    if rule:
        return rule(tree, known)
    if tree[:2] == ["call", "not"]:
        return opposite(verdict(tree[2], known))
    return truth(outcome(tree, known))


def _both(tree: Tree, known: KnownValues) -> Truth:
    left = verdict(tree[1], known)
    if not left[0]:
        return left
    right = verdict(tree[2], known)
    return right[0], left[1] or right[1]


def _one_of(tree: Tree, known: KnownValues) -> Truth:
    left = verdict(tree[1], known)
    if not left[1]:
        return left
    right = verdict(tree[2], known)
    return left[0] or right[0], right[1]


def _equal(tree: Tree, known: KnownValues) -> Truth:
    same = equality(outcome(tree[1], known), outcome(tree[2], known))
    return same if tree[0] == "=" else opposite(same)


def _compared(tree: Tree, known: KnownValues) -> Truth:
    return numerically(tree[0], outcome(tree[1], known), outcome(tree[2], known))


_VERDICTS: dict[str, Callable[[Tree, KnownValues], Truth]] = {
    "and": _both,
    "or": _one_of,
    "=": _equal,
    "!=": _equal,
    **dict.fromkeys(("<", "<=", ">", ">="), _compared),
}


def outcome(tree: Tree, known: KnownValues) -> Possible:
    """All that the expression may come to."""
    known.visits += 1
    head = tree[0]
    if head in _LEAVES:
        return _LEAVES[head](tree, known)
    if head == "neg":
        span, nan = numbers(outcome(tree[1], known))
        return number((-span[1], -span[0]) if span else None, nan)
    if head in _CORNERS or head in ("div", "mod"):
        return _arithmetic(head, outcome(tree[1], known), outcome(tree[2], known))
    if head == "call" and tree[1] != "not":
        return _called(tree, known)
    return TRUTHS[verdict(tree, known)] if head in _VERDICTS or head == "call" else ANYTHING


# How an answer is looked up, a literal read, a choice's column asked.
_LEAVES: dict[str, Callable[[Tree, KnownValues], Possible]] = {
    "num": lambda tree, _: exactly(float(tree[1])),
    "str": lambda tree, _: exactly(tree[1]),
    "ref": lambda tree, known: known.values.get(tree[1], ANYTHING),
    "self": lambda _, known: known.this,
    "col": lambda tree, known: exactly(known.columns.get(tree[1], "")),
}


_CORNERS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def _arithmetic(operator: str, left: Possible, right: Possible) -> Possible:
    """By the ends of both spans: a rounded sum of larger numbers is never the smaller one."""
    (ours, first_nan), (theirs, second_nan) = numbers(left), numbers(right)
    nan = first_nan or second_nan
    if ours is None or theirs is None:
        return exactly(NAN) if nan else Possible()
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        value = evaluate([operator, ["num", ours[0]], ["num", theirs[0]]], Scope(today=""))
        return Possible(exact=(value, NAN) if nan else (value,))
    if operator == "mod":
        return _remainder(ours, theirs)
    divides = operator == "div"
    if divides and theirs[0] <= 0 <= theirs[1]:
        return ANY_RESULT
    corner = (lambda a, b: a / b) if divides else _CORNERS[operator]
    ends = [corner(one, other) for one in ours for other in theirs]
    if not all(map(math.isfinite, ends)):
        return ANY_RESULT
    return number((min(ends), max(ends)), nan)


def _remainder(ours: Span, theirs: Span) -> Possible:
    """Smaller than the divisor, and no further from 0 than the dividend, with its sign."""
    most = max(abs(theirs[0]), abs(theirs[1]))
    return Possible(exact=(NAN,), span=(max(min(ours[0], 0.0), -most), min(max(ours[1], 0.0), most)))


def _called(tree: Tree, known: KnownValues) -> Possible:
    name = tree[1]
    if name == "if":
        return _if(tree, known)
    return called(name, [outcome(argument, known) for argument in tree[2:]], known)


def _if(tree: Tree, known: KnownValues) -> Possible:
    may, may_not = verdict(tree[2], known)
    branches = [outcome(tree[3], known)] if may else []
    branches += [outcome(tree[4], known)] if may_not else []
    return union(branches) if branches else Possible()
