"""How a release is read: cut into tables of one unit and one section each, and its rows in the order that helps a reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from schemas.model import Question, Survey
from schemas.questions import kind_of
from server.analysis.edition.figures import Comparison, Figure, Mean, Missing, Quantile, Share
from server.analysis.edition.release import (
    CORRECT,
    DETRACTORS,
    DIFFERENCE,
    DONT_KNOW,
    LOWER_QUARTILE,
    MEAN,
    MEDIAN,
    NET_SCORE,
    PASSIVES,
    PROMOTERS,
    TOP_TWO,
    UPPER_QUARTILE,
    WRONG,
    Release,
    Row,
)
from server.console.figures import Form, form_of
from server.console.translation import gettext
from server.console.wording import said

MOST_BARS = 90
QUIZ = (WRONG, CORRECT, DONT_KNOW)
NPS = (DETRACTORS, PASSIVES, PROMOTERS, NET_SCORE)
HEADLINES = frozenset({TOP_TWO, MEAN, CORRECT, WRONG, DONT_KNOW, LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE, *NPS})
"""Rows of a question that are no answers: they stand above its table."""


@dataclass(frozen=True, slots=True)
class ReleasePart:
    """Some rows and columns (by their numbers) of a release that make one table and one picture; the whole has no name."""

    name: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[int, ...]


def parts_of(release: Release, survey: Survey) -> tuple[ReleasePart, ...]:
    """Cut a release into its parts."""
    if release.kind == "indicators":
        return _by(release, lambda row: form_of(_first(row)), indicator_titles())
    if release.kind == "gap":
        return _gap(release, survey)
    if release.kind == "scales":
        return _scales(release)
    title = said(release.title) or gettext("Statements")  # of a section that has no title
    return (ReleasePart("", title, release.rows, _all(release)),)


def find_part(release: Release, survey: Survey, name: str) -> ReleasePart | None:
    """Find a part by its name."""
    return next((part for part in parts_of(release, survey) if part.name == name), None)


def places_of(parts: Sequence[ReleasePart], survey: Survey) -> tuple[tuple[str, str], ...]:
    """List under which headings the parts of the gap stand, by name and title: indicators and scales, then sections."""
    there = dict.fromkeys(part.name.partition(".")[0] for part in parts)
    return tuple((name, title) for name, title in _gap_places(survey).items() if name in there)


def indicator_titles() -> dict[str, str]:
    """Give the titles of the tables of indicators, by the form of their figures, in their order."""
    forms: dict[Form, str] = {
        "in_hundred": gettext("Indicators"),
        "plain": gettext("Averages"),
        "times": gettext("Groups compared: how many times"),
        "points": gettext("Groups compared: difference in points"),
        "more": gettext("Groups compared: difference"),
    }
    return {str(form): title for form, title in forms.items()}


def in_order(release: Release, rows: Sequence[Row], question: Question | None) -> Sequence[Row]:
    """Give rows as they are read: statements by their two best answers, several answers by how many gave them.

    All others stand as they were asked.
    """
    if release.kind == "likert":
        return sorted(rows, key=lambda row: -best_of(release, row))
    if release.kind != "question" or question is None or kind_of(question).counting != "options":
        return rows
    apart = off_scale_of(question)
    return sorted(rows, key=lambda row: _place_among_answers(row, apart))


def _place_among_answers(row: Row, apart: frozenset[str]) -> tuple[int, float]:
    """Rank an answer: those that stand apart come after all others, and our own rows last, in their order."""
    if row.key.startswith("@"):
        return 2, 0.0
    return int(row.key in apart), -(value_of(row.figures[0]) or 0.0)


def off_scale_of(question: Question | None) -> frozenset[str]:
    """Name the answers that stand apart."""
    return frozenset(choice.name for choice in question.choices if choice.off_scale) if question else frozenset()


def best_of(release: Release, row: Row) -> float:
    """Give the share of the two best answers, or add them up where the table has no column for them."""
    shares = {column.key: value_of(figure) for column, figure in zip(release.columns, row.figures, strict=True)}
    if shares.get(TOP_TWO) is not None:
        return shares[TOP_TWO] or 0.0
    scored = [one for one in release.columns if one.score is not None and not one.off_scale]
    top = sorted({one.score for one in scored if one.score is not None})[-2:]
    return sum(shares[one.key] or 0.0 for one in scored if one.score in top)


def value_of(figure: Figure) -> float | None:
    """Give the number of a figure that has one with an interval."""
    return figure.value if isinstance(figure, Share | Mean | Quantile | Comparison) else None


def answers_in(rows: Sequence[Row]) -> list[Row]:
    """Leave out the rows that are ours: who did not answer, a median."""
    return [row for row in rows if not row.key.startswith("@") or row.key in {"@yes", "@no"}]


def worth_drawing(release: Release, part: ReleasePart) -> bool:
    """Tell whether there is anything to draw, and not too much; before the drawing engine is needed."""
    one_bar = release.kind != "breakdown" or any(column.key in {TOP_TWO, MEAN, CORRECT} for column in release.columns)
    bars = len(part.rows) * (1 if one_bar else len(release.columns))
    return bars <= MOST_BARS and any(value_of(row.figures[at]) is not None for row in part.rows for at in part.columns)


def heading_of(release: Release, row: Row, survey: Survey) -> str:
    """Give the question over the rows of its answers, in a table of rows about many questions; nothing where a row needs none."""
    name, _, answer = row.key.partition("/")
    if release.kind != "gap" or not answer or answer.startswith("@") or name not in survey.by_name:
        return ""
    return said(survey.by_name[name].label)


def _all(release: Release) -> tuple[int, ...]:
    return tuple(range(len(release.columns)))


def _gap(release: Release, survey: Survey) -> tuple[ReleasePart, ...]:
    """Put rows of one heading and one unit together; what women and men differ by stands first, also on a phone."""
    parts = _by(release, lambda row: f"{_place(row, survey)}.{_unit(row)}", _gap_titles(survey))
    columns = sorted(_all(release), key=lambda at: release.columns[at].key != DIFFERENCE)
    return tuple(replace(part, columns=tuple(columns)) for part in parts)


def _scales(release: Release) -> tuple[ReleasePart, ...]:
    """Put the scores of all scales into one table, and what the answers to quizzes were into another."""
    quiz = tuple(at for at, column in enumerate(release.columns) if column.key in QUIZ)
    scores = tuple(at for at in _all(release) if at not in quiz)
    parts = [ReleasePart("score", gettext("Scales, from 0 to 100"), release.rows, scores)] if scores else []
    asked = tuple(row for row in release.rows if any(row.figures[at] != Missing("absent") for at in quiz))
    if asked:
        parts.append(ReleasePart("quiz", gettext("Answers to the quiz"), asked, quiz))
    return tuple(parts)


def _by(release: Release, key: Callable[[Row], str], titles: dict[str, str]) -> tuple[ReleasePart, ...]:
    """Put rows together by a key, in the order of the titles."""
    found: dict[str, list[Row]] = {}
    for row in release.rows:
        found.setdefault(key(row), []).append(row)
    order = list(titles)
    return tuple(
        ReleasePart(name, titles.get(name, name), tuple(found[name]), _all(release))
        for name in sorted(found, key=lambda one: order.index(one) if one in order else len(order))
    )


def _first(row: Row) -> Figure:
    return next((one for one in row.figures if not isinstance(one, Missing)), row.figures[0])


def _place(row: Row, survey: Survey) -> str:
    """Say under which heading a row of the gap stands: a section of the survey, scales, or indicators."""
    name = row.key.partition("/")[0]
    if row.members:
        return row.members[0].key
    return survey.by_name[name].section if name in survey.by_name else f"@{name}"


def _unit(row: Row) -> str:
    """Say in which unit women and men are compared; what has no figure stands with the shares, or with the means."""
    compared = next((one for one in row.figures if isinstance(one, Comparison)), None)
    if compared is not None:
        return compared.form
    return "score" if row.key.endswith(f"/{MEAN}") or row.key.startswith("scale/") else "points"


def _gap_places(survey: Survey) -> dict[str, str]:
    places = {"@indicator": gettext("Indicators"), "@scale": gettext("Scales")}
    return places | {section.name: said(section.title) or section.name for section in survey.sections}


def _gap_titles(survey: Survey) -> dict[str, str]:
    units = {
        "points": gettext("shares, difference in points"),
        "score": gettext("scores, difference in points of the scale"),
        "number": gettext("averages"),
        "ratio": gettext("how many times"),
    }
    return {
        f"{place}.{unit}": f"{title} – {measured}"
        for place, title in _gap_places(survey).items()
        for unit, measured in units.items()
    }
