"""Tables of single questions, and of runs of statements on one scale."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from schemas.kinds.kind import Counting
from schemas.model import Question
from schemas.questions import kind_of
from server.analysis.counting.items import NOT_ASKED, UNANSWERED, Item
from server.analysis.edition.cells import (
    KnownByItem,
    among,
    asked_of,
    cells_of,
    is_quiz,
    is_scored,
    labels_of,
    option_of,
    share_of_answer,
)
from server.analysis.edition.figures import Missing
from server.analysis.edition.material import Material
from server.analysis.edition.release import ALL, BORDA, FIRST, MEAN, RANK, TOP_TWO, Column, Release, Row
from server.analysis.statistics.estimates import figure_of
from server.analysis.statistics.scores import mean_of

RANK_COLUMNS = (FIRST, RANK, BORDA)
NOTES: Mapping[Counting, list[str]] = {
    "options": ["several_answers"],
    "places": ["places"],
    "bands": ["within_bands"],
    "points": ["points"],
}
"""What a reader has to know of figures that are counted so; of days there is nothing to say."""


def question_releases(material: Material) -> Iterator[Release]:
    """Make a table of every question that is counted, and of every run of statements."""
    for section in material.facts.survey.sections:
        for question in section.questions:
            if material.names_of(question.name):
                yield question_release(material, question)
        for run in runs_of(section.questions):
            yield likert_release(material, section.name, run)


def question_release(material: Material, question: Question) -> Release:
    """Make the table of one question among everybody: a row for each answer, then what is made of them."""
    names = material.names_of(question.name)
    items, held = items_and_known(material, names)
    if kind_of(question).counting == "places":
        columns, rows = (
            tuple(Column(key) for key in RANK_COLUMNS),
            _places(question, items, held, material.least(names)),
        )
    else:
        columns, rows = (Column(ALL),), _answers(material, question, items, held)
    notes = [*notes_of(question), *why_missing(held)]
    return material.release(
        "question", question.name, question.label, names, columns=columns, rows=tuple(rows), notes=tuple(notes)
    )


def likert_release(material: Material, section: str, run: Sequence[Question]) -> Release:
    """Make the table of statements that share a scale: a row for each, its answers, top two and mean as columns."""
    names = [question.name for question in run]
    titles = {part.name: part.title or {} for part in material.facts.survey.sections}
    choices = [Column(one.key, one.label, one.score, one.off_scale) for one in material.items[names[0]].answers]
    silent = [Column(UNANSWERED)]
    if any(material.items[name].conditional for name in names):
        silent.append(Column(NOT_ASKED))
    columns = (*choices, *silent, Column(TOP_TWO), Column(MEAN))
    rows, why = [], []
    for question in run:
        items, held = items_and_known(material, (question.name,))
        found = {cell.column.key: cell.figure for cell in cells_of(question, items, held, material.least(held))}
        figures = tuple(found.get(column.key, Missing("absent")) for column in columns)
        rows.append(
            Row(question.name, question.label, figures, asked=asked_of(held[question.name]), base=among(items[0]))
        )
        why += why_missing(held)
    notes = ("on_scale", *dict.fromkeys(why))
    subject = f"{section}:{names[0]}"
    return material.release("likert", subject, titles[section], names, columns=columns, rows=tuple(rows), notes=notes)


def runs_of(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """List neighbouring statements with one list of choices, two or more."""
    counted = [question for question in questions if kind_of(question).closed]
    for scale, run in groupby(counted, key=lambda question: question.list_name if is_scored(question) else None):
        found = list(run)
        if scale is not None and len(found) > 1:
            yield found


def items_and_known(material: Material, names: Sequence[str]) -> tuple[list[Item], KnownByItem]:
    """Give items with what is known of them among everybody."""
    return [material.items[name] for name in names], {name: material.whole(name) for name in names}


def notes_of(question: Question) -> list[str]:
    """Say in codes what a reader of a question's figures has to know."""
    kind = kind_of(question)
    codes = NOTES.get(kind.counting, []) if kind.entry != "day" else []
    return [*codes, *(["on_scale"] if is_scored(question) else []), *(["quiz"] if is_quiz(question) else [])]


def why_missing(held: KnownByItem) -> list[str]:
    """Say in codes why figures are missing, each once."""
    return list(dict.fromkeys(known.reason for known in held.values() if isinstance(known, Missing)))


def _answers(material: Material, question: Question, items: Sequence[Item], held: KnownByItem) -> Iterator[Row]:
    asked = asked_of(held[items[0].name])
    for cell in cells_of(question, items, held, material.least(held)):
        yield Row(cell.column.key, cell.column.label, (cell.figure,), asked=asked, base=cell.base)


def _places(question: Question, items: Sequence[Item], held: KnownByItem, least: int) -> Iterator[Row]:
    """Give for each option of a ranking: how many put it first, its mean place, and its points.

    Points are Borda's: as many as there are options behind it, on average (de Borda 1784).
    """
    labels, last = labels_of(question), len(items) - 1
    for item in items[1:]:
        known = held[item.name]
        first = share_of_answer(known, "1", least)
        ranks = {answer.key: float(answer.key) for answer in item.answers}
        points = {key: last - rank for key, rank in ranks.items()}
        means = [known if isinstance(known, Missing) else mean_of(known, worths, least) for worths in (ranks, points)]
        figures = tuple(figure_of(worked) for worked in (first, *means))
        key = option_of(item)
        yield Row(key, labels.get(key, {}), figures, asked=asked_of(known), base=among(item))
    cell = next((cell for cell in cells_of(question, items, held, least) if cell.column.key == UNANSWERED), None)
    if cell is not None:
        absent = Missing("absent")
        yield Row(UNANSWERED, {}, (cell.figure, absent, absent), asked=asked_of(held[items[0].name]), base=cell.base)
