"""Worlds: the people of one item by what can be known of them, their records, and every printed table as a constraint.

A world gives everybody a record anew. It prints the same when every count of every table stays inside its bracket. People who
stand in the same groups of all tables and of whom the same is known are one class: they could change places, so what can be
otherwise for one of them can be otherwise for each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from server.analysis.alibi.records import Records
from server.analysis.alibi.tied import bound, deciding, moving_along
from server.analysis.brackets.table import Table
from server.analysis.counting.items import NOT_ASKED, Item
from server.analysis.counting.profiles import Ints, Profiles
from server.analysis.grouping.groups import EVERYBODY, Groups

Bools = NDArray[np.bool_]
NOWHERE = -1
WIDEST = 2**62
"""Numbers that stand for rows of several columns stay below this."""


@dataclass(frozen=True)
class Part:
    """What one table says. `group` (classes) and `column` (records) name the cell where a class's record is counted; -1: nowhere.

    `low`, `high` and `now` are groups x columns: the brackets, and the true counts. Parts of one `grouping` have the same groups.
    """

    grouping: int
    group: Ints
    column: Ints
    low: Ints
    high: Ints
    now: Ints

    @cached_property
    def less(self) -> Bools:
        """Tell which cells print the same with a person less; a last row and column, always true, are what -1 finds."""
        return np.pad(self.now > self.low, (0, 1), constant_values=True)

    @cached_property
    def more(self) -> Bools:
        """Tell which cells print the same with a person more; padded likewise."""
        return np.pad(self.now < self.high, (0, 1), constant_values=True)


@dataclass(frozen=True, slots=True)
class World:
    """The true world: K lines sorted by class, each so many `people` (K) of class `kind` (K) with the record `record` (K).

    `label` (records) is the answer to the item in question. `state` (classes) tells which records a class may have: `allowed` is
    states x records. `protects` (classes) is false where nobody was asked.
    """

    kind: Ints
    record: Ints
    people: Ints
    label: Ints
    state: Ints
    allowed: Bools
    protects: Bools
    parts: tuple[Part, ...]

    @property
    def sizes(self) -> Ints:
        """Count the people of each class."""
        return np.bincount(self.kind, self.people, minlength=len(self.state)).astype(np.int64)

    def unanimous(self) -> Ints:
        """Number the classes in which everybody gave the same answer, so that nobody differs as it is."""
        starts, labels = _starts(self.kind), self.label[self.record]
        same = np.minimum.reduceat(labels, starts) == np.maximum.reduceat(labels, starts)
        return np.flatnonzero(same & self.protects)


def build(
    target: Item,
    family: Mapping[str, Item],
    records: Records,
    profiles: Profiles,
    groups: Mapping[str, Groups],
    tables: Sequence[Table],
) -> World:
    """Make the world in which the answers to `target`, and all that moves along, are asked for.

    Answers that decide what somebody is asked are known of her: they tell classes apart. Raises ValueError for a table that does
    not hold these counts, or whose groups cut through a profile.
    """
    moving = moving_along(target, family)
    known = deciding(moving, family)
    kept = [name for name in records.items if name in moving]
    every, number = _different(records.categories[:, _at(records, kept)], family[kept[0]])
    shape = _shapes(every, [family[name] for name in kept], bound(moving, family))
    target_column = every[:, kept.index(target.name)]
    asked = target_column != _not_asked(target)
    decided = records.categories[:, _at(records, [name for name in records.items if name in known])]
    record, real = number, records.people > 0
    public = [profiles.member[name][records.profile] for name in sorted(known & set(profiles.member))]
    state = _joint([asked[record].astype(np.int64), *decided.T, *public], len(record))
    made_up = ~real & (records.profile >= 0) if public else ~real
    possible = (state[made_up], shape[record[made_up]])
    record, people, profile, state = record[real], records.people[real], records.profile[real], state[real]

    shown = [table for table in tables if table.item in moving]
    groupings = {_grouping(table): place_of(table, profiles, groups) for table in shown}
    kind = _joint([state, _joint([*groupings.values()], len(profiles.people))[profile]], len(record))
    line, first = _joint_first([kind, record])
    people = np.bincount(line, people, minlength=len(first)).astype(np.int64)
    kind, record, state, profile = kind[first], record[first], state[first], profile[first]
    starts = _starts(kind)

    states = 1 + max(int(one.max(initial=0)) for one in (state, possible[0]))
    seen = np.zeros((states, int(shape.max(initial=0)) + 1), dtype=np.bool_)
    seen[state, shape[record]] = True
    seen[possible] = True
    number_of = {grouping: at for at, grouping in enumerate(groupings)}
    place = [one[profile][starts] for one in groupings.values()]
    parts = [
        _part((at := number_of[_grouping(table)]), place[at], column, brackets, (kind, record, people))
        for table in shown
        for column, brackets in _columns(table, family[table.item], every[:, kept.index(table.item)])
    ]
    return World(
        kind, record, people, target_column, state[starts], seen[:, shape], asked[record[starts]], tuple(parts)
    )


def _different(categories: Ints, item: Item) -> tuple[Ints, Ints]:
    """Give the different records and the number of each line's; of a single item every answer is one, though nobody gave it."""
    if categories.shape[1] == 1:
        return np.arange(len(item.categories))[:, None], categories[:, 0]
    every, number = np.unique(categories, axis=0, return_inverse=True)
    return every, number.ravel()


def place_of(table: Table, profiles: Profiles, groups: Mapping[str, Groups]) -> Ints:
    """Give each profile's group in a table (P); -1 for who is not counted there. ValueError when a profile is in two."""
    counted = profiles.cohort <= table.edition
    if table.by == EVERYBODY:
        return np.where(counted, 0, NOWHERE)
    of = {member: at for at, group in enumerate(table.groups.members) for member in group}
    found = [{of[member] for member in group if member in of} for group in groups[table.by].members]
    if any(len(one) > 1 for one in found):
        raise ValueError(f"The groups of {table.item} by {table.by} cut through a profile.")
    place = np.array([*(next(iter(one), NOWHERE) for one in found), NOWHERE], dtype=np.int64)
    return np.where(counted, place[profiles.member[table.by]], NOWHERE)


def _columns(table: Table, item: Item, category: Ints) -> Iterator[tuple[Ints, tuple[Ints, Ints]]]:
    """Give what a table says, each as (the column of every record, brackets): its counts, and how many were asked."""
    yield category, (table.low, table.high)
    if item.conditional:
        yield np.where(category == _not_asked(item), NOWHERE, 0), (table.asked_low[:, None], table.asked_high[:, None])


def _grouping(table: Table) -> tuple[str, tuple[tuple[str, ...], ...], int]:
    """Tell tables apart by who is counted together in them."""
    return table.by, table.groups.members, table.edition


def _part(
    grouping: int, group: Ints, column: Ints, brackets: tuple[Ints, Ints], lines: tuple[Ints, Ints, Ints]
) -> Part:
    low, high = brackets
    kind, record, people = lines
    inside = (group[kind] >= 0) & (column[record] >= 0)
    cell = group[kind[inside]] * low.shape[1] + column[record[inside]]
    now = np.bincount(cell, people[inside], minlength=low.size).astype(np.int64).reshape(low.shape)
    if (now < low).any() or (now > high).any():
        raise ValueError("A table does not hold the counts that it was made from.")
    return Part(grouping, group, column, low, high, now)


def _shapes(every: Ints, items: Sequence[Item], bound_names: frozenset[str]) -> Ints:
    """Number the records by what cannot be chosen freely: answers that decide others, and who was asked what."""
    columns = [
        every[:, at] if item.name in bound_names else (every[:, at] == _not_asked(item)).astype(np.int64)
        for at, item in enumerate(items)
    ]
    return _joint(columns, len(every))


def _joint(columns: Sequence[Ints], length: int) -> Ints:
    """Number the different rows of some columns, from 0 on."""
    return _joint_first([np.zeros(length, dtype=np.int64), *columns])[0]


def _joint_first(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Number the different rows of some columns in their order, and give where each is first seen."""
    code, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 2
        if span * width > WIDEST:
            code = np.unique(code, return_inverse=True)[1].ravel()
            span = int(code.max(initial=0)) + 1
        code, span = code * width + column + 1, span * width
    _, first, code = np.unique(code, return_index=True, return_inverse=True)
    return code.ravel(), first


def _not_asked(item: Item) -> int:
    return item.categories.index(NOT_ASKED) if item.conditional else NOWHERE


def _at(records: Records, names: Sequence[str]) -> list[int]:
    return [records.items.index(name) for name in names]


def _starts(kind: Ints) -> Ints:
    return np.flatnonzero(np.diff(kind, prepend=-1))
