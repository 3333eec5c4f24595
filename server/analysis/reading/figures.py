"""Counts as they are read from brackets: what any figure is made from (DISCLOSURE.md, rule 4).

In: a bracketed table and that of everybody. Out: groups x categories of expected counts (people, not whole). A count in a group is
expected inside its bracket as if the group's people had answered like everybody did, which is known from a bracket too. The middle
of the bracket would be off by two thirds more.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints

Floats = NDArray[np.float64]

LEAST_SHARE = 0.003
"""No answer is taken to be rarer than this among everybody (nor more common than the rest): a bracket at zero tells no zero."""


def read(item: Item, table: Table, one_way: Table) -> Floats:
    """Read a table's brackets as counts, groups x `Item.categories`; each lies in its bracket, and groups add up to their size.

    `one_way` is the item's table of everybody. For an item that is not asked of everybody, those asked are read first, and shares
    are of them.
    """
    if table.by == one_way.by:
        return _middles(item, table)
    everybody = _middles(item, one_way)
    asked_of_all = everybody[:, : _asked_columns(item)].sum()
    sizes = np.asarray(table.groups.sizes, dtype=np.float64)
    if not item.conditional:
        return _among(table.low, table.high, sizes, everybody[0] / asked_of_all)
    least, most = _asked(item, table)
    share = np.array([asked_of_all / everybody.sum()])
    asked = _expected(least[:, None], most[:, None], sizes[:, None], share)[:, 0]
    low, high = table.low[:, :-1], table.high[:, :-1]
    answers = _among(low, np.minimum(high, asked[:, None]), asked, everybody[0, :-1] / asked_of_all)
    return np.column_stack((answers, sizes - asked))


def _asked_columns(item: Item) -> int:
    return len(item.categories) - item.conditional


def _asked(item: Item, table: Table) -> tuple[Floats, Floats]:
    """Bound how many were asked by their own bracket and by those of their answers."""
    columns = _asked_columns(item)
    least = np.maximum(table.asked_low, table.low[:, :columns].sum(axis=1))
    most = np.minimum(table.asked_high, table.high[:, :columns].sum(axis=1))
    return least.astype(np.float64), most.astype(np.float64)


def _middles(item: Item, table: Table) -> Floats:
    """Read brackets by their middles, shifted inside them to the total; for everybody, of whom nothing else is known."""
    sizes = np.asarray(table.groups.sizes, dtype=np.float64)
    if not item.conditional:
        return _to_total((table.low + table.high) / 2, table.low, table.high, sizes)
    least, most = _asked(item, table)
    asked = (least + most) / 2
    low, high = table.low[:, :-1], np.minimum(table.high[:, :-1], asked[:, None])
    return np.column_stack((_to_total((low + high) / 2, low, high, asked), sizes - asked))


def _among(low: Ints, high: Ints | Floats, people: Floats, shares: Floats) -> Floats:
    return _to_total(_expected(low, high, people[:, None], shares), low, high, people)


def _expected(low: Ints | Floats, high: Ints | Floats, people: Floats, shares: Floats) -> Floats:
    """Give the mean of Binomial(people, shares) inside brackets, groups x categories: weights of every count in every bracket.

    Brackets differ in width, so their counts stand one after another in one array and are summed up by pieces.
    """
    first = np.ceil(low).astype(np.int64)
    widths = np.maximum(np.floor(high).astype(np.int64) - first + 1, 1).ravel()
    starts = np.concatenate(([0], np.cumsum(widths)[:-1]))
    beyond = np.arange(widths.sum()) - np.repeat(starts, widths)
    counts = np.repeat(first.ravel(), widths) + beyond
    of = np.repeat(np.broadcast_to(people, first.shape).ravel(), widths)
    share = np.clip(np.broadcast_to(shares, first.shape).ravel(), LEAST_SHARE, 1 - LEAST_SHARE)
    odds = np.repeat(np.log(share / (1 - share)), widths)
    logs = counts * odds - gammaln(counts + 1.0) - gammaln(np.maximum(of - counts, 0) + 1.0)
    weights = np.exp(logs - np.repeat(np.maximum.reduceat(logs, starts), widths))
    means = first.ravel() + np.add.reduceat(weights * beyond, starts) / np.add.reduceat(weights, starts)
    found: Floats = np.clip(means.reshape(first.shape), low, high)
    return found


def _to_total(counts: Floats, low: Ints | Floats, high: Ints | Floats, total: Floats) -> Floats:
    """Shift counts inside their brackets, each by its part of the room that is left, until a group's add up to its people."""
    missing = (total - counts.sum(axis=1))[:, None]
    room = np.where(missing > 0, high - counts, counts - low)
    parts = room / np.maximum(room.sum(axis=1, keepdims=True), 1e-12)
    moved = np.clip(np.abs(missing), 0, room.sum(axis=1, keepdims=True)) * parts
    shifted: Floats = counts + np.sign(missing) * moved
    return shifted
