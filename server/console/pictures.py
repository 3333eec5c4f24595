"""Which picture shows a release, and what it says to those who cannot see it. Takes a `Release` and nothing else."""

from collections.abc import Sequence
from typing import Any

from altair.utils import schemapi

from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.analysis.edition.figures import Comparison, Figure, Mean, Missing, Quantile, Share, Target
from server.analysis.edition.release import (
    ALL,
    CORRECT,
    DIFFERENCE,
    MEAN,
    NUMBER,
    TARGET,
    TOP_TWO,
    Column,
    Release,
    Row,
)
from server.console.charts.bars import Bar, bar_chart
from server.console.charts.frame import BROAD, PAIRED, STACKED, Size
from server.console.charts.likert import AnswerStep, Item, likert_chart
from server.console.charts.spread import Band, Point, Reach, histogram, point_chart, round_ticks
from server.console.figures import digits_in, form_of, spell
from server.console.release_parts import (
    QUIZ,
    ReleasePart,
    answers_in,
    heading_of,
    in_order,
    off_scale_of,
    worth_drawing,
)
from server.console.translation import gettext
from server.console.wording import label_of, label_of_row
from server.web.languages import language

MOST_SCORE = 100.0
PARTICIPATION = "@participation"
SILENT = frozenset({"@unanswered", "@not_asked"})
ALIKE: dict[str, float] = {"times": 1.0, "points": 0.0, "more": 0.0}
"""Where two groups would be alike."""
Numbered = Share | Mean | Quantile | Comparison


def picture_of(release: Release, part: ReleasePart, survey: Survey, size: Size) -> dict[str, Any] | None:
    """Choose and draw the picture of a part of a release; nothing where a picture would show nothing."""
    if not worth_drawing(release, part):
        return None
    with schemapi.debug_mode(False):  # Altair would check each part against its schema, which takes ten times as long
        return _picture_of(release, part, survey, size)


def _picture_of(release: Release, part: ReleasePart, survey: Survey, size: Size) -> dict[str, Any]:
    keys = [column.key for column in release.columns]
    if release.kind == "likert" or TOP_TWO in keys:
        return _likert(release, part, [one for one in release.columns if not one.key.startswith("@")], size)
    if part.name == "quiz" or (release.kind == "breakdown" and CORRECT in keys):
        return _quiz(release, part, size)
    if release.kind == "question":
        return _answers(release, part, survey, size)
    if release.kind == "gap":
        return _gap(release, part, survey, size)
    if release.kind == "breakdown" and not {MEAN, NUMBER} & {*keys}:
        return bar_chart(_grouped(release, part), BROAD[size])
    return _one_column(release, part, size)


def _one_column(release: Release, part: ReleasePart, size: Size) -> dict[str, Any]:
    """Draw the column that matters: shares and scores of a hundred as bars, what has an axis of its own as points."""
    keys = [column.key for column in release.columns]
    wanted = {"overview": PARTICIPATION, "breakdown": NUMBER if NUMBER in keys else MEAN}
    at = _at(keys, wanted.get(release.kind, MEAN))
    if part.name == "in_hundred" or all(isinstance(row.figures[at], Share | Missing) for row in part.rows):
        aim = keys.index(TARGET) if TARGET in keys else None
        return bar_chart(_bars(release, part, at, aim), BROAD[size], whole=release.kind == "indicators")
    return _points(release, part, at, size)


def _at(keys: Sequence[str], wanted: str) -> int:
    return keys.index(wanted) if wanted in keys else 0


def _answers(release: Release, part: ReleasePart, survey: Survey, size: Size) -> dict[str, Any]:
    question = survey.by_name.get(release.subject)
    rows = answers_in(in_order(release, part.rows, question))
    if not any(isinstance(row.figures[0], Share) for row in rows):
        return _points(release, part, 0, size)
    if question is not None and kind_of(question).counting in ("bands", "points"):
        return histogram([_band(release, row) for row in rows], PAIRED[size])
    return bar_chart([_answer(release, row, question) for row in rows], PAIRED[size])


def _answer(release: Release, row: Row, question: Question | None) -> Bar:
    return _bar(label_of_row(row), row.figures[0], digits_in(release, row), pale=row.key in off_scale_of(question))


def _bar(label: str, figure: Figure, digits: int, *, pale: bool = False, aim: Figure | None = None) -> Bar:
    """Draw a share, or a score of a hundred, as a bar; what is no such figure says why in words."""
    text = spell(figure, digits).text
    target, firm = _aimed(aim)
    if isinstance(figure, Share) and figure.low == figure.high:
        return Bar(label, figure.value, text=text)
    if isinstance(figure, Share):
        return Bar(
            label, figure.value, figure.low, figure.high, text, pale or bool(figure.end), target=target, firm=firm
        )
    if isinstance(figure, Mean):
        reach, low, high = (one / MOST_SCORE for one in (figure.value, figure.low, figure.high))
        aimed = None if target is None else target / MOST_SCORE
        return Bar(label, reach, low, high, text, target=aimed, firm=firm)
    return Bar(label, text=text, target=target if target is not None and target <= 1 else None, firm=firm)


def _aimed(aim: Figure | None) -> tuple[float | None, bool]:
    return (aim.value, aim.verified) if isinstance(aim, Target) else (None, False)


def _band(release: Release, row: Row) -> Band:
    figure, text = row.figures[0], spell(row.figures[0], digits_in(release, row)).text
    if not isinstance(figure, Share):
        return Band(label_of_row(row), None, None, None, text)
    return Band(label_of_row(row), figure.value, figure.low, figure.high, text)


def _bars(release: Release, part: ReleasePart, at: int, aim: int | None = None) -> list[Bar]:
    everywhere = gettext("All workplaces") if release.kind == "overview" else label_of(Column(ALL))
    return [
        _bar(
            everywhere if row.key == ALL else label_of_row(row),
            row.figures[at],
            digits_in(release, row),
            aim=None if aim is None else row.figures[aim],
        )
        for row in part.rows
        if row.figures[at] != Missing("absent")
    ]


def _points(release: Release, part: ReleasePart, at: int, size: Size) -> dict[str, Any]:
    """Draw figures that have an axis of their own: scores and means, ratios around 1."""
    keys = [column.key for column in release.columns]
    aim = keys.index(TARGET) if TARGET in keys else None
    rows = [row for row in part.rows if row.figures[at] != Missing("absent")]
    points = [_point(row, row.figures[at], None if aim is None else row.figures[aim]) for row in rows]
    figures = [row.figures[at] for row in rows]
    return point_chart(points, BROAD[size], _reach(points, figures))


def _gap(release: Release, part: ReleasePart, survey: Survey, size: Size) -> dict[str, Any]:
    """Draw women less men around the line at which both are alike, the answers of a question below its words."""
    at = _at([column.key for column in release.columns], DIFFERENCE)
    points: list[Point] = []
    heading = ""
    for row in part.rows:
        if (over := heading_of(release, row, survey)) != heading:
            heading = over
            points += [Point(over, heading=True)] if over else []
        points.append(_point(row, row.figures[at], None))
    return point_chart(points, BROAD[size], _reach(points, [row.figures[at] for row in part.rows]))


def _reach(points: Sequence[Point], figures: Sequence[Figure]) -> Reach:
    forms = {form_of(one) for one in figures if not isinstance(one, Missing)}
    if forms <= {"in_hundred"}:
        return Reach(most=MOST_SCORE)
    alike = ALIKE.get(next(iter(forms), ""))
    reached = [one for point in points for one in (point.value, point.low, point.high, point.target) if one is not None]
    ends = [*reached, 0.0] if alike is None else [*reached, alike]
    if alike == 0.0:  # as far to the one side as to the other, so that a small difference looks small
        ends += [-max(abs(one) for one in ends)]
        ends += [max(abs(one) for one in ends)]
    ticks = round_ticks(min(ends), max(ends))
    return Reach(ticks[0], ticks[-1], ticks, alike, comma=language() == "vi")


def _point(row: Row, figure: Figure, aim: Figure | None) -> Point:
    target, firm = _aimed(aim)
    text = spell(figure, 0).text
    if not isinstance(figure, Numbered):
        return Point(label_of_row(row), None, None, None, text, target, firm)
    return Point(label_of_row(row), figure.value, figure.low, figure.high, text, target, firm)


def _grouped(release: Release, part: ReleasePart) -> list[Bar]:
    """Put the groups of each answer below it: side by side they are compared without a colour for each."""
    bars = []
    for at, column in enumerate(release.columns):
        if column.key in SILENT or all(not isinstance(row.figures[at], Share) for row in part.rows):
            continue
        bars.append(Bar(label_of(column), heading=True))
        bars += [
            _bar(label_of_row(row), row.figures[at], digits_in(release, row), pale=column.off_scale)
            for row in part.rows
            if row.figures[at] != Missing("absent")
        ]
    return bars


def _likert(release: Release, part: ReleasePart, answers: Sequence[Column], size: Size) -> dict[str, Any]:
    at = [release.columns.index(column) for column in answers]
    items = [_item(release, row, at) for row in in_order(release, part.rows, None)]
    return likert_chart(_steps(answers), items, STACKED[size])


def _quiz(release: Release, part: ReleasePart, size: Size) -> dict[str, Any]:
    """Draw wrong answers to the left and right ones to the right; "don't know" stands apart."""
    keys = [column.key for column in release.columns]
    shown = [key for key in QUIZ if key in keys]
    steps = [AnswerStep(label_of(Column(key)), {"@wrong": 0, "@correct": 1}.get(key)) for key in shown]
    items = [_item(release, row, [keys.index(key) for key in shown]) for row in part.rows]
    return likert_chart(steps, items, STACKED[size])


def _steps(columns: Sequence[Column]) -> list[AnswerStep]:
    on_scale = sorted({column.score for column in columns if column.score is not None and not column.off_scale})
    return [
        AnswerStep(label_of(column), None if column.score is None or column.off_scale else on_scale.index(column.score))
        for column in columns
    ]


def _item(release: Release, row: Row, answers: Sequence[int]) -> Item:
    figures = [row.figures[at] for at in answers]
    missing = next((one for one in figures if isinstance(one, Missing) and one.reason != "absent"), None)
    if missing is not None:
        return Item(label_of_row(row), text=spell(missing).text)
    digits = digits_in(release, row)
    shares = tuple(one.value if isinstance(one, Share) else 0.0 for one in figures)
    return Item(label_of_row(row), shares, tuple(spell(one, digits).text for one in figures))
