"""What an edition's people are counted as, for deciding and for the alibi check.

In: people of the lake, items, axes. Out: counts of every item by profile, in one pass; and for items that hang on a dimension, or on
each other, counts of whole families, with the members of that dimension apart: everybody can see on whom such an item hangs.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from server.analysis.alibi.possible import possible_records
from server.analysis.counting.axes import Axis
from server.analysis.counting.counting import count, count_together
from server.analysis.counting.items import Item
from server.analysis.counting.packing import distinct
from server.analysis.counting.profiles import Counts, Ints, Profiles, Records, Sizes
from server.analysis.edition.deciding import Joint
from server.analysis.grouping.blocks import labels
from server.analysis.grouping.groups import Groups
from server.analysis.lake.people import People

ByAxis = Mapping[str, Groups]


@dataclass(frozen=True, slots=True)
class View:
    """Profiles of some groups, and the matrix that adds finer profiles up to them (profiles x finer profiles)."""

    profiles: Profiles
    groups: ByAxis
    summing: csr_array

    def summed(self, counts: Ints) -> Ints:
        """Sum counts by finer profile (finer profiles x categories) by profile."""
        found: Ints = self.summing @ counts
        return found


class Counted:
    """The counts of an edition. `fine`: groups by axis that no group of this edition or an earlier one cuts."""

    def __init__(self, people: People, items: Sequence[Item], axes: Sequence[Axis], sized: Sizes, fine: ByAxis) -> None:
        self._people, self._axes, self._fine = people, axes, fine
        self._items = {item.name: item for item in items}
        gates = {gate for item in items for gate in item.gates}
        self._apart = {axis.name: _apart(axis, sized) for axis in axes if axis.name in gates}
        self._finest = {**fine, **self._apart}
        self._profiles, self._counts = count(people, items, axes, self._finest)
        self._views: dict[tuple[str, ...], View] = {}
        self._held: dict[str, Ints] = {}

    @property
    def profiles(self) -> Profiles:
        """Give the profiles of the groups `fine`."""
        return self._view(()).profiles

    def counts(self) -> Generator[Counts, None, None]:
        """Count item after item. Raises LakeDamaged, EngineFailure."""
        with closing(self._counts):
            for one in self._counts:
                if self._apart.keys() & set(self._items[one.item].gates):
                    self._held[one.item] = one.people
                yield Counts(one.item, self._view(()).summed(one.people))

    def together(self, family: Sequence[Item], public_gates: Sequence[str]) -> Joint:
        """Count a family jointly; dimensions that decide what is asked stand in its profiles member by member."""
        if len(family) == 1:
            view, name = self._view(tuple(public_gates)), family[0].name
            profiles, groups = view.profiles, view.groups
            records = Records.alone(Counts(name, view.summed(self._held[name])))
        else:
            groups = self._groups(public_gates)
            profiles, records = count_together(self._people, family, self._axes, groups)
        dimensions = [self._items[name] for name in public_gates]
        return Joint(profiles, groups, self._with_possible(records, family, dimensions, profiles, groups))

    def _with_possible(
        self, records: Records, family: Sequence[Item], dimensions: Sequence[Item], profiles: Profiles, groups: ByAxis
    ) -> Records:
        """Add records that somebody could have, who stays what she is by public dimensions."""
        members = [
            np.array([item.categories.index(key) for (key,) in groups[item.name].members])[
                profiles.member[item.name][records.profile]
            ]
            for item in dimensions
        ]
        rows = np.column_stack([records.categories, *members])
        first, _ = distinct(list(rows.T))
        made_up, source = possible_records(self._people.survey, [*family, *dimensions], rows[first])
        return records.beside(made_up[:, : len(family)], records.profile[first[source]] if dimensions else None)

    def _groups(self, public_gates: Sequence[str]) -> ByAxis:
        return {**self._fine, **{name: self._apart[name] for name in public_gates}}

    def _view(self, public_gates: tuple[str, ...]) -> View:
        if public_gates not in self._views:
            groups = self._groups(public_gates)
            self._views[public_gates] = _view(self._profiles, self._finest, groups, [axis.name for axis in self._axes])
        return self._views[public_gates]


def _view(finest: Profiles, of: ByAxis, groups: ByAxis, axes: Sequence[str]) -> View:
    """Put profiles together that are alike by some groups, in the order in which those would be counted."""
    member = {axis: _regrouped(finest.member[axis], of[axis], groups[axis]) for axis in axes if axis in groups}
    first, profile = distinct([finest.cohort, *member.values()])
    shape = (len(first), len(profile))
    summing = csr_array((np.ones(shape[1], dtype=np.int64), (profile, np.arange(shape[1]))), shape=shape)
    alike = {axis: one[first] for axis, one in member.items()}
    return View(Profiles(alike, finest.cohort[first], summing @ finest.people), groups, summing)


def _regrouped(member: Ints, of: Groups, groups: Groups) -> Ints:
    """Number members by coarser groups; who stands in none stays there."""
    coarser = labels(groups.members, [one[0] for one in of.members])
    return np.append(coarser, -1)[member]


def _apart(axis: Axis, sized: Sizes) -> Groups:
    """Let each member of an axis whom anybody has stand in a group of its own."""
    people = sized.people[axis.name].sum(axis=1)
    held = [(member.key, int(size)) for member, size in zip(axis.members, people, strict=True) if size]
    return Groups(axis.name, tuple((key,) for key, _ in held), tuple(size for _, size in held))
