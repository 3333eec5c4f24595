"""Merging of too small parts of an axis: the smallest part joins the smallest that stands nearest, until all are large enough.

Merging beats hiding: were three people in a group of their own hidden, a second group would have to be hidden beside them, or the
total would give them away. The same sizes always give the same parts.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from server.analysis.counting.profiles import Ints

OURS = "@"
"""Members whose keys begin so are no answers (no answer given); they stand outside the order of an ordered axis."""

Members = tuple[str, ...]
Weigh = Callable[[Ints], Ints]
"""Says what the sizes of parts (parts x measures) count for, shape parts."""


def by_size(sizes: Ints) -> Ints:
    """Weigh parts by their first measure."""
    return sizes[:, 0]


class Parts:
    """The parts of an axis while they are merged, in the axis's order.

    `sizes` is parts x measures, added up when parts join; `weigh` says what counts of them. In an ordered axis only neighbours join.
    Elsewhere the nearest join first: those under the same parent, by `above` (a member's parent, whose own parent may stand there
    too), then those under the same grandparent, then any.
    """

    def __init__(
        self,
        members: Sequence[Members],
        sizes: Ints,
        *,
        ordered: bool = False,
        above: Mapping[str, str] | None = None,
        weigh: Weigh = by_size,
    ) -> None:
        outside = [ordered and part[0].startswith(OURS) for part in members]
        order = sorted(range(len(members)), key=outside.__getitem__)
        self.members = [members[at] for at in order]
        self.sizes = np.asarray(sizes, dtype=np.int64)[order]
        self._rank = {member: at for at, member in enumerate(one for part in self.members for one in part)}
        self._chain = len(members) - sum(outside) if ordered else 0
        self._paths = _paths(self.members, above or {})
        self._rooted = False
        self._weigh = weigh

    def __len__(self) -> int:
        return len(self.members)

    @property
    def weights(self) -> Ints:
        """What each part counts for."""
        return self._weigh(self.sizes)

    def until(self, least: int) -> None:
        """Merge until every part counts for at least `least`, or one is left."""
        while len(self) > 1:
            weights = self.weights
            smallest = int(np.flatnonzero(weights == weights.min())[-1])
            if weights[smallest] >= least:
                return
            self.join(smallest)

    def join(self, at: int, away: NDArray[np.bool_] | None = None) -> bool:
        """Let a part join the smallest of the nearest, of those in `away` only when it is given. Tell whether there was one."""
        open_to = self._neighbours(at) if away is None else self._neighbours(at) & away
        if not open_to.any():
            return False
        shared = (self._paths == self._paths[at]) & (self._paths >= 0)
        near = np.where(open_to, np.cumprod(shared, axis=1).sum(axis=1), -1)
        nearest = np.flatnonzero(near == near.max())
        other = int(nearest[np.argmin(self.weights[nearest])])
        self.merge(*sorted((at, other)))
        return True

    def inside(self, homes: Sequence[frozenset[int]]) -> None:
        """Say in which groups of a coarser axis each part lies: parts that lie in the same one are the nearest of all."""
        root = np.array([next(iter(home)) if len(home) == 1 else -1 for home in homes], dtype=np.int64)
        self._paths = np.column_stack((root, self._paths[:, 1:] if self._rooted else self._paths))
        self._rooted = True

    def _neighbours(self, at: int) -> NDArray[np.bool_]:
        """Mark the parts that a part may join: its neighbours in an order, else all the others."""
        found = np.ones(len(self), dtype=bool)
        if at < self._chain > 1:
            found[:] = False
            found[[beside for beside in (at - 1, at + 1) if 0 <= beside < self._chain]] = True
        found[at] = False
        return found

    def merge(self, first: int, second: int) -> None:
        """Make one part of two; `first` stands before `second`."""
        self.members[first] = tuple(
            sorted((*self.members[first], *self.members.pop(second)), key=self._rank.__getitem__)
        )
        self.sizes[first] += self.sizes[second]
        apart = np.cumsum(self._paths[first] != self._paths[second]) > 0
        self._paths[first, apart] = -1
        self.sizes, self._paths = (np.delete(one, second, axis=0) for one in (self.sizes, self._paths))
        self._chain -= second < self._chain


def _paths(parts: Sequence[Members], above: Mapping[str, str]) -> Ints:
    """Number the parents above each part, from the root down: parts x depth, -1 where its members have none in common."""
    numbers: dict[str, int] = {}
    lines = []
    for part in parts:
        above_all = [_line(member, above) for member in part]
        shared = []
        for level in zip(*above_all, strict=False):
            if len(set(level)) > 1:
                break
            shared.append(numbers.setdefault(level[0], len(numbers)))
        lines.append(shared)
    depth = max((len(line) for line in lines), default=0)
    return np.array([line + [-1] * (depth - len(line)) for line in lines], dtype=np.int64).reshape(len(parts), depth)


def _line(member: str, above: Mapping[str, str]) -> list[str]:
    """List the parents of a member, the root first; a ring of parents ends where it began."""
    line: list[str] = []
    while (parent := above.get(member)) is not None and parent not in line:
        line.insert(0, parent)
        member = parent
    return line
