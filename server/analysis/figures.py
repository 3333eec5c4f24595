"""From a table as decided to cells: shares with intervals, means, top two. Uses shown counts only, so that nothing more is told."""

import math
from collections.abc import Sequence

import numpy as np

from server.analysis.coding import Coding
from server.analysis.headlines import NEAR, Scoring, known_of, scoring_of
from server.analysis.intervals import mean_interval, rounded_share, wilson
from server.analysis.policy import Policy
from server.analysis.release import ABSENT, MEAN, NOT_ASKED, TOP_TWO, UNANSWERED, WITHHELD, Cell, Column
from server.analysis.shown import Shown
from server.analysis.worlds import FREE

LEAST_SHARE_BOUND = 0.10
SCORED_COLUMNS = (Column(TOP_TWO), Column(MEAN))


def base_of(coding: Coding, table: Shown, group: int) -> int | None:
    """Give whom shares are of: those who answered, or everybody when who did not answer is withheld; None for no shares."""
    if table.withheld or not table.sizes:
        return None
    silent = [
        table.counts[at][group]
        for at, answer in enumerate(coding.answers)
        if answer in {(UNANSWERED,), (NOT_ASKED,)} and table.counts[at][group] is not None
    ]
    return table.sizes[group] - sum(count for count in silent if count is not None)


def cells_of(coding: Coding, table: Shown, group: int) -> tuple[Cell, ...]:
    """Give the cells of one group, answer by answer."""
    base = base_of(coding, table, group)
    most, least = table.bounds()
    cells = []
    for at, answer in enumerate(coding.answers):
        count = table.counts[at][group]
        bound = (int(most[at, group]), int(least[at, group]))
        if answer in {(UNANSWERED,), (NOT_ASKED,)}:
            cells.append(WITHHELD if count is None else _silent(count, table.sizes[group]))
        else:
            cells.append(_hidden(bound, base) if count is None else share_cell(count, base or 0))
    return tuple(cells)


def share_cell(count: int, base: int) -> Cell:
    """Make a cell of a count and its share, with the digits that the base supports."""
    if base <= 0:
        return Cell(count=count)
    low, high = wilson(count / base, base)
    return Cell(
        count, rounded_share(count / base, base), rounded_share(float(low), base), rounded_share(float(high), base)
    )


def scored_cells(coding: Coding, table: Shown, group: int, policy: Policy) -> tuple[Cell, Cell]:
    """Give the share of the two best answers and the mean score: exact where all answers on the scale are shown."""
    scoring = scoring_of(coding)
    if scoring is None:
        return ABSENT, ABSENT
    counts = [table.counts[at][group] for at in np.flatnonzero(scoring.on_scale)]
    if any(count is None for count in counts):
        return _coarse_cells(scoring, table, group, policy) if table.sizes else (WITHHELD, WITHHELD)
    people = np.array(counts, dtype=np.int64)
    best, values = (value[scoring.on_scale > 0] for value in scoring.values)
    n = int(people.sum())
    top = share_cell(int(best @ people), n) if n else ABSENT
    mean = _mean_cell(people, scoring.lowest + values * scoring.spread, n) if n >= policy.mean_base else WITHHELD
    return top, mean if n else ABSENT


def _coarse_cells(scoring: Scoring, table: Shown, group: int, policy: Policy) -> tuple[Cell, Cell]:
    """Make both cells of what is known of them; their intervals are as wide as the withheld counts could make them."""
    known = known_of(scoring, table, group)
    top, mean = known.brackets
    if top is None or known.least < policy.threshold:
        best = WITHHELD
    elif top[0] == top[1] and known.least == known.most:
        best = share_cell(round(top[0] * known.least), known.least)
    else:
        low, high = float(wilson(top[0], known.least).low), float(wilson(top[1], known.least).high)
        best = Cell(share=round(sum(top) / 2, 2), low=_down(low), high=_up(high), rounded=True)
    if mean is None or known.least < policy.mean_base:
        return best, WITHHELD
    low = max(0.0, float(mean_interval(mean[0], known.deviation, known.least).low))
    high = min(1.0, float(mean_interval(mean[1], known.deviation, known.least).high))
    value, low, high = (
        round(scoring.lowest + scoring.spread * part, 6) for part in (round(sum(mean) / 2, 2), _down(low), _up(high))
    )
    return best, Cell(value=value, low=low, high=high, rounded=True)


def _down(share: float) -> float:
    return math.floor(share * 100 + NEAR) / 100


def _up(share: float) -> float:
    return math.ceil(share * 100 - NEAR) / 100


def mean_cell(mean: float, deviation: float, n: int, *, grain: float, shown: int | None) -> Cell:
    """Make a cell of a mean with its interval, rounded to a grain."""
    low, high = mean_interval(mean, deviation, n)
    value, lowest, highest = (to_grain(float(number), grain) for number in (mean, low, high))
    return Cell(count=shown, value=value, low=lowest, high=highest)


def to_grain(value: float, grain: float) -> float:
    """Round to a multiple of the grain."""
    return round(round(value / grain) * grain, 6)


def _mean_cell(people: np.ndarray, scores: np.ndarray, n: int) -> Cell:
    mean = float((people * scores).sum() / n)
    deviation = float(np.sqrt((people * (scores - mean) ** 2).sum() / max(n - 1, 1)))
    spread = float(scores.max() - scores.min()) or 1.0
    grain = 10.0 ** math.floor(math.log10(spread / 100))
    return mean_cell(mean, deviation, n, grain=grain / 10 if n >= 200 else grain, shown=n)


def _silent(count: int, size: int) -> Cell:
    return Cell(count, rounded_share(count / size, size) if size else None)


def _hidden(bound: Sequence[int], base: int | None) -> Cell:
    """Make the cell of a withheld count: with a bound on its share, or with nothing."""
    most, least = bound
    if base is None or (most == FREE and least == FREE):
        return WITHHELD
    room = max(LEAST_SHARE_BOUND, float(np.ceil(100 * (most if most != FREE else base - least) / base)) / 100)
    if room >= 1:
        return WITHHELD
    if most != FREE:
        return Cell(mark="at_most", high=room)
    return Cell(mark="at_least", low=round(1 - room, 2))
