"""The two figures that people look for first in a Likert item: the share of the two best answers, and the mean score.

Where a count that they are made from is withheld they stay, less exact. What the shown counts leave open is a bracket that anybody
could work out, so it tells nothing. Where that bracket is wide, the true figure may be rounded to a grain, if the gate proves that
it gives no withheld count away. Figures are fractions here: of the people on the scale, or of the way from its lowest score.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schemas.model import Question
from server.analysis.coding import Coding
from server.analysis.shown import Figures, Shown
from server.analysis.worlds import Counts, Floats, Mask, Sum

GRAINS = (0.01, 0.02, 0.05, 0.1)
WIDEST = GRAINS[-1]  # ± 5 points: beyond that a figure is of no use
CLEAR = 0.05  # a bracket as narrow as this needs no better figure
ROOM = 5  # people who could move between two answers within one printed figure, at least
NEAR = 1e-9
EDGE = 1e-4  # people: a figure at the upper edge of its grain would have been rounded up
TOP, MEAN = "top_two", "mean"
Bracket = tuple[float, float]
Grains = tuple[float | None, float | None]
"""How coarsely top two and mean are rounded in one group; None: not given out."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What each answer of a coding counts for: being on the scale, being one of the best two, its score from 0 to 1."""

    on_scale: Floats
    values: tuple[Floats, Floats]
    lowest: float
    spread: float

    def figures(self, people: Counts) -> tuple[float, float] | None:
        """Give both figures of some people; None when nobody is on the scale."""
        n = float(self.on_scale @ people)
        if not n:
            return None
        top, score = (float(value @ people) / n for value in self.values)
        return top, score


@dataclass(frozen=True, slots=True)
class Known:
    """What anybody knows of a group: brackets of both figures, the least and most people on the scale, the widest deviation."""

    brackets: tuple[Bracket | None, Bracket | None]
    least: int
    most: int
    deviation: float


def scored_question(question: Question) -> bool:
    """Tell whether a question's choices form a scale of agreement."""
    on_scale = [choice for choice in question.choices if choice.score is not None and not choice.off_scale]
    return question.type == "select_one" and len(on_scale) >= 3 and question.dimension is None


def scoring_of(coding: Coding) -> Scoring | None:
    """Read the scores of a Likert item; None for any other question."""
    if not scored_question(coding.question):
        return None
    scores = {
        choice.name: choice.score
        for choice in coding.question.choices
        if choice.score is not None and not choice.off_scale
    }
    best = sorted(scores, key=lambda name: -scores[name])[:2]
    lowest = min(scores.values())
    spread = max(scores.values()) - lowest or 1.0
    names = [answer[0] for answer in coding.answers]
    return Scoring(
        np.array([float(name in scores) for name in names]),
        (
            np.array([float(name in best) for name in names]),
            np.array([(scores[name] - lowest) / spread if name in scores else 0.0 for name in names]),
        ),
        lowest,
        spread,
    )


def left_open(scoring: Scoring, counts: Counts, hidden: Mask, size: int) -> tuple[Bracket, Bracket] | None:
    """Give the least and the most that both figures can be, for all that the shown counts tell.

    The people who are not shown may all have given any one of the withheld answers; nothing lies beyond these corners.
    """
    shown = np.where(hidden, 0, counts)
    rest = size - int(shown.sum())
    corners = []
    for at in np.flatnonzero(hidden):
        people = shown.copy()
        people[at] = rest
        corners.append(scoring.figures(people))
    found = [corner for corner in corners if corner is not None]
    if len(found) < len(corners) or not found:
        return None
    low, high = np.min(found, axis=0), np.max(found, axis=0)
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


def attempts(brackets: tuple[Bracket, Bracket], base: int) -> list[Grains]:
    """List the grains to try in a group, finest first; they depend on printed numbers only, until one fails the proof."""
    widths = [high - low for low, high in brackets]
    if max(widths) <= CLEAR:
        return []
    grains = [grain for grain in GRAINS if grain * base >= ROOM]
    found: list[Grains] = []
    for grain in [*grains[:1], *grains[1:][-1:]]:
        top, mean = (grain if width > max(grain, CLEAR) else None for width in widths)
        found.append((top, mean))
    if found and None not in found[-1]:
        found.append((found[-1][0], None))
    return list(dict.fromkeys(pair for pair in found if pair != (None, None)))


def rounded(scoring: Scoring, counts: Counts, grains: Grains) -> Figures:
    """Round the true figures of a group to brackets; what the ledger remembers of them."""
    true = scoring.figures(counts)
    found: dict[str, float | int | str | None] = {}
    for name, grain, value in zip((TOP, MEAN), grains, true or (0.0, 0.0), strict=True):
        if grain is not None and true is not None:
            place = np.floor(value / grain + 0.5 + NEAR)
            found |= {f"{name}_low": round((place - 0.5) * grain, 6), f"{name}_high": round((place + 0.5) * grain, 6)}
    return found


def sums_of(scoring: Scoring, figures: Sequence[Figures]) -> tuple[Sum, ...]:
    """Write rounded figures as inequalities: low times the people on the scale <= what they add up to <= high times them."""
    found = []
    for group, printed in enumerate(figures):
        for name, value in zip((TOP, MEAN), scoring.values, strict=True):
            bracket = _bracket(printed, name)
            if bracket is not None:
                low, high = bracket
                found.append(Sum(group, low * scoring.on_scale - value, 0.0))
                found.append(Sum(group, value - high * scoring.on_scale, -EDGE))
    return tuple(found)


def known_of(scoring: Scoring, table: Shown, group: int) -> Known:
    """Gather what a table tells of a group: what its counts leave open, and the rounded figures; at best both."""
    counts = np.array([row[group] or 0 for row in table.counts], dtype=np.int64)
    hidden = ~table.shown[:, group]
    rest = table.sizes[group] - int(counts.sum())
    open_ones = left_open(scoring, counts, hidden, table.sizes[group])
    printed = table.figures[group] if table.figures else {}
    found: list[Bracket | None] = []
    for at, name in enumerate((TOP, MEAN)):
        low, high = open_ones[at] if open_ones else (0.0, 1.0)
        bracket = _bracket(printed, name)
        if bracket is not None:
            low, high = max(low, bracket[0]), min(high, bracket[1])
        found.append((low, high) if high - low <= WIDEST + NEAR else None)
    inside = int(scoring.on_scale @ counts)
    least = inside if (hidden & (scoring.on_scale == 0)).any() else inside + rest
    middle = sum(found[1]) / 2 if found[1] else 0.5
    away = (scoring.values[1] - middle) ** 2 * scoring.on_scale
    squares = float(away @ counts) + rest * float(away[hidden].max(initial=0.0))
    return Known((found[0], found[1]), least, inside + rest, math.sqrt(squares / max(least - 1, 1)))


def _bracket(printed: Figures, name: str) -> Bracket | None:
    low, high = printed.get(f"{name}_low"), printed.get(f"{name}_high")
    return (float(low), float(high)) if isinstance(low, int | float) and isinstance(high, int | float) else None
