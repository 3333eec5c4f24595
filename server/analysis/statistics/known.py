"""What is known of one item in one group of people: the brackets of its counts, and the counts as they are read from them.

All figures are made from this and from public sizes. Figures of several groups taken together come from what is known of each,
added up; that tells nothing that the brackets of each do not tell.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from server.analysis.brackets.table import Table
from server.analysis.counting.items import NOT_ASKED, Item
from server.analysis.edition.figures import Span

Floats = NDArray[np.float64]
Row = tuple[float, ...]
Mask = tuple[bool, ...]
"""For each category of an item whether it is meant."""


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
    """One item in one group of `size` people. Rows and masks have one element for each of the item's categories.

    They are tuples, not arrays: an edition has tens of thousands of figures from a handful of categories each, which Python adds up
    sooner than NumPy is called.

    `low`, `high`: brackets, both ends included; `read`: expected counts, which add up to `size`. `below`, `above`: the squares of
    how far the read count lies from the ends. `variance`: of the true count about the read one, if every whole number in the
    bracket is as likely. All of them are people (or their squares), and of several groups the sums. `kept`: which part of the answers
    is people's own; less than 1 where some were replaced by others' before they were counted (`strong`).
    """

    item: Item
    size: int
    low: tuple[int, ...]
    read: Row
    high: tuple[int, ...]
    below: Row
    above: Row
    variance: Row
    asked: Span
    kept: float = 1.0
    _parts: dict[Mask, Part] = field(default_factory=dict, init=False, repr=False, compare=False)

    def mask(self, keys: Iterable[str]) -> Mask:
        """Tell which categories are among some keys."""
        wanted = set(keys)
        return tuple([key in wanted for key in self.categories])

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Name the item's categories, in the order of the rows."""
        return self.item.categories

    @cached_property
    def base(self) -> Mask:
        """Tell which categories hold the people who were asked."""
        return tuple([key != NOT_ASKED for key in self.categories])

    @property
    def worth(self) -> float:
        """Say how many true answers one counted answer is worth: sampling errs as if so many fewer people had answered."""
        return self.kept**2

    def part(self, those: Mask) -> Part:
        """Say how many people stand in some categories.

        Of one category the ends are those of its bracket. The errors of several brackets are taken as independent, so that they
        add up by their squares; or those of all other categories, of which the people are the rest, if they add up to less.
        """
        found = self._parts.get(those)
        if found is None:
            found = self._parts[those] = self._part(those)
        return found

    def _part(self, those: Mask) -> Part:
        size, bracket = self.size, Span(sum(compress(self.low, those)), sum(compress(self.high, those)))
        rest_low, rest_high = self._total.low - bracket.low, self._total.high - bracket.high
        sure = Span(max(bracket.low, size - rest_high), min(bracket.high, size - rest_low))
        value, below, above = (sum(compress(row, those)) for row in (self.read, self.below, self.above))
        if sum(those) > 1:
            rest = without((True,) * len(those), those)
            below, above = min(below, sum(compress(self.above, rest))), min(above, sum(compress(self.below, rest)))
        ends = sure if self.kept == 1 else Span(0, size)
        low, high = max(value - math.sqrt(below), ends.low), min(value + math.sqrt(above), ends.high)
        return Part(min(low, value), value, max(high, value), bracket, sure)

    @cached_property
    def _total(self) -> Span:
        return Span(sum(self.low), sum(self.high))

    def variance_of(self, weights: Sequence[float]) -> float:
        """Give the variance that the brackets lend to a sum of counts, each times a weight (one for each category).

        Of two categories of those asked the second is the rest of the first: there is only one bracket.
        """
        if len(self.categories) - self.item.conditional == 2:
            weights = (weights[0] - weights[1], 0.0, *weights[2:])
        return sum([weight * weight * one for weight, one in zip(weights, self.variance, strict=True)])


def without(those: Mask, others: Mask) -> Mask:
    """Tell which categories are among the first and not among the second."""
    return tuple([one and not other for one, other in zip(those, others, strict=True)])


def either(*masks: Mask) -> Mask:
    """Tell which categories are among any of several."""
    return tuple([any(each) for each in zip(*masks, strict=True)])


def known_of(item: Item, table: Table, read: Floats) -> tuple[Known, ...]:
    """Put together what is known of an item in each group of a table; `read` is groups x categories."""
    widths = table.high - table.low + 1
    variance = (np.square(widths) - 1) / 12 + np.square((table.low + table.high) / 2 - read)
    below = np.square(np.maximum(read - table.low, 0.0))
    above = np.square(np.maximum(table.high - read, 0.0))
    rows = [[tuple(row) for row in one.tolist()] for one in (table.low, read, table.high, below, above, variance)]
    asked = map(Span, table.asked_low.tolist(), table.asked_high.tolist())
    return tuple(Known(item, *each) for each in zip(table.groups.sizes, *rows, asked, strict=True))


def together(parts: Sequence[Known]) -> Known:
    """Add up what is known of several groups without a person in common."""
    first = parts[0]
    if len(parts) == 1:
        return first
    summed = {
        name: tuple(map(sum, zip(*(getattr(one, name) for one in parts), strict=True)))
        for name in ("low", "read", "high", "below", "above", "variance")
    }
    asked = Span(sum(one.asked.low for one in parts), sum(one.asked.high for one in parts))
    return Known(item=first.item, size=sum(one.size for one in parts), asked=asked, kept=first.kept, **summed)
