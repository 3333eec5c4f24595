"""A survey as the rest of the house sees it: frozen, made of tuples, every name resolved. Built by schemas.documents only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from schemas.texts import Text

ScoreMethod = Literal["mean", "percent_correct"]
IndicatorKind = Literal["share", "mean", "top_two", "average", "ratio", "compare"]
Tree = list[Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or calculation: as its author wrote it, and as JSON arrays whose head is the operator."""

    text: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tap. `off_scale` ("Không biết") stands apart and counts in no score; `other` opens a text of its own.

    `value` is what exported data call it, where that is no name ("-99"); `columns` are what a choice_filter may ask of the choice;
    `media` its files by slot ("audio", "image") and language.
    """

    name: str
    label: Text
    score: float | None = None
    exclusive: bool = False
    off_scale: bool = False
    other: bool = False
    value: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Text] = field(default_factory=dict)


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
class DatedKey:
    """A quiz question's right answer while a law says so: from `start` until `until` (ISO days, both included; None: open)."""

    choice: str
    start: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, told or calculated.

    `keys` are the right answers in the order of their days (schemas.answer_keys chooses). `specifies` names the question of which
    this text is the "other, namely". `media` are files by slot (schemas.questions.MEDIA_SLOTS) and language.
    """

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
    choice_filter: Expression | None = None
    range: Range | None = None
    dimension: Dimension | None = None
    randomize: bool = False
    sensitive: bool = False
    keys: tuple[DatedKey, ...] = ()
    explain: Text | None = None
    fact: str | None = None
    specifies: str | None = None
    media: Mapping[str, Text] = field(default_factory=dict)

    @property
    def correct(self) -> str | None:
        """The right answer of a quiz question; where it changed with the law, the newest."""
        return self.keys[-1].choice if self.keys else None


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
class IndicatorTarget:
    """What a strategy or plan asks for, by when; `verified` once a person has read it in the source."""

    source: str
    year: int
    value: float
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two amounts that are added up over everybody before the one is divided by the other."""

    of: Expression
    to: Expression


@dataclass(frozen=True, slots=True)
class IndicatorComparison:
    """The figure of another indicator in a first group against a second one, as their ratio or their difference."""

    indicator: str
    first: Expression
    second: Expression
    form: Literal["ratio", "difference"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that a report shows.

    `share` is a share of people, `mean` a scale's mean, `top_two` the two best answers to some items, `average` the mean of a
    number, `ratio` of two sums, `compare` another indicator between two groups.
    """

    name: str
    title: Text
    kind: IndicatorKind
    expression: Expression | None = None
    scale: str | None = None
    items: tuple[str, ...] = ()
    base: Expression | None = None
    target: IndicatorTarget | None = None
    average: str | None = None
    ratio: Ratio | None = None
    comparison: IndicatorComparison | None = None


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Where a person can turn; `verified` once somebody has called the number, `checked_on` the ISO day of that call."""

    label: Text
    phone: str
    note: Text | None = None
    verified: bool = False
    checked_on: str | None = None


@dataclass(frozen=True, slots=True)
class PackFacts:
    """For whom a ready-made survey is, and what it informs: what a person needs to know before choosing it."""

    population: Text | None = None
    min_age: int | None = None
    min_n: int | None = None
    modes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    seed_rows: tuple[str, ...] = ()
    referral_required: bool = False


@dataclass(frozen=True)
class Survey:
    """One questionnaire. Never changes once published: a correction is the next version.

    `crossings` are pairs of dimensions (or `site`, `unit`) by which results may be broken down together. `media` are data URIs by
    file name.
    """

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
    crossings: tuple[tuple[str, str], ...] = ()
    show_answers: bool = False
    quick: bool = False
    pack: PackFacts | None = None
    media: Mapping[str, str] = field(default_factory=dict)

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
