"""Other worlds: answers that would print the very same tables, and how far a hidden cell can move among them.

A hidden cell is safe when people could have answered otherwise without one printed figure changing. Here the answers to one
question are given to the same people anew: who is in which group stays as it is, and so does every other question. What can
move then can move whatever else was given out about other questions and about the groups. Every figure given out about this
question, now or in an earlier step, is a constraint; linear programs (SciPy's HiGHS) find the least and the most of a cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Constraints = tuple[Any, Floats, Any | None, Floats | None]
MOST_PROFILES = 250
NEAR = 1e-6
DIRECTIONS = 6
FEW = 2  # targets that are soonest solved one by one
FREE = -1
SETTING_UP = 50
OUT_OF_STEPS = 1  # what SciPy calls it


class TooMuchWork(Exception):
    """The programs of one table need more work than it may take."""


@dataclass(slots=True)
class Budget:
    """How much work the linear programs of one table may still be; in steps of the solver, not in time, so that it is always the same.

    A step of the simplex method costs the more the more constraints there are; `SETTING_UP` steps stand for making a program.
    """

    left: int

    def steps(self, constraints: int) -> int:
        """Say how many steps a program of so many constraints may take."""
        steps = self.left // max(constraints, 1) - SETTING_UP
        if steps <= 0:
            raise TooMuchWork
        return steps

    def spend(self, steps: int, constraints: int) -> None:
        """Take note of what a program took."""
        self.left -= (steps + SETTING_UP) * max(constraints, 1)


@dataclass(frozen=True, slots=True)
class Sum:
    """What a rounded figure tells of a group: its answers, weighted, add up to `most` or less."""

    group: int
    weights: Floats
    most: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What one table tells: `columns` says in which of its groups a profile stands (-1: in none).

    A cell is printed (`shown`), or bounded from above or below by a printed bound, or neither. `sums` are its rounded figures.
    """

    columns: Counts
    shown: Mask
    most: Counts
    least: Counts
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A hidden cell, and what has to stay possible: `values` different counts, one of them `reach` or more."""

    table: int
    answer: int
    group: int
    values: int
    reach: int


class World:
    """The people of a question by profile (groups, step), their true answers, and the tables that constrain others."""

    def __init__(self, truth: Counts, seen: Sequence[Seen], budget: Budget) -> None:
        self._budget = budget
        kept = _largest(truth)
        self._truth = truth[:, kept]
        self._all = truth
        self._kept = kept
        self._seen = seen
        self._equal, self._equals, self._below, self._belows = self._constraints()

    def unproven(self, targets: Sequence[Target]) -> list[int]:
        """Tell which targets could not be shown to be safe; what cannot be solved counts as unsafe."""
        if not targets:
            return []
        rows = [self._row(self._seen[target.table].columns, target.answer, target.group) for target in targets]
        inside: Any = sparse.csr_matrix(np.array(rows))
        start = inside @ self._truth.ravel()
        true = np.array([self._cell(target) for target in targets])
        offset = true - start
        low, high = true.astype(float), true.astype(float)
        waiting = np.arange(len(targets))
        for direction in range(DIRECTIONS if len(targets) > FEW else 0):
            found = self._solve(inside[waiting].T @ _pull(direction, len(waiting)))
            if found is None:
                return list(range(len(targets)))
            values = inside @ found + offset
            low, high = np.minimum(low, values), np.maximum(high, values)
            waiting = np.array(
                [at for at in waiting.tolist() if not _enough(targets[at], low[at], high[at])], dtype=np.int64
            )
            if not len(waiting):
                return []
        return [
            at
            for at in waiting.tolist()
            if not self._reaches(targets[at], inside[at], float(offset[at]), (low[at], high[at]))
        ]

    def _reaches(self, target: Target, row: Any, offset: float, found: tuple[float, float]) -> bool:
        """Find the exact least and most of one cell, as far as they matter; `found` is how far it got already."""
        low, high = found
        objective = np.asarray(row.todense()).ravel()
        for sign in (1.0, -1.0):
            extreme = self._solve(sign * objective)
            if extreme is None:
                return False
            value = float(objective @ extreme) + offset
            low, high = min(low, value), max(high, value)
            if _enough(target, low, high):
                return True
            if not _enough(target, 0.0, high):
                return False
        return False

    def _solve(self, pull: Floats) -> Floats | None:
        constraints = len(self._equals) + (0 if self._belows is None else len(self._belows))
        steps = self._budget.steps(constraints)
        answer = linprog(
            -np.asarray(pull).ravel(),
            A_ub=self._below,
            b_ub=self._belows,
            A_eq=self._equal,
            b_eq=self._equals,
            bounds=(0, None),
            method="highs-ds",
            options={"maxiter": steps},
        )
        self._budget.spend(int(answer.nit), constraints)
        if answer.status == OUT_OF_STEPS:
            raise TooMuchWork
        return np.asarray(answer.x) if answer.status == 0 else None

    def _cell(self, target: Target) -> int:
        inside = self._seen[target.table].columns == target.group
        return int(self._all[target.answer, inside].sum())

    def _row(self, columns: Counts, answer: int, group: int) -> Floats:
        row = np.zeros(self._truth.shape)
        row[answer, columns[self._kept] == group] = 1.0
        return row.ravel()

    def _constraints(self) -> Constraints:
        """Everybody answers once; printed cells keep their counts; printed bounds and rounded figures hold."""
        answers, profiles = self._truth.shape
        equal = [sparse.csr_matrix(np.tile(np.eye(profiles), answers))]
        below: list[Floats] = []
        bounds: list[float] = []
        for table in self._seen:
            for answer, group in zip(*np.nonzero(table.shown), strict=True):
                equal.append(sparse.csr_matrix(self._row(table.columns, answer, group)))
            for sign, limits in ((1.0, table.most), (-1.0, table.least)):
                for answer, group in zip(*np.nonzero(limits != FREE), strict=True):
                    row = self._row(table.columns, answer, group)
                    outside = self._all[answer, table.columns == group].sum() - row @ self._truth.ravel()
                    below.append(sign * row)
                    bounds.append(sign * float(limits[answer, group] - outside))
            for told in table.sums:
                inside = table.columns == told.group
                row = np.outer(told.weights, inside[self._kept]).ravel()
                below.append(row)
                bounds.append(
                    told.most - float(told.weights @ self._all[:, inside].sum(axis=1) - row @ self._truth.ravel())
                )
        matrix = sparse.vstack(equal, format="csc")
        if not below:
            return matrix, matrix @ self._truth.ravel(), None, None
        return matrix, matrix @ self._truth.ravel(), sparse.csc_matrix(np.array(below)), np.array(bounds)


def _pull(direction: int, count: int) -> Floats:
    """Pull all targets up, down, and apart: a few corners of what is possible settle most of them."""
    places = np.arange(count)
    pull = np.where(places // max(direction // 2, 1) % 2 == 0, 1.0, -1.0) if direction > 1 else np.ones(count)
    return pull if direction % 2 == 0 else -pull


def _enough(target: Target, low: float, high: float) -> bool:
    least, most = int(np.ceil(low - NEAR)), int(np.floor(high + NEAR))
    return most >= target.reach and most - least + 1 >= target.values


def _largest(truth: Counts) -> Counts:
    """Let only the most numerous profiles move when there are very many; the others keep their true answers."""
    sizes = truth.sum(axis=0)
    kept = np.argsort(-sizes, kind="stable")[:MOST_PROFILES]
    return np.sort(kept[sizes[kept] > 0])
