"""Which groups the breakdowns of a campaign will have, before anybody was asked: the edition's own grouping over expected numbers.

Workplaces and units are reckoned by headcounts at a response rate. Of other dimensions nobody knows beforehand how many people give
which answer, so these are reckoned as even; their groups come out somewhat finer here than in results.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.model import Survey
from server.analysis.counting.axes import BESIDE, SITE, UNIT, Axis, Workplace, axes_of
from server.analysis.counting.profiles import Sizes
from server.analysis.grouping.grouping import absent, group
from server.analysis.policy import Policy

FIRST = 1
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expected:
    """An axis with the groups that it will have, each the keys of its members; none where it will not be shown (`why`: one, same)."""

    axis: Axis
    groups: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    why: str = ""


def expected_groups(survey: Survey, places: Sequence[Workplace], policy: Policy, rate: float) -> tuple[Expected, ...]:
    """Group every axis of a campaign for the people who are expected to answer at `rate` (0-1), as its last edition would."""
    axes = axes_of(survey, places)
    by_site = {place.id: place.headcount * rate for place in places}
    total = round(sum(by_site.values()))
    shares = _shares(axes, places, by_site)
    sizes = Sizes((FIRST,), {"": np.array([[total]])} | {axis.name: _people(shares[axis.name], total) for axis in axes})
    groups = group(sizes, axes, policy, {})
    missing = absent(axes, groups)
    return tuple(
        Expected(axis, groups[axis.name].members, groups[axis.name].sizes)
        if axis.name in groups
        else Expected(axis, (), (), missing[axis.name])
        for axis in axes
    )


def _shares(axes: Sequence[Axis], places: Sequence[Workplace], by_site: Mapping[str, float]) -> dict[str, Shares]:
    """Say of every axis which share of the people each member has; nobody leaves a dimension out."""
    units: dict[str, float] = {}
    for place in places:
        units[place.unit] = units.get(place.unit, 0.0) + by_site[place.id]
    known = {SITE: by_site, UNIT: units}
    found: dict[str, Shares] = {}
    for axis in axes:
        if len(axis.columns) == 1:
            of = known.get(axis.name) or dict.fromkeys([member.key for member in axis.members[:-1]], 1.0)
            parts = np.array([of.get(member.key, 0.0) for member in axis.members])
            found[axis.name] = parts / max(parts.sum(), 1e-9)
    for axis in axes:
        if len(axis.columns) > 1:
            found[axis.name] = _crossed(axis, axes, found)
    return found


def _crossed(axis: Axis, axes: Sequence[Axis], found: Mapping[str, Shares]) -> Shares:
    """Give the shares of a crossing as if its two axes had nothing to do with each other."""
    first, second = (
        {
            member.key: share
            for one in axes
            if one.name == name
            for member, share in zip(one.members, found[name], strict=True)
        }
        for name in axis.columns
    )
    pairs = [member.key.split(BESIDE, 1) for member in axis.members]
    return np.array([first.get(one, 0.0) * second.get(other, 0.0) for one, other in pairs])


def _people(shares: Shares, total: int) -> NDArray[np.int64]:
    """Give whole people, members x 1, who add up to the total: the largest remainders are rounded up."""
    exact = shares * total
    whole = np.floor(exact).astype(np.int64)
    for at in np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]:
        whole[at] += 1
    return whole[:, None]
