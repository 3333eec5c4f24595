"""From an author's text to the syntax tree that is published; bounded in size and depth, and every error says what to do."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError

from schemas.expressions.budget import MOST_STEPS, steps
from schemas.expressions.functions import FUNCTIONS, MANY
from schemas.expressions.hints import NAMES_OF_FUNCTIONS, function_meant
from schemas.expressions.patterns import PatternInvalid, portable
from schemas.expressions.shorthands import SHORTHANDS, ShorthandInvalid, written_out
from schemas.model import Expression, Tree
from schemas.texts import UNWRITABLE, nfc
from schemas.words import say, sentence

LONGEST = 2_000
LARGEST = 500
DEEPEST = 80
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")
_QUOTED_REFERENCE = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\Z")


class ExpressionInvalid(ValueError):
    """The text is no expression. `code` is stable, the message is for the author."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@lru_cache(maxsize=4_096)
def parse(text: str, *, columns: bool = False) -> Expression:
    """The expression behind the text; raises ExpressionInvalid. With `columns`, bare names mean what a choice has in a column."""
    text = nfc(text)
    if len(text) > LONGEST:
        raise ExpressionInvalid(
            "expression.too_long", say("an expression has at most {longest:,} characters", longest=LONGEST)
        )
    if UNWRITABLE.search(text):
        raise ExpressionInvalid("expression.syntax", "an expression contains no control characters")
    try:
        tree: Tree = _parser().parse(text)  # type: ignore[assignment]
    except VisitError as broken:
        raise broken.orig_exc from None
    except UnexpectedInput as broken:
        raise ExpressionInvalid("expression.syntax", _where(broken, text)) from None
    _bound(tree)
    if steps(tree) > MOST_STEPS:
        message = "this could take too long on some answers; split it into calculations, or make its patterns simpler"
        raise ExpressionInvalid("expression.too_slow", message)
    if not columns and (name := _first_column(tree)):
        raise ExpressionInvalid(
            "expression.column",
            say("«{name}» stands alone: write '{name}' for the name of a choice, ${{{name}}} for an answer", name=name),
        )
    return Expression(text, tree)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = files("schemas.expressions").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


class _Builder(Transformer[Token, Any]):
    """Turns each piece of grammar into its JSON array, from the leaves upwards."""

    def binary(self, parts: list[Any]) -> Tree:
        left, operator, right = parts
        return [str(operator), left, right]

    def negation(self, parts: list[Any]) -> Tree:
        return ["neg", parts[1]]

    def number(self, parts: list[Token]) -> Tree:
        digits = str(parts[0])
        if len(digits) > 16:
            raise ExpressionInvalid("expression.number", "a number has at most 15 digits")
        return ["num", float(digits) if "." in digits else int(digits)]

    def string(self, parts: list[Token]) -> Tree:
        return ["str", str(parts[0])[1:-1]]

    def reference(self, parts: list[Token]) -> Tree:
        name = str(parts[0])[2:-1].strip()
        if not NAME.match(name):
            raise ExpressionInvalid("expression.syntax", "between ${ and } stands the name of a question")
        return ["ref", name]

    def itself(self, _: list[Token]) -> Tree:
        return ["self"]

    def column(self, parts: list[Token]) -> Tree:
        name = str(parts[0])
        if not NAME.match(name):
            raise ExpressionInvalid(
                "expression.column", say("«{name}» is neither a function nor a column of choices", name=name[:40])
            )
        return ["col", name]

    def call(self, parts: list[Any]) -> Tree:
        name, arguments = str(parts[0]), parts[1:]
        if name in SHORTHANDS and SHORTHANDS[name].least <= len(arguments) <= SHORTHANDS[name].most:
            return _spelled_out(name, arguments)
        function = FUNCTIONS.get(name) or SHORTHANDS.get(name)
        if function is None:
            raise ExpressionInvalid("expression.unknown_function", _no_function(name))
        if not function.least <= len(arguments) <= function.most:
            raise ExpressionInvalid(
                "expression.arguments",
                say("{name}() takes {number}", name=name, number=sentence(_arity(function.least, function.most))),
            )
        return ["call", name, *_prepared(name, arguments)]


def _no_function(name: str) -> str:
    if meant := function_meant(name):
        return say("there is no function {name}(); did you mean {meant}()?", name=name[:40], meant=meant)
    return say("there is no function {name}(); there are {known}", name=name[:40], known=", ".join(NAMES_OF_FUNCTIONS))


def _spelled_out(name: str, arguments: list[Tree]) -> Tree:
    """What stands for a shorthand. Bounded at once: what is written twice inside what is written twice grows fast."""
    try:
        tree = written_out(name, arguments)
    except ShorthandInvalid as broken:
        raise ExpressionInvalid("expression.arguments", str(broken)) from None
    _bound(tree)
    return tree


def _prepared(name: str, arguments: list[Tree]) -> list[Tree]:
    """The arguments as they are published: patterns made portable, the question of jr:choice-name by its bare name."""
    if name == "regex":
        if arguments[1][0] != "str":
            raise ExpressionInvalid("expression.pattern", "the pattern of regex() is written out in quotes")
        try:
            return [arguments[0], ["str", portable(arguments[1][1])]]
        except PatternInvalid as broken:
            raise ExpressionInvalid(
                "expression.pattern", say("regex(): {problem}", problem=sentence(str(broken)))
            ) from None
    if name == "selected" and arguments[1][0] == "str":
        return [arguments[0], ["str", arguments[1][1].strip(" ")]]
    if name == "jr:choice-name":
        kind, *rest = arguments[1]
        found = _QUOTED_REFERENCE.match(rest[0].strip()) if kind == "str" else None
        if kind != "ref" and not found:
            raise ExpressionInvalid("expression.arguments", "the second argument of jr:choice-name() is '${question}'")
        return [arguments[0], ["str", found[1] if found else rest[0]]]
    return arguments


def _arity(least: int, most: int) -> str:
    if least == most:
        return "1 argument" if least == 1 else say("{number} arguments", number=least)
    return (
        say("at least {least} arguments", least=least)
        if most == MANY
        else say("{least} to {most} arguments", least=least, most=most)
    )


def _first_column(tree: Tree) -> str | None:
    """The first bare name from the left."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node[0] == "col":
            return str(node[1])
        waiting.extend(part for part in reversed(node[1:]) if isinstance(part, list))
    return None


def _where(broken: UnexpectedInput, text: str) -> str:
    at = broken.pos_in_stream or 0
    if isinstance(broken, UnexpectedToken) and broken.token.type == "$END":
        return "the expression ends where something more must follow"
    return say(
        "at character {place}, near «{text}», something is missing or too much", place=at + 1, text=text[at : at + 20]
    )


def _bound(tree: Tree) -> None:
    """Small enough to evaluate on any phone without deep recursion."""
    level, depth, size = [tree], 0, 0
    while level:
        depth, size = depth + 1, size + len(level)
        level = [part for node in level for part in node[1:] if isinstance(part, list)]
    if depth > DEEPEST or size > LARGEST:
        raise ExpressionInvalid(
            "expression.too_large",
            say(
                "an expression has at most {largest} parts, nested at most {deepest} deep",
                largest=LARGEST,
                deepest=DEEPEST,
            ),
        )
