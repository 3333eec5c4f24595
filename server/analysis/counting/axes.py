"""Axes: the ways in which results may be broken down. The survey's dimensions, workplaces, units, and crossings it declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from schemas.model import Question, Survey
from schemas.texts import Text
from server.analysis.counting.bands import bands_of
from server.analysis.counting.items import UNANSWERED

SITE, UNIT = "site", "unit"
CROSSED, BESIDE = ".", "/"
"""What stands between the two axes in a crossing's name, and between the keys of the two members in its members' keys."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace of the campaign, its unit, and how many people work there."""

    id: str
    name: str
    unit: str
    unit_name: str
    headcount: int


@dataclass(frozen=True, slots=True)
class Member:
    """One value of an axis by its key and its label; ours (`@unanswered`) have no label."""

    key: str
    label: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension. `members` stand in their order; when `ordered`, only neighbours are merged.

    The last member of every axis is `@unanswered`: who gave no answer, or one that this version of the survey does not know.
    `columns` are the questions, `site` or `unit` that decide the member, two of them for a crossing. `parent_of` gives a workplace's
    unit: workplaces are merged inside their unit only. In a crossing with places it gives the place of a member, in any other
    crossing the member of the first axis. `unit_of` gives the unit of each workplace, for axes that are about units.
    """

    name: str
    columns: tuple[str, ...]
    members: tuple[Member, ...]
    ordered: bool = False
    parent_of: Mapping[str, str] = field(default_factory=dict)
    unit_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_place(self) -> bool:
        """Tell whether this is about where people work, alone or crossed."""
        return SITE in self.columns or UNIT in self.columns


def is_about_places(name: str) -> bool:
    """Tell whether an axis of this name is about where people work, alone or crossed; the axis itself may have gone."""
    return bool({SITE, UNIT} & set(name.split(CROSSED)))


def axes_of(survey: Survey, places: Sequence[Workplace]) -> tuple[Axis, ...]:
    """List the axes of a campaign: dimensions, units and workplaces (where there are several of them), crossings."""
    simple = {question.name: _of_question(question) for question in survey.dimensions}
    unit_of = {place.id: place.unit for place in places}
    units = {place.unit: place.unit_name for place in places}
    if len(units) > 1:
        simple[UNIT] = Axis(UNIT, (UNIT,), _named(survey, units), unit_of=unit_of)
    if len(places) > 1:
        sites = {place.id: place.name for place in places}
        simple[SITE] = Axis(SITE, (SITE,), _named(survey, sites), parent_of=unit_of)
    crossed = [
        crossing(simple[first], simple[second])
        for first, second in survey.crossings
        if first in simple and second in simple
    ]
    return (*simple.values(), *crossed)


def crossing(first: Axis, second: Axis) -> Axis:
    """Cross two axes: a member for each pair, its label that of both. What has no label of its own stands there by its key."""
    pairs = list(product(first.members, second.members))
    outer = 1 if second.is_place else 0
    return Axis(
        f"{first.name}{CROSSED}{second.name}",
        (*first.columns, *second.columns),
        tuple(Member(_pair_key(one, other), _pair_label(one, other)) for one, other in pairs),
        parent_of={_pair_key(*pair): pair[outer].key for pair in pairs},
        unit_of={**first.unit_of, **second.unit_of},
    )


def _of_question(question: Question) -> Axis:
    if question.dimension and question.dimension.bands:
        bands = tuple(Member(band.key) for band in bands_of(question))
        return Axis(question.name, (question.name,), (*bands, Member(UNANSWERED)), ordered=True)
    choices = tuple(Member(choice.name, choice.label) for choice in question.choices) or (Member("OK"),)
    return Axis(question.name, (question.name,), (*choices, Member(UNANSWERED)))


def _named(survey: Survey, names: Mapping[str, str]) -> tuple[Member, ...]:
    """Give places as members; their names are the same in every language."""
    known = (Member(key, dict.fromkeys(survey.languages, name)) for key, name in names.items())
    return (*known, Member(UNANSWERED))


def _pair_key(first: Member, second: Member) -> str:
    return f"{first.key}{BESIDE}{second.key}"


def _pair_label(first: Member, second: Member) -> Text:
    languages = first.label or second.label
    return {
        language: f"{first.label.get(language, first.key)} · {second.label.get(language, second.key)}"
        for language in languages
    }
