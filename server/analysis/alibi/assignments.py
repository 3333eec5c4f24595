"""Assignments: the people of one item by what can be known of them, their records, and every printed table as a constraint.

An assignment gives everybody a record anew. It prints the same when every count of every table stays inside its bracket. People who
stand in the same groups of all tables and of whom the same is known are one class: they could change places, so what can be
otherwise for one of them can be otherwise for each.

Records are taken apart into blocks (`tied.blocks`). Every table is about one item, so about one block; and who is asked a block's
questions may have any answers of it, whatever hers to other blocks are. So it is enough to say how many of each class have which
answers of each block, as long as in every block as many are asked as the first block says: such numbers can always be put together
to records of whole people, and nothing grows with the number of combinations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from server.analysis.alibi.lines import NOWHERE, Lines, joint, joint_first, not_asked
from server.analysis.alibi.tied import blocks, is_worked_out
from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints, Profiles, Records
from server.analysis.grouping.groups import EVERYBODY, Groups

Bools = NDArray[np.bool_]
Grouping = tuple[str, tuple[tuple[str, ...], ...], int]
"""An axis, the groups of its members, an edition."""


@dataclass(frozen=True)
class TableConstraint:
    """What one table says. `group` (classes) and `column` (answers) name the cell where somebody is counted; -1: nowhere.

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
class Block:
    """One block in truth: K lines sorted by class, each so many `people` (K) of class `kind` (K) with the answers `record` (K).

    `context` (classes) is what of all that is known decides which answers somebody may have: `allowed` is contexts x answers.
    `key` (answers): who changes to answers of the same key is asked the same as before, in this block and in those behind it.
    """

    kind: Ints
    record: Ints
    people: Ints
    context: Ints
    allowed: Bools
    key: Ints
    parts: tuple[TableConstraint, ...]

    def lines_of(self, classes: Ints) -> Ints:
        """Number the lines of some classes (sorted)."""
        start, end = np.searchsorted(self.kind, classes), np.searchsorted(self.kind, classes, side="right")
        count = end - start
        lines: Ints = np.repeat(start - np.cumsum(count) + count, count) + np.arange(count.sum())
        return lines


@dataclass(frozen=True, slots=True)
class Assignment:
    """The true assignment. `first` is the block of the item in question, and `label` (answers of it) is what she answered.

    `keys` (keys of `first` x blocks `behind`) are the keys that answers in the blocks behind it then have. `sizes` (classes) are
    people; `protects` (classes) is false where nobody was asked.
    """

    sizes: Ints
    protects: Bools
    label: Ints
    first: Block
    behind: tuple[Block, ...]
    keys: Ints

    def unanimous(self) -> Ints:
        """Number the classes in which everybody gave the same answer, so that nobody differs as it is."""
        starts, labels = _starts(self.first.kind), self.label[self.first.record]
        same = np.minimum.reduceat(labels, starts) == np.maximum.reduceat(labels, starts)
        return np.flatnonzero(same & self.protects)

    @property
    def variables(self) -> int:
        """Count what a program over everybody has as variables."""
        return sum(int(block.allowed.sum(axis=1)[block.context].sum()) for block in (self.first, *self.behind))


def build(
    target: Item,
    family: Mapping[str, Item],
    records: Records,
    profiles: Profiles,
    groups: Mapping[str, Groups],
    tables: Sequence[Table],
) -> Assignment:
    """Make the assignment in which the answers to `target`, and all that moves along, are asked for.

    Answers that decide what somebody is asked are known of her: they tell classes apart. Raises ValueError for a table that does
    not hold these counts, or whose groups cut through a profile.
    """
    lines = Lines.of(target, family, records, profiles)
    named = blocks(target, lines.moving, family)
    shown = [table for table in tables if table.item in lines.moving]
    groupings = {_grouping(table): place_of(table, profiles, groups) for table in shown}
    contexts = [joint(lines.context(names, first=not at), len(lines.profile)) for at, names in enumerate(named)]
    places = joint([*groupings.values()], len(profiles.people))[lines.profile[: lines.real]]
    kind, one = joint_first([*(each[: lines.real] for each in (lines.state, *contexts)), places])
    place = {grouping: each[lines.profile[one]] for grouping, each in groupings.items()}
    keys = [joint(lines.key(names), len(lines.profile)) for names in named[1:]]
    made: list[tuple[Block, _Answers]] = []
    for at, names in enumerate(named):
        answers = _answers(
            lines, names, contexts[at], keys[at - 1 : at] if at else keys, alone=len(named) == 1, behind=at > 0
        )
        line, first = joint_first([kind, answers.number[: lines.real]])
        people = np.bincount(line, lines.people, minlength=len(first)).astype(np.int64)
        held = kind[first], answers.number[first], people
        parts = tuple(_parts([table for table in shown if table.item in names], family, names, answers, place, held))
        key = joint([*answers.key.T], len(answers.every))
        made.append((Block(*held, contexts[at][one], answers.allowed, key, parts), answers))
    block, answers = made[0]
    by_key = np.zeros((int(block.key.max(initial=0)) + 1, len(keys)), dtype=np.int64)
    by_key[block.key] = answers.key
    return Assignment(
        np.bincount(kind, lines.people).astype(np.int64),
        lines.flag(target.name)[one] == 1,
        answers.every[:, named[0].index(target.name)],
        block,
        tuple(replace(block, key=answers.key[:, 0]) for block, answers in made[1:]),
        by_key,
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """The different answers of a block.

    `every` (answers x items), `number` (lines) which of them a line has, `key` (answers x keys), `allowed` (contexts x answers).
    """

    every: Ints
    number: Ints
    key: Ints
    allowed: Bools


def _answers(
    lines: Lines, names: Sequence[str], context: Ints, keys: Sequence[Ints], *, alone: bool, behind: bool
) -> _Answers:
    """Give the answers of a block: those that lines have in the same context, or of a single question, all that it has.

    `alone`: there is no other block; `behind`: it is not the first, so that the keys of the first say who is asked.
    """
    item = lines.family[names[0]]
    single = len(names) == 1 and (alone or behind) and (len(lines.family) == 1 or not is_worked_out(item))
    every, number, key = lines.every_answer(item.name, keys) if single else lines.answers(names, keys)
    allowed = np.zeros((int(context.max(initial=0)) + 1, len(every)), dtype=np.bool_)
    allowed[context, number] = True
    if single:
        allowed[context] = behind | (lines.flag(item.name)[:, None] == (every[:, 0] != not_asked(item)))
    return _Answers(every, number, key, allowed)


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
        yield np.where(category == not_asked(item), NOWHERE, 0), (table.asked_low[:, None], table.asked_high[:, None])


def _parts(
    tables: Sequence[Table],
    family: Mapping[str, Item],
    names: Sequence[str],
    answers: _Answers,
    place: Mapping[Grouping, Ints],
    lines: tuple[Ints, Ints, Ints],
) -> Iterator[TableConstraint]:
    """Write what tables say of a block; `place`: each class's group, by grouping."""
    numbers = {grouping: at for at, grouping in enumerate(place)}
    for table in tables:
        grouping = _grouping(table)
        category = answers.every[:, names.index(table.item)]
        for column, brackets in _columns(table, family[table.item], category):
            yield _part(numbers[grouping], place[grouping], column, brackets, lines)


def _grouping(table: Table) -> Grouping:
    """Tell tables apart by who is counted together in them."""
    return table.by, table.groups.members, table.edition


def _part(
    grouping: int, group: Ints, column: Ints, brackets: tuple[Ints, Ints], lines: tuple[Ints, Ints, Ints]
) -> TableConstraint:
    low, high = brackets
    kind, record, people = lines
    inside = (group[kind] >= 0) & (column[record] >= 0)
    cell = group[kind[inside]] * low.shape[1] + column[record[inside]]
    now = np.bincount(cell, people[inside], minlength=low.size).astype(np.int64).reshape(low.shape)
    if (now < low).any() or (now > high).any():
        raise ValueError("A table does not hold the counts that it was made from.")
    return TableConstraint(grouping, group, column, low, high, now)


def _starts(kind: Ints) -> Ints:
    return np.flatnonzero(np.diff(kind, prepend=-1))
