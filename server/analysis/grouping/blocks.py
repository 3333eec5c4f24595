"""Linked blocks: groups of two editions that share people, held to the step between editions together (DISCLOSURE.md, rules 1, 2).

Two groupings of the same members need not have any group in common, and yet sums of groups of one less sums of groups of the other
can leave a few people who came in between. A block is what hangs together when every group of one is tied to every group of the
other with which it shares a member; nothing smaller than a block is a difference that can be formed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from server.analysis.counting.axes import Axis
from server.analysis.counting.profiles import Ints, Sizes
from server.analysis.grouping.groups import Groups
from server.analysis.grouping.merging import Members, Parts


@dataclass(frozen=True, slots=True)
class Past:
    """What one earlier grouping asks of an axis, over G members of the finer of the two axes.

    `mine` is each one's member of the axis (shape G), `then` its group in the earlier grouping (G), -1 for none; `new` are the
    people who came since (G).
    """

    mine: Ints
    then: Ints
    new: Ints


@dataclass(frozen=True, slots=True)
class Steps:
    """The step between editions, in people, and what earlier groupings ask of each axis."""

    least: int
    pasts: Mapping[str, Sequence[Past]]


NO_STEPS = Steps(0, {})


def labels(parts: Iterable[Members], keys: Sequence[str]) -> Ints:
    """Give the number of the part in which each member stands, in the order of `keys`; -1 for none."""
    of = {member: at for at, part in enumerate(parts) for member in part}
    return np.array([of.get(key, -1) for key in keys], dtype=np.int64)


def link(now: Ints, then: Ints) -> tuple[Ints, Ints]:
    """Number the blocks: for each group of `now` and for each of `then` (labels of the same members), the block it belongs to."""
    groups, earlier = int(now.max(initial=-1)) + 1, int(then.max(initial=-1)) + 1
    both = (now >= 0) & (then >= 0)
    ties = coo_array((np.ones(both.sum()), (now[both], groups + then[both])), shape=(groups + earlier,) * 2)
    block = connected_components(ties, directed=False)[1].astype(np.int64)
    return block[:groups], block[groups:]


def settle(parts: Parts, keys: Sequence[str], pasts: Sequence[Past], step: int) -> None:
    """Merge parts on until every block with every earlier grouping holds nobody new or at least `step` new people.

    `keys` are the axis's members. Merging never spoils a block that is settled: sums of nobody or enough are nobody or enough.
    """
    while len(parts) > 1:
        block = next((block for past in pasts if (block := _unsettled(parts, keys, past, step)) is not None), None)
        if block is None:
            return
        inside = np.flatnonzero(block)[np.argsort(parts.weights[block], kind="stable")]
        if not any(parts.join(int(at), away=~block) for at in inside):
            parts.join(int(inside[0]))


def steps_of(least: int, axes: Sequence[Axis], earlier: Mapping[int, Mapping[str, Groups]], sizes: Sizes) -> Steps:
    """Collect what earlier breakdowns (edition -> axis -> groups) ask of every axis."""
    pasts: dict[str, list[Past]] = {axis.name: [] for axis in axes}
    for edition, groupings in earlier.items():
        for axis, other in product(axes, [axis for axis in axes if axis.name in groupings]):
            past = past_of(axis, other, axes, groupings[other.name], sizes, edition, max(sizes.cohorts))
            if past is not None:
                pasts[axis.name].append(past)
    return Steps(least, pasts)


def coarser(fine: Axis, coarse: Axis, axes: Sequence[Axis]) -> Ints | None:
    """Give the number of the coarse axis's member for each member of the fine one; None where the one does not decide the other."""
    if fine.name == coarse.name:
        return np.arange(len(fine.members))
    if len(fine.columns) > 1:
        sides = [axis for column in fine.columns for axis in axes if axis.columns == (column,)]
        shape = tuple(len(side.members) for side in sides)
        if len(sides) == 2 and np.prod(shape) == len(fine.members):
            for side, at in zip(sides, np.unravel_index(np.arange(len(fine.members)), shape), strict=True):
                up = coarser(side, coarse, axes)
                if up is not None:
                    return up[at]
        return None
    numbers = {member.key: at for at, member in enumerate(coarse.members)}
    if not any(parent in numbers for parent in fine.parent_of.values()):
        return None
    return np.array([_above(member.key, fine.parent_of, numbers) for member in fine.members], dtype=np.int64)


def past_of(
    axis: Axis, other: Axis, axes: Sequence[Axis], then: Groups, sizes: Sizes, edition: int, upto: int
) -> Past | None:
    """Say what an edition's groups of an axis `other` ask of `axis` in the edition `upto`. None where no sums can be compared.

    A member of the finer axis whom nobody had then ties nothing: the groups in which it stands count other people.
    """
    cohorts = np.asarray(sizes.cohorts)
    for fine, coarse in ((axis, other), (other, axis)):
        up = coarser(fine, coarse, axes)
        if up is not None:
            people = sizes.people[fine.name]
            grouped = labels(then.members, [member.key for member in other.members])
            grouped = grouped[up] if other is coarse else grouped
            held = people[:, cohorts <= edition].sum(axis=1) > 0
            new = people[:, (cohorts > edition) & (cohorts <= upto)].sum(axis=1)
            return Past(np.arange(len(up)) if axis is fine else up, np.where(held, grouped, -1), new)
    return None


def _above(member: str, parent_of: Mapping[str, str], numbers: Mapping[str, int]) -> int:
    """Find the member's parent among the members of the coarse axis, or the one that has its own name; the last where none has."""
    seen = {member}
    key: str | None = parent_of.get(member, member)
    while key is not None and key not in numbers and key not in seen:
        seen.add(key)
        key = parent_of.get(key)
    return numbers.get(key or "", len(numbers) - 1)


def _unsettled(parts: Parts, keys: Sequence[str], past: Past, step: int) -> NDArray[np.bool_] | None:
    """Mark the parts of the first block that holds some new people and fewer than `step`; None where there is none."""
    now = labels(parts.members, keys)[past.mine]
    block, _ = link(now, past.then)
    stands = now >= 0
    new = np.bincount(block[now[stands]], past.new[stands], minlength=int(block.max(initial=0)) + 1)
    short = np.flatnonzero((new > 0) & (new < step))
    return block == short[0] if len(short) else None
