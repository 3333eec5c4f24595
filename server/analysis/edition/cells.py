"""What stands in a table about one question and some people: its answers, who was silent or not asked, and what is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.kinds.domains import ADay, Steps
from schemas.model import Question
from schemas.questions import kind_of
from schemas.texts import Text
from server.analysis.counting.items import NOT_ASKED, UNANSWERED, YES, Item
from server.analysis.edition.figures import Figure, Missing, Span
from server.analysis.edition.release import (
    CORRECT,
    DETRACTORS,
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
    BaseWord,
    Column,
)
from server.analysis.statistics.estimates import Worked, figure_of
from server.analysis.statistics.known import Known
from server.analysis.statistics.quantiles import quantiles_of
from server.analysis.statistics.quizzes import shares_of_quiz
from server.analysis.statistics.scores import average_of, best_two, mean_of, scores_of
from server.analysis.statistics.shares import share_of

QUARTILES = (LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE)
QUIZ = (CORRECT, WRONG, DONT_KNOW)
GROUPS = {DETRACTORS: range(7), PASSIVES: range(7, 9), PROMOTERS: range(9, 11)}
"""By which of 0 to 10 somebody is told apart who was asked whether she would recommend something (Reichheld 2003)."""
LEAST_SCALE = 3
"""Choices with a score that a scale of agreement has at least."""
KnownByItem = Mapping[str, Known | Missing]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, what it is about, and of whom it is."""

    column: Column
    figure: Figure
    base: BaseWord


def is_scored(question: Question) -> bool:
    """Tell whether a question's choices form a scale of agreement."""
    scored = [choice for choice in question.choices if choice.score is not None and not choice.off_scale]
    return (
        kind_of(question).chooses == "one"
        and len(scored) >= LEAST_SCALE
        and not question.keys
        and not question.dimension
    )


def is_quiz(question: Question) -> bool:
    """Tell whether a question has a right answer."""
    return question.correct is not None


def spacing_of(question: Question) -> float:
    """Say how far it is from one number that may be answered to the next; 0 where any may be."""
    domain = kind_of(question).domain
    match domain(question) if domain else None:
        case Steps(step=step):
            return step
        case ADay():
            return 1.0  # of a date the years are counted
        case _:
            return 0.0


def cells_of(question: Question, items: Sequence[Item], held: KnownByItem, least: int) -> tuple[Cell, ...]:
    """List the figures of a question among some people, in the order in which they are shown.

    `items`: those of the question, its own first; `held`: what is known of each, by name. `least`: of how many people a mean is.
    """
    own = items[0]
    known = held[own.name]
    cells = list(
        _options(question, items[1:], held, least)
        if kind_of(question).counting == "options"
        else _answers(own, known, least)
    )
    cells += _silent(own, known, least)
    if is_scored(question):
        cells += _scored(known, least)
    if is_quiz(question):
        cells += _quiz(question, known, least)
    if kind_of(question).counting == "points":
        cells += _points(known, least)
    elif kind_of(question).numeric:
        cells += _numbers(question, known, least)
    return tuple(cells)


def top_two_of(known: Known | Missing, least: int) -> Worked:
    """Give the share of the two best answers among those who gave an answer on the scale."""
    if isinstance(known, Missing):
        return known
    return share_of(known, best_two(known), known.mask(scores_of(known)), least)


def score_of(known: Known | Missing, least: int) -> Worked:
    """Give the mean score of those who gave an answer on the scale."""
    return known if isinstance(known, Missing) else mean_of(known, scores_of(known), least)


def yes_of(known: Known | Missing, least: int) -> Worked:
    """Give the share of yes among those asked."""
    return known if isinstance(known, Missing) else share_of(known, known.mask((YES,)), known.base, least)


def share_of_answer(known: Known | Missing, key: str, least: int) -> Worked:
    """Give the share of an answer among those asked."""
    return known if isinstance(known, Missing) else share_of(known, known.mask((key,)), known.base, least)


def among(item: Item) -> BaseWord:
    """Say of whom the shares of an item are."""
    return "asked" if item.conditional else "everybody"


def option_of(item: Item) -> str:
    """Name the option that an item of a several-answer question or of a ranking is about."""
    return item.name.partition("/")[2]


def labels_of(question: Question) -> Mapping[str, Text]:
    """Give the labels of a question's choices."""
    return {choice.name: choice.label for choice in question.choices}


def asked_of(known: Known | Missing) -> Span | None:
    """Give the bracket of how many were asked; None where everybody was."""
    return known.asked if isinstance(known, Known) and known.item.conditional else None


def _answers(item: Item, known: Known | Missing, least: int) -> Iterator[Cell]:
    for answer in item.answers:
        column = Column(answer.key, answer.label, answer.score, answer.off_scale)
        yield Cell(column, figure_of(share_of_answer(known, answer.key, least)), among(item))


def _options(question: Question, options: Sequence[Item], held: KnownByItem, least: int) -> Iterator[Cell]:
    labels = labels_of(question)
    for option in options:
        key = option_of(option)
        yield Cell(Column(key, labels.get(key, {})), figure_of(yes_of(held[option.name], least)), among(option))


def _silent(item: Item, known: Known | Missing, least: int) -> Iterator[Cell]:
    if item.silent:
        yield Cell(Column(UNANSWERED), figure_of(share_of_answer(known, UNANSWERED, least)), among(item))
    if item.conditional:
        yield Cell(Column(NOT_ASKED), figure_of(_not_asked(known)), "everybody")


def _not_asked(known: Known | Missing) -> Worked:
    if isinstance(known, Missing):
        return known
    return share_of(known, known.mask((NOT_ASKED,)), known.mask(known.item.categories))


def _scored(known: Known | Missing, least: int) -> Iterator[Cell]:
    yield Cell(Column(TOP_TWO), figure_of(top_two_of(known, least)), "answered")
    yield Cell(Column(MEAN), figure_of(score_of(known, least)), "answered")


def _quiz(question: Question, known: Known | Missing, least: int) -> Iterator[Cell]:
    lines: Sequence[Worked] = (known,) * 3 if isinstance(known, Missing) else shares_of_quiz(question, known, least)
    for key, worked in zip(QUIZ, lines, strict=True):
        yield Cell(Column(key), figure_of(worked), "answered")


def _points(known: Known | Missing, least: int) -> Iterator[Cell]:
    """Give the mean of 0 to 10, the shares of those who would not, might and would recommend, and their net promoter score.

    The score is the share of the last less that of the first, in points of a hundred: the mean of what each answer is worth.
    """
    yield Cell(Column(MEAN), figure_of(score_of(known, least)), "answered")
    for key, points in GROUPS.items():
        yield Cell(Column(key), figure_of(_share_of_points(known, points, least)), "answered")
    yield Cell(Column(NET_SCORE), figure_of(_net_score(known, least)), "answered")


def _share_of_points(known: Known | Missing, points: range, least: int) -> Worked:
    if isinstance(known, Missing):
        return known
    scores = scores_of(known)
    those = known.mask([key for key, score in scores.items() if score in points])
    return share_of(known, those, known.mask(scores), least)


def _net_score(known: Known | Missing, least: int) -> Worked:
    if isinstance(known, Missing):
        return known
    worth = {DETRACTORS: -100.0, PASSIVES: 0.0, PROMOTERS: 100.0}
    worths = {
        key: worth[group] for key, score in scores_of(known).items() for group in GROUPS if score in GROUPS[group]
    }
    return mean_of(known, worths, least)


def _numbers(question: Question, known: Known | Missing, least: int) -> Iterator[Cell]:
    spacing = spacing_of(question)
    if isinstance(known, Missing):
        figures: Sequence[Figure] = (known,) * 4
    else:
        figures = (figure_of(average_of(known, spacing, least)), *quantiles_of(known, spacing, least))
    for key, figure in zip((MEAN, *QUARTILES), figures, strict=True):
        yield Cell(Column(key), figure, "answered")
