"""The last way to an alibi: an integer program (SciPy's HiGHS) over everybody, for an assignment of whole people where somebody differs.

An assignment that it finds is counted again before it is believed. Only a program that is solved to the end, without any gap, can conclude
that there is none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from server.analysis.alibi.assignments import Assignment, Block
from server.analysis.alibi.budget import Watch
from server.analysis.counting.profiles import Ints

Floats = NDArray[np.float64]
Rows = tuple[sparse.csr_matrix, Floats, Floats]
"""Some constraints: sums of variables, and between which numbers they lie."""
WIDE_GAP = 0.5
"""A first assignment in which many differ is found much sooner than the one in which most do."""
HALF_A_PERSON = 0.5
"""Where less than half a person can differ, nobody can."""
NODES = 200
"""So many branches of a program are followed."""
PASSES = 2_000
"""The work of following a branch, in looks at every number of the program (as measured; it varies tenfold)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the program came to: the classes still `left` without an alibi, and whether it is `concluded` that they have none."""

    left: Ints
    concluded: bool


def search(assignment: Assignment, classes: Ints, watch: Watch) -> Found:
    """Look for assignments in which somebody of these classes has another answer."""
    program = _Program(assignment)
    left, gap = classes, WIDE_GAP
    while len(left) and not watch.over:
        moved, complete = program.moved(left, gap, watch)
        left = left[~np.isin(left, moved)]
        if not len(moved) and gap == 0:
            return Found(left, complete)
        if not len(moved):
            gap = 0.0
    return Found(left, concluded=not len(left))


class _Program:
    """The constraints of an assignment: made once, asked several times. Variables: how many of each class have which answers of a block."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        pairs = [np.nonzero(block.allowed[block.context]) for block in (assignment.first, *assignment.behind)]
        self._kind, self._record = pairs[0]
        ends = np.cumsum([len(kind) for kind, _ in pairs])
        self._variables = int(ends[-1])
        rows = [self._once()]
        for at, (block, (kind, record)) in enumerate(zip((assignment.first, *assignment.behind), pairs, strict=True)):
            start = int(ends[at]) - len(kind)
            rows += self._tables(block, kind, record, start)
            if at:
                rows.append(self._as_many(at - 1, kind, block.key[record], start))
        self._matrix = sparse.vstack([matrix for matrix, _, _ in rows]).tocsr()
        self._low, self._high = (np.concatenate([row[at] for row in rows]) for at in (1, 2))
        self._most = assignment.sizes[np.concatenate([kind for kind, _ in pairs])].astype(float)

    def moved(self, classes: Ints, gap: float, watch: Watch) -> tuple[Ints, bool]:
        """Give those of these classes that answer otherwise in the assignment found, and whether the program was solved to the end."""
        assignment = self._assignment
        answer = np.full(len(assignment.sizes), -1)
        answer[classes] = assignment.label[assignment.first.record[np.searchsorted(assignment.first.kind, classes)]]
        cost = np.zeros(self._variables)
        otherwise = (answer[self._kind] >= 0) & (answer[self._kind] != assignment.label[self._record])
        cost[: len(otherwise)] = -otherwise.astype(float)
        solved = milp(
            cost,
            constraints=LinearConstraint(self._matrix, self._low, self._high),
            bounds=Bounds(np.zeros(self._variables), self._most),
            integrality=np.ones(self._variables),
            options={"time_limit": max(watch.seconds_left, 0.01), "mip_rel_gap": gap, "node_limit": NODES},
        )
        watch.add(PASSES * self._matrix.nnz * (1 + int(solved.mip_node_count or 0)))
        if solved.x is None or not self._prints_the_same(people := np.rint(solved.x)):
            return classes[:0], False
        differ = np.bincount(self._kind, otherwise * people[: len(otherwise)], minlength=len(assignment.sizes))
        bound = solved.mip_dual_bound
        complete = solved.status == 0 and bound is not None and -bound < HALF_A_PERSON
        return classes[differ[classes] > 0], complete

    def _prints_the_same(self, people: Floats) -> bool:
        """Count the tables of another assignment anew, in whole people."""
        counted = self._matrix @ people
        return bool((people >= 0).all() and (counted >= self._low).all() and (counted <= self._high).all())

    def _once(self) -> Rows:
        """Let everybody have one record."""
        sizes = self._assignment.sizes.astype(float)
        ones, at = np.ones(len(self._kind)), np.arange(len(self._kind))
        return sparse.csr_matrix((ones, (self._kind, at)), (len(sizes), self._variables)), sizes, sizes

    def _as_many(self, behind: int, kind: Ints, key: Ints, start: int) -> Rows:
        """Let as many of each class be asked what stands in a block as the first block says."""
        wanted = self._assignment.keys[self._assignment.first.key[self._record], behind]
        keys = int(max(key.max(initial=0), wanted.max(initial=0))) + 2
        row = np.concatenate([kind * keys + key, self._kind * keys + wanted]) + 1
        column = np.concatenate([start + np.arange(len(kind)), np.arange(len(self._kind))])
        ones = np.concatenate([np.ones(len(kind)), -np.ones(len(self._kind))])
        used, row = np.unique(row, return_inverse=True)
        nothing = np.zeros(len(used))
        return sparse.csr_matrix((ones, (row.ravel(), column)), (len(used), self._variables)), nothing, nothing

    def _tables(self, block: Block, kind: Ints, record: Ints, start: int) -> list[Rows]:
        """Let every cell of every table lie in its bracket."""
        found = []
        for part in block.parts:
            here, there = part.group[kind], part.column[record]
            inside = np.flatnonzero((here >= 0) & (there >= 0))
            used, row = np.unique(here[inside] * part.low.shape[1] + there[inside], return_inverse=True)
            ones = np.ones(len(inside))
            matrix = sparse.csr_matrix((ones, (row.ravel(), start + inside)), (len(used), self._variables))
            found.append((matrix, part.low.ravel()[used].astype(float), part.high.ravel()[used].astype(float)))
        return found
