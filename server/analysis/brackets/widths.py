"""Brackets of whole counts: what the outside may know of how many people answered something (DISCLOSURE.md, rule 3).

In: whole counts, groups x categories, and a width from the ladder. Out: the lowest and highest count that is to be told apart from
no other. Everything here is arithmetic on whole arrays, without loops over groups or answers.
"""

import numpy as np

from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints
from server.analysis.grouping.groups import Groups

STEPS_TO_A_GROUP = 500
"""A group's brackets are at least so many times narrower than the group, or wider: counts are never told finer than 0.2 %."""


def bracket(item: Item, counts: Ints, groups: Groups, width: int, edition: int) -> Table:
    """Bracket whole counts of an item, groups x `Item.categories`, in people; `edition` is the one whose people are counted."""
    sizes = np.asarray(groups.sizes, dtype=np.int64)
    widths = widths_in(sizes, width)
    answers = counts[:, :-1] if item.conditional else counts
    asked_low, asked_high = (sizes, sizes)
    if item.conditional:
        asked_low, asked_high = ends(answers.sum(axis=1), widths, sizes, sizes)
    low, high = _answers(answers, widths, asked_low, asked_high)
    if item.conditional:
        low = np.column_stack((low, sizes - asked_high))
        high = np.column_stack((high, sizes - asked_low))
    return Table(item.name, groups, width, low, high, asked_low, asked_high, edition)


def widths_in(sizes: Ints, width: int) -> Ints:
    """Give the width of the brackets in groups of these sizes: the chosen one, and more in groups of thousands."""
    return np.maximum(width, -(-sizes // STEPS_TO_A_GROUP))


def ends(counts: Ints, widths: Ints, least: Ints, most: Ints) -> tuple[Ints, Ints]:
    """Give the lowest and the highest count of the bracket in which each count lies; arrays of one shape, or broadcast to it.

    Brackets begin at 0 and are `widths` wide; the last is at least as wide, begins where `least` people (all, or the lower end of
    those asked) leave it room for that, and ends at `most`.
    """
    last = widths * np.maximum((least + 1) // widths - 1, 0)
    low = np.minimum(counts // widths * widths, last)
    return low, np.where(low == last, most, low + widths - 1)


def asked_low(asked: Ints, sizes: Ints, width: int) -> Ints:
    """Give the lower end of how many were asked in groups of these sizes; the only thing about it that may decide anything."""
    return ends(asked, widths_in(sizes, width), sizes, sizes)[0]


def _answers(counts: Ints, widths: Ints, asked_low: Ints, asked_high: Ints) -> tuple[Ints, Ints]:
    """Bracket the answers of those asked. Of two, the first is bracketed and the second is the rest: two edges would cut finer."""
    wide, fewest, most = (one[:, None] for one in (widths, asked_low, asked_high))
    low, high = ends(counts, wide, fewest, most)
    if counts.shape[1] == 2:
        low[:, 1] = np.maximum(asked_low - high[:, 0], 0)
        high[:, 1] = asked_high - low[:, 0]
    return low, high
