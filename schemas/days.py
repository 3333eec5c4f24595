"""The day of a response and what hangs on it: a campaign may record the week or the month only, while the page knows the day itself.

What holds on some day of the recorded period is accepted, so that nobody's honest answer is turned away. What is worked out from
the day must then come to the same on all of them; a survey of which that is not so is asked with exact days only.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schemas.expressions import references
from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.values import is_empty
from schemas.model import Question, Survey, Tree
from schemas.parts import expressions

UNITS = ("day", "week", "month")
_OF_ONE_PERSON = frozenset({"ref", "self", "col"})
_OF_ONE_DRAW = frozenset({"random", "once", "jr:choice-name"})


def first_day(day: date, unit: str) -> date:
    """The day itself, or the first of its week or month."""
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), (day - date.min).days))
    return day.replace(day=1) if unit == "month" else day


def days_of(day: date, unit: str) -> Iterator[date]:
    """The days of the period in which a day lies, in their order."""
    here = first_day(day, unit)
    while first_day(here, unit) == first_day(day, unit):
        yield here
        if here == date.max:
            return
        here += timedelta(days=1)


def hangs_on_the_day(survey: Survey) -> bool:
    """Whether any answer is judged, or anything worked out, by the day on which it was given."""
    return any(references.calls(expression, "today") for _, _, expression in expressions(survey))


def of_exact_days(survey: Survey, unit: str, opens: date, closes: date) -> list[str]:
    """The calculations that come to another value on another day of one week or month between the two days."""
    if unit == "day":
        return []
    periods = _periods(unit, opens, closes)
    return [
        question.name for question in survey.questions if question.calculation and _turns(question, survey, periods)
    ]


def _periods(unit: str, opens: date, closes: date) -> list[list[date]]:
    found: dict[date, list[date]] = {}
    for number in range((closes - opens).days + 1):
        day = opens + timedelta(days=number)
        found.setdefault(first_day(day, unit), []).append(day)
    return list(found.values())


def _turns(question: Question, survey: Survey, periods: Sequence[Sequence[date]]) -> bool:
    section = survey.section_of(question.name)
    used = [one.tree for one in (question.calculation, question.relevant, section.relevant) if one]
    return any(
        len({_comparable(part, day) for day in period}) > 1
        for tree in used
        for part in _parts_of_the_day(tree)
        for period in periods
    )


def _comparable(tree: Tree, day: date) -> object:
    value = evaluate(tree, Scope(today=day.isoformat()))
    return "" if is_empty(value) else (type(value), value)


def _parts_of_the_day(tree: Tree) -> Iterator[Tree]:
    """The largest parts of an expression that speak of the day and of nothing else that may change."""
    nodes = list(references.nodes(tree))
    if not any(node[:2] == ["call", "today"] for node in nodes):
        return
    if not any(node[0] in _OF_ONE_PERSON or (node[0] == "call" and node[1] in _OF_ONE_DRAW) for node in nodes):
        yield tree
        return
    for part in tree[1:]:
        if isinstance(part, list):
            yield from _parts_of_the_day(part)
