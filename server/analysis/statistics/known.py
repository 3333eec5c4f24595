"""What is known of one item in one group of people: the brackets of its counts, and the counts as they are read from them.

All figures are made from this and from public sizes. Figures of several groups taken together come from what is known of each,
added up; that tells nothing that the brackets of each do not tell.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from server.analysis.brackets.table import Table
from server.analysis.counting.items import NOT_ASKED, Item
from server.analysis.counting.profiles import Ints
from server.analysis.edition.figures import Span

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """How many people stand in some categories.

    `value` as it is read, between `low` and `high` as far as the brackets tell (not rounded); `bracket`: the sums of the ends of
    their brackets, which are printed; `sure`: so many at least, and at most, by those of all other categories, too.
    """

    low: float
    value: float
    high: float
    bracket: Span
    sure: Span


@dataclass(frozen=True)
class Known:
    """One item in one group of `size` people. Arrays have one element for each of the item's categories.

    `low`, `high`: brackets, both ends included; `read`: expected counts, which add up to `size`. `below`, `above`: the squares of
    how far the read count lies from the ends. `variance`: of the true count about the read one, if every whole number in the
    bracket is as likely. All of them are people (or their squares), and of several groups the sums. `kept`: which part of the answers
    is people's own; less than 1 where some were replaced by others' before they were counted (`strong`).
    """

    item: Item
    size: int
    low: Ints
    read: Floats
    high: Ints
    below: Floats
    above: Floats
    variance: Floats
    asked: Span
    kept: float = 1.0

    def mask(self, keys: Iterable[str]) -> Mask:
        """Tell which categories are among some keys."""
        wanted = set(keys)
        return np.array([key in wanted for key in self.categories])

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Name the item's categories, in the order of the arrays."""
        return self.item.categories

    @cached_property
    def base(self) -> Mask:
        """Tell which categories hold the people who were asked."""
        return ~self.mask((NOT_ASKED,))

    @property
    def worth(self) -> float:
        """Say how many true answers one counted answer is worth: sampling errs as if so many fewer people had answered."""
        return self.kept**2

    @cached_property
    def _rows(self) -> Floats:
        return np.array((self.low, self.read, self.high, self.below, self.above), dtype=np.float64)

    def part(self, those: Mask) -> Part:
        """Say how many people stand in some categories.

        Of one category the ends are those of its bracket. The errors of several brackets are taken as independent, so that they
        add up by their squares; or those of all other categories, of which the people are the rest, if they add up to less.
        """
        here, rest = self._rows.dot(np.array((those, ~those)).T).T.tolist()
        (least, value, most, below, above), size = here, self.size
        bracket = Span(int(least), int(most))
        sure = Span(max(bracket.low, size - int(rest[2])), min(bracket.high, size - int(rest[0])))
        if np.count_nonzero(those) > 1:
            below, above = min(below, rest[4]), min(above, rest[3])
        ends = sure if self.kept == 1 else Span(0, size)
        low, high = max(value - math.sqrt(below), ends.low), min(value + math.sqrt(above), ends.high)
        return Part(min(low, value), value, max(high, value), bracket, sure)

    def variance_of(self, weights: Floats) -> float:
        """Give the variance that the brackets lend to a sum of counts, each times a weight (shape: categories).

        Of two categories of those asked the second is the rest of the first: there is only one bracket.
        """
        if len(self.categories) - self.item.conditional == 2:
            weights = np.concatenate(([weights[0] - weights[1], 0.0], weights[2:]))
        return float(np.square(weights) @ self.variance)


def known_of(item: Item, table: Table, read: Floats) -> tuple[Known, ...]:
    """Put together what is known of an item in each group of a table; `read` is groups x categories."""
    widths = table.high - table.low + 1
    variance = (np.square(widths) - 1) / 12 + np.square((table.low + table.high) / 2 - read)
    below = np.square(np.maximum(read - table.low, 0.0))
    above = np.square(np.maximum(table.high - read, 0.0))
    return tuple(
        Known(
            item,
            size,
            table.low[at],
            read[at],
            table.high[at],
            below[at],
            above[at],
            variance[at],
            Span(int(table.asked_low[at]), int(table.asked_high[at])),
        )
        for at, size in enumerate(table.groups.sizes)
    )


def together(parts: Sequence[Known]) -> Known:
    """Add up what is known of several groups without a person in common."""
    first = parts[0]
    if len(parts) == 1:
        return first
    summed = {
        name: np.sum([getattr(one, name) for one in parts], axis=0)
        for name in ("low", "read", "high", "below", "above", "variance")
    }
    asked = Span(sum(one.asked.low for one in parts), sum(one.asked.high for one in parts))
    return Known(item=first.item, size=sum(one.size for one in parts), asked=asked, kept=first.kept, **summed)
