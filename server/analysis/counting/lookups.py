"""What only the survey's own evaluator can tell of people: whether they were asked, and what holds of them.

It is asked once for each distinct combination of the answers that decide it; the answers then join the table of people as columns.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from schemas.expressions.evaluating import Scope, condition
from schemas.model import Expression, Indicator, Survey
from server.analysis.counting.coding import NUMBER, answer, asked_column, result_column
from server.analysis.counting.items import Item
from server.analysis.counting.listing import indicator_leaves
from server.analysis.counting.relevance import NO_DAY, Asked, refers_to
from server.analysis.lake.people import People

NO_NUMBER = -1.5e300  # stands for an absent number where columns are compared; no answer is as low
FULFILS, FAILS, OUTSIDE = 0, 1, 2
KEY, RESULT_KEY = "@key of ", "@result of "
"""How the names of columns begin that people and lookups are joined by."""
Telling = Callable[[Scope], int]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Columns that depend on the answers to the same questions."""

    questions: tuple[str, ...]
    columns: Mapping[str, Telling]


def lookups_of(survey: Survey, asked: Asked, items: Sequence[Item]) -> tuple[Lookup, ...]:
    """Say which columns some items need, put together by the questions that decide them."""
    found: dict[tuple[str, ...], dict[str, Telling]] = {}
    indicators = {f"indicator/{one.name}": one for one in survey.indicators}
    for item in items:
        if item.subject in indicators:
            questions, tell = _of_indicator(survey, asked, item, indicators[item.subject])
            if tell is not None:
                found.setdefault(questions, {})[result_column(item.name)] = tell
        elif item.conditional:
            name = item.subject
            found.setdefault(asked.references_of(name), {})[asked_column(name)] = _asks(asked, name)
    return tuple(Lookup(questions, columns) for questions, columns in found.items())


def keys_of(table: Any, lookups: Sequence[Lookup]) -> dict[str, Any]:
    """Give the answers that decide as columns that can be compared, by names that no question has."""
    return {name: key for at, lookup in enumerate(lookups) for name, key in _keys(table, at, lookup).items()}


@contextmanager
def joined(people: People, lookups: Sequence[Lookup], table: Any) -> Iterator[Any]:
    """Give a table of people that has the columns of `keys_of` some lookups with the columns of those beside the others."""
    beside = table
    with ExitStack() as open_tables:
        for at, lookup in enumerate(lookups):
            if not lookup.questions:  # the same of everybody
                nothing = Scope(today=NO_DAY)
                same_for_all = {name: ibis.literal(tell(nothing), "int16") for name, tell in lookup.columns.items()}
                table, beside = table.mutate(**same_for_all), beside.mutate(**same_for_all)
                continue
            keys, names = _names(KEY, at, lookup), _names(RESULT_KEY, at, lookup)
            distinct = people.columns(people.table.select(**_keys(people.table, at, lookup)).distinct())
            lookup_table = _results(lookup, distinct).rename_columns([*names, *lookup.columns])
            ours = open_tables.enter_context(people.engine.table(lookup_table))
            # One join after another without anything between them: Ibis writes those as one statement, which stays short.
            beside = beside.join(ours, [beside[one] == ours[other] for one, other in zip(keys, names, strict=True)])
        yield beside


def _of_indicator(
    survey: Survey, asked: Asked, item: Item, indicator: Indicator
) -> tuple[tuple[str, ...], Telling | None]:
    leaves = indicator_leaves(survey, indicator)
    unasked = leaves if leaves and all(asked.is_conditional(name) for name in leaves) else ()
    needed = {name for leaf in unasked for name in asked.references_of(leaf)} | set(refers_to(indicator.base))
    among = _among(asked, unasked, indicator.base)
    if item.silent:
        return tuple(sorted(needed)), (lambda scope: int(among(scope))) if item.conditional else None
    holds = condition(indicator.expression.tree) if indicator.expression else among
    questions = tuple(sorted(needed | set(refers_to(indicator.expression))))
    return questions, lambda scope: (FULFILS if holds(scope) else FAILS) if among(scope) else OUTSIDE


def _among(asked: Asked, leaves: Sequence[str], base: Expression | None) -> Callable[[Scope], bool]:
    belongs = condition(base.tree) if base is not None else None

    def among(scope: Scope) -> bool:
        if leaves and not any(asked.holds(leaf, scope) for leaf in leaves):
            return False
        return belongs is None or belongs(scope)

    return among


def _asks(asked: Asked, question: str) -> Telling:
    return lambda scope: int(asked.holds(question, scope))


def _keys(table: Any, at: int, lookup: Lookup) -> dict[str, Any]:
    names = _names(KEY, at, lookup)
    return {name: _key(answer(table, one)) for name, one in zip(names, lookup.questions, strict=True)}


def _names(begin: str, at: int, lookup: Lookup) -> list[str]:
    return [f"{begin}{at}.{number}" for number in range(len(lookup.questions))]


def _key(column: Any) -> Any:
    """Give answers as a column that can be compared: nothing is null or NaN, several choices stand in one text."""
    if column.type().is_array():
        return column.join(" ").fill_null("")
    if column.type().is_floating():
        nothing = ibis.literal(repr(NO_NUMBER)).cast(NUMBER)
        return ibis.cases((column.notnull() & ~column.isnan(), column), else_=nothing)
    return column.fill_null("")


def _results(lookup: Lookup, distinct: pa.Table) -> pa.Table:
    """Ask the evaluator about each combination."""
    columns = [column.to_pylist() for column in distinct.columns]
    results = np.empty((len(lookup.columns), distinct.num_rows), dtype=np.int16)
    for at, values in enumerate(zip(*columns, strict=True)):
        scope = Scope(today=NO_DAY, values=_given(lookup.questions, values))
        for row, tell in enumerate(lookup.columns.values()):
            results[row, at] = tell(scope)
    return pa.Table.from_arrays(
        [*distinct.columns, *(pa.array(row) for row in results)], [*lookup.questions, *lookup.columns]
    )


def _given(questions: Sequence[str], values: Sequence[str | float]) -> dict[str, str | float]:
    return {
        name: value
        for name, value in zip(questions, values, strict=True)
        if value != "" and not (isinstance(value, float) and (math.isnan(value) or value == NO_NUMBER))
    }
