"""The gate: decides what of a table is shown, and is the only place that makes a `Release`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schemas.texts import Text
from server.analysis.axes import Axis
from server.analysis.coding import Coding, Cube
from server.analysis.policy import Policy
from server.analysis.regrouping import Groups
from server.analysis.release import _GATE, NOT_ASKED, UNANSWERED, Column, Kind, Release, Row
from server.analysis.shown import Shown
from server.analysis.suppression import Pattern, Sheet, plan, withheld
from server.analysis.worlds import FREE, Counts, Mask, Seen, Target, World

COVER_ROUNDS = 6
EVERYBODY: Groups = ((),)


@dataclass(frozen=True, slots=True)
class Case:
    """A table that somebody asks for: a question's answers over groups of an axis, at a step, beside all given out before."""

    coding: Coding
    cube: Cube
    step: int
    axis: Axis | None
    groups: Groups
    earlier: Sequence[Shown]
    axes: Mapping[str, Axis]
    policy: Policy
    sensitive: bool

    @property
    def by(self) -> str:
        """Name the dimension; empty for a one-way table."""
        return self.axis.name if self.axis else ""

    def least(self) -> Counts:
        """Say per answer how many people a count needs; the complement of a base needs fewer."""
        return np.array(
            [
                self.policy.complement if answer == (UNANSWERED,) else self.policy.threshold
                for answer in self.coding.answers
            ]
        )

    def telling(self) -> Mask:
        """Tell which answers of a sensitive question say something about a person."""
        ours = {(UNANSWERED,), (NOT_ASKED,)}
        return np.array([self.sensitive and answer not in ours for answer in self.coding.answers])


def decide(case: Case) -> Shown:
    """Decide what of a table is shown; a table with too few people, or of which nothing is safe, is withheld whole."""
    columns = case.cube.groups(case.axis, case.groups, case.step)
    counts = case.cube.table(columns, len(case.groups))
    sizes = case.cube.sizes(columns, len(case.groups))
    base = case.policy.least_group(sensitive=case.sensitive, place=case.axis is not None and case.axis.is_place)
    if sizes.min() < base or (case.axis is not None and len(case.groups) < 2):
        return _written(case, counts, sizes, withheld(_sheet(case, counts, sizes)), ("too_few",))
    pattern = (
        _overlapping(case, columns, counts, sizes)
        if case.coding.overlapping
        else _exclusive(case, columns, counts, sizes)
    )
    return _written(case, counts, sizes, pattern, ())


def show_whole(case: Case, counts: Counts, sizes: Counts) -> Shown:
    """Show a table of two dimensions, whose groups were merged until no cell was small; refuse it if one is."""
    sheet = _sheet(case, counts, sizes)
    whole = Pattern(np.zeros(counts.shape, dtype=bool), np.full(counts.shape, FREE), np.full(counts.shape, FREE))
    alone = case.axis is not None and len(case.groups) < 2
    small = alone or bool(((counts > 0) & (counts < case.policy.threshold)).any())
    return _written(case, counts, sizes, withheld(sheet) if small else whole, ("too_few",) if small else ())


def _exclusive(case: Case, columns: Counts, counts: Counts, sizes: Counts) -> Pattern:
    sheet = _sheet(case, counts, sizes)
    if _simple(case):
        return plan(sheet, lambda _: ())
    return plan(sheet, _prover(case, case.cube.answers, columns, sheet, lambda table: table))


def _overlapping(case: Case, columns: Counts, counts: Counts, sizes: Counts) -> Pattern:
    """Decide choice by choice, since a person may give several: how many picked it, and how many did not."""
    forced = np.zeros(counts.shape, dtype=bool)
    for _ in range(COVER_ROUNDS):
        patterns = [_picked(case, columns, sizes, at, forced[at]) for at in range(len(counts))]
        pattern = Pattern(
            np.stack([one.hidden[0] for one in patterns]),
            np.stack([one.most[0] for one in patterns]),
            np.stack([one.least[0] for one in patterns]),
        )
        needed = _uncovered(case, counts, sizes, pattern.hidden)
        if not needed.any():
            return pattern
        forced |= needed
    return withheld(_sheet(case, counts, sizes))


def _picked(case: Case, columns: Counts, sizes: Counts, at: int, forced: Mask) -> Pattern:
    truth = np.stack([case.cube.answers[at], case.cube.people - case.cube.answers[at]])
    counts = np.stack([case.cube.table(columns, len(sizes))[at], sizes - case.cube.table(columns, len(sizes))[at]])
    known = _known_totals(case)[at]
    sheet = Sheet(
        counts,
        np.array([case.least()[at], case.policy.threshold]),
        np.array([known, known]),
        np.array([case.telling()[at], False]),
        _bases(case, case.cube.table(columns, len(sizes)), sizes),
    )
    both = np.stack([forced, forced])
    if _simple(case):
        return plan(sheet, lambda _: (), both)
    return plan(sheet, _prover(case, truth, columns, sheet, lambda table: _only(table, at)), both)


def _uncovered(case: Case, counts: Counts, sizes: Counts, hidden: Mask) -> Mask:
    """Find what else to withhold where everybody who answered picked something: a lone hidden choice has a known least."""
    needed = np.zeros(hidden.shape, dtype=bool)
    choices = case.coding.telling
    for group in range(counts.shape[1]):
        alone = np.flatnonzero(hidden[:choices, group])
        answered = sizes[group] - counts[choices:, group].sum()
        others = [at for at in range(choices) if not hidden[at, group] and counts[at, group] > 0]
        if len(alone) == 1 and others and answered > counts[others, group].sum():
            needed[min(others, key=lambda at: (counts[at, group], at)), group] = True
    return needed


def _simple(case: Case) -> bool:
    """Tell whether a table stands alone, so that balancing its one column is already exact."""
    return case.axis is None and not case.sensitive and not case.earlier


def _sheet(case: Case, counts: Counts, sizes: Counts) -> Sheet:
    return Sheet(counts, case.least(), _known_totals(case), case.telling(), _bases(case, counts, sizes))


def _known_totals(case: Case) -> Mask:
    """Tell which answers' totals over all groups are known from the one-way table of this step."""
    if case.axis is None:
        return np.zeros(len(case.coding.answers), dtype=bool)
    one_way = next((table for table in case.earlier if table.by == "" and table.step == case.step), None)
    return one_way.shown[:, 0] if one_way else np.zeros(len(case.coding.answers), dtype=bool)


def _bases(case: Case, counts: Counts, sizes: Counts) -> Counts:
    """Count those whom shares are of: who answered, or everybody when the few who did not are themselves too few."""
    silent = counts[case.coding.telling :]
    needed = case.least()[case.coding.telling :, None]
    bases: Counts = sizes - np.where(silent >= needed, silent, 0).sum(axis=0)
    return bases


Reading = Callable[[Shown], Shown]


def _only(table: Shown, at: int) -> Shown:
    """Read a table of overlapping answers as one about a single choice: picked, and not picked."""
    blank = tuple(None for _ in table.groups)
    free = tuple(FREE for _ in table.groups)
    return Shown(
        table.subject,
        table.by,
        table.step,
        groups=table.groups,
        counts=(table.counts[at], blank),
        most=(table.most[at], free),
        least=(table.least[at], free),
    )


def _prover(
    case: Case, truth: Counts, columns: Counts, sheet: Sheet, reading: Reading
) -> Callable[[Pattern], Sequence[tuple[int, int]]]:
    """Make the check of a pattern against everything given out before about this question."""
    earlier = [reading(table) for table in case.earlier if not table.withheld]
    before = [_seen(case, table) for table in earlier]
    old = [target for at, table in enumerate(earlier) for target in _targets(truth, before[at], at, sheet)]

    def prove(pattern: Pattern) -> Sequence[tuple[int, int]]:
        new = Seen(columns, ~pattern.hidden, pattern.most, pattern.least)
        targets = [*old, *_targets(truth, new, len(before), sheet)]
        if not targets:
            return ()
        leaks = World(truth, [*before, new]).unproven(targets)
        return [
            (targets[at].answer, targets[at].group) if targets[at].table == len(before) else (FREE, FREE)
            for at in leaks
        ]

    return prove


def _seen(case: Case, table: Shown) -> Seen:
    axis = case.axes[table.by] if table.by else None
    most, least = table.bounds()
    return Seen(case.cube.groups(axis, table.groups, table.step), table.shown, most, least)


def _targets(truth: Counts, seen: Seen, at: int, sheet: Sheet) -> list[Target]:
    """List the hidden cells that need protection: small counts, and whatever carries a printed bound from above."""
    found = []
    room = int(sheet.least.max())
    for answer, group in np.argwhere(~seen.shown):
        count = int(truth[answer, seen.columns == group].sum())
        least = int(sheet.least[answer])
        if seen.most[answer, group] != FREE:
            found.append(Target(at, int(answer), int(group), values=room, reach=room - 1))
        elif 0 < count < least:
            found.append(Target(at, int(answer), int(group), values=least, reach=least))
    return found


def _written(case: Case, counts: Counts, sizes: Counts, pattern: Pattern, notes: tuple[str, ...]) -> Shown:
    whole = pattern.whole
    return Shown(
        case.coding.question.name,
        case.by,
        case.step,
        answers=case.coding.answers,
        groups=case.groups,
        counts=tuple(
            tuple(None if hidden else int(count) for count, hidden in zip(row, mask, strict=True))
            for row, mask in zip(counts, pattern.hidden, strict=True)
        ),
        most=tuple(tuple(map(int, row)) for row in pattern.most),
        least=tuple(tuple(map(int, row)) for row in pattern.least),
        sizes=() if whole else tuple(map(int, sizes)),
        notes=notes,
        overlapping=case.coding.overlapping,
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a table."""

    campaign: str
    kind: Kind
    subject: str
    by: str | None
    title: Text
    step: int
    threshold: int


def issue(
    heading: Heading, columns: Sequence[Column], rows: Sequence[Row], base: int | None, notes: Sequence[str] = ()
) -> Release:
    """Make a release of figures that were decided on."""
    marked = any(cell.mark not in {"", "absent"} for row in rows for cell in row.cells)
    name = "/".join(
        part for part in (heading.campaign, str(heading.step), heading.kind, heading.subject, heading.by) if part
    )
    return Release(
        id=name,
        campaign=heading.campaign,
        kind=heading.kind,
        subject=heading.subject,
        by=heading.by,
        title=heading.title,
        columns=tuple(columns),
        rows=tuple(rows),
        base=base,
        threshold=heading.threshold,
        step=heading.step,
        notes=tuple(dict.fromkeys([*notes, *(["withheld"] if marked else [])])),
        passed=_GATE,
    )
