"""Which rounded figures go with a table: the finest that give no withheld count away; where none is safe, none."""

from collections.abc import Sequence

import numpy as np

from server.analysis.headlines import Grains, Scoring, attempts, left_open, rounded, sums_of
from server.analysis.proof import Proof
from server.analysis.shown import Figures
from server.analysis.suppression import Pattern, Sheet
from server.analysis.whole_people import leaves_enough
from server.analysis.worlds import FREE, Counts, Sum, Target

MOST_TRIES = 3
Ladders = Sequence[Sequence[Grains]]


class Offer:
    """Proves patterns together with the rounded figures beside them, and keeps the figures of the one that was proven."""

    def __init__(self, scoring: Scoring | None, sheet: Sheet, sizes: Counts, proof: Proof, *, simple: bool) -> None:
        self._scoring, self._sheet, self._sizes, self._proof = scoring, sheet, sizes, proof
        self._simple = simple  # balancing the counts is already exact
        self.figures: tuple[Figures, ...] = ()

    def prove(self, pattern: Pattern) -> Sequence[tuple[int, int]]:
        """Tell which cells of a pattern could be worked out, and find figures that may stand beside it."""
        ladders = [self._ladder(pattern, group) for group in range(len(self._sizes))]
        leaks = self._try(pattern, ladders, [0] * len(ladders)) if any(ladders) else None
        if leaks == []:
            return ()
        if not self._simple:
            bare = self._proof.leaks(pattern, among=leaks)  # what holds with figures holds without them all the more
            if bare:
                return self._proof.cells(bare)
        self._coarsen(pattern, ladders, leaks or [])
        return ()

    def _coarsen(self, pattern: Pattern, ladders: Ladders, leaks: list[Target]) -> None:
        """Give coarser figures where finer ones leaked, and none where the coarsest do."""
        rungs = [0] * len(ladders)
        for _ in range(MOST_TRIES):
            _climb(ladders, rungs, self._proof.cells(leaks))
            if not leaks or all(rung >= len(ladder) for ladder, rung in zip(ladders, rungs, strict=True)):
                return
            leaks = self._try(pattern, ladders, rungs)

    def _ladder(self, pattern: Pattern, group: int) -> list[Grains]:
        """List the grains to try for a group; none where counts tell enough, or where everything is shown."""
        hidden = pattern.hidden[:, group]
        if self._scoring is None or not hidden[self._scoring.on_scale > 0].any():
            return []
        size = int(self._sizes[group])
        brackets = left_open(self._scoring, self._sheet.counts[:, group], hidden, size)
        return attempts(brackets or ((0.0, 1.0), (0.0, 1.0)), size)

    def _try(self, pattern: Pattern, ladders: Ladders, rungs: Sequence[int]) -> list[Target]:
        scoring = self._scoring
        if scoring is None:
            return []
        figures = tuple(
            rounded(scoring, self._sheet.counts[:, group], ladder[rung]) if rung < len(ladder) else {}
            for group, (ladder, rung) in enumerate(zip(ladders, rungs, strict=True))
        )
        sums = sums_of(scoring, figures)
        leaks = self._proof.leaks(pattern, sums) or self._leaks_in_whole_people(pattern, sums)
        if not leaks:
            self.figures = figures
        return leaks

    def _leaks_in_whole_people(self, pattern: Pattern, sums: Sequence[Sum]) -> list[Target]:
        """Find the small counts for which rounded figures leave too few whole numbers."""
        found = []
        for answer, group in np.argwhere(pattern.hidden & self._sheet.small):
            told = [each for each in sums if each.group == group]
            counts, hidden = self._sheet.counts[:, group], pattern.hidden[:, group]
            least = int(self._sheet.least[answer])
            if told and not leaves_enough(counts, hidden, int(self._sizes[group]), told, int(answer), least):
                found.append(self._proof.target(int(answer), int(group), least))
        return found


def _climb(ladders: Ladders, rungs: list[int], leaks: Sequence[tuple[int, int]]) -> None:
    """Go on to a coarser grain in the groups that leak, or in all when the leak is elsewhere."""
    groups = {group for _, group in leaks if group != FREE and rungs[group] < len(ladders[group])}
    for group in groups or range(len(rungs)):
        rungs[group] += 1
