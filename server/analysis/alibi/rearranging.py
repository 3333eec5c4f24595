"""The third way to an alibi: one person answers otherwise, and others make up for it one after another, until all prints the same.

After each change some cells may lie outside of their brackets. The next change is the one that brings most of them back: somebody
gives another answer of the same block, or somebody else goes into a section or stays out. Whoever changed stays as she is then.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from server.analysis.alibi.assignments import Assignment, Block
from server.analysis.alibi.budget import Watch
from server.analysis.counting.profiles import Ints

STEPS = 16
"""So many changes may follow on the first."""
SIDEWAYS = 3
"""So many of them may bring nothing."""
STARTS = 5
"""So many first changes are tried for a class."""
PAIRS = 100_000
"""So many changes are compared at a time."""
CALL = 4_000
"""What a step on an array costs however small that is, in cells."""
NEVER = 1_000_000
Move = tuple[int, int, int]
"""One person of a line of a block gives other answers: (block, line, answers)."""


def without_rearranging(assignment: Assignment, classes: Ints, watch: Watch) -> Ints:
    """Give those of these classes for which no such assignment was found; what was not tried in the budget counts as not found."""
    search, left = _Search(assignment, watch), classes
    for one in classes:
        if watch.over:
            break
        if one in left:
            left = left[~np.isin(left, search.alibis(int(one)))]
    return left


class _Search:
    def __init__(self, assignment: Assignment, watch: Watch) -> None:
        self._assignment = assignment
        self._blocks = [_Cells(block, watch) for block in (assignment.first, *assignment.behind)]
        self._moves: list[Move] = []

    def alibis(self, one: int) -> Ints:
        """Look for an assignment in which a class differs; give all classes that do in it."""
        first = self._assignment.first
        lines = first.lines_of(np.array([one]))
        answers = np.arange(len(self._assignment.label))
        cost = self._costs(lines, answers)
        cost[self._assignment.label[first.record[lines]][:, None] == self._assignment.label[None]] = NEVER
        for at in np.argsort(cost, axis=None, kind="stable")[:STARTS]:
            line, answer = lines[at // len(answers)], answers[at % len(answers)]
            if cost.flat[at] >= NEVER:
                break
            found = self._changed([*self._change(int(line), int(answer))])
            self._back()
            if len(found):
                return found
        return np.array([], dtype=np.int64)

    def _changed(self, moves: Sequence[Move]) -> Ints:
        """Begin with some moves, let others make up for them; give the classes that differ, none where it does not come out."""
        self._do(moves)
        sideways = SIDEWAYS
        for _ in range(STEPS):
            outside = next(((at, cell) for at, cells in enumerate(self._blocks) for cell in cells.outside()[:1]), None)
            if outside is None:
                label, first = self._assignment.label, self._assignment.first
                differ = [line for at, line, new in self._moves if not at and label[new] != label[first.record[line]]]
                return first.kind[differ]
            cost, moves = self._best(*outside)
            sideways -= cost >= 0
            if cost > 0 or sideways < 0:
                break
            self._do(moves)
        return np.array([], dtype=np.int64)

    def _best(self, at: int, cell: int) -> tuple[int, Sequence[Move]]:
        """Choose what brings a cell of a block back at the least cost for all the others."""
        cells = self._blocks[at]
        lines, answers = cells.that_help(cell)
        cost, line, answer = _least(cells.same_key_costs(lines, answers), lines, answers)
        found: Sequence[Move] = [(at, line, answer)]
        if self._assignment.behind and (cost >= 0 or not at):
            first, every = self._assignment.first, np.arange(len(self._assignment.label))
            lines = _some(first.lines_of(cells.kinds_in(cell)), PAIRS // len(every))
            costs = self._costs(lines, every)
            costs[first.key[first.record[lines]][:, None] == first.key[None]] = NEVER
            other, line, answer = _least(costs, lines, every)
            if other < cost:
                return other, [*self._change(line, answer)]
        return cost, found

    def _costs(self, lines: Ints, answers: Ints) -> Ints:
        """Count how many more people stand outside of brackets when lines of the first block change: lines x answers."""
        first, keys = self._assignment.first, self._assignment.keys
        cost = self._blocks[0].costs(lines, answers)
        kinds, at = np.unique(first.kind[lines], return_inverse=True)
        for number, cells in enumerate(self._blocks[1:]):
            before = keys[first.key[first.record[lines]], number]
            after = keys[first.key[answers], number]
            leaving, entering = cells.leaving(kinds)[at.ravel()], cells.entering(kinds)[at.ravel()]
            cost += np.where(
                before[:, None] == after[None],
                0,
                leaving[np.arange(len(lines)), before][:, None] + entering[:, after],
            )
        return np.minimum(cost, NEVER)

    def _change(self, line: int, answer: int) -> Iterator[Move]:
        """Give the moves of one person who changes in the first block, and in those behind it as far as she is asked otherwise."""
        first, keys = self._assignment.first, self._assignment.keys
        yield 0, line, answer
        for number, cells in enumerate(self._blocks[1:]):
            before, after = keys[first.key[first.record[line]], number], keys[first.key[answer], number]
            if before != after:
                kind = int(first.kind[line])
                yield number + 1, cells.who_leaves(kind, int(before)), cells.what_enters(kind, int(after))

    def _do(self, moves: Sequence[Move]) -> None:
        for at, line, answer in moves:
            self._blocks[at].move(line, answer)
            self._moves.append((at, line, answer))

    def _back(self) -> None:
        for at in {at for at, _, _ in self._moves}:
            self._blocks[at].back()
        self._moves.clear()


class _Cells:
    """All cells of all tables of a block in one row, as they are after some changes; the last one stands for nowhere."""

    def __init__(self, block: Block, watch: Watch) -> None:
        self.block, self._watch = block, watch
        sizes = [part.low.size for part in block.parts]
        self._start = np.cumsum([0, *sizes])
        classes, answers = len(block.context), len(block.key)
        self._place = np.full((len(sizes), classes), -1)
        self._column = np.full((len(sizes), answers), -1)
        for at, part in enumerate(block.parts):
            self._place[at] = np.where(part.group >= 0, self._start[at] + part.group * part.low.shape[1], -1)
            self._column[at] = part.column
        self._low, self._high, self._true = (
            np.concatenate([*(getattr(part, name).ravel() for part in block.parts), [0]]).astype(np.int64)
            for name in ("low", "high", "now")
        )
        self._keys = int(block.key.max(initial=0)) + 1
        self.back()

    def back(self) -> None:
        """Put everything back to what is true."""
        self._now = self._true.copy()
        self._free = self.block.people.copy()
        self._weigh()

    def move(self, line: int, answer: int) -> None:
        """Let one person of a line answer otherwise; she is not moved again."""
        kind = self.block.kind[[line]]
        self._now[self._cells(kind, self.block.record[[line]])] -= 1
        self._now[self._cells(kind, np.array([answer]))] += 1
        self._now[-1] = 0
        self._free[line] -= 1
        self._weigh()

    def outside(self) -> Ints:
        """Number the cells that would print otherwise."""
        return np.flatnonzero((self._now < self._low) | (self._now > self._high))

    def kinds_in(self, cell: int) -> Ints:
        """Number the classes that are counted in the row of a cell."""
        at, row, _ = self._where(cell)
        return np.flatnonzero(self._place[at] == row)

    def that_help(self, cell: int) -> tuple[Ints, Ints]:
        """Give lines and answers that bring a cell back: out of it where it holds too many, else into it."""
        at, row, column = self._where(cell)
        here = self._place[at, self.block.kind] == row
        there, answers = self._column[at, self.block.record] == column, self._column[at] == column
        too_many = self._now[cell] > self._high[cell]
        found = np.flatnonzero(~answers if too_many else answers)
        return _some(np.flatnonzero(here & (there == too_many)), PAIRS // max(len(found), 1)), found

    def same_key_costs(self, lines: Ints, answers: Ints) -> Ints:
        """Give the costs of changes after which people are asked the same as before: lines x answers."""
        cost = self.costs(lines, answers)
        cost[self.block.key[self.block.record[lines]][:, None] != self.block.key[answers][None]] = NEVER
        return cost

    def costs(self, lines: Ints, answers: Ints) -> Ints:
        """Count how many more people stand outside of brackets when one of a line changes: lines x answers; NEVER: she cannot."""
        kind, record = self.block.kind[lines], self.block.record[lines]
        cost = np.zeros((len(lines), len(answers)), dtype=np.int64)
        for at, column in enumerate(self._column):
            place, before, after = self._place[at, kind], column[record], column[answers]
            less = self._less[self._cell(place, before)]
            more = self._more[self._cell(place[:, None], after[None])]
            cost += np.where(before[:, None] == after[None], 0, less[:, None] + more)
        cost[~self.block.allowed[self.block.context[kind]][:, answers]] = NEVER
        cost[self._free[lines] < 1] = NEVER
        self._watch.add((cost.size + CALL) * (len(self._column) + 1))
        return cost

    def leaving(self, kinds: Ints) -> Ints:
        """Give the least cost of somebody leaving her answers: classes x keys of what she leaves."""
        cost = np.full((len(kinds), self._keys), NEVER)
        lines, each = self._lines_and_costs(kinds)
        place = np.searchsorted(kinds, self.block.kind[lines])
        np.minimum.at(cost, (place, self.block.key[self.block.record[lines]]), each)
        return cost

    def entering(self, kinds: Ints) -> Ints:
        """Give the least cost of somebody coming to answers: classes x keys of what she comes to."""
        each = self._costs_of_coming(kinds)
        cost = np.full((len(kinds), self._keys), NEVER)
        for key in range(self._keys):
            cost[:, key] = each[:, self.block.key == key].min(axis=1, initial=NEVER)
        return cost

    def who_leaves(self, kind: int, key: int) -> int:
        """Choose the line of a class that is left at the least cost."""
        lines, each = self._lines_and_costs(np.array([kind]))
        fits = self.block.key[self.block.record[lines]] == key
        return int(lines[fits][np.argmin(each[fits])])

    def what_enters(self, kind: int, key: int) -> int:
        """Choose the answers that somebody of a class comes to at the least cost."""
        fits = np.flatnonzero(self.block.key == key)
        return int(fits[np.argmin(self._costs_of_coming(np.array([kind]))[0, fits])])

    def _lines_and_costs(self, kinds: Ints) -> tuple[Ints, Ints]:
        lines = self.block.lines_of(kinds)
        cells = self._cells(self.block.kind[lines], self.block.record[lines])
        self._watch.add(cells.size + CALL)
        return lines, np.where(self._free[lines] > 0, self._less[cells].sum(axis=0), NEVER)

    def _costs_of_coming(self, kinds: Ints) -> Ints:
        cost = np.zeros((len(kinds), len(self.block.key)), dtype=np.int64)
        for at, column in enumerate(self._column):
            cost += self._more[self._cell(self._place[at, kinds][:, None], column[None])]
        self._watch.add((cost.size + CALL) * (len(self._column) + 1))
        return np.where(self.block.allowed[self.block.context[kinds]], cost, NEVER)

    def _weigh(self) -> None:
        """Work out for every cell how many more people stand outside when somebody leaves it or comes to it."""
        self._less = np.where(self._now <= self._low, 1, np.where(self._now > self._high, -1, 0))
        self._more = np.where(self._now >= self._high, 1, np.where(self._now < self._low, -1, 0))
        self._less[-1] = self._more[-1] = 0

    def _where(self, cell: int) -> tuple[int, int, int]:
        """Tell of a cell in which table it stands, where its row begins, and its column."""
        at = int(np.searchsorted(self._start, cell, side="right")) - 1
        wide = self.block.parts[at].low.shape[1]
        column = (cell - int(self._start[at])) % wide
        return at, cell - column, column

    def _cells(self, kind: Ints, record: Ints) -> Ints:
        """Give the cells in which people are counted: tables x people."""
        return self._cell(self._place[:, kind], self._column[:, record])

    def _cell(self, place: Ints, column: Ints) -> Ints:
        return np.where((place >= 0) & (column >= 0), place + column, len(self._now) - 1)


def _least(cost: Ints, lines: Ints, answers: Ints) -> tuple[int, int, int]:
    if not cost.size:
        return NEVER, 0, 0
    at = int(np.argmin(cost))
    return int(cost.flat[at]), int(lines[at // len(answers)]), int(answers[at % len(answers)])


def _some(lines: Ints, most: int) -> Ints:
    """Choose some lines, evenly."""
    most = max(most, 8)
    return lines if len(lines) <= most else lines[np.linspace(0, len(lines) - 1, most).astype(np.int64)]
