"""The gate: decides what of a table is shown, and is the only place that makes a `Release`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schemas.texts import Text
from server.analysis.axes import Axis
from server.analysis.coding import Coding, Cube
from server.analysis.headlines import scoring_of, sums_of
from server.analysis.offering import Offer
from server.analysis.policy import Policy
from server.analysis.proof import Proof
from server.analysis.regrouping import Groups
from server.analysis.release import _GATE, NOT_ASKED, UNANSWERED, Column, Kind, Release, Row
from server.analysis.shown import Figures, Shown
from server.analysis.suppression import Pattern, Sheet, plan, withheld
from server.analysis.worlds import FREE, Budget, Counts, Mask, Seen, TooMuchWork

COVER_ROUNDS = 6
WORK = 4_000_000  # some two seconds of linear programs
WORK_WITH_FIGURES = WORK // 2
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
    try:
        if case.coding.overlapping:
            return _written(case, counts, sizes, _overlapping(case, columns, counts, sizes), ())
        pattern, figures = _exclusive(case, columns, counts, sizes)
    except TooMuchWork:
        return _written(case, counts, sizes, withheld(_sheet(case, counts, sizes)), ("too_few",))
    return _written(case, counts, sizes, pattern, (), figures)


def show_whole(case: Case, counts: Counts, sizes: Counts) -> Shown:
    """Show a table of two dimensions, whose groups were merged until no cell was small; refuse it if one is."""
    sheet = _sheet(case, counts, sizes)
    whole = Pattern(np.zeros(counts.shape, dtype=bool), np.full(counts.shape, FREE), np.full(counts.shape, FREE))
    alone = case.axis is not None and len(case.groups) < 2
    small = alone or bool(((counts > 0) & (counts < case.policy.threshold)).any())
    return _written(case, counts, sizes, withheld(sheet) if small else whole, ("too_few",) if small else ())


def _exclusive(case: Case, columns: Counts, counts: Counts, sizes: Counts) -> tuple[Pattern, tuple[Figures, ...]]:
    """Decide on the counts, and on rounded figures beside them, if proving these is not too much work."""
    sheet = _sheet(case, counts, sizes)
    scoring = None if case.sensitive else scoring_of(case.coding)
    with_figures = [] if scoring is None else [(scoring, WORK_WITH_FIGURES)]
    for tried, work in (*with_figures, (None, WORK)):
        proof = _proof(case, case.cube.answers, columns, sheet, Budget(work))
        offer = Offer(tried, sheet, sizes, proof, simple=_simple(case))
        try:
            return plan(sheet, offer.prove), offer.figures
        except TooMuchWork:
            continue
    raise TooMuchWork


def _overlapping(case: Case, columns: Counts, counts: Counts, sizes: Counts) -> Pattern:
    """Decide choice by choice, since a person may give several: how many picked it, and how many did not."""
    forced = np.zeros(counts.shape, dtype=bool)
    budget = Budget(WORK)
    for _ in range(COVER_ROUNDS):
        patterns = [_picked(case, columns, sizes, at, forced[at], budget) for at in range(len(counts))]
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


def _picked(case: Case, columns: Counts, sizes: Counts, at: int, forced: Mask, budget: Budget) -> Pattern:
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
    proof = _proof(case, truth, columns, sheet, budget, lambda table: _only(table, at))
    return plan(sheet, lambda pattern: proof.cells(proof.leaks(pattern)), both)


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
    bases = _bases(case, counts, sizes)
    return Sheet(counts, case.least(), _known_totals(case), case.telling(), bases, case.coding.off_scale())


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


def _proof(
    case: Case, truth: Counts, columns: Counts, sheet: Sheet, budget: Budget, reading: Reading = lambda table: table
) -> Proof:
    """Make the check against everything given out before about this question."""
    before = [_seen(case, reading(table)) for table in case.earlier if not table.withheld]
    return Proof(truth, columns, sheet, before, budget)


def _seen(case: Case, table: Shown) -> Seen:
    axis = case.axes[table.by] if table.by else None
    most, least = table.bounds()
    scoring = scoring_of(case.coding)
    sums = sums_of(scoring, table.figures) if scoring else ()
    return Seen(case.cube.groups(axis, table.groups, table.step), table.shown, most, least, sums)


def _written(
    case: Case,
    counts: Counts,
    sizes: Counts,
    pattern: Pattern,
    notes: tuple[str, ...],
    figures: tuple[Figures, ...] = (),
) -> Shown:
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
        figures=figures,
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
    cells = [cell for row in rows for cell in row.cells]
    marks = {
        "withheld": any(cell.hides for cell in cells),
        "rounded": any(cell.rounded for cell in cells),
    }
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
        notes=tuple(dict.fromkeys([*notes, *(note for note, needed in marks.items() if needed)])),
        passed=_GATE,
    )
