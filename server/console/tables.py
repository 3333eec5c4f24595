"""A release as a table to read: every cell spelled out, withheld ones as such. Takes a `Release` and nothing else."""

from dataclasses import dataclass

from schemas.model import Indicator, Survey
from server.analysis.release import ALL, NOT_ASKED, UNANSWERED, Cell, Column, Release, Row
from server.console.drawable import in_order, off_scale_of
from server.console.figure_forms import COMPARISONS, IN_HUNDRED, form_of, spell_figure, spell_figure_range
from server.console.numbers import (
    DASH,
    spell_count,
    spell_number,
    spell_range,
    spell_share,
    spell_share_range,
)
from server.console.tongue import gettext
from server.console.wording import label_of, label_of_row

MARGIN = "@margin"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it is read; `range` stands below it, small; `hidden` says that something is kept back here.

    `words` may run over several lines.
    """

    text: str = ""
    range: str = ""
    hidden: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is read; `apart` sets it off from those above."""

    label: str
    entries: tuple[Entry, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read; `wide` when it has more columns than fit beside a picture, `prose` the column of words."""

    first: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    wide: bool = True
    prose: int | None = None


def table_of(release: Release, survey: Survey) -> Table:
    """Lay a release out for reading."""
    if release.kind == "distribution":
        return _distribution(release, survey)
    if release.kind == "overview":
        return _overview(release)
    if release.kind == "indicator":
        return _indicators(release, survey)
    return _matrix(release)


def spell_cell(cell: Cell, base: int | None) -> Entry:
    """Spell a figure out with its interval, or say that it is withheld."""
    if cell.mark == "withheld":
        return Entry(DASH, hidden=True)
    if cell.mark == "unworked":
        return Entry(gettext("not worked out in this version"), words=True)
    if cell.mark == "at_most":
        return Entry(f"≤ {spell_share(cell.high or 0.0, None)}", hidden=True)
    if cell.mark == "at_least":
        return Entry(f"≥ {spell_share(cell.low or 0.0, None)}", hidden=True)
    if cell.share is None and cell.value is None:
        return Entry(spell_count(cell.count)) if cell.count is not None else Entry()
    return Entry(("≈ " if cell.rounded else "") + _figure(cell, base), _interval(cell, base))


def _figure(cell: Cell, base: int | None) -> str:
    if cell.share is not None:
        return spell_share(cell.share, None if cell.rounded else base)
    return spell_number(cell.value or 0.0)


def _interval(cell: Cell, base: int | None) -> str:
    if cell.low is None or cell.high is None:
        return ""
    if cell.share is not None:
        return spell_share_range(cell.low, cell.high, None if cell.rounded else base)
    return spell_range(cell.low, cell.high)


def spell_base(base: int | None) -> Entry:
    """Spell out whom shares are of."""
    return Entry(DASH, hidden=True) if base is None else Entry(spell_count(base))


def _distribution(release: Release, survey: Survey) -> Table:
    question = survey.by_name.get(release.subject)
    apart = off_scale_of(question)
    lines = []
    for row in in_order(release, question):
        cell = row.cells[0]
        figure = spell_cell(cell, row.base)
        count = Entry(spell_count(cell.count)) if cell.count is not None else Entry(DASH, hidden=True)
        if cell.mark == "absent":
            continue
        if row.key.startswith("@") and row.key not in {UNANSWERED, NOT_ASKED}:
            count = Entry(spell_count(cell.count)) if cell.count is not None else Entry()
        own = row.key.startswith("@") or row.key in apart
        label = label_of_row(row)
        if question is not None and row.key == question.correct:
            label = gettext("%(answer)s (the correct answer)", answer=label)
        lines.append(Line(label, (count, Entry(figure.text, hidden=figure.hidden), Entry(figure.range)), own))
    heads = (gettext("People"), "%", gettext("95% interval"))
    return Table(gettext("Answer"), heads, tuple(lines), wide=False)


def _matrix(release: Release) -> Table:
    shown = [at for at, column in enumerate(release.columns) if _is_used(release, at)]
    heads = [label_of(release.columns[at]) for at in shown]
    lines = [
        Line(label_of_row(row), (*(_entry(release.columns[at], row, at) for at in shown), spell_base(row.base)))
        for row in in_order(release, None)
    ]
    first = {"likert": gettext("Statement"), "scale": gettext("Scale")}.get(release.kind, gettext("Group"))
    return Table(first, (*heads, gettext("People (n)")), tuple(lines), wide=len(shown) > 3)


def _entry(column: Column, row: Row, at: int) -> Entry:
    entry = spell_cell(row.cells[at], row.base)
    keeps_range = column.key.startswith("@") and column.key not in {UNANSWERED, NOT_ASKED}
    return entry if keeps_range or len(row.cells) <= 3 else Entry(entry.text, hidden=entry.hidden)


def _is_used(release: Release, at: int) -> bool:
    return any(row.cells[at].mark != "absent" for row in release.rows)


def _overview(release: Release) -> Table:
    lines = []
    for row in release.rows:
        entries = [
            _percentage_points(cell, row.base) if column.key == MARGIN else spell_cell(cell, row.base)
            for column, cell in zip(release.columns, row.cells, strict=True)
        ]
        label = gettext("All workplaces") if row.key == ALL else label_of_row(row)
        lines.append(Line(label, tuple(entries), row.key == ALL))
    heads = tuple(label_of(column) for column in release.columns)
    return Table(gettext("Workplace"), heads, tuple(lines))


def _percentage_points(cell: Cell, base: int | None) -> Entry:
    if cell.value is None:
        return spell_cell(cell, base)
    return Entry(f"± {spell_share(cell.value, base)}")


def _indicators(release: Release, survey: Survey) -> Table:
    indicators = {indicator.name: indicator for indicator in survey.indicators}
    counts, aims = release.subject not in COMPARISONS, any(row.cells[1].value is not None for row in release.rows)
    lines = []
    for row in release.rows:
        indicator, cell = indicators[row.key], row.cells[0]
        base = Entry() if cell.mark == "unworked" else spell_base(row.base)
        target = _target(indicator, cell, survey) if aims else ()
        figure = figure_entry(cell, row, indicator, survey)
        lines.append(Line(label_of_row(row), (figure, *target, *((base,) if counts else ()))))
    heads = [gettext("Value"), *([gettext("Target"), gettext("Source of the target")] if aims else [])]
    heads += [gettext("People (n)")] if counts else []
    return Table(gettext("Indicator"), tuple(heads), tuple(lines), wide=aims, prose=2 if aims else None)


def figure_entry(cell: Cell, row: Row, indicator: Indicator, survey: Survey) -> Entry:
    """Spell the figure of an indicator out in the form that it has."""
    form = form_of(indicator, survey)
    if cell.value is None or form == IN_HUNDRED:
        return spell_cell(cell, row.base)
    return Entry(("≈ " if cell.rounded else "") + spell_figure(cell, form), spell_figure_range(cell, form))


def _target(indicator: Indicator, cell: Cell, survey: Survey) -> tuple[Entry, Entry]:
    target = indicator.target
    if target is None:
        return Entry(), Entry()
    form = form_of(indicator, survey)
    if form != IN_HUNDRED:
        text = spell_figure(Cell(value=target.value), form)
    else:
        is_share = cell.share is not None or target.value <= 1
        text = spell_share(target.value, None) if is_share else spell_number(target.value)
    source = Entry(target.source, "" if target.verified else gettext("not verified yet"), words=True)
    return Entry(text, str(target.year)), source
