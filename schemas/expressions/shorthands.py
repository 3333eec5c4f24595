"""Functions that are written out at parsing in terms of the others, so that the page learns nothing new for them.

The author's text stays as it was; only the published tree is spelled out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.model import Tree
from schemas.words import say

HIGHEST_POWER = 9


class ShorthandInvalid(ValueError):
    """The arguments cannot be written out; the message says why."""


@dataclass(frozen=True, slots=True)
class Shorthand:
    """How many arguments it takes, and what stands for it."""

    least: int
    most: int
    written: Callable[..., Tree]


def written_out(name: str, arguments: Sequence[Tree]) -> Tree:
    """The tree that stands for the call; raises ShorthandInvalid."""
    return SHORTHANDS[name].written(*arguments)


def _power(base: Tree, exponent: Tree) -> Tree:
    """A product, because a power of fractions has other last digits in each language."""
    places = exponent[1] if exponent[0] == "num" else -1
    if places not in range(HIGHEST_POWER + 1):
        raise ShorthandInvalid(
            say(
                "pow() takes a whole number from 0 to {highest_power}, written out, as its second argument",
                highest_power=HIGHEST_POWER,
            )
        )
    product: Tree = ["num", 1]
    for _ in range(int(places)):
        product = base if product == ["num", 1] else ["*", product, base]
    return ["call", "number", product]


def _is_said_true(text: Tree) -> Tree:
    return ["or", ["=", text, ["str", "true"]], ["=", text, ["str", "1"]]]


SHORTHANDS: dict[str, Shorthand] = {
    "true": Shorthand(0, 0, lambda: ["=", ["num", 1], ["num", 1]]),
    "false": Shorthand(0, 0, lambda: ["=", ["num", 1], ["num", 0]]),
    "boolean": Shorthand(1, 1, lambda value: ["call", "not", ["call", "not", value]]),
    "boolean-from-string": Shorthand(1, 1, _is_said_true),
    "decimal-date-time": Shorthand(1, 1, lambda day: ["call", "number", day]),
    "pow": Shorthand(2, 2, _power),
    "string-length": Shorthand(0, 0, lambda: ["call", "string-length", ["self"]]),
}
