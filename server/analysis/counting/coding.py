"""From answers to numbers: Ibis expressions that say as which category of an item, or member of an axis, a person is counted.

Categories and members are numbers in their order, from 0. An answer that this version of the survey does not know is no answer.
"""

from collections.abc import Sequence
from typing import Any

import ibis

from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.analysis.counting.axes import BESIDE, SITE, UNIT, Axis
from server.analysis.counting.bands import bands_of, inner_ends
from server.analysis.counting.items import Item
from server.analysis.grouping.groups import Groups
from server.analysis.lake.people import WORKPLACE
from server.lake.columns import column_name

NUMBER = "float64"
NOTHING = -1
"""The number of an answer that nobody gave."""


def asked_column(question: str) -> str:
    """Name the column that says (1 or 0) whether a question was asked."""
    return f"@asked {question}"


def result_column(item: str) -> str:
    """Name the column of what came out for an indicator: as what one counts in a share, or (1 or 0) whether one is in a base."""
    return f"@result {item}"


def answer(table: Any, question: str) -> Any:
    """Give the column of a question."""
    return table[column_name(question)]


def given(table: Any, survey: Survey, item: Item) -> Any:
    """Give the number of somebody's answer to an item, by her own columns alone; negative or null where there is none."""
    if item.subject.startswith("indicator/"):
        return (_number(table, item) if item.silent else ibis.literal(NOTHING)).cast("int16")
    question = survey.by_name[item.subject]
    known = _place(table, question, item)
    if not item.silent:  # an option: whoever took others said no
        took_any = answer(table, question.name).length() > 0
        known = ibis.cases((known >= 0, known), (took_any, len(item.answers) - 1), else_=NOTHING)
    return known.cast("int16")


def category(answered: Any, table: Any, item: Item) -> Any:
    """Give the number of somebody's category of an item, from what `given` gave; `table` has the columns that its lookups name."""
    of_indicator = item.subject.startswith("indicator/")
    if of_indicator and not item.silent:
        return table[result_column(item.name)].cast("int16")
    silence = len(item.answers) - (0 if item.silent else 1)
    if not item.conditional:
        return ibis.cases((answered >= 0, answered), else_=silence).cast("int16")
    asked = table[result_column(item.name) if of_indicator else asked_column(item.subject)] == 1
    answers = (asked & (answered >= 0)) if of_indicator else answered >= 0
    return ibis.cases((answers, answered), (asked, silence), else_=silence + 1).cast("int16")


def member(table: Any, survey: Survey, axis: Axis) -> Any:
    """Give the number of somebody's member of an axis; who is none of the others is the last."""
    keys = [one.key for one in axis.members]
    if len(axis.columns) == 1:
        return _member(table, survey, axis, axis.columns[0], keys).cast("int32")
    (first, second), pairs = axis.columns, [key.partition(BESIDE) for key in keys]
    outer, inner = (list(dict.fromkeys(pair[part] for pair in pairs)) for part in (0, 2))
    place = _member(table, survey, axis, first, outer) * len(inner) + _member(table, survey, axis, second, inner)
    return place.cast("int32")


def group(table: Any, survey: Survey, axis: Axis, groups: Groups) -> Any:
    """Give 1 + the number of somebody's group of an axis; 0 for none."""
    of = {key: number for number, keys in enumerate(groups.members, 1) for key in keys}
    numbers = [of.get(one.key, 0) for one in axis.members]
    if len(groups.members) == len(numbers) and numbers == list(range(1, len(numbers) + 1)):
        return member(table, survey, axis) + 1
    return _listed(numbers, "int32")[member(table, survey, axis)]


def _number(table: Any, item: Item) -> Any:
    """Give the band of the number that an indicator averages; null where there is none."""
    column = answer(table, item.columns[0])
    value = column.try_cast(NUMBER) if column.type().is_string() else column
    return _band(value, inner_ends(item.answers))


def _place(table: Any, question: Question, item: Item) -> Any:
    """Give the number of somebody's answer, negative or null for none."""
    column, keys = answer(table, question.name), [one.key for one in item.answers]
    option, counting = item.name.partition("/")[2], kind_of(question).counting
    if counting == "options":
        if option:
            return ibis.cases((column.contains(option), 0), else_=-1)
        known = [one.name for one in question.choices]
        return ibis.cases((column.intersect(_listed(known, "string")).length() > 0, 0), else_=-1)
    if counting == "places":
        return _position(column, option) if option else _position(_listed(keys, "string"), column[0])
    if kind_of(question).entry == "day":
        return _years(column, inner_ends(item.answers))
    if column.type().is_floating():
        return _band(column, inner_ends(item.answers))
    return _position(_listed(keys, "string"), column)


def _member(table: Any, survey: Survey, axis: Axis, column: str, keys: Sequence[str]) -> Any:
    last = len(keys) - 1
    if column == UNIT:
        places = {key: at for at, key in enumerate(keys)}
        units = [places.get(unit, last) for unit in axis.unit_of.values()]
        site = _position(_listed(list(axis.unit_of), "string"), table[WORKPLACE])
        return ibis.cases((site >= 0, _listed(units, "int32")[site.cast("int32")]), else_=last)
    if column == SITE:
        known = _position(_listed(keys[:last], "string"), table[WORKPLACE])
    elif answer(table, column).type().is_floating():
        known = _band(answer(table, column), inner_ends(bands_of(survey.by_name[column])))
    else:
        known = _position(_listed(keys[:last], "string"), answer(table, column))
    return ibis.cases((known >= 0, known), else_=last)


def _listed(values: Sequence[Any], kind: str) -> Any:
    return ibis.array([ibis.literal(one, kind) for one in values])


def _position(values: Any, value: Any) -> Any:
    """Find a value in a list: a lookup that DuckDB does once for each word of a column's dictionary."""
    return values.index(value)


def _band(value: Any, ends: Sequence[float]) -> Any:
    """Count how many bands end at or below a number; null where there is none. Numbers outside of all bands stand in the outermost."""
    # as words, because DuckDB reads some numbers as decimals, which overflow
    reached = [(value >= ibis.literal(repr(float(end))).cast(NUMBER)).cast("int32") for end in ends]
    return ibis.cases((value.notnull() & ~value.isnan(), _added(reached)))


def _years(day: Any, ends: Sequence[float]) -> Any:
    """Do the same for the years of ISO days, which stand in the order of their letters."""
    reached = [(day >= f"{int(end):04}").cast("int32") for end in ends]
    return ibis.cases((day.notnull() & (day != ""), _added(reached)))


def _added(columns: Sequence[Any]) -> Any:
    total: Any = ibis.literal(0, "int32")
    for column in columns:
        total = total + column
    return total
