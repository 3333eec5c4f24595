"""Counting in plain Python, person by person, from what the language says of a response: what the engine's counts must equal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas.answers import computed, rules_of
from schemas.expressions.evaluating import Scope, evaluate
from schemas.expressions.values import to_boolean
from schemas.model import Indicator, Question, Survey
from server.analysis.counting.axes import SITE, UNIT, Axis
from server.analysis.counting.bands import bands_of
from server.analysis.counting.items import NOT_ASKED, UNANSWERED, YES, Answer, Item
from server.analysis.counting.listing import indicator_leaves
from server.lake.columns import Columns
from tests.support.lake import rows_of

TODAY = date(1970, 1, 1)


@dataclass(frozen=True)
class Person:
    """Somebody's workplace, cohort and accepted answers, with what was not asked of her."""

    site: str
    cohort: int
    answers: Mapping[str, Any]
    values: Mapping[str, Any]
    unasked: frozenset[str]


def person(survey: Survey, answers: Mapping[str, Any], site: str = "may-10", cohort: int = 1) -> Person:
    """Somebody as the server would keep her: without answers that it refuses."""
    reading = rules_of(survey).reading(answers, TODAY)
    kept = {name: answer for name, answer in answers.items() if name in reading.values}
    worked_out = computed(survey, kept, today=TODAY)
    return Person(site, cohort, {**kept, **worked_out}, dict(reading.values), frozenset(reading.irrelevant))


def written(folder: Path, survey: Survey, people: Sequence[Person]) -> dict[int, list[str]]:
    """The lake of these people: two parts for each cohort that has two people or more."""
    found: dict[int, list[str]] = {}
    for cohort in sorted({one.cohort for one in people}):
        inside = [one for one in people if one.cohort == cohort]
        for at, half in enumerate((inside[::2], inside[1::2])):
            if half:
                path = folder / f"part-{cohort}-{at}.parquet"
                rows = rows_of([one.answers for one in half], [one.site for one in half])
                pq.write_table(Columns(survey).table(rows), path)
                found.setdefault(cohort, []).append(str(path))
    return found


def category_of(survey: Survey, item: Item, one: Person) -> str:
    """As what somebody is counted in an item."""
    indicators = {f"indicator/{each.name}": each for each in survey.indicators}
    if item.subject in indicators:
        return _of_indicator(survey, item, indicators[item.subject], one)
    answer = one.answers.get(item.subject)
    option = item.name.partition("/")[2]
    if answer in (None, "", []):
        if item.conditional and item.subject in one.unasked:
            return NOT_ASKED
        return UNANSWERED if item.silent else "@no"
    return _answered(survey.by_name[item.subject], item, option, answer)


def member_of(survey: Survey, axis: Axis, one: Person) -> str:
    """The key of somebody's member of an axis."""
    parts = [_single_member(survey, axis, column, one) for column in axis.columns]
    return "/".join(parts)


def tally(people: Sequence[Person], *readers: Any) -> Counter[tuple[Any, ...]]:
    """How many people have the same of several things, each a function of a person."""
    return Counter(tuple(tell(one) for tell in readers) for one in people)


def _answered(question: Question, item: Item, option: str, answer: Any) -> str:
    if question.type == "select_multiple":
        return YES if not option or option in answer else "@no"
    if question.type == "rank":
        return str(answer.index(option) + 1) if option in answer else UNANSWERED if option else answer[0]
    if question.type == "date":
        return _band(item.answers, int(answer[:4]))
    return _band(item.answers, answer) if item.answers[0].key.count("..") else answer


def _band(bands: Sequence[Answer], number: float) -> str:
    reached = [band.key for band in bands[1:] if number >= band.low]
    return reached[-1] if reached else bands[0].key


def _of_indicator(survey: Survey, item: Item, indicator: Indicator, one: Person) -> str:
    scope = Scope(today=TODAY.isoformat(), values=one.values)
    leaves = indicator_leaves(survey, indicator)
    outside = indicator.base is not None and not to_boolean(evaluate(indicator.base.tree, scope))
    if item.conditional and (outside or (leaves and set(leaves) <= one.unasked)):
        return NOT_ASKED
    if indicator.expression is not None:
        return YES if to_boolean(evaluate(indicator.expression.tree, scope)) else "@no"
    number = one.answers.get(str(indicator.average))
    return UNANSWERED if number is None else _band(item.answers, number)


def _single_member(survey: Survey, axis: Axis, column: str, one: Person) -> str:
    keys = {key for member in axis.members for key in (member.key, *member.key.split("/"))}
    if column in (SITE, UNIT):
        place = axis.unit_of.get(one.site, "") if column == UNIT else one.site
        return place if place in keys else UNANSWERED
    answer = one.answers.get(column)
    if answer is None:
        return UNANSWERED
    question = survey.by_name[column]
    return _band(bands_of(question), answer) if question.dimension and question.dimension.bands else answer
