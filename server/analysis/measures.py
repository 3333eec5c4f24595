"""What an indicator measures of a person: a number, a score, or whether something holds; and the people among whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis

from schemas.expressions.evaluating import Condition, condition
from schemas.model import Expression, Indicator, ScaleItem, Survey
from server.analysis.bounds import Bounds, bounds_of, leaves_of
from server.analysis.counting import as_value
from server.analysis.lake import Responses
from server.analysis.relevance import refers_to, scope_of
from server.analysis.scales import TOP_TWO_METHOD, Scored, Sums, scored_of, with_score
from server.intake.lake_columns import column_name

SHARE, SCORE, NUMBER = "share", "score", "number"
NO_COLUMN = frozenset({"text", "note"})
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is averaged. Figures about the same measure have the same `key`; `names` are the questions it is made from."""

    key: str
    kind: str
    bounds: Bounds
    names: tuple[str, ...]
    number: str = ""
    scored: Scored | None = None
    holds: Expression | None = None

    @property
    def items(self) -> int:
        """Count the answers that a value is the mean of."""
        return len(self.scored.items) if self.scored else 1


@dataclass(frozen=True, slots=True)
class Group:
    """Some people: those of whom every condition holds, by their answers; or who gave one of some values of a column."""

    conditions: tuple[Expression, ...] = ()
    column: str = ""
    belongs: Callable[[str | None], bool] | None = None
    tests: tuple[Condition, ...] = field(init=False, compare=False, default=())

    def __post_init__(self) -> None:
        """Compile the conditions."""
        object.__setattr__(self, "tests", tuple(condition(each.tree) for each in self.conditions))

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns that have to be looked at."""
        return (self.column,) if self.column else refers_to(*self.conditions)

    def holds(self, survey: Survey, row: Row) -> bool:
        """Tell whether people with these values belong to it."""
        if self.belongs is not None:
            return self.belongs(row[self.column])
        scope = scope_of(survey, {name: row[name] for name in self.names})
        return all(test(scope) for test in self.tests)


def group_of(*conditions: Expression | None) -> Group:
    """Give those of whom all these conditions hold; a condition that is missing holds of everybody."""
    return Group(tuple(each for each in conditions if each is not None))


def measure_of(survey: Survey, indicator: Indicator) -> Measure | None:
    """Say what an indicator measures; None when that cannot be worked out from responses, or has no bounds."""
    if indicator.kind == "average" and indicator.average:
        bounds = bounds_of(survey, indicator.average)
        names = leaves_of(survey, indicator.average)
        return Measure(f"number/{indicator.average}", NUMBER, bounds, names, indicator.average) if bounds else None
    if indicator.kind == "share" and indicator.expression is not None:
        key, names = f"share/{indicator.expression.text}", refers_to(indicator.expression)
        return Measure(key, SHARE, Bounds(0.0, 1.0), names, holds=indicator.expression)
    scored = score_of(survey, indicator)
    return measure_of_score(scored) if scored else None


def measure_of_score(scored: Scored) -> Measure:
    """Say what a score measures."""
    names = tuple(item.question for item in scored.items)
    return Measure(scored.subject, SCORE, Bounds(0.0, 100.0), names, scored=scored)


def score_of(survey: Survey, indicator: Indicator) -> Scored | None:
    """Give the score that an indicator is the mean of: a scale's, or of two best answers."""
    if indicator.kind == "mean":
        return next((scored_of(scale) for scale in survey.scales if scale.name == indicator.scale), None)
    if indicator.kind == "top_two":
        items = tuple(ScaleItem(name) for name in indicator.items)
        return Scored(f"indicator/{indicator.name}", items, TOP_TWO_METHOD)
    return None


def can_be_seen(survey: Survey, names: Iterable[str]) -> bool:
    """Tell whether the lake holds all these; words of one's own are not in it."""
    return all(name not in survey.by_name or survey.by_name[name].type not in NO_COLUMN for name in names)


Line = tuple[Row, int, Sums]
"""Values that people have in common, the step at which they came, and the sums of what they measure."""


def lines_of(responses: Responses, survey: Survey, measure: Measure, names: Sequence[str]) -> list[Line]:
    """Add a measure up over the people who have some values in common."""
    wanted = list(dict.fromkeys([*names, *(refers_to(measure.holds) if measure.holds else ())]))
    if measure.scored is not None:
        responses, value = with_score(responses, survey, measure.scored)
    else:
        value = _number(responses.table, measure) if measure.number else None
    keys = {f"@{at}": as_value(responses.table, survey, column) for at, column in enumerate(wanted)}
    keys = keys or {"@": ibis.literal("")}
    people = ibis._.count()
    figures = {"n": people, "t": people, "s": people}  # of whom it holds, everybody counts as one
    if value is not None:
        figures = {"n": value.count(), "t": value.sum(), "s": (value * value).sum()}
    fulfils = condition(measure.holds.tree) if measure.holds else None
    found: list[Line] = []
    for raw in responses.rows(responses.counted(keys, figures)):
        values, step, (scored, total, squares) = responses.split(raw, len(keys))
        row = dict(zip(wanted, values, strict=False))
        if fulfils is not None and not fulfils(scope_of(survey, {name: row[name] for name in measure.names})):
            total = squares = 0.0
        found.append((row, step, _sums(int(scored), total, squares)))
    return found


def _sums(people: int, total: float | None, squares: float | None) -> Sums:
    sums = Sums()
    sums.add(people, total, squares)
    return sums


def _number(table: Any, measure: Measure) -> Any:
    """Read a number; one beyond its bounds, which no page can send, counts as the bound."""
    column = table[column_name(measure.number)]
    number = column.try_cast("float64") if column.type().is_string() else column.cast("float64")
    # as words, because DuckDB reads some numbers as decimals, which overflow
    least, most = (ibis.literal(repr(end)).cast("float64") for end in (measure.bounds.least, measure.bounds.most))
    within = ibis.cases((number < least, least), (number > most, most), else_=number)
    return ibis.cases((number.notnull() & ~number.isnan(), within))
