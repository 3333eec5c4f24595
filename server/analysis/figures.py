"""From a table as decided to cells: shares with intervals, means, top two. Uses shown counts only, so that nothing more is told."""

from collections.abc import Sequence

import numpy as np

from server.analysis.coding import Coding
from server.analysis.intervals import mean_interval, rounded_share, wilson
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


def scored_cells(coding: Coding, table: Shown, group: int, least: int) -> tuple[Cell, Cell]:
    """Give the share of the two best answers and the mean score, when all answers on the scale are shown."""
    choices = coding.question.choices
    on_scale = [at for at, choice in enumerate(choices) if choice.score is not None and not choice.off_scale]
    if len(on_scale) < 2 or coding.overlapping or coding.axis is not None:
        return ABSENT, ABSENT
    counts = [table.counts[at][group] for at in on_scale]
    if any(count is None for count in counts):
        return WITHHELD, WITHHELD
    people = np.array(counts, dtype=np.int64)
    scores = np.array([choices[at].score for at in on_scale], dtype=float)
    n = int(people.sum())
    top = np.argsort(-scores, kind="stable")[:2]
    best = share_cell(int(people[top].sum()), n) if n else ABSENT
    return best, _mean_cell(people, scores, n) if n >= least else WITHHELD if n else ABSENT


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
    return mean_cell(mean, deviation, n, grain=spread / 1000 if n >= 200 else spread / 100, shown=n)


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
