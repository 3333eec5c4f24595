"""Which cells of a table are withheld: the small ones, and as many others as it takes that nobody can work those out.

Within a table that holds a small count, zeros are withheld with the small ones: a withheld cell may be anything from nobody up.
Small and other withheld cells look alike. A table without a small count is shown whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from server.analysis.worlds import FREE, Counts, Mask

Prove = Callable[["Pattern"], Sequence[tuple[int, int]]]
MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before it is shown: answers x groups.

    `least` is per answer what a count needs to be shown; `open_rows` are answers whose total over all groups is known;
    `telling` are the answers of a sensitive question that say something about a person (none: it is not sensitive), and
    `bases` the people whom they are shares of, per group. `spare` are answers off the scale: they are given up first.
    """

    counts: Counts
    least: Counts
    open_rows: Mask
    telling: Mask
    bases: Counts
    spare: Mask | None = None

    @property
    def worth(self) -> Counts:
        """Say how little one likes to give up a cell: the more people the less, and one off the scale half as little."""
        ours = np.ones(len(self.counts), dtype=np.int64) if self.spare is None else np.where(self.spare, 1, 2)
        worth: Counts = self.counts * ours[:, None]
        return worth

    @property
    def small(self) -> Mask:
        """Cells with somebody in them, but too few."""
        small: Mask = (self.counts > 0) & (self.counts < self.least[:, None])
        return small

    @property
    def below(self) -> Mask:
        """Cells with too few or nobody in them."""
        below: Mask = np.less(self.counts, self.least[:, None])
        return below

    @property
    def few(self) -> Mask:
        """Cells of a sensitive question that read "at most": nobody, or too few."""
        few: Mask = self.telling[:, None] & self.below
        return few

    @property
    def nearly_all(self) -> Mask:
        """Cells of a sensitive question that read "at least": everybody, or all but too few."""
        rest_is_small = self.bases - self.counts < self.least.max()
        nearly: Mask = self.telling[:, None] & rest_is_small & ~self.below
        return nearly


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is withheld of a table, and which of the withheld cells carry a bound."""

    hidden: Mask
    most: Counts
    least: Counts

    @property
    def whole(self) -> bool:
        """Tell whether nothing of the table is left, not even a bound."""
        return bool(self.hidden.all() and (self.most == FREE).all() and (self.least == FREE).all())


def withheld(sheet: Sheet) -> Pattern:
    """Withhold the whole table."""
    nothing = np.full(sheet.counts.shape, FREE)
    return Pattern(np.ones(sheet.counts.shape, dtype=bool), nothing, nothing)


def plan(sheet: Sheet, prove: Prove, forced: Mask | None = None) -> Pattern:
    """Withhold what has to be, adding cells until `prove` finds nothing that could be worked out; else all of it."""
    first = _primary(sheet)
    hidden = _balanced(sheet, first if forced is None else first | forced)
    more = 1
    for _ in range(MOST_ROUNDS):
        pattern = _pattern(sheet, hidden)
        if pattern.whole:
            break
        leaks = prove(pattern)
        if not leaks:
            return pattern
        if hidden.all():
            break
        hidden = _balanced(sheet, _widened(sheet, hidden, leaks, more))
        more *= 2
    return withheld(sheet)


def _primary(sheet: Sheet) -> Mask:
    special = sheet.few | sheet.nearly_all
    if not (sheet.small.any() or special.any()):
        return np.zeros(sheet.counts.shape, dtype=bool)
    known_empty = sheet.open_rows & (sheet.counts.sum(axis=1) == 0) & (sheet.counts.shape[1] > 1)
    primary: Mask = (sheet.below & ~known_empty[:, None]) | special
    return primary


def _balanced(sheet: Sheet, hidden: Mask) -> Mask:
    """See that no line with a known total has one withheld cell alone, or withheld cells with too few people in all."""
    hidden = hidden.copy()
    least = int(sheet.least.max())
    for _ in range(hidden.size):
        line = next((line for line in _lines(sheet) if _too_thin(sheet.counts[line], hidden[line], least)), None)
        if line is None:
            break
        candidates = np.where(hidden[line] | (sheet.counts[line] == 0), np.iinfo(np.int64).max, sheet.worth[line])
        if candidates.min() == np.iinfo(np.int64).max:
            candidates = np.where(hidden[line], np.iinfo(np.int64).max, sheet.counts[line])
        flat = hidden[line]
        flat[int(candidates.argmin())] = True
        hidden[line] = flat
    return hidden


def _lines(sheet: Sheet) -> list[tuple[slice | int, slice | int]]:
    answers, groups = sheet.counts.shape
    columns: list[tuple[slice | int, slice | int]] = [(slice(None), group) for group in range(groups)]
    return columns + [(answer, slice(None)) for answer in range(answers) if groups > 1 and sheet.open_rows[answer]]


def _too_thin(counts: Counts, hidden: Mask, least: int) -> bool:
    if not hidden.any() or hidden.all():
        return False
    return bool(hidden.sum() < 2 or counts[hidden].sum() < least)


def _widened(sheet: Sheet, hidden: Mask, leaks: Sequence[tuple[int, int]], more: int) -> Mask:
    """Withhold the smallest cells beside those that leak, doubling the number from round to round."""
    beside = np.zeros(hidden.shape, dtype=bool)
    for answer, group in leaks:
        if group == FREE:
            beside[:] = True
        else:
            beside[answer, :] = beside[:, group] = True
    for where in (beside, np.ones(hidden.shape, dtype=bool)):
        candidates = np.argwhere(where & ~hidden & (sheet.counts > 0))
        if len(candidates):
            order = sorted(map(tuple, candidates), key=lambda at: (sheet.worth[at], at))
            widened = hidden.copy()
            for at in order[:more]:
                widened[at] = True
            return widened
    return np.ones(hidden.shape, dtype=bool)


def _pattern(sheet: Sheet, hidden: Mask) -> Pattern:
    """Give the cells of a sensitive question their bounds: at most, or at least, so that k counts stay possible."""
    room = int(sheet.least.max()) - 1
    most = np.where(sheet.few & hidden, room, FREE)
    least = np.where(sheet.nearly_all & hidden, sheet.bases - room, FREE)
    return Pattern(hidden, most, np.where(least < 0, FREE, least))
