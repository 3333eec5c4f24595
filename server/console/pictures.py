"""Which picture shows a release, and what it says to those who cannot see it. Takes a `Release` and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from altair.utils import schemapi

from schemas.model import Indicator, Question, Survey
from schemas.questions import NUMBERS
from server.analysis.release import ALL, MEAN, NOT_ASKED, TOP_TWO, UNANSWERED, Cell, Column, Release, Row
from server.console.charts.bars import Bar, bar_chart
from server.console.charts.frame import BROAD, PAIRED, STACKED, Size
from server.console.charts.likert import Item, Step, likert_chart
from server.console.charts.spread import Band, Point, Reach, histogram, point_chart, round_ticks
from server.console.drawable import in_order, off_scale_of, worth_drawing
from server.console.numbers import spell_number, spell_share
from server.console.tables import figure_entry, spell_cell
from server.console.tongue import gettext
from server.console.wording import label_of, label_of_row
from server.texts import language

MOST_SCORE = 100.0
MOST_KEPT = 0.4
SILENT = frozenset({UNANSWERED, NOT_ASKED})
LETTER = 8
"""How wide a letter is at most, on average."""
PARTICIPATION = "@participation"
STARTS: dict[str, tuple[float, float | None]] = {
    "averages": (0.0, None),
    "ratios": (0.0, 1.0),
    "differences": (0.0, 0.0),
}
"""What the axis of a table of figures holds in any case, and where two groups would be alike."""


def picture_of(release: Release, survey: Survey, size: Size) -> dict[str, Any] | None:
    """Choose and draw the picture of a release; nothing where a picture would show nothing."""
    if not worth_drawing(release):
        return None
    with schemapi.debug_mode(False):  # Altair would check each part against its schema, which takes ten times as long
        return _picture_of(release, survey, size)


def _picture_of(release: Release, survey: Survey, size: Size) -> dict[str, Any]:
    question = survey.by_name.get(release.subject)
    keys = {column.key for column in release.columns}
    if release.kind == "likert" or TOP_TWO in keys:
        return _likert(release, size)
    if MEAN in keys:
        points = [_point(row, row.cells[0]) for row in release.rows]
        return point_chart(points, BROAD[size], Reach(most=MOST_SCORE))
    if release.kind == "indicator" and release.subject in STARTS:
        return _figures(release, survey, size)
    if release.kind != "distribution":
        return bar_chart(_bars(release, survey), BROAD[size], whole=release.kind == "indicator")
    answers = [row for row in in_order(release, question) if not row.key.startswith("@")]
    if question is not None and question.type in NUMBERS | {"date"}:
        return histogram([_band(row) for row in answers], PAIRED[size])
    return bar_chart([_bar(row, question) for row in answers], PAIRED[size])


def _bars(release: Release, survey: Survey) -> list[Bar]:
    if release.kind == "indicator":
        return _indicators(release, survey)
    return _grouped(release) if release.kind == "breakdown" else _places(release)


def _withheld() -> str:
    return gettext("not enough people to show")


def _bar(row: Row, question: Question | None) -> Bar:
    return _drawn(row.cells[0], label_of_row(row), row.base, pale=row.key in off_scale_of(question))


def _drawn(cell: Cell, label: str, base: int | None, *, pale: bool = False) -> Bar:
    text = spell_cell(cell, base).text
    if cell.mark in {"withheld", "unworked"}:
        return Bar(label, text=_withheld() if cell.mark == "withheld" else text)
    if cell.mark in {"at_most", "at_least"}:
        return Bar(label, cell.high if cell.mark == "at_most" else cell.low, text=text, pale=True)
    return Bar(label, cell.share, cell.low, cell.high, text, pale)


def _band(row: Row) -> Band:
    cell = row.cells[0]
    return Band(label_of_row(row), cell.share, cell.low, cell.high)


def _point(row: Row, cell: Cell) -> Point:
    text = _withheld() if cell.value is None else spell_number(cell.value)
    return Point(label_of_row(row), cell.value, cell.low, cell.high, text)


def _figures(release: Release, survey: Survey, size: Size) -> dict[str, Any]:
    """Draw figures that have an axis of their own: plain means, ratios around 1, differences around 0."""
    indicators = {one.name: one for one in survey.indicators}
    points = [_figure(row, indicators[row.key], survey) for row in release.rows]
    reached = [one for point in points for one in (point.value, point.low, point.high, point.target) if one is not None]
    start, alike = STARTS[release.subject]
    ends = [*reached, start] if alike is None else [*reached, start, alike]
    ticks = round_ticks(min(ends), max(ends))
    on = Reach(ticks[0], ticks[-1], ticks, alike, comma=language() == "vi")
    longest = max((len(point.text) for point in points if point.value is not None), default=0)
    return point_chart(points, replace(BROAD[size], room=max(BROAD[size].room, LETTER * (longest + 2))), on)


def _figure(row: Row, indicator: Indicator, survey: Survey) -> Point:
    cell, target = row.cells[0], indicator.target
    text = _withheld() if cell.mark == "withheld" else figure_entry(cell, row, indicator, survey).text
    return Point(
        label_of_row(row),
        cell.value,
        cell.low,
        cell.high,
        text,
        target=target.value if target else None,
        firm=target is not None and target.verified,
    )


def _indicators(release: Release, survey: Survey) -> list[Bar]:
    """Put shares and scores from 0 to 100 on one axis."""
    firm = {one.name for one in survey.indicators if one.target is not None and one.target.verified}
    return [_indicator(row, firm=row.key in firm) for row in release.rows]


def _indicator(row: Row, *, firm: bool) -> Bar:
    cell, wanted = row.cells[0], row.cells[1].value
    target = wanted / MOST_SCORE if wanted is not None and wanted > 1 else wanted
    if cell.value is None:
        return replace(_drawn(cell, label_of_row(row), row.base), target=target, firm=firm)
    low, high = ((bound or 0.0) / MOST_SCORE for bound in (cell.low, cell.high))
    text = spell_number(cell.value)
    return Bar(label_of_row(row), cell.value / MOST_SCORE, low, high, text, target=target, firm=firm)


def _places(release: Release) -> list[Bar]:
    at = next(at for at, column in enumerate(release.columns) if column.key == PARTICIPATION)
    shown = [row for row in release.rows if row.cells[at].mark != "absent"]
    everywhere = gettext("All workplaces")
    return [_drawn(row.cells[at], everywhere if row.key == ALL else label_of_row(row), row.base) for row in shown]


def _grouped(release: Release) -> list[Bar]:
    """Put the groups of each answer below it: side by side they are compared without a colour for each."""
    bars = []
    for at, column in enumerate(release.columns):
        if column.key in SILENT:
            continue
        bars.append(Bar(label_of(column), heading=True))
        bars += [
            _drawn(row.cells[at], label_of_row(row), row.base, pale=column.off_scale)
            for row in release.rows
            if row.cells[at].mark != "absent"
        ]
    return bars


def _likert(release: Release, size: Size) -> dict[str, Any]:
    answers = [(at, column) for at, column in enumerate(release.columns) if not column.key.startswith("@")]
    steps = _steps([column for _, column in answers])
    items = [_item(row, [at for at, _ in answers]) for row in in_order(release, None)]
    if any(item.shares and item.shares[-1] for item in items):
        steps.append(Step(gettext("Withheld: too few people"), None, kept=True))
    else:
        items = [Item(item.label, item.shares[:-1], item.texts[:-1], item.text) for item in items]
    return likert_chart(steps, items, STACKED[size])


def _steps(columns: Sequence[Column]) -> list[Step]:
    on_scale = sorted({column.score for column in columns if column.score is not None and not column.off_scale})
    return [
        Step(label_of(column), None if column.score is None or column.off_scale else on_scale.index(column.score))
        for column in columns
    ]


def _item(row: Row, answers: Sequence[int]) -> Item:
    """Draw what is shown; the people of whom nothing is shown stand last, as one part."""
    shares = [row.cells[at].share or 0.0 for at in answers]
    hidden = any(row.cells[at].hides for at in answers)
    kept = max(0.0, 1.0 - sum(shares)) if hidden else 0.0
    if kept > MOST_KEPT:
        return Item(label_of_row(row), text=_withheld())
    texts = [spell_cell(row.cells[at], row.base).text for at in answers]
    return Item(label_of_row(row), (*shares, kept), (*texts, spell_share(kept, row.base)))
