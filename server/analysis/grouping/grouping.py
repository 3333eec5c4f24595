"""The groups of an edition: one grouping for each axis (DISCLOSURE.md, rule 2), and coarser ones for single items (rules 2, 3).

In: how many people each member of each axis has, by cohort, and the groups of earlier breakdowns. Out: groups by axis. An axis of
which one group would be left is not there.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from server.analysis.counting.axes import SITE, UNIT, Axis
from server.analysis.counting.profiles import Ints, Sizes
from server.analysis.grouping.blocks import NO_STEPS, Steps, coarser, labels, settle, steps_of
from server.analysis.grouping.groups import Groups
from server.analysis.grouping.merging import Parts, Weigh, by_size
from server.analysis.policy import Policy

Least = Callable[[Axis], int]
"""How much every group of an axis has to count for."""


def group(
    sizes: Sizes, axes: Sequence[Axis], policy: Policy, earlier: Mapping[int, Mapping[str, Groups]]
) -> dict[str, Groups]:
    """Group the members of every axis for the people of an edition. `earlier` gives the groups of every earlier breakdown's edition."""
    parts = {}
    for axis in axes:
        people = sizes.people[axis.name].sum(axis=1)
        held = np.flatnonzero(people)
        if len(held):
            members = [(axis.members[at].key,) for at in held]
            parts[axis.name] = Parts(members, people[held, None], ordered=axis.ordered, above=axis.parent_of)
    steps = steps_of(policy.k, axes, earlier, sizes)
    room = sizes.total // policy.people_per_group
    return _merged(parts, axes, lambda _: policy.k, room, steps)


def absent(axes: Sequence[Axis], groups: Mapping[str, Groups]) -> dict[str, str]:
    """Say of every axis that is not among the groups of a breakdown why: `one`, one group was left; `same`, workplaces are the units.

    Where units are shown, workplaces lie in two groups of them at least: they can be absent only because they are the same groups.
    """
    return {
        axis.name: "same" if axis.name == SITE and UNIT in groups else "one" for axis in axes if axis.name not in groups
    }


def coarsened(
    groups: Mapping[str, Groups],
    axes: Sequence[Axis],
    least: Least,
    counted: Mapping[str, Ints],
    *,
    weigh: Weigh = by_size,
    room: int | None = None,
    steps: Steps = NO_STEPS,
) -> dict[str, Groups]:
    """Merge an edition's groups further for an item, until each counts for what `least` says of its axis.

    `counted[axis]` is groups x measures, people first; `weigh` says which of the measures count, and how. `room` is the most that
    1 + the sum of (groups - 1) may come to (none: as many as there are). Blocks keep to `steps`.
    """
    parts = {
        axis.name: Parts(
            groups[axis.name].members, counted[axis.name], ordered=axis.ordered, above=axis.parent_of, weigh=weigh
        )
        for axis in axes
        if axis.name in groups
    }
    return _merged(parts, axes, least, room, steps)


def atoms(axes: Sequence[Axis], sizes: Sizes, groupings: Sequence[Mapping[str, Groups]]) -> dict[str, Groups]:
    """Give for each axis the largest parts that no group of any grouping cuts: what has to be counted to know all of them."""
    found = {}
    for axis in axes:
        keys = [member.key for member in axis.members]
        shown = [labels(grouping[axis.name].members, keys) for grouping in groupings if axis.name in grouping]
        if shown:
            people = sizes.people[axis.name].sum(axis=1)
            alike: dict[tuple[int, ...], list[int]] = {}
            for at in np.flatnonzero(people):
                alike.setdefault(tuple(int(one[at]) for one in shown), []).append(int(at))
            members = tuple(tuple(keys[at] for at in part) for part in alike.values())
            found[axis.name] = Groups(axis.name, members, tuple(int(people[part].sum()) for part in alike.values()))
    return found


def _merged(
    parts: dict[str, Parts],
    axes: Sequence[Axis],
    least: Least,
    room: int | None,
    steps: Steps,
) -> dict[str, Groups]:
    """Merge by size, then until there is room, then by blocks; units before the workplaces that lie in them."""
    order = sorted((axis for axis in axes if axis.name in parts), key=lambda axis: axis.name == SITE)
    home = _home(axes, parts)
    floor = 0
    while True:
        for axis in order:
            if axis.name == SITE and home is not None:
                parts[SITE].inside(_unit_groups(axes, parts, home))
            parts[axis.name].until(max(floor, least(axis)))
        open_to = [int(part.weights.min()) for part in parts.values() if len(part) > 1]
        if room is None or _spent(parts) <= room or not open_to:
            break
        floor = 1 + min(open_to)
    for axis in order:
        settle(parts[axis.name], [member.key for member in axis.members], steps.pasts.get(axis.name, ()), steps.least)
    if home is not None:
        _join_units(axes, parts, home)
    return {
        name: Groups(name, tuple(part.members), tuple(part.sizes[:, 0].tolist()))
        for name, part in parts.items()
        if len(part) > 1 and not (name == SITE and _same(parts))
    }


def _spent(parts: Mapping[str, Parts]) -> int:
    """Count how many figures that are free of each other an answer gets: everybody's, and one less than groups on each axis."""
    return 1 + sum(len(part) - 1 for name, part in parts.items() if not (name == SITE and _same(parts)))


def _same(parts: Mapping[str, Parts]) -> bool:
    """Tell whether workplaces come to the same groups as their units."""
    return UNIT in parts and len(parts[SITE]) == len(parts[UNIT])


def _home(axes: Sequence[Axis], parts: Mapping[str, Parts]) -> Ints | None:
    """Give the number of each workplace's unit, where both are axes here."""
    named = {axis.name: axis for axis in axes}
    return coarser(named[SITE], named[UNIT], axes) if SITE in parts and UNIT in parts else None


def _unit_groups(axes: Sequence[Axis], parts: Mapping[str, Parts], home: Ints) -> list[frozenset[int]]:
    """Give for each part of the workplaces the groups of units in which it lies."""
    named = {axis.name: [member.key for member in axis.members] for axis in axes}
    unit = labels(parts[UNIT].members, named[UNIT])[home]
    of = dict(zip(named[SITE], unit.tolist(), strict=True))
    return [frozenset(of[member] for member in part) for part in parts[SITE].members]


def _join_units(axes: Sequence[Axis], parts: Mapping[str, Parts], home: Ints) -> None:
    """Join units between which workplaces had to be joined, so that every group of workplaces lies in one of units."""
    while wide := next((units for units in _unit_groups(axes, parts, home) if len(units) > 1), None):
        parts[UNIT].merge(*sorted(wide)[:2])
