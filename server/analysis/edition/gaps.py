"""The gap: women less men, for what an analyst reads first of every question, for every scale and every indicator.

Of a statement that is its mean and its top two, of a quiz question percent correct, of other choices the share of each answer (of
two answers the first), of several answers and rankings each option, of a number its mean. Dates have none, nor has what
is asked of women or of men only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.model import Question
from schemas.questions import kind_of
from schemas.texts import Text
from server.analysis.counting.axes import Member
from server.analysis.counting.items import Item
from server.analysis.edition.cells import (
    among,
    is_quiz,
    is_scored,
    labels_of,
    option_of,
    score_of,
    share_of_answer,
    spacing_of,
    top_two_of,
    yes_of,
)
from server.analysis.edition.figures import Missing
from server.analysis.edition.material import Material
from server.analysis.edition.measures import Work, measures_of
from server.analysis.edition.pairs import MEN, WOMEN, gender_axis, pair_of
from server.analysis.edition.release import (
    CORRECT,
    DIFFERENCE,
    FIRST,
    MEAN,
    SECOND,
    TOP_TWO,
    BaseWord,
    Column,
    Release,
    Row,
)
from server.analysis.statistics.estimates import Worked, difference, figure_of
from server.analysis.statistics.known import Known
from server.analysis.statistics.quizzes import shares_of_quiz
from server.analysis.statistics.scores import average_of, mean_of

SUBJECT = "gap"
TWO = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that women and men are compared by."""

    key: str
    label: Text
    items: tuple[str, ...]
    work: Work
    base: BaseWord
    heading: tuple[Member, ...] = ()


def gap_release(material: Material) -> Release | None:
    """Make the table of differences between women and men; None where they are not told apart."""
    axis = gender_axis(material)
    if axis is None or axis.name not in material.groups:
        return None
    lines = [*_of_questions(material, axis.name), *_of_measures(material)]
    rows: list[Row] = []
    names: list[str] = []
    for line in lines:
        row = _row(material, axis.name, line)
        if row is not None:
            rows.append(row)
            names += line.items
    members = [group for group in material.groups[axis.name].members if {WOMEN, MEN} & set(group)]
    merged = any(len(group) > 1 for group in members)
    columns = (
        Column(FIRST, _label(material, axis.name, WOMEN)),
        Column(SECOND, _label(material, axis.name, MEN)),
        Column(DIFFERENCE),
    )
    notes = ("women_less_men", *(["merged"] if merged else []))
    return material.release(
        "gap",
        SUBJECT,
        material.facts.survey.title,
        dict.fromkeys(names),
        axis.name,
        columns=columns,
        rows=tuple(rows),
        notes=notes,
    )


def _row(material: Material, by: str, line: Line) -> Row | None:
    """Make a row; None where it depends on the answer itself whether women or men are asked."""
    if any(by in material.items[name].gates for name in line.items):
        return None
    groups = material.by(line.items, by)
    pair = groups if isinstance(groups, Missing) else pair_of(groups, frozenset((WOMEN,)), frozenset((MEN,)))
    if isinstance(pair, Missing):
        return Row(line.key, line.label, (pair,) * 3, members=line.heading, base=line.base)
    least = material.least(line.items, by)
    first, second = (line.work(group.known, least) for group in pair)
    figures = (figure_of(first), figure_of(second), difference(first, second))
    return Row(line.key, line.label, figures, members=line.heading, base=line.base)


def _label(material: Material, by: str, member: str) -> Text:
    return material.members(by, (member,))[0].label


def _of_measures(material: Material) -> Iterator[Line]:
    """Give a line for every scale and every indicator that is a figure of all people."""
    for measure in measures_of(material):
        if measure.lack is None and measure.only is None:
            yield Line(measure.subject, measure.title, measure.items, measure.work, measure.base)


def _of_questions(material: Material, by: str) -> Iterator[Line]:
    for question in material.facts.survey.questions:
        names = material.names_of(question.name)
        if not names or question.name == by:
            continue
        items = [material.items[name] for name in names]
        heading = material.section_of(question)
        for key, label, item, work, base in _lines(question, items):
            yield Line(key, label, (item.name,), work, base, heading)


Part = tuple[str, Text, Item, Work, BaseWord]


def _lines(question: Question, items: Sequence[Item]) -> Iterator[Part]:
    own, name, kind = items[0], question.name, kind_of(question)
    if is_scored(question):
        yield f"{name}/{MEAN}", question.label, own, _of(name, score_of), "answered"
        yield f"{name}/{TOP_TWO}", question.label, own, _of(name, top_two_of), "answered"
    elif is_quiz(question):
        yield f"{name}/{CORRECT}", question.label, own, _correct(question), "answered"
    elif kind.counting in ("options", "places"):
        yield from _options(question, items[1:])
    elif kind.counting == "points":
        yield name, question.label, own, _of(name, score_of), "answered"
    elif kind.numeric:
        yield name, question.label, own, _average(question), "answered"
    elif kind.counting in ("choice", "assent"):
        yield from _answers(question, own)


def _options(question: Question, options: Sequence[Item]) -> Iterator[Part]:
    labels = labels_of(question)
    apart = {choice.name for choice in question.choices if choice.off_scale}
    for option in options:
        if option_of(option) in apart:
            continue
        rank = kind_of(question).counting == "places"
        work = _of(option.name, _place) if rank else _of(option.name, yes_of)
        yield option.name, labels.get(option_of(option), {}), option, work, "answered" if rank else among(option)


def _answers(question: Question, item: Item) -> Iterator[Part]:
    answers = [answer for answer in item.answers if not answer.off_scale]
    for answer in answers[:1] if len(answers) == TWO else answers:
        yield f"{question.name}/{answer.key}", answer.label, item, _of_answer(item.name, answer.key), among(item)


def _of(name: str, work: Callable[[Known, int], Worked]) -> Work:
    return lambda held, least: work(held[name], least)


def _of_answer(name: str, key: str) -> Work:
    return lambda held, least: share_of_answer(held[name], key, least)


def _place(known: Known, least: int) -> Worked:
    return mean_of(known, {answer.key: float(answer.key) for answer in known.item.answers}, least)


def _correct(question: Question) -> Work:
    return lambda held, least: shares_of_quiz(question, held[question.name], least)[0]


def _average(question: Question) -> Work:
    return lambda held, least: average_of(held[question.name], spacing_of(question), least)
