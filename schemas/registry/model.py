"""The kinds of entries in the registry. Each says in `claim` what it states; `schemas.registry.entry` decides how it may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schemas.registry.entry import Entry
from schemas.texts import Text, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Entry):
    """What the law says about one matter: the fact behind a quiz item."""

    kind = "law"
    statement: Text
    answer: Text
    basis: Text
    audience: tuple[str, ...]
    rests_on: tuple[str, ...] = ()
    beliefs: tuple[Text, ...] = ()
    value: float | None = None

    @property
    def claim(self) -> Text:
        """The statement."""
        return self.statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Entry):
    """A law, decree, strategy or programme; `found: false` is the empty place of one that was searched for in vain."""

    kind = "framework"

    title: Text
    form: str
    number: str | None = None
    found: bool = True

    @property
    def claim(self) -> Text:
        """The title, with its number."""
        if self.number is None:
            return self.title
        return {language: f"{text} ({self.number})" for language, text in self.title.items()}


@dataclass(frozen=True, slots=True)
class Milestone:
    """What is to be reached by the end of a year; `upto` where the source gives a span."""

    year: int
    value: float
    sense: str
    upto: float | None = None


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One measurable part of a target. `reading` explains a figure that the source does not name and that is ours."""

    label: Text
    unit: str
    milestones: tuple[Milestone, ...]
    reading: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Entry):
    """What a strategy or programme wants to reach, who can measure it, and which packs inform it."""

    kind = "target"

    title: Text
    framework: str
    measured_by: tuple[str, ...]
    parts: tuple[TargetPart, ...] = ()
    indicators: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    packs_beside: tuple[str, ...] = ()

    @property
    def claim(self) -> Text:
        """The title."""
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine(Entry):
    """A place to turn to. Without a number it is a blank to fill in locally; without `called_on` nobody has tried the number."""

    kind = "help_line"

    label: Text
    serves: Text
    cost: str
    number: str | None = None
    area: str | None = None
    called_on: date | None = None
    required_for: tuple[str, ...] = ()

    @property
    def claim(self) -> Text:
        """The name, with the number where there is one."""
        if self.number is None:
            return self.label
        return {language: f"{text}: {self.number}" for language, text in self.label.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a study."""

    label: Text
    value: float
    unit: str
    upto: float | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Entry):
    """Figures from elsewhere that give a report its context; never what one workplace is expected to reach."""

    kind = "benchmark"

    title: Text
    study: Text
    figures: tuple[Figure, ...]
    caution: Text | None = None

    @property
    def claim(self) -> Text:
        """The title and the study."""
        return {language: f"{text}: {in_language(self.study, language)}" for language, text in self.title.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion(Entry):
    """A day or a span of the year, as month and day; around some of them no baseline should be taken."""

    kind = "occasion"

    title: Text
    start: str | None = None
    end: str | None = None
    theme: Text | None = None
    avoid_baseline: bool = False

    @property
    def claim(self) -> Text:
        """The title."""
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Entry):
    """A province or city, or a commune, ward or special zone below one; the id is its code in the national statistics."""

    name: str
    form: str
    within: str | None = None
    merged_from: tuple[str, ...] = ()
    formerly: str | None = None

    @property
    def claim(self) -> Text:
        """The name, which is the same in every language."""
        return {"vi": self.name, "en": self.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Province(Area):
    """One of the provinces and centrally run cities."""

    kind = "province"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward(Area):
    """One of the places below a province."""

    kind = "ward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Entry):
    """An entry that is a name in a list."""

    name: Text

    @property
    def claim(self) -> Text:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Named):
    """A branch of the economy; a code means nothing without its scheme."""

    kind = "sector"

    scheme: str
    level: int
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership(Named):
    """What kind of employer a unit belongs to."""

    kind = "ownership"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionLevel(Named):
    """A level of the trade unions' tree."""

    kind = "union_level"

    rank: int
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption(Named):
    """A working value of the measurement that a pilot must replace."""

    kind = "assumption"

    values: Mapping[str, float]
