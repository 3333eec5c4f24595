"""Whether totals that stand side by side tell what a few people said: each part of the people that could be singled out is looked at.

The total of everybody less that of the women and that of the men is the total of the few others. So for every figure about the same
values, of whichever group and step, the groups cut the people into parts: those who stand in just the same groups. The
how many they are is taken as known, and their totals as far as the rounded means tell. A part is safe when for all that a threshold
of its people (or all of them, if they are fewer) could have any values within the bounds: then no program, however clever, tells
one person's. Linear programs (SciPy's HiGHS) say how far the total of each part can move.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from server.analysis.bounds import Bounds
from server.analysis.worlds import Floats

NEAR = 1e-6
Signature = frozenset[int]
"""The groups in which the people of a part stand, by their numbers."""
Reach = tuple[float, float]
"""The least and the most that a total can be."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many people stand in just the same groups, and their total."""

    people: int
    total: float


def tell_nothing(
    parts: Mapping[Signature, Part], told: Mapping[int, Reach], new: Set[int], bounds: Bounds, threshold: int
) -> bool:
    """Tell whether giving out what is `told` of the totals of the groups in `new`, beside all others, singles out nobody.

    A part that the others had singled out before, and of which the new ones tell no more, does not count against them.
    """
    known = {signature: part for signature, part in parts.items() if signature and part.people}
    after = _reaches(known, told, bounds)
    unsafe = {at for at, reach in after.items() if not _is_safe(known[at], reach, bounds, threshold)}
    if not unsafe:
        return True
    before = _reaches(known, {group: reach for group, reach in told.items() if group not in new}, bounds)
    return all(_is_same(before[at], after[at], bounds) for at in unsafe)


def _is_safe(part: Part, reach: Reach, bounds: Bounds, threshold: int) -> bool:
    free = min(threshold, part.people)
    fixed = part.people - free
    slack = NEAR * bounds.spread
    can_fall = reach[0] <= free * bounds.least + fixed * bounds.most + slack
    return can_fall and reach[1] >= free * bounds.most + fixed * bounds.least - slack


def _is_same(before: Reach, after: Reach, bounds: Bounds) -> bool:
    return max(abs(before[0] - after[0]), abs(before[1] - after[1])) <= NEAR * bounds.spread


def _reaches(parts: Mapping[Signature, Part], told: Mapping[int, Reach], bounds: Bounds) -> dict[Signature, Reach]:
    """Find the least and the most that the total of each part can be."""
    signatures = list(parts)
    inside = np.array([[float(group in signature) for signature in signatures] for group in told])
    lows, highs = (np.array([reach[end] for reach in told.values()]) for end in (0, 1))
    totals = [parts[at].total for at in signatures]
    limits = [(parts[at].people * bounds.least, parts[at].people * bounds.most) for at in signatures]
    if not inside.size:
        return dict(zip(signatures, limits, strict=True))
    matrix, ends = np.vstack([inside, -inside]), np.concatenate([highs, -lows])
    return {
        at: (
            _extreme(place, 1.0, matrix, ends, limits, totals[place]),
            _extreme(place, -1.0, matrix, ends, limits, totals[place]),
        )
        for place, at in enumerate(signatures)
    }


def _extreme(place: int, sign: float, matrix: Floats, ends: Floats, limits: Sequence[Reach], total: float) -> float:
    """Solve for one end; what cannot be solved is taken as known."""
    pull = np.zeros(len(limits))
    pull[place] = sign
    solved = linprog(pull, A_ub=matrix, b_ub=ends, bounds=limits, method="highs")
    return float(sign * solved.fun) if solved.status == 0 else total
