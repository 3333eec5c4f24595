"""What an edition says of every item: how wide its brackets are, by which axes it is shown, or that its last figures stay.

In: whole counts, item by item, the groups of the edition, and every table that was ever printed. Out: one decision for each item.
Each family of items climbs a ladder of widths until the alibi check passes for all that would then be printed of it in all
editions (DISCLOSURE.md, rule 6). The same counts and the same key always give the same decisions.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import Verdict, check
from server.analysis.alibi.tied import moving_along
from server.analysis.brackets.table import Table
from server.analysis.counting.axes import is_about_places
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Counts, Ints, Profiles, Records
from server.analysis.edition.bracketing import EditionBasis, Subject, new_tables
from server.analysis.edition.families import Family, families
from server.analysis.grouping.groups import EVERYBODY, Groups

RAISED = 0.1
"""The part of the families that start one step higher for no reason but chance, so that a step tells nothing by itself."""
PART = 3
"""No check may have more than this part of the work that is left for all."""

Reason = Literal["", "coarse", "few_asked", "one_group", "few", "kept", "changed", "moved", "regrouped"]
How = Literal["lone", "exchange", "program", "undecided", "public", "kept"]


@dataclass(frozen=True, slots=True)
class Joint:
    """Items of a family counted together: profiles with the dimensions apart that decide what is asked, their groups, records."""

    profiles: Profiles
    groups: Mapping[str, Groups]
    records: Records


Together = Callable[[Sequence[Item], Sequence[str]], Joint]
"""Counts items together; in its profiles the members of the named dimensions stand apart."""


@dataclass(slots=True)
class Checking:
    """What checks may cost, the server's key for the part that starts higher by chance, and the check (tests put in others).

    `budget`: of one check. `work_left`: what all checks of the edition may still cost together, in cells: one that needs all it may
    have leaves some for those that follow (`PART`). What a check leaves undecided has not passed.
    `work`: what they have cost. `hurried`: one ended undecided that had less than `budget`. `cut_short`: the clock ended one.
    """

    budget: Budget
    key: bytes
    work_left: int = 6_000_000_000
    check: Callable[..., Verdict] = check
    work: int = 0
    hurried: bool = False
    cut_short: bool = False

    def verdict(
        self, items: Sequence[Item], joint: "Joint", tables: Sequence[Table], only: Collection[str] | None = None
    ) -> Verdict:
        """Check items that are counted together, all or `only` some of them, and note what it cost."""
        work = min(self.budget.work, self.work_left // PART)
        budget = replace(self.budget, work=work)
        found = self.check(items, joint.records, joint.profiles, joint.groups, tables, budget, only)
        self.work += found.work
        self.work_left -= min(found.work, self.work_left)
        self.hurried |= not found.passed and work <= found.work and work < self.budget.work
        self.cut_short |= found.cut_short
        return found

    def account(self) -> dict[str, Any]:
        """Write as JSON what all checks together came to."""
        return {"work": self.work, "hurried": self.hurried, "cut_short": self.cut_short}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown of an item: its tables by axis ("" for everybody), some of them of earlier editions.

    `reason`: it is shown for everybody only, as no breakdown passed the check (`coarse`), as groups that are large enough leave one
    (`one_group`), or, of an item not asked of everybody, for one of the two (`few_asked`). `few`: too few were asked. `kept`: the last
    figures stay. `changed`, `moved`, `regrouped`: answers, workplaces or dimensions of the item or of one tied to it are others than
    earlier figures count, so that nothing new may stand beside those. `bracket`: the width. `how` the check concluded. Nothing says why
    brackets are as wide as they are. `left_out`: axes by which no table passed the check; not told of an item that not everybody is asked.
    """

    item: Item
    tables: Mapping[str, Table]
    reason: Reason
    bracket: int
    how: How
    left_out: frozenset[str] = frozenset()

    def account(self) -> dict[str, Any]:
        """Write as JSON how the figures came about: the width, the verdict, and which members are counted together by each axis."""
        return {
            "item": self.item.name,
            "reason": self.reason,
            "bracket": self.bracket,
            "how": self.how,
            "left_out": sorted(self.left_out),
            "editions": {by: table.edition for by, table in self.tables.items()},
            "merged": {
                by: [list(members) for members in table.groups.members if len(members) > 1]
                for by, table in self.tables.items()
                if by != EVERYBODY
            },
        }


def decide(
    basis: EditionBasis,
    items: Sequence[Item],
    counts: Iterable[Counts],
    together: Together,
    earlier: Sequence[Table],
    checking: Checking,
) -> Iterator[Decision]:
    """Decide item by item, family by family, as soon as a family's counts (P x categories) have come.

    `earlier`: every table of every earlier edition. Raises ValueError when counts of an item are missing.
    """
    printed: dict[str, list[Table]] = {}
    for table in earlier:
        printed.setdefault(table.item, []).append(table)
    waiting = {item.name: family for family in families(items, basis.axes, basis.total) for item in family.items}
    held: dict[str, Ints] = {}
    for one in counts:
        held[one.item] = one.people
        family = waiting[one.item]
        if all(item.name in held for item in family.items):
            subjects = [Subject(item, held.pop(item.name), tuple(printed.get(item.name, ()))) for item in family.items]
            yield from _decide(basis, family, subjects, together, checking)
            for item in family.items:
                del waiting[item.name]
    if waiting:
        raise ValueError(f"There are no counts of {', '.join(waiting)}.")


def widths_of(basis: EditionBasis, family: Family, key: bytes) -> tuple[int, ...]:
    """Give the widths that a family may have, finest first; a keyed tenth of the families of an edition start one step higher."""
    ladder = basis.policy.brackets(tied=family.tied)
    label = "\0".join((basis.campaign, str(basis.edition), family.name))
    drawn = int.from_bytes(hmac.digest(key, label.encode(), hashlib.sha256)[:8], "big") / 2**64
    return ladder[1:] if drawn < RAISED and len(ladder) > 1 else ladder


Tables = dict[str, Table]
Added = dict[str, Tables]
"""New tables by item and axis."""


def _decide(
    basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together, checking: Checking
) -> Iterator[Decision]:
    widths = widths_of(basis, family, checking.key)
    added, how, gone = dict[str, Tables](), dict[str, How](), dict[str, frozenset[str]]()
    stopped = _stopped(basis, subjects)
    if not stopped:
        verdict = _checked(basis, family, subjects, together, checking)
        added, how, gone = _climb(basis, subjects, widths, verdict)
    for subject in subjects:
        name = subject.item.name
        new = added.get(name, {})
        tables = {**subject.last, **new} if basis.compares(subject) else {}
        bracket = max((table.bracket for table in (new or tables).values()), default=widths[0])
        left_out = frozenset() if subject.item.conditional else gone.get(name, frozenset())
        shown = {"by_axes": bool(basis.groups), "checked": name in added, "left_out": name in gone}
        reason = stopped or _reason(subject.item, new, tables, **shown)
        yield Decision(subject.item, tables, reason, bracket, how.get(name, "kept") if new else "kept", left_out)


def _stopped(basis: EditionBasis, subjects: Sequence[Subject]) -> Reason:
    """Say what of the survey or the campaign is another than earlier tables of a family count; nothing where all is as it was."""
    if not all(basis.compares(subject) for subject in subjects):
        return "changed"
    lost = {table.by for subject in subjects for table in subject.earlier if not basis.finds_again(table)}
    if lost <= {EVERYBODY}:
        return "kept" if lost else ""
    return "moved" if any(is_about_places(by) for by in lost) else "regrouped"


Checked = Callable[[Added, Collection[str] | None], tuple[Collection[str], dict[str, How]]]
"""Names the items, of all or only some, for which not everybody has an alibi if new tables are printed; and how each was concluded."""


def _climb(
    basis: EditionBasis, subjects: Sequence[Subject], widths: Sequence[int], checked: Checked
) -> tuple[Added, dict[str, How], dict[str, frozenset[str]]]:
    """Widen brackets until all items pass, then leave out what those need that do not; give new tables, and by item what was left out.

    With fewer tables fewer assignments are ruled out, so only what has not passed is checked again.
    """
    added: Added = {}
    open_ones: Collection[str] = ()
    how: dict[str, How] = {}
    for width in widths:
        added = {subject.item.name: new_tables(basis, subject, width) for subject in subjects}
        open_ones, how = checked(added, None)
        if not open_ones:
            return added, how, {}
    named, gone = {subject.item.name: subject.item for subject in subjects}, dict[str, frozenset[str]]()
    apart = (
        {axis.name for axis in basis.axes if axis.is_place},
        {axis.name for axis in basis.axes},
        {*basis.groups, EVERYBODY},
    )
    for left_out, alone in product(apart, (True, False)):
        if not open_ones:
            break
        fewer = set(open_ones) if alone else {one for name in open_ones for one in moving_along(named[name], named)}
        thinner = {
            name: {by: one for by, one in new.items() if name not in fewer or by not in left_out}
            for name, new in added.items()
        }
        if thinner != added:
            lost = {name: frozenset(added[name].keys() - thinner[name].keys()) for name in fewer}
            gone |= {name: gone.get(name, frozenset()) | axes for name, axes in lost.items() if axes}
            added = thinner
            open_ones, concluded = checked(added, open_ones)
            how |= concluded
    return added, how, gone


def _checked(
    basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together, checking: Checking
) -> Checked:
    """Make the check of a family's new tables beside all its earlier ones; its records are counted once, when first needed."""
    joint: list[Joint] = []

    def checked(added: Added, only: Collection[str] | None) -> tuple[Collection[str], dict[str, How]]:
        if not any(added.values()):
            return (), {}
        if family.public:
            return (), dict.fromkeys(added, "public")
        joint[:] = joint or [_joint(basis, family, subjects, together)]
        tables = [table for subject in subjects for table in subject.earlier]
        tables += [table for new in added.values() for table in new.values()]
        found = checking.verdict(family.items, joint[0], tables, only)
        return found.without, dict(found.stages)

    return checked


def _joint(basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together) -> Joint:
    if len(subjects) > 1 or family.public_gates:
        return together(family.items, family.public_gates)
    only = Counts(subjects[0].item.name, subjects[0].counts)
    return Joint(basis.profiles, basis.atoms, Records.alone(only))


def _reason(item: Item, new: Tables, tables: Tables, *, by_axes: bool, checked: bool, left_out: bool) -> Reason:
    """Say why an item is not shown, or for everybody only. Where exact numbers asked take part in it, two reasons are one."""
    if not new:
        return "kept" if tables or left_out or not checked else "few"
    if not (by_axes and len(tables) == 1):
        return ""
    if item.conditional:
        return "few_asked"
    return "coarse" if left_out else "one_group"
