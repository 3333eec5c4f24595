"""Somebody who has every table that was ever printed, knows who answered, when, and everybody's groups, and can compute.

This shares nothing with the check it attacks but HiGHS: constraints are written down from the tables alone, one by one, over
numbers of people of each kind and record. The attacker does not know any answer; what is left as the only possibility is certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from server.analysis.brackets.table import Table
from server.analysis.counting.items import NOT_ASKED, Item
from tests.support.answered import Answered

OUT_OF_TIME = 1
"""What SciPy calls a program that was not solved in the time it had."""


class Undecided(Exception):
    """The attacker's time was over before anything could be concluded."""


@dataclass(frozen=True)
class Known:
    """What is known beforehand: each person's member of each axis by its key, her cohort, and more, such as entrances seen."""

    members: dict[str, list[str]]
    cohort: np.ndarray
    more: tuple[np.ndarray, ...] = ()

    @property
    def people(self) -> int:
        return len(self.cohort)


def known_of(world: Answered, *more: np.ndarray) -> Known:
    """Whatever anybody may know of these people; nothing that they answered, unless it is given in `more`."""
    keys = {axis.name: [member.key for member in axis.members] for axis in world.axes}
    return Known(
        {name: [keys[name][at] for at in numbers] for name, numbers in world.members.items()}, world.cohort, more
    )


class Attacker:
    """An integer program over kinds of people (alike in all that is known and told apart by tables) and records of some items.

    `records` lists every record that a person could have at all; `may` (people x records) which of them each could have.
    """

    def __init__(self, tables: Sequence[Table], items: Sequence[Item], known: Known, records=None, may=None) -> None:
        self._items = list(items)
        self._records = np.arange(len(items[0].categories))[:, None] if records is None else np.array(records)
        may = np.ones((known.people, len(self._records)), dtype=bool) if may is None else may
        shown = [table for table in tables if table.item in {item.name for item in items}]
        stands = [stands_in(table, known) for table in shown]
        lines = np.column_stack([*stands, *known.more, may, np.zeros(known.people)])
        _, first, self.kind = np.unique(lines, axis=0, return_index=True, return_inverse=True)
        self.kind = self.kind.ravel()
        self._size = np.bincount(self.kind).astype(float)
        self._may = may[first]
        self._rows, self._low, self._high = [], [], []
        for table, place in zip(shown, stands, strict=True):
            self._write(table, place[first])

    def certain(self, item: Item, seconds: float = 60.0) -> np.ndarray:
        """Number the people whose answer to an item is the only one possible; each program may take so many seconds, or Undecided."""
        answers = self._records[:, self._items.index(item)]
        people = self._solve(np.zeros(self._may.shape), seconds)
        assert people is not None, "the tables contradict each other or what is known"
        alone = {
            (kind, answer)
            for kind in range(len(self._size))
            for answer in np.unique(answers)
            if self._all(people, kind, answers == answer)
        }
        gap = 0.5
        while alone:
            cost = np.zeros(self._may.shape)
            for kind, answer in alone:
                cost[kind] = answers == answer
            found = self._solve(cost, seconds, gap)
            assert found is not None, "the tables contradict each other or what is known"
            still = {(kind, answer) for kind, answer in alone if self._all(found, kind, answers == answer)}
            if still == alone and gap == 0:
                break
            gap = 0.0 if still == alone else gap
            alone = still
        wanted = {kind for kind, answer in alone if not self._is_published(item, int(answer))}
        return np.flatnonzero(np.isin(self.kind, list(wanted)))

    def _is_published(self, item: Item, answer: int) -> bool:
        """Who was not asked has nothing to hide."""
        return item.categories[answer] == NOT_ASKED

    def _all(self, people, kind, these) -> bool:
        return people[kind, these].sum() > self._size[kind] - 0.5

    def _write(self, table: Table, place: np.ndarray) -> None:
        """Every count lies in its bracket, and so does the number of those asked."""
        at = [item.name for item in self._items].index(table.item)
        category, categories = self._records[:, at], self._items[at].categories
        for group in range(len(table.groups.members)):
            inside = place == group
            for answer in range(len(categories)):
                self._row(inside, category == answer, table.low[group, answer], table.high[group, answer])
            if NOT_ASKED in categories:
                asked = category != categories.index(NOT_ASKED)
                self._row(inside, asked, table.asked_low[group], table.asked_high[group])

    def _row(self, kinds, records, low, high) -> None:
        where = np.flatnonzero(np.outer(kinds, records).ravel())
        self._rows.append(where)
        self._low.append(low)
        self._high.append(high)

    def _solve(self, cost, seconds, gap=0.0):
        width = self._may.size
        each = [np.arange(self._may.shape[1]) + kind * self._may.shape[1] for kind in range(len(self._size))]
        rows = [*each, *self._rows]
        columns = np.concatenate(rows)
        number = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        matrix = sparse.csr_matrix((np.ones(len(columns)), (number, columns)), (len(rows), width))
        most = (self._may * self._size[:, None]).ravel()
        solved = milp(
            cost.ravel(),
            constraints=LinearConstraint(matrix, [*self._size, *self._low], [*self._size, *self._high]),
            bounds=Bounds(np.zeros(width), most),
            integrality=np.ones(width),
            options={"time_limit": seconds, "mip_rel_gap": gap},
        )
        if solved.x is None and solved.status == OUT_OF_TIME:
            raise Undecided
        return None if solved.x is None else np.rint(solved.x).reshape(self._may.shape)


def stands_in(table: Table, known: Known) -> np.ndarray:
    """The group in which everybody stands in a table; -1 for who is not counted there."""
    of = {member: at for at, group in enumerate(table.groups.members) for member in group}
    place = np.array([of.get(key, -1) for key in known.members[table.by]]) if table.by else np.zeros(known.people, int)
    return np.where(known.cohort <= table.edition, place, -1)


def exact(tables: Sequence[Table], world: Answered) -> list[Table]:
    """The same tables as exact counts: what would be printed without brackets."""
    known, found = known_of(world), []
    for table in tables:
        place, wide = stands_in(table, known), table.low.shape[1]
        counts = np.zeros((len(table.groups.members), wide), dtype=np.int64)
        np.add.at(counts, (place[place >= 0], world.answers[table.item][place >= 0]), 1)
        item = next(one for one in world.items if one.name == table.item)
        asked = counts[:, :-1].sum(axis=1) if item.conditional else counts.sum(axis=1)
        found.append(Table(table.item, table.groups, 1, counts, counts, asked, asked, table.edition))
    return found


def tables_of(decisions) -> list[Table]:
    """All tables of an edition."""
    return [table for decision in decisions.values() for table in decision.tables.values()]
