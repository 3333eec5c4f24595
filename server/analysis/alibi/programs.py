"""The last way to an alibi: an integer program (SciPy's HiGHS) that looks for a world of whole people where somebody differs.

A world that it finds is counted again before it is believed. Only a program over everybody that is solved to the end, without
any gap, can conclude that there is none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from server.analysis.alibi.worlds import World
from server.analysis.counting.profiles import Ints

Floats = NDArray[np.float64]
WIDE_GAP = 0.5
"""A first world in which many differ is found much sooner than the one in which most do."""
HALF_A_PERSON = 0.5
"""Where less than half a person can differ, nobody can."""


@dataclass(frozen=True, slots=True)
class Found:
    """What programs came to: the classes still `left` without an alibi, and whether it is `concluded` that they have none."""

    left: Ints
    concluded: bool


def search(
    world: World,
    classes: Ints,
    free: Ints,
    records: Ints,
    seconds_left: Callable[[], float],
    *,
    to_the_end: bool = True,
) -> Found:
    """Look for worlds in which somebody of these classes has another answer. Only the people of `free` may change at all.

    Each may have what somebody of her class has, or one of `records`. Nothing is concluded unless everybody and everything is free
    and the search goes `to_the_end`; otherwise it gives up when the first world found within a wide gap moves nobody.
    """
    program = _Program(world, free, records)
    left, gap = classes, WIDE_GAP
    while len(left) and (seconds := seconds_left()) > 0:
        moved, complete = program.moved(left, gap, seconds)
        left = left[~np.isin(left, moved)]
        if not len(moved) and gap == 0:
            return Found(left, complete and program.is_whole)
        if not len(moved) and not to_the_end:
            return Found(left, concluded=False)
        if not len(moved):
            gap = 0.0
    return Found(left, concluded=not len(left))


def between_two(world: World, classes: Ints, most: int, seconds_left: Callable[[], float]) -> Ints:
    """Give those of these classes for which no world was found in which people change between two answers only.

    One pair of answers after another, the most common first: with two answers a program is solved many times sooner than with all,
    and nearly everybody has such a world. `most`: the variables of the largest program that is begun.
    """
    given = np.zeros((len(world.state), int(world.label.max()) + 1), dtype=np.bool_)
    given[world.kind, world.label[world.record]] = True
    order = np.argsort(-np.bincount(world.label[world.record], world.people, given.shape[1]), kind="stable")
    left = classes
    for at, one in enumerate(order):
        for other in order[:at]:
            two = np.isin(np.arange(given.shape[1]), (one, other))
            wanted = left[given[left][:, two].any(axis=1)]
            free, records = np.flatnonzero(~given[:, ~two].any(axis=1)), np.flatnonzero(two[world.label])
            if not len(wanted) or world.allowed[:, records].sum(axis=1)[world.state[free]].sum() > most:
                continue
            if seconds_left() <= 0:
                return left
            found = search(world, wanted, free, records, seconds_left, to_the_end=False)
            left = left[~np.isin(left, wanted) | np.isin(left, found.left)]
    return left


def nearest(world: World, classes: Ints, many: int) -> Ints:
    """Choose about so many classes to set free: these, and those that share the most groups with them and answered otherwise."""
    shared = np.zeros(len(world.state), dtype=np.int64)
    for part in world.parts:
        inside = np.bincount(part.group[classes] + 1, minlength=len(part.low) + 1)
        shared += inside[part.group + 1]
    labels = np.unique(_answer_of(world, classes))
    others = np.zeros(len(world.state), dtype=np.bool_)
    others[world.kind[~np.isin(world.label[world.record], labels)]] = True
    order = np.lexsort((-shared, ~others)) if len(labels) == 1 else np.argsort(-shared, kind="stable")
    return np.union1d(classes, order[:many])


class _Program:
    """The constraints of a world in which some classes are free: made once, asked several times."""

    def __init__(self, world: World, free: Ints, records: Ints) -> None:
        self._world = world
        held = np.zeros((len(free), len(world.label)), dtype=np.bool_)
        number = np.full(len(world.state), -1)
        number[free] = np.arange(len(free))
        lines = np.flatnonzero(number[world.kind] >= 0)
        held[number[world.kind[lines]], world.record[lines]] = True
        held[:, records] = True
        of_free, self._record = np.nonzero(held & world.allowed[world.state[free]])
        self._class = free[of_free]
        self.is_whole = len(free) == len(world.state) and len(records) == len(world.label)
        self._now = self._true_numbers()
        sizes = world.sizes[self._class].astype(float)
        cells = [self._cells(part.group, part.column, part.low.shape[1]) for part in world.parts]
        rows = [
            self._rows(cell, part.low - part.now, part.high - part.now)
            for cell, part in zip(cells, world.parts, strict=True)
        ]
        once = sparse.csr_matrix((np.ones(len(of_free)), (of_free, np.arange(len(of_free)))), (len(free), len(of_free)))
        each = world.sizes[free].astype(float)
        matrix = sparse.vstack([once, *(row for row, _, _ in rows)]).tocsr()
        low = np.concatenate([each, *(one for _, one, _ in rows)])
        high = np.concatenate([each, *(one for _, _, one in rows)])
        self._constraints, self._bounds = LinearConstraint(matrix, low, high), Bounds(np.zeros(len(sizes)), sizes)

    def moved(self, classes: Ints, gap: float, seconds: float) -> tuple[Ints, bool]:
        """Give those of these classes that answer otherwise in the world found, and whether the program was solved to the end."""
        world = self._world
        answer = np.full(len(world.state), -1)
        answer[classes] = _answer_of(world, classes)
        watched = answer[self._class] >= 0
        otherwise = watched & (answer[self._class] != world.label[self._record])
        solved = milp(
            -otherwise.astype(float),
            constraints=self._constraints,
            bounds=self._bounds,
            integrality=np.ones(len(otherwise)),
            options={"time_limit": max(seconds, 0.01), "mip_rel_gap": gap},
        )
        if solved.x is None:
            return classes[:0], False
        people = np.rint(solved.x).astype(np.int64)
        if not self._prints_the_same(people):
            return classes[:0], False
        differ = np.bincount(self._class, otherwise * people, minlength=len(world.state))
        bound = solved.mip_dual_bound
        complete = solved.status == 0 and bound is not None and -bound < HALF_A_PERSON
        return classes[differ[classes] > 0], complete

    def _prints_the_same(self, people: Ints) -> bool:
        """Count the tables of another world anew, in whole people."""
        world = self._world
        change = people - self._now
        if (people < 0).any() or np.bincount(self._class, change, minlength=len(world.state)).any():
            return False
        for part in world.parts:
            cell = self._cells(part.group, part.column, part.low.shape[1])
            inside = cell >= 0
            then = part.now.ravel() + np.bincount(cell[inside], change[inside], minlength=part.now.size).astype(
                np.int64
            )
            if (then < part.low.ravel()).any() or (then > part.high.ravel()).any():
                return False
        return True

    def _true_numbers(self) -> Ints:
        """Count who holds each record in truth, for every variable."""
        world = self._world
        key = world.kind * len(world.label) + world.record
        wanted = self._class * len(world.label) + self._record
        at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        return np.where(key[at] == wanted, world.people[at], 0)

    def _cells(self, group: Ints, column: Ints, width: int) -> Ints:
        here, there = group[self._class], column[self._record]
        return np.where((here >= 0) & (there >= 0), here * width + there, -1)

    def _rows(self, cell: Ints, down: Ints, up: Ints) -> tuple[sparse.csr_matrix, Floats, Floats]:
        """Write one table as rows of the program: how far each of its cells may go below and above what it is."""
        inside = np.flatnonzero(cell >= 0)
        used, row = np.unique(cell[inside], return_inverse=True)
        matrix = sparse.csr_matrix((np.ones(len(inside)), (row.ravel(), inside)), (len(used), len(cell)))
        now = matrix @ self._now.astype(float)
        return matrix, now + down.ravel()[used], now + up.ravel()[used]


def _answer_of(world: World, classes: Ints) -> Ints:
    """Give the one answer that each of these classes gave."""
    return world.label[world.record[np.searchsorted(world.kind, classes)]]
