"""Checks what is about to be shown against everything that was given out before about the same question."""

from collections.abc import Sequence

import numpy as np

from server.analysis.suppression import Pattern, Sheet
from server.analysis.worlds import FREE, Budget, Counts, Seen, Sum, Target, World


class Proof:
    """The people of a table by profile, with their true answers, and the tables before it."""

    def __init__(self, truth: Counts, columns: Counts, sheet: Sheet, before: Sequence[Seen], budget: Budget) -> None:
        self.budget = budget
        self._truth, self._columns, self._sheet, self._before = truth, columns, sheet, before
        self._old = [target for at, seen in enumerate(before) for target in self._targets(seen, at)]

    def leaks(
        self, pattern: Pattern, sums: tuple[Sum, ...] = (), among: Sequence[Target] | None = None
    ) -> list[Target]:
        """Find the hidden cells that a pattern, and rounded figures beside it, do not protect; `among` some, or all."""
        new = Seen(self._columns, ~pattern.hidden, pattern.most, pattern.least, sums)
        targets = [*self._old, *self._targets(new, len(self._before))] if among is None else among
        if not targets:
            return []
        return [targets[at] for at in World(self._truth, [*self._before, new], self.budget).unproven(targets)]

    def cells(self, leaks: Sequence[Target]) -> list[tuple[int, int]]:
        """Say which cells of the new table leak; one that leaks elsewhere has no place here."""
        return [(leak.answer, leak.group) if leak.table == len(self._before) else (FREE, FREE) for leak in leaks]

    def target(self, answer: int, group: int, least: int) -> Target:
        """Name a cell of the new table as one that has to keep so many possible counts."""
        return Target(len(self._before), answer, group, values=least, reach=least)

    def _targets(self, seen: Seen, at: int) -> list[Target]:
        """List the hidden cells that need protection: small counts, and whatever carries a printed bound from above."""
        found = []
        room = int(self._sheet.least.max())
        for answer, group in np.argwhere(~seen.shown):
            count = int(self._truth[answer, seen.columns == group].sum())
            least = int(self._sheet.least[answer])
            if seen.most[answer, group] != FREE:
                found.append(Target(at, int(answer), int(group), values=room, reach=room - 1))
            elif 0 < count < least:
                found.append(Target(at, int(answer), int(group), values=least, reach=least))
        return found
