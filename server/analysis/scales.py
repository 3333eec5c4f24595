"""Scores of scales: each item from 0 to 1 in the scale's direction, a person's score 100 x the mean of what she answered.

A person with fewer than three quarters of the items answered has no score. In a quiz "don't know" is an answer worth nothing and
is reported apart from a wrong one; "prefer not to answer" is no answer. Items are reversed here only, never in what is stored.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from schemas.model import Question, Scale, ScaleItem, Survey
from server.analysis.counting import as_value
from server.analysis.lake import Responses
from server.analysis.policy import Policy
from server.analysis.release import UNANSWERED
from server.intake.lake_columns import column_name

ANSWERED_SHARE = 0.75
TOP_TWO_METHOD = "top_two"
DONT_KNOW = frozenset({"dk", "dont_know"})
GRAINS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Scored:
    """Items that are read as one score; `method` says what an answer is worth. `subject` names it in the ledger."""

    subject: str
    items: tuple[ScaleItem, ...]
    method: str


def scored_of(scale: Scale) -> Scored:
    """Read a survey's scale."""
    return Scored(f"scale/{scale.name}", scale.items, scale.score)


@dataclass(slots=True)
class Sums:
    """How many people have a score, and the sums from which mean and deviation come."""

    scored: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, scored: int, total: float | None, squares: float | None) -> None:
        """Add the sums of some people."""
        self.scored += scored
        self.total += total or 0.0
        self.squares += squares or 0.0

    @property
    def mean(self) -> float:
        """Give the mean score."""
        return self.total / self.scored if self.scored else math.nan

    @property
    def deviation(self) -> float:
        """Give the standard deviation of the sample."""
        if self.scored < 2:
            return math.nan
        return math.sqrt(max(0.0, (self.squares - self.total**2 / self.scored) / (self.scored - 1)))


def worth(question: Question, item: ScaleItem, method: str) -> dict[str, float]:
    """Say what each answer to an item is worth, from 0 to 1; answers that are missing from it count as not answered."""
    on_scale = [choice for choice in question.choices if not choice.off_scale]
    if method == "percent_correct":
        return {choice.name: float(choice.name == question.correct) for choice in on_scale}
    scores = {choice.name: choice.score for choice in on_scale if choice.score is not None}
    if method == TOP_TWO_METHOD:
        best = sorted(scores, key=lambda name: -scores[name])[:2]
        return {name: float(name in best) for name in scores}
    if len(set(scores.values())) < 2:
        return {}
    lowest, highest = min(scores.values()), max(scores.values())
    values = {name: (score - lowest) / (highest - lowest) for name, score in scores.items()}
    return {name: 1 - value for name, value in values.items()} if item.reversed else values


def sums_of(
    responses: Responses, survey: Survey, scales: Sequence[Scored], by: str | None = None
) -> dict[str, dict[tuple[str, int], Sums]]:
    """Add scores up, for all scales in one query, by the raw value of a column and the step."""
    scored = responses.with_columns(_worths(responses.table, survey, scales))
    keys = {"value": ibis.literal("") if by is None else as_value(scored.table, survey, by)}
    wanted: dict[str, Any] = {}
    for at, scale in enumerate(scales):
        score = _score(scored.table, scale)
        wanted |= {f"n{at}": score.count(), f"t{at}": score.sum(), f"s{at}": (score * score).sum()}
    found: dict[str, dict[tuple[str, int], Sums]] = {scale.subject: {} for scale in scales}
    for row in scored.rows(scored.counted(keys, wanted)):
        (value,), step, figures = scored.split(row, 1)
        for at, scale in enumerate(scales):
            sums = found[scale.subject].setdefault((UNANSWERED if value is None else value, step), Sums())
            sums.add(*figures[3 * at : 3 * at + 3])
    return found


def with_score(responses: Responses, survey: Survey, scale: Scored) -> tuple[Responses, Any]:
    """Give the responses and, as a column of theirs, each person's score."""
    scored = responses.with_columns(_worths(responses.table, survey, [scale]))
    return scored, _score(scored.table, scale)


def grain_of(scored: int, items: int, policy: Policy, *, guarded: bool) -> float:
    """Say how coarsely a mean from 0 to 100 is rounded.

    `guarded`: some count of an item is withheld. Then the rounding alone leaves room for a threshold of people to have answered
    one item from one end of its scale to the other, so that a mean does not tell what the item's table withholds.
    """
    supported = 0.1 if scored >= 200 else 1.0
    if not guarded:
        return supported
    room = 100 * policy.threshold / (scored * items)
    return next(
        (grain for grain in GRAINS if grain >= max(room, supported)), GRAINS[-1] if room <= GRAINS[-1] else 10.0
    )


def _worths(table: Any, survey: Survey, scales: Sequence[Scored]) -> dict[str, Any]:
    """Make one column for each item in each direction, however many scales it is in."""
    columns: dict[str, Any] = {}
    for scale in scales:
        for item in scale.items:
            name = _worth_column(item, scale.method)
            if name in columns:
                continue
            question = survey.by_name[item.question]
            answer = table[column_name(question.name)].cast("string")
            values = worth(question, item, scale.method).items()
            # as words, because DuckDB reads the number 0.3333333333333333 as a decimal, which overflows
            columns[name] = ibis.cases(
                (ibis.literal(False), ibis.literal("0.0").cast("float64")),
                *[(answer == choice, ibis.literal(repr(value)).cast("float64")) for choice, value in values],
            )
    return columns


def _worth_column(item: ScaleItem, method: str) -> str:
    return f"@{method}{'-' if item.reversed else '+'}{item.question}"


def _score(table: Any, scale: Scored) -> Any:
    worths = [table[_worth_column(item, scale.method)] for item in scale.items]
    answered = _added([value.notnull().cast("int64") for value in worths])
    total = _added([value.fill_null(0.0) for value in worths])
    needed = math.ceil(ANSWERED_SHARE * len(worths))
    return ibis.cases((answered >= needed, 100.0 * total / answered))


def _added(columns: Sequence[Any]) -> Any:
    total = columns[0]
    for column in columns[1:]:
        total = total + column
    return total
