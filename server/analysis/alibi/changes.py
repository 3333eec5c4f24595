"""The two quick ways to an alibi: one person of a class answers otherwise alone, or exchanges records with one other person.

Nothing here is ever as large as classes x classes: whoever cannot change alone is held by some table, and only people who stand
in the same group of it can make up for her.
"""

from collections.abc import Iterator

import numpy as np

from server.analysis.alibi.assignments import Assignment, Bools
from server.analysis.alibi.budget import Watch
from server.analysis.counting.profiles import Ints

COMMON = 200
"""So many of the most common records are tried where there are very many."""
FIRST_TRIES = (2, 16)
"""So many partners are tried for an exchange before all are."""


def without_lone_change(assignment: Assignment, classes: Ints, watch: Watch) -> Ints:
    """Give those of these classes of which nobody can have another answer while all else stays."""
    block = watch.budget.block
    records = _common(assignment, len(classes), block)
    can = np.zeros(len(assignment.sizes), dtype=np.bool_)
    for lines in _blocks(assignment.first.lines_of(classes), len(records), block):
        watch.add(len(lines) * len(records) * (len(assignment.first.parts) + 1))
        fits = _other_answers(assignment, lines, records) & ~_held(assignment, lines, records).any(axis=0)
        can[assignment.first.kind[lines[fits.any(axis=1)]]] = True
    return classes[~can[classes]]


def without_exchange(assignment: Assignment, classes: Ints, watch: Watch) -> Ints:
    """Give those of these classes of which nobody can exchange records with somebody who answered otherwise.

    What was not tried in the budget counts as not found.
    """
    block = watch.budget.block
    partners = _Partners(assignment, _common(assignment, len(classes), block))
    left = classes
    for tries in (*FIRST_TRIES, len(assignment.first.kind)):
        can = np.zeros(len(assignment.sizes), dtype=np.bool_)
        for lines in _blocks(
            assignment.first.lines_of(left), len(partners.records) * len(assignment.first.parts), block
        ):
            for mine, other in partners.pairs(lines[~can[assignment.first.kind[lines]]], tries, block):
                watch.add(len(mine) * (len(assignment.first.parts) + 1))
                can[assignment.first.kind[mine[exchangeable(assignment, mine, other)]]] = True
                if watch.over:
                    return left[~can[left]]
        left = left[~can[left]]
    return left


def exchangeable(assignment: Assignment, mine: Ints, other: Ints) -> Bools:
    """Tell of pairs of lines whether one person of each can exchange records and everything prints the same."""
    block = assignment.first
    fits: Bools = block.key[block.record[mine]] == block.key[block.record[other]]
    fits &= block.allowed[block.context[block.kind[mine]], block.record[other]]
    fits &= block.allowed[block.context[block.kind[other]], block.record[mine]]
    for part in block.parts:
        still = np.flatnonzero(fits)
        one, two = mine[still], other[still]
        here, there = part.group[assignment.first.kind[one]], part.group[assignment.first.kind[two]]
        before, after = part.column[assignment.first.record[one]], part.column[assignment.first.record[two]]
        leaves = part.less[here, before] & part.more[here, after]
        comes = part.less[there, after] & part.more[there, before]
        fits[still] = (here == there) | (before == after) | (leaves & comes)
    return fits


class _Partners:
    """For every grouping: the lines sorted by group and record, so that who shares a group is found without looking at all."""

    def __init__(self, assignment: Assignment, records: Ints) -> None:
        self.records = records
        self._assignment = assignment
        self._order, self._keys = {}, {}
        for part in {part.grouping: part for part in assignment.first.parts}.values():
            key = (part.group[assignment.first.kind] + 1) * len(assignment.label) + assignment.first.record
            order = np.argsort(key)
            self._order[part.grouping], self._keys[part.grouping] = order, key[order]

    def pairs(self, lines: Ints, tries: int, block: int) -> Iterator[tuple[Ints, Ints]]:
        """Pair lines with others that hold another answer and stand in the group that keeps them from changing alone."""
        start, count, grouping = self._fewest(lines, _held(self._assignment, lines, self.records))
        line, record = np.nonzero(_other_answers(self._assignment, lines, self.records) & (count > 0))
        start, grouping = start[line, record], grouping[line, record]
        count = np.minimum(count[line, record], tries)
        ends = np.cumsum(count)
        for chunk in np.split(np.arange(len(line)), np.flatnonzero(np.diff(ends // block)) + 1):
            for at, order in self._order.items():
                here = chunk[grouping[chunk] == at]
                within = np.arange(count[here].sum()) - np.repeat(np.cumsum(count[here]) - count[here], count[here])
                places = np.repeat(start[here], count[here]) + within
                if len(places):
                    yield lines[np.repeat(line[here], count[here])], order[places]

    def _fewest(self, lines: Ints, held: Bools) -> tuple[Ints, Ints, Ints]:
        """Of the groups that hold a line back from a record, choose the one with the fewest holders of that record."""
        assignment = self._assignment
        start, grouping = np.zeros(held.shape[1:], dtype=np.int64), np.zeros(held.shape[1:], dtype=np.int64)
        count = np.full(held.shape[1:], len(assignment.first.kind) + 1)
        for at, keys in self._keys.items():
            parts = [number for number, part in enumerate(assignment.first.parts) if part.grouping == at]
            group = assignment.first.parts[parts[0]].group[assignment.first.kind[lines]]
            key = (group + 1)[:, None] * len(assignment.label) + self.records[None]
            first = np.searchsorted(keys, key)
            number = np.searchsorted(keys, key, side="right") - first
            better = held[parts].any(axis=0) & (number < count)
            start, count = np.where(better, first, start), np.where(better, number, count)
            grouping = np.where(better, at, grouping)
        return start, np.where(count > len(assignment.first.kind), 0, count), grouping


def _held(assignment: Assignment, lines: Ints, records: Ints) -> Bools:
    """Tell which tables keep one person of a line from having another record alone: tables x lines x records."""
    held = np.zeros((len(assignment.first.parts), len(lines), len(records)), dtype=np.bool_)
    for at, part in enumerate(assignment.first.parts):
        group, before, after = (
            part.group[assignment.first.kind[lines]],
            part.column[assignment.first.record[lines]],
            part.column[records],
        )
        free = part.less[group, before][:, None] & part.more[group][:, after]
        held[at] = ~free & (before[:, None] != after[None])
    return held


def _other_answers(assignment: Assignment, lines: Ints, records: Ints) -> Bools:
    """Tell which records a line may have and would answer otherwise with: lines x records."""
    block, mine = assignment.first, assignment.first.record[lines]
    fits: Bools = assignment.label[mine][:, None] != assignment.label[records][None]
    fits &= block.key[mine][:, None] == block.key[records][None]
    fits &= block.allowed[block.context[block.kind[lines]]][:, records]
    return fits


def most_common(assignment: Assignment, many: int) -> Ints:
    """Choose so many of the records that most people have."""
    often = np.bincount(assignment.first.record, assignment.first.people, minlength=len(assignment.label))
    return np.argsort(-often, kind="stable")[:many]


def _common(assignment: Assignment, classes: int, block: int) -> Ints:
    """Choose the records that are tried: all, or the most common ones where that would be too many."""
    every = classes * len(assignment.label) <= 10 * block
    return np.arange(len(assignment.label)) if every else most_common(assignment, COMMON)


def _blocks(lines: Ints, width: int, block: int) -> list[Ints]:
    return np.array_split(lines, len(lines) * width // block + 1) if len(lines) else []
