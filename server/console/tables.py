"""A release as a table to read: every figure spelled out, beside it of whom it is. Takes a `Release` and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.model import Survey
from server.analysis.edition.figures import Comparison, Figure, Missing, Share, Target
from server.analysis.edition.release import ALL, TARGET, Column, Release, Row
from server.console.figures import ShownFigure, digits_in, spell, spell_people, spell_target
from server.console.numbers import spell_count, spell_share
from server.console.release_parts import HEADLINES, ReleasePart, heading_of, in_order, off_scale_of
from server.console.translation import gettext
from server.console.wording import APART, base_sentence, base_size, base_words, label_of, label_of_row

MARGIN = "@margin"
FEW_COLUMNS = 3
"""Up to so many columns of figures have their intervals in the table."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row as it is read; `apart` sets it off from those above, `heads` says that it is a heading over those below."""

    label: str
    entries: tuple[ShownFigure, ...] = ()
    apart: bool = False
    heads: bool = False


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table as it is read; `wide` when it has more columns than fit beside a picture, `prose` the column of words."""

    first: str
    heads: tuple[str, ...]
    lines: tuple[TableLine, ...]
    wide: bool = True
    prose: int | None = None


def table_of(release: Release, part: ReleasePart, survey: Survey) -> ResultTable:
    """Lay a part of a release out for reading."""
    if release.kind == "question" and len(part.columns) == 1:
        return _answers(release, part, survey)
    if release.kind == "indicators":
        return _indicators(release, part)
    return _matrix(release, part, survey)


def headlines_of(release: Release, part: ReleasePart) -> list[tuple[str, ShownFigure]]:
    """Give what stands above a question's table: its mean, median and quartiles."""
    known = [row for row in part.rows if row.key in HEADLINES and not isinstance(row.figures[0], Missing)]
    if release.kind != "question":
        return []
    return [(label_of_row(row), spell(row.figures[0], digits_in(release, row))) for row in known]


def _answers(release: Release, part: ReleasePart, survey: Survey) -> ResultTable:
    """Lay out the answers of one question: the people by their bracket, the share, and its interval."""
    question = survey.by_name.get(release.subject)
    apart = off_scale_of(question)
    lines = []
    for row in in_order(release, part.rows, question):
        figure = row.figures[0]
        if row.key in HEADLINES or (isinstance(figure, Missing) and figure.reason == "absent"):
            continue
        label = label_of_row(row)
        if question is not None and row.key == question.correct:
            label = gettext("%(answer)s (the correct answer)", answer=label)
        own = row.key in {"@unanswered", "@not_asked"} or row.key in apart
        whole = release.people if row.base == "everybody" else None
        lines.append(TableLine(label, _counted(figure, digits_in(release, row), whole), own))
    heads = (gettext("People"), _percent_head(part.rows))
    return ResultTable(gettext("Answer"), heads, tuple(lines), wide=False)


def _counted(figure: Figure, digits: int, whole: int | None) -> tuple[ShownFigure, ...]:
    """Spell people, and share with interval; at an end of its scale a share is told by what it is under, or at least."""
    entry = spell(figure, digits)
    if not isinstance(figure, Share):
        return ShownFigure(), entry
    if not figure.end:
        return ShownFigure(spell_people(figure.people)), entry
    people, sign = (figure.people.high + 1, "<") if figure.end == "under" else (figure.people.low, "≥")
    bound = f"{sign} {spell_share(people / whole, digits)}" if whole else ""
    return ShownFigure(f"{sign} {spell_count(people)}"), ShownFigure(bound, entry.below)


def _percent_head(rows: Sequence[Row]) -> str:
    bases = {row.base: base_words(row) for row in rows if isinstance(row.figures[0], Share) and row.key not in APART}
    whom = f"% {next(iter(bases.values()))}" if len(bases) == 1 else "%"
    return gettext("%(whom)s (95%% interval)", whom=whom)


def _matrix(release: Release, part: ReleasePart, survey: Survey) -> ResultTable:
    shown = [at for at in part.columns if _is_used(part.rows, at)]
    columns = [release.columns[at] for at in shown]
    bases = _with_bases(release, part)
    few = len([one for one in columns if not one.key.startswith("@")]) <= FEW_COLUMNS
    question, heading = survey.by_name.get(release.subject), ""
    lines = []
    for row in in_order(release, part.rows, question):
        if (over := heading_of(release, row, survey)) != heading:
            heading = over
            lines += [TableLine(over, heads=True)] if over else []
        digits = (
            None if release.kind == "gap" else digits_in(release, row)
        )  # of two groups, each printed as finely as it is
        entries = [_entry(release.columns[at], row.figures[at], digits, few) for at in shown]
        whom = (base_entry(row, release),) if bases else ()
        lines.append(TableLine(name_of(release, row), (*entries, *whom), row.key == ALL))
    heads = (*(label_of(one) for one in columns), *((gettext("Of whom"),) if bases else ()))
    return ResultTable(_first_head(release), heads, tuple(lines), wide=len(heads) > FEW_COLUMNS)


def name_of(release: Release, row: Row) -> str:
    """Name a row; in overviews everybody is all workplaces."""
    return gettext("All workplaces") if release.kind == "overview" and row.key == ALL else label_of_row(row)


def base_entry(row: Row, release: Release) -> ShownFigure:
    """Say beside a row how many people its figures are of, and in words of whom."""
    return (
        ShownFigure(base_words(row), words=True)
        if release.kind == "gap"
        else ShownFigure(base_size(row, release), base_words(row))
    )


def _with_bases(release: Release, part: ReleasePart) -> bool:
    """Tell whether rows are of different people, so that each has to say of whom; else it is said above the table."""
    if release.kind == "overview" and release.by:
        return False
    return release.kind not in {"question", "likert"} or not base_sentence(release, part.rows)


def _first_head(release: Release) -> str:
    heads = {
        "likert": gettext("Statement"),
        "scales": gettext("Scale"),
        "question": gettext("Answer"),
        "gap": gettext("What was asked"),
        "overview": gettext("Workplace") if release.by else gettext("Question"),
    }
    return heads.get(release.kind, gettext("Group"))


def _entry(column: Column, figure: Figure, digits: int | None, few: bool) -> ShownFigure:
    entry = spell(figure, digits)
    if column.key == MARGIN and isinstance(figure, Share):
        return ShownFigure(f"± {spell_share(figure.value, 1)}")
    keeps = few or isinstance(figure, Comparison) or (column.key.startswith("@") and not column.key.endswith("ed"))
    return entry if keeps else ShownFigure(entry.text, soft=entry.soft, words=entry.words)


def _is_used(rows: Sequence[Row], at: int) -> bool:
    return any(row.figures[at] != Missing("absent") for row in rows)


def _indicators(release: Release, part: ReleasePart) -> ResultTable:
    aims = [at for at, column in enumerate(release.columns) if column.key == TARGET and _is_used(part.rows, at)]
    compared = any(isinstance(row.figures[0], Comparison) for row in part.rows)
    lines = []
    for row in part.rows:
        figure = row.figures[0]
        targets = [entry for at in aims for entry in _target(row.figures[at], figure)]
        unworked = isinstance(figure, Missing)
        whom = () if compared else (ShownFigure() if unworked else base_entry(row, release),)
        lines.append(TableLine(label_of_row(row), (spell(figure, digits_in(release, row)), *targets, *whom)))
    heads = [gettext("Value"), *([gettext("Target"), gettext("Source of the target")] if aims else [])]
    heads += [] if compared else [gettext("Of whom")]
    return ResultTable(gettext("Indicator"), tuple(heads), tuple(lines), wide=bool(aims), prose=2 if aims else None)


def _target(figure: Figure, beside: Figure) -> tuple[ShownFigure, ShownFigure]:
    if not isinstance(figure, Target):
        return ShownFigure(), ShownFigure()
    source = ShownFigure(figure.source, "" if figure.verified else gettext("not verified yet"), prose=True)
    return ShownFigure(spell_target(figure, beside), str(figure.year)), source
