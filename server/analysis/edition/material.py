"""What the tables of an edition are made from: what was decided of each item, read as numbers, group by group.

Nothing else reaches the modules beside this one: no response and no count, only stored brackets, group sizes, and the survey.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from schemas.model import Question
from schemas.texts import Text
from server.analysis.brackets.table import Table
from server.analysis.counting.axes import Axis, Member
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Sizes
from server.analysis.edition.deciding import Decision
from server.analysis.edition.figures import Missing
from server.analysis.edition.release import Kind, Release, issue
from server.analysis.facts import Facts
from server.analysis.grouping.groups import EVERYBODY, Groups
from server.analysis.policy import REPLACED
from server.analysis.reading.figures import read
from server.analysis.statistics.known import Known, known_of, together
from server.analysis.statistics.strong import true_of


@dataclass(frozen=True, slots=True)
class Group:
    """Some people counted together: the members of an axis, their number, and what is known of each of some items in it."""

    members: tuple[str, ...]
    size: int
    known: Mapping[str, Known]


@dataclass(frozen=True)
class Material:
    """All that the tables of one edition are made from. `groups`: those of the edition, by axis."""

    facts: Facts
    items: Mapping[str, Item]
    axes: Mapping[str, Axis]
    decisions: Mapping[str, Decision]
    groups: Mapping[str, Groups]
    sizes: Sizes
    edition: int
    _read: dict[tuple[str, str], tuple[Known, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for item in self.items.values():
            found[item.subject] = (*found.get(item.subject, ()), item.name)
        return found

    def names_of(self, subject: str) -> tuple[str, ...]:
        """Name the items of a question or an indicator, in their order."""
        return self._names.get(subject, ())

    def table(self, name: str, by: str = EVERYBODY) -> Table | None:
        """Give an item's brackets by an axis; None when there are none, or none of everybody, by which groups are read."""
        decision = self.decisions.get(name)
        return decision.tables.get(by) if decision and EVERYBODY in decision.tables else None

    def whole(self, name: str) -> Known | Missing:
        """Say what is known of an item among everybody."""
        table = self.table(name)
        return self._known(table, name)[0] if table is not None else self.missing(name)

    def missing(self, name: str, by: str = EVERYBODY) -> Missing:
        """Say why nothing is known of an item, or, where something is known of everybody, why nothing by an axis."""
        decision = self.decisions.get(name)
        reason = decision.reason if decision else "few"
        if reason == "changed":
            change = self.facts.changes.get(name)
            return Missing("changed", change.version, change.since.isoformat()) if change else Missing("changed")
        if reason in {"moved", "regrouped"}:
            return Missing(reason)
        if decision is None or EVERYBODY not in decision.tables:
            return Missing("held" if reason == "kept" else "few")
        if decision.item.sensitive and by in self.axes and self.axes[by].is_place:
            return Missing("place")
        if decision.item.conditional:
            return Missing("few_asked")
        return Missing("coarse" if by in decision.left_out or reason in {"coarse", "kept"} else "one_group")

    def by(self, names: Sequence[str], by: str) -> tuple[Group, ...] | Missing:
        """Say what is known of some items in the groups of an axis.

        Where items have different groups, those are taken together that share a member, so that all items stand in the same ones.
        Missing where one of the items is not broken down, or one group alone would be left.
        """
        tables = [self.table(name, by) for name in names]
        absent = next((name for name, table in zip(names, tables, strict=True) if table is None), None)
        if absent is not None or not names:
            return self.missing(absent or "", by)
        held = [table for table in tables if table is not None]
        joined = joined_groups([table.groups for table in held])
        if len(joined) < 2:
            return Missing("one_group")
        parts = {table.item: self._known(table, table.item) for table in held}
        return tuple(
            _group(members, {table.item: _inside(table, parts[table.item], members) for table in held})
            for members in joined
        )

    def everybody(self, names: Sequence[str], groups: Sequence[Group] = ()) -> Group:
        """Say what is known of everybody, from one-way brackets; from those of the groups where those count other people."""
        size = sum(group.size for group in groups) or self.sizes.total
        held = {name: known for name in names if isinstance(known := self.whole(name), Known)}
        if groups and any(known.size != size for known in held.values()):
            held = {name: together([group.known[name] for group in groups]) for name in groups[0].known}
        return Group((), size, held)

    def least(self, names: Iterable[str], by: str = EVERYBODY) -> int:
        """Say of how many people at least a mean has to be."""
        place = by in self.axes and self.axes[by].is_place
        return self.facts.policy.least_group(sensitive=self.is_sensitive(names), place=place)

    def is_sensitive(self, names: Iterable[str]) -> bool:
        """Tell whether one of the items is sensitive."""
        return any(self.items[name].sensitive for name in names)

    def members(self, by: str, keys: Sequence[str]) -> tuple[Member, ...]:
        """Give members of an axis with their labels."""
        known = {member.key: member for member in self.axes[by].members} if by in self.axes else {}
        return tuple(known.get(key, Member(key)) for key in keys)

    def section_of(self, question: Question) -> tuple[Member, ...]:
        """Give the section in which a question stands, as the heading of its rows."""
        section = self.facts.survey.section_of(question.name)
        return (Member(section.name, section.title or {}),)

    def release(
        self, kind: Kind, subject: str, title: Text, names: Iterable[str], by: str = EVERYBODY, **parts: Any
    ) -> Release:
        """Make a table about some items; `parts` are its columns, rows, and notes."""
        tables = [table for name in names if (table := self.table(name, by) or self.table(name)) is not None]
        earlier = [table for table in tables if sum(table.groups.sizes) < self.sizes.total]
        counted = min((table.edition for table in earlier), default=self.edition)
        strong = ["strong"] if self.facts.policy.strong and tables else []
        parts["notes"] = (*parts["notes"], *strong, *dict.fromkeys(self._why_earlier(table.item) for table in earlier))
        return issue(
            campaign=self.facts.campaign,
            edition=self.edition,
            counted=counted,
            kind=kind,
            subject=subject,
            by=by,
            title=title,
            people=_people(earlier, counted) or self.sizes.total,
            bracket=max((table.bracket for table in tables), default=0),
            sensitive=self.is_sensitive(table.item for table in tables),
            **parts,
        )

    def _why_earlier(self, name: str) -> str:
        """Say in a code why an item still counts the people of an earlier edition."""
        decision = self.decisions[name]
        if decision.reason in {"changed", "moved", "regrouped"}:
            return f"still_{decision.reason}"
        return "still_few_asked" if decision.item.conditional else "still"

    def _known(self, table: Table, name: str) -> tuple[Known, ...]:
        key = (name, table.by)
        if key not in self._read:
            item, of_all = self.items[name], self.decisions[name].tables[EVERYBODY]
            parts = known_of(item, table, read(item, table, of_all))
            if self.facts.policy.strong:
                everybody = parts[0] if table is of_all else known_of(item, of_all, read(item, of_all, of_all))[0]
                parts = tuple(true_of(part, everybody, REPLACED) for part in parts)
            self._read[key] = parts
        return self._read[key]


def joined_groups(groupings: Sequence[Groups]) -> list[tuple[str, ...]]:
    """Take groups together that share a member in any grouping, in the order of the first grouping's members."""
    joined: list[set[str]] = []
    for group in (set(group) for grouping in groupings for group in grouping.members):
        apart = [one for one in joined if not one & group]
        touched = [one for one in joined if one & group]
        at = joined.index(touched[0]) if touched else len(joined)
        merged = group.union(*touched)
        joined = [*(one for one in joined[:at] if one in apart), merged, *(one for one in joined[at:] if one in apart)]
    order = [key for grouping in groupings for group in grouping.members for key in group]
    place = {key: at for at, key in reversed(list(enumerate(order)))}
    return [tuple(sorted(one, key=place.__getitem__)) for one in joined]


def _inside(table: Table, parts: Sequence[Known], members: Sequence[str]) -> Known:
    inside = [part for group, part in zip(table.groups.members, parts, strict=True) if set(group) <= set(members)]
    return together(inside)


def _group(members: tuple[str, ...], held: Mapping[str, Known]) -> Group:
    return Group(members, max(known.size for known in held.values()), held)


def _people(tables: Sequence[Table], counted: int) -> int:
    return max((sum(table.groups.sizes) for table in tables if table.edition == counted), default=0)
