"""How much work an expression is on the worst answers, so that no survey makes a cheap phone wait.

The unit is about what the page needs to look at one small part of a tree: a tenth of a microsecond on a desktop, and six
times that on a phone. Work grows with the length of the texts that functions look through, and with the ways in which a
pattern may try to match; both are known before anybody answers.
"""

from collections.abc import Callable, Iterator, Mapping

from schemas.expressions.patterns import ways
from schemas.findings import Finding, error
from schemas.kinds.domains import InOrder, OneOf, SomeOf, Words
from schemas.model import Question, Survey, Tree
from schemas.ordering import in_order
from schemas.parts import expressions
from schemas.questions import kind_of
from schemas.words import say

LONGEST_TEXT = 2_000
MOST_STEPS = 110_000
MOST_SURVEY_STEPS = 250_000

_NUMBER_LENGTH = 24
_READ_A_STEP = 64  # characters of a text that is compared or read as a number
_TAKEN_APART_A_STEP = 12  # characters of a text that is cut, counted or put together
_TRIES_A_STEP = 25
_COMPARISONS_A_STEP = 500
_LABEL_LENGTHS = 20  # a choice's label against its name

Lengths = Callable[[str], int]


def any_length(_: str) -> int:
    """For an expression whose survey is not known: each answer may be the longest text."""
    return LONGEST_TEXT


def steps(tree: Tree, length_of: Lengths = any_length, own_length: int = LONGEST_TEXT) -> int:
    """The work of evaluating the tree once, whatever was answered; lengths are those that answers may have."""
    return _weighed(tree, length_of, own_length)[0]


def expression_cost(survey: Survey) -> int:
    """The work of evaluating once every expression that the page evaluates; a choice_filter counts for each choice."""
    return sum(work for _, work in _works(survey))


def the_page_stays_quick(survey: Survey) -> Iterator[Finding]:
    """The page may have to evaluate everything after one tap."""
    total = expression_cost(survey)
    if total > MOST_SURVEY_STEPS:
        heaviest = max(_works(survey), key=lambda part: part[1])[0]
        message = say(
            "all expressions together are {total:,} steps of work where {most:,} are the most that a phone does "
            "between two taps; the heaviest stands at {heaviest}",
            total=total,
            most=MOST_SURVEY_STEPS,
            heaviest=heaviest,
        )
        yield error("survey.too_slow", "", message)


def _works(survey: Survey) -> Iterator[tuple[str, int]]:
    lengths = _lengths(survey)
    for where, key, expression in expressions(survey):
        if where.startswith("indicator "):
            continue
        question = survey.by_name.get(where.partition("question ")[2].partition(" /")[0])
        own = lengths[question.name] if question else 0
        times = len(question.choices) if question and key == "choice_filter" else 1
        yield where, times * steps(expression.tree, lambda name: lengths.get(name, 0), own)


def _lengths(survey: Survey) -> dict[str, int]:
    """How long each value can be. A calculation's text may hold others twice, and those again others: it doubles at each step."""
    lengths: dict[str, int] = {}
    for question in in_order(survey):
        if question.calculation:
            tree = question.calculation.tree
            lengths[question.name] = _weighed(tree, lambda name: lengths.get(name, 0), LONGEST_TEXT)[1]
        else:
            lengths[question.name] = _longest_value(question)
    return lengths


def _longest_value(question: Question) -> int:
    """How many signs an answer may have, as expressions see it; a number or a day has few."""
    domain = kind_of(question).domain
    match domain(question) if domain else None:
        case SomeOf(names) | InOrder(names):
            return sum(map(len, names)) + len(names)
        case OneOf(names):
            return max(map(len, names), default=0)
        case Words(longest):
            return longest
        case _:
            return _NUMBER_LENGTH


def _weighed(tree: Tree, length_of: Lengths, own: int) -> tuple[int, int]:
    """The work, and the length of the longest value, of the tree; depth is bounded at parsing."""
    head = tree[0]
    if head in ("num", "str", "ref", "self", "col"):
        return 1, _leaf_length(tree, length_of, own)
    parts = [_weighed(part, length_of, own) for part in tree[1:] if isinstance(part, list)]
    work = 1 + sum(part[0] for part in parts)
    lengths = [part[1] for part in parts]
    if head != "call":
        return work + sum(lengths) // _READ_A_STEP, _NUMBER_LENGTH
    name = str(tree[1])
    taken_apart = sum(lengths) // _TAKEN_APART_A_STEP
    return work + taken_apart + _searching(name, tree, lengths), _RESULTS.get(name, _short)(lengths, own)


def _leaf_length(tree: Tree, length_of: Lengths, own: int) -> int:
    if tree[0] == "str":
        return len(tree[1])
    if tree[0] == "ref":
        return length_of(tree[1])
    return own if tree[0] == "self" else _NUMBER_LENGTH if tree[0] == "num" else 200


def _searching(name: str, tree: Tree, lengths: list[int]) -> int:
    if name == "regex":
        return ways(tree[3][1]) // _TRIES_A_STEP
    return lengths[0] * lengths[1] // _COMPARISONS_A_STEP if name == "contains" else 0


def _short(_: list[int], __: int) -> int:
    return _NUMBER_LENGTH


_RESULTS: Mapping[str, Callable[[list[int], int], int]] = {
    "concat": lambda lengths, _: sum(lengths),
    "if": lambda lengths, _: max(lengths[1:]),
    "coalesce": lambda lengths, _: max(lengths),
    "once": lambda lengths, own: max(own, *lengths),
    "string": lambda lengths, _: lengths[0],
    "substr": lambda lengths, _: lengths[0],
    "selected-at": lambda lengths, _: lengths[0],
    "format-date": lambda lengths, _: 2 * lengths[1],
    "jr:choice-name": lambda lengths, _: _LABEL_LENGTHS * lengths[0],
}
