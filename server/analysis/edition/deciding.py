"""What an edition says of every item: how wide its brackets are, by which axes it is shown, or that its last figures stay.

In: whole counts, item by item, the groups of the edition, and every table that was ever printed. Out: one decision for each item.
Each family of items climbs a ladder of widths until the alibi check passes for all that would then be printed of it in all
editions (DISCLOSURE.md, rule 6). The same counts and the same key always give the same decisions.
"""

import hashlib
import hmac
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from server.analysis.alibi.checking import Budget, Verdict
from server.analysis.alibi.records import Records
from server.analysis.brackets.table import Table
from server.analysis.counting.axes import is_about_places
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Counts, Ints, Profiles
from server.analysis.edition.bracketing import EditionBasis, Subject, new_tables
from server.analysis.edition.families import Family, families
from server.analysis.grouping.groups import EVERYBODY, Groups

RAISED = 0.1
"""The part of the families that start one step higher for no reason but chance, so that a step tells nothing by itself."""

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


class Check(Protocol):
    """The alibi check, or what a test puts in its place."""

    def __call__(
        self,
        family: Sequence[Item],
        records: Records,
        profiles: Profiles,
        groups: Mapping[str, Groups],
        tables: Sequence[Table],
        budget: Budget,
    ) -> Verdict:
        """Say whether everybody has an alibi when all these tables are printed."""


@dataclass(slots=True)
class Checking:
    """How tables are checked, what one check may cost, and the server's key for the part that starts higher by chance.

    `seconds_left`: what all checks of the edition may still take together. When it is spent, the checks that follow have their two
    quick stages only; what these leave undecided has not passed.
    """

    check: Check
    budget: Budget
    key: bytes
    seconds_left: float = math.inf

    @property
    def spent(self) -> bool:
        """Tell whether the time for all checks together is over."""
        return self.seconds_left <= 0

    def verdict(self, items: Sequence[Item], joint: "Joint", tables: Sequence[Table]) -> Verdict:
        """Check items that are counted together, and note the time that it took."""
        budget = replace(self.budget, seconds=min(self.budget.seconds, self.seconds_left))
        budget = replace(self.budget, programs=False) if self.spent else budget
        found = self.check(items, joint.records, joint.profiles, joint.groups, tables, budget)
        self.seconds_left -= found.seconds
        return found


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown of an item: its tables by axis ("" for everybody), some of them of earlier editions.

    `reason`: it is shown for everybody only, as no breakdown passed the check (`coarse`), as groups that are large enough leave one
    (`one_group`), or, of an item not asked of everybody, for one of the two (`few_asked`). `few`: too few were asked. `kept`: the last
    figures stay. `changed`, `moved`, `regrouped`: answers, workplaces or dimensions of the item or of one tied to it are others than
    earlier figures count, so that nothing new may stand beside those. `bracket`: the width. `how` the check concluded. `hurried`: the
    time for the checks of all items was over before this one was decided. Nothing else says why brackets are as wide as they are.
    """

    item: Item
    tables: Mapping[str, Table]
    reason: Reason
    bracket: int
    how: How
    hurried: bool = False

    def account(self) -> dict[str, Any]:
        """Write as JSON how the figures came about: the width, the verdict, and which members are counted together by each axis."""
        return {
            "item": self.item.name,
            "reason": self.reason,
            "bracket": self.bracket,
            "how": self.how,
            "hurried": self.hurried,
            "editions": {by: table.edition for by, table in self.tables.items()},
            "merged": {
                by: [list(members) for members in table.groups.members if len(members) > 1]
                for by, table in self.tables.items()
                if by != EVERYBODY
            },
        }


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the ladder came to: new tables of each item, and how the check concluded."""

    added: Mapping[str, Mapping[str, Table]]
    how: How
    one_way_only: bool = False


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
    told = "\0".join((basis.campaign, str(basis.edition), family.name))
    drawn = int.from_bytes(hmac.digest(key, told.encode(), hashlib.sha256)[:8], "big") / 2**64
    return ladder[1:] if drawn < RAISED and len(ladder) > 1 else ladder


Tables = Mapping[str, Table]
Verdicts = Callable[[Mapping[str, Tables]], tuple[bool, How]]
"""Says of new tables, by item and axis, whether they may be printed, and how that was concluded."""


def _decide(
    basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together, checking: Checking
) -> Iterator[Decision]:
    widths = widths_of(basis, family, checking.key)
    outcome = _Outcome({}, "kept")
    stopped = _stopped(basis, subjects)
    if not stopped:
        outcome = _climb(basis, subjects, widths, _checked(basis, family, subjects, together, checking))
    for subject in subjects:
        added = outcome.added.get(subject.item.name, {})
        tables = {**subject.last, **added} if basis.compares(subject) else {}
        bracket = max((table.bracket for table in (added or tables).values()), default=widths[0])
        reason = stopped or _reason(subject.item, outcome, added, tables, by_axes=bool(basis.groups))
        how = outcome.how if added else "kept"
        yield Decision(subject.item, tables, reason, bracket, how, checking.spent and not family.public)


def _stopped(basis: EditionBasis, subjects: Sequence[Subject]) -> Reason:
    """Say what of the survey or the campaign is another than earlier tables of a family count; nothing where all is as it was."""
    if not all(basis.compares(subject) for subject in subjects):
        return "changed"
    lost = {table.by for subject in subjects for table in subject.earlier if not basis.finds_again(table)}
    if lost <= {EVERYBODY}:
        return "kept" if lost else ""
    return "moved" if any(is_about_places(by) for by in lost) else "regrouped"


def _climb(basis: EditionBasis, subjects: Sequence[Subject], widths: Sequence[int], checked: Verdicts) -> _Outcome:
    """Widen brackets until the check passes; then show for everybody only; then nothing new."""
    added: dict[str, Tables] = {}
    for width in widths:
        added = {subject.item.name: new_tables(basis, subject, width) for subject in subjects}
        passed, how = checked(added)
        if passed:
            return _Outcome(added, how)
    if basis.groups:
        added = {name: {by: one for by, one in new.items() if by == EVERYBODY} for name, new in added.items()}
        passed, how = checked(added)
        if passed:
            return _Outcome(added, how, one_way_only=True)
    return _Outcome({}, "kept")


def _checked(
    basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together, checking: Checking
) -> Verdicts:
    """Make the check of a family's new tables beside all its earlier ones; its records are counted once, when first needed."""
    joint: list[Joint] = []

    def verdict(added: Mapping[str, Mapping[str, Table]]) -> tuple[bool, How]:
        if not any(added.values()):
            return True, "kept"
        if family.public:
            return True, "public"
        joint[:] = joint or [_joint(basis, family, subjects, together)]
        tables = [table for subject in subjects for table in subject.earlier]
        tables += [table for new in added.values() for table in new.values()]
        found = checking.verdict(family.items, joint[0], tables)
        return found.passed, found.how

    return verdict


def _joint(basis: EditionBasis, family: Family, subjects: Sequence[Subject], together: Together) -> Joint:
    if len(subjects) > 1 or family.public_gates:
        return together(family.items, family.public_gates)
    only = Counts(subjects[0].item.name, subjects[0].counts)
    return Joint(basis.profiles, basis.atoms, Records.alone(only))


def _reason(item: Item, outcome: _Outcome, added: Tables, tables: Tables, *, by_axes: bool) -> Reason:
    """Say why an item is not shown, or for everybody only. Where exact numbers asked take part in it, two reasons are one."""
    if not added:
        return "kept" if tables or not outcome.added else "few"
    if not (outcome.one_way_only or (by_axes and len(tables) == 1)):
        return ""
    if item.conditional:
        return "few_asked"
    return "coarse" if outcome.one_way_only else "one_group"
