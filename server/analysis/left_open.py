"""What the shown counts of one question leave open of a share: a bracket that anybody could work out, so it tells nothing."""

from dataclasses import dataclass

import numpy as np

from schemas.expressions.evaluating import condition
from schemas.model import Indicator, Survey
from server.analysis.release import NOT_ASKED, UNANSWERED
from server.analysis.relevance import scope_of
from server.analysis.shown import Shown


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The least and the most that a share can be, and the fewest people that it can be a share of."""

    low: float
    high: float
    base: int


def share_left_open(survey: Survey, indicator: Indicator, name: str, table: Shown) -> LeftOpen | None:
    """Give what a table leaves open of a share among those who gave some answers to its question; None for nothing.

    The people who are not shown may all have given any one of the withheld answers; nothing lies beyond these corners.
    """
    if indicator.expression is None or table.withheld or table.overlapping or len(table.groups) != 1:
        return None
    fulfils = condition(indicator.expression.tree)
    belongs = condition(indicator.base.tree) if indicator.base else None
    inside, holds = [], []
    for answer in table.answers:
        value = None if answer in {(UNANSWERED,), (NOT_ASKED,)} else answer[0]
        scope = scope_of(survey, {name: value})
        inside.append(belongs is None or belongs(scope))
        holds.append(inside[-1] and fulfils(scope))
    shown = table.shown[:, 0]
    counts = np.array([row[0] or 0 for row in table.counts], dtype=np.int64)
    rest = (table.sizes[0] - int(counts.sum())) if table.sizes else 0
    corners = []
    for at in [None] if shown.all() else np.flatnonzero(~shown):
        people = counts.copy()
        if at is not None:
            people[at] += rest
        base = int(people[np.array(inside)].sum())
        if not base:
            return None
        corners.append((int(people[np.array(holds)].sum()) / base, base))
    shares = [share for share, _ in corners]
    return LeftOpen(min(shares), max(shares), min(base for _, base in corners))
