"""The tables that an edition adds to what is known of an item, at one width of brackets (DISCLOSURE.md, rules 1 to 3).

In: whole counts of an item by profile, and all its earlier tables. Out: new tables only; where nothing new may be said, none, and
the last one stays. Decides from group sizes and lower ends of brackets, never from how many were asked exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_array

from server.analysis.alibi.assignments import place_of
from server.analysis.brackets.table import Table
from server.analysis.brackets.widths import asked_low, bracket
from server.analysis.counting.axes import Axis
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints, Profiles, Sizes
from server.analysis.grouping.blocks import NO_STEPS, Steps, labels, link, past_of, steps_of
from server.analysis.grouping.grouping import coarsened
from server.analysis.grouping.groups import EVERYBODY, Groups
from server.analysis.policy import Policy

Members = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class EditionBasis:
    """What all items of an edition are decided on.

    `groups` are those of the edition's breakdowns by axis (none: the edition has one-way figures only). `atoms` are what
    `profiles.member` numbers, by axis: parts that no group of this edition or an earlier one cuts. `changed` names the items that a
    version of the survey gave other answers since an earlier edition.
    """

    campaign: str
    edition: int
    policy: Policy
    axes: tuple[Axis, ...]
    sizes: Sizes
    groups: Mapping[str, Groups]
    atoms: Mapping[str, Groups]
    profiles: Profiles
    changed: frozenset[str] = frozenset()
    _sums: dict[tuple[str, int], csr_array] = field(default_factory=dict, repr=False)
    _found: dict[tuple[str, int, Members], bool] = field(default_factory=dict, repr=False)

    @property
    def total(self) -> int:
        """Count everybody in the edition."""
        return int(self.profiles.people.sum())

    def people_since(self, edition: int) -> int:
        """Count who came after an edition."""
        return int(self.profiles.people[self.profiles.cohort > edition].sum())

    def compares(self, subject: "Subject") -> bool:
        """Tell whether an item's earlier tables count the same answers."""
        return not subject.earlier or (subject.item.name not in self.changed and subject.of_one_shape)

    def finds_again(self, table: Table) -> bool:
        """Tell whether the people of an earlier table stand in its groups still; a workplace may have gone or moved since."""
        if table.by != EVERYBODY and table.by not in self.atoms:
            return False
        key = (table.by, table.edition, table.groups.members)
        if key not in self._found:
            place = place_of(table, self.profiles, self.atoms)
            inside, groups = place >= 0, len(table.groups.sizes)
            people = np.bincount(place[inside], self.profiles.people[inside], minlength=groups)
            self._found[key] = people.astype(np.int64).tolist() == list(table.groups.sizes)
        return self._found[key]

    def summed(self, counts: Ints, groups: Groups, upto: int) -> Ints:
        """Sum counts by profile (P x columns) over the edition's groups of an axis, or groups made of them: groups x columns.

        Counted are the people of the edition `upto` and of those before.
        """
        if groups.axis == EVERYBODY:
            everybody: Ints = counts[self.profiles.cohort <= upto].sum(axis=0)[None]
            return everybody
        key = (groups.axis, upto)
        if key not in self._sums:
            self._sums[key] = self._summing(*key)
        parts: Ints = self._sums[key] @ counts
        found = np.zeros((len(groups.members), counts.shape[1]), dtype=np.int64)
        np.add.at(found, labels(groups.members, [one[0] for one in self.groups[groups.axis].members]), parts)
        return found

    def _summing(self, axis: str, upto: int) -> csr_array:
        """Make the matrix that sums profiles over the edition's groups of an axis: groups x P."""
        groups = self.groups[axis].members
        of_atom = labels(groups, [part[0] for part in self.atoms[axis].members])
        member = self.profiles.member[axis]
        rows = np.flatnonzero((self.profiles.cohort <= upto) & (member >= 0))
        ones, shape = np.ones(len(rows), dtype=np.int64), (len(groups), len(member))
        return csr_array((ones, (of_atom[member[rows]], rows)), shape=shape)


@dataclass(frozen=True)
class Subject:
    """An item with its counts (P x `Item.categories`) and every table of it that was ever printed."""

    item: Item
    counts: Ints
    earlier: tuple[Table, ...] = ()

    @property
    def last(self) -> dict[str, Table]:
        """Give the newest table by each axis."""
        return {table.by: table for table in sorted(self.earlier, key=lambda table: table.edition)}

    @property
    def of_one_shape(self) -> bool:
        """Tell whether earlier tables have as many answers."""
        return all(table.low.shape[1] == len(self.item.categories) for table in self.earlier)


def new_tables(basis: EditionBasis, subject: Subject, width: int) -> dict[str, Table]:
    """Bracket what an edition may newly say of an item, by axis ("" for everybody).

    Where too few of those asked came for another figure of everybody, the people of the last one are broken down.
    """
    item, last = subject.item, subject.last.get(EVERYBODY)
    whole = _everybody(basis, subject, width, basis.edition)
    if last is not None and basis.people_since(last.edition) == 0:
        return _breakdowns(basis, subject, width, replace(last, edition=basis.edition))
    if last is not None and not _refreshed(basis, item, last, whole):
        return _breakdowns(basis, subject, width, last) if item.conditional else {}
    if whole.asked_low[0] < basis.policy.least_group(sensitive=item.sensitive, place=False):
        return {}
    return {EVERYBODY: whole, **_breakdowns(basis, subject, width, whole)}


def _everybody(basis: EditionBasis, subject: Subject, width: int, upto: int) -> Table:
    people = int(basis.profiles.people[basis.profiles.cohort <= upto].sum())
    everybody = Groups(EVERYBODY, ((),), (people,))
    return bracket(subject.item, basis.summed(subject.counts, everybody, upto), everybody, width, upto)


def _refreshed(basis: EditionBasis, item: Item, last: Table, now: Table) -> bool:
    """Tell whether enough people came, and enough of those asked, for another figure of everybody."""
    step = basis.policy.step(sensitive=item.sensitive)
    more = int(now.asked_low[0] - last.asked_high[0]) if item.conditional else step
    return basis.people_since(last.edition) >= step and more >= step


def _breakdowns(basis: EditionBasis, subject: Subject, width: int, whole: Table) -> dict[str, Table]:
    """Bracket an item by every axis that may show it, over the people of `whole`."""
    found = {}
    for by, groups in _groups(basis, subject, width, whole).items():
        table = bracket(subject.item, basis.summed(subject.counts, groups, whole.edition), groups, width, whole.edition)
        last = subject.last.get(by)
        if (last is None or last.edition < whole.edition) and _differs_enough(basis, subject, table):
            found[by] = table
    return found


def _groups(basis: EditionBasis, subject: Subject, width: int, whole: Table) -> dict[str, Groups]:
    """Merge the edition's groups as far as the item needs. A sensitive item is not shown by places, which would stand in a row."""
    item, policy, axes = subject.item, basis.policy, basis.axes
    shown = {
        axis.name for axis in axes if not (set(axis.columns) & set(item.columns) or (item.sensitive and axis.is_place))
    }
    groups = {by: one for by, one in basis.groups.items() if by in shown}
    if not item.sensitive and not item.conditional:
        return groups

    def least(axis: Axis) -> int:
        return policy.least_group(sensitive=item.sensitive, place=axis.is_place)

    if item.sensitive:
        steps = NO_STEPS if item.conditional else _steps(basis, subject)
        people = {by: np.array(one.sizes)[:, None] for by, one in groups.items()}
        groups = coarsened(groups, axes, least, people, steps=steps)
    if not item.conditional:
        return groups
    asked = basis.profiles.people - subject.counts[:, -1]
    both = np.column_stack((basis.profiles.people, asked))
    since = {whole.edition: basis.groups} if whole.edition < basis.edition else {}  # else sizes tell who came since
    return coarsened(
        groups,
        axes,
        least,
        {by: basis.summed(both, one, whole.edition) for by, one in groups.items()},
        weigh=lambda sizes: asked_low(sizes[:, 1], sizes[:, 0], width),
        room=int(whole.asked_low[0]) // policy.people_per_group,
        steps=steps_of(policy.step(sensitive=item.sensitive), basis.axes, since, basis.sizes),
    )


def _steps(basis: EditionBasis, subject: Subject) -> Steps:
    earlier: dict[int, dict[str, Groups]] = {}
    for table in subject.earlier:
        if table.by != EVERYBODY:
            earlier.setdefault(table.edition, {})[table.by] = table.groups
    return steps_of(basis.policy.step(sensitive=subject.item.sensitive), basis.axes, earlier, basis.sizes)


def _differs_enough(basis: EditionBasis, subject: Subject, table: Table) -> bool:
    """Tell whether every linked block has nobody new or, by lower and upper ends, a step more people who were asked.

    Of an item asked of everybody nothing has to be told: its groups were merged until their blocks hold enough.
    """
    if not subject.item.conditional:
        return True
    named = {axis.name: axis for axis in basis.axes}
    axis, step = named[table.by], basis.policy.step(sensitive=subject.item.sensitive)
    now = labels(table.groups.members, [member.key for member in axis.members])
    for then in subject.earlier:
        if then.by not in named:
            continue
        past = past_of(axis, named[then.by], basis.axes, then.groups, basis.sizes, then.edition, table.edition)
        if past is not None and not _enough(
            now[past.mine], past.then, past.new, table.asked_low, then.asked_high, step
        ):
            return False
    return True


def _enough(now: Ints, then: Ints, new: Ints, low: Ints, high: Ints, step: int) -> bool:
    here, there = link(now, then)
    blocks = int(max(here.max(initial=-1), there.max(initial=-1))) + 1
    stands = now >= 0
    people = np.bincount(here[now[stands]], new[stands], minlength=blocks)
    more = np.bincount(here, low, minlength=blocks) - np.bincount(there, high, minlength=blocks)
    return bool(((people == 0) | (more >= step)).all())
