"""A survey as the rest of the house sees it: frozen, made of tuples, every name resolved. Built by schemas.documents only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from schemas.texts import Text

ScoreMethod = Literal["mean", "percent_correct"]
IndicatorKind = Literal["share", "mean", "top_two"]
Tree = list[Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or calculation: as its author wrote it, and as JSON arrays whose head is the operator."""

    text: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tap. `off_scale` ("Không biết") stands apart and counts in no score."""

    name: str
    label: Text
    score: float | None = None
    exclusive: bool = False
    off_scale: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that an answer may be, both ends included."""

    start: float
    end: float
    step: float = 1


@dataclass(frozen=True, slots=True)
class Dimension:
    """Results may be broken down by this question; numbers only by bands, given by their lower bounds."""

    bands: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, told or calculated."""

    type: str
    name: str
    section: str
    label: Text
    hint: Text | None = None
    list_name: str | None = None
    choices: tuple[Choice, ...] = ()
    appearance: str | None = None
    required: Expression | bool = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Text | None = None
    calculation: Expression | None = None
    range: Range | None = None
    dimension: Dimension | None = None
    randomize: bool = False
    sensitive: bool = False
    correct: str | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together under one title; with `table-list` they share one list of choices."""

    name: str
    title: Text | None
    sensitive: bool
    relevant: Expression | None
    appearance: str | None
    randomize: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """A question's part in a scale; reversed when agreeing means less of what the scale measures."""

    question: str
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Several questions read as one score."""

    name: str
    title: Text
    items: tuple[ScaleItem, ...]
    score: ScoreMethod


@dataclass(frozen=True, slots=True)
class Target:
    """What a strategy or plan asks for, by when; `verified` once a person has read it in the source."""

    source: str
    year: int
    value: float
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that a report shows: a share of people, a scale's mean, or the two best answers to some items."""

    name: str
    title: Text
    kind: IndicatorKind
    expression: Expression | None = None
    scale: str | None = None
    items: tuple[str, ...] = ()
    base: Expression | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Where a person can turn; `verified` once somebody has called the number."""

    label: Text
    phone: str
    note: Text | None = None
    verified: bool = False


@dataclass(frozen=True)
class Survey:
    """One questionnaire. Never changes once published: a correction is the next version."""

    id: str
    version: int
    kind: str
    title: Text
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    minutes: int | None = None
    consent: Text | None = None
    about: Text | None = None
    closing: Text | None = None
    support: tuple[SupportLine, ...] = ()
    choice_lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    scales: tuple[Scale, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which they stand."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """The questions by their names."""
        return {question.name: question for question in self.questions}

    @cached_property
    def dimensions(self) -> tuple[Question, ...]:
        """The questions by which results may be broken down."""
        return tuple(question for question in self.questions if question.dimension)

    def question(self, name: str) -> Question:
        """The question of that name; KeyError when there is none."""
        return self.by_name[name]

    def section_of(self, name: str) -> Section:
        """The section in which the question of that name stands."""
        wanted = self.by_name[name].section
        return next(section for section in self.sections if section.name == wanted)
