"""The ways in which results may be broken down: the survey's declared dimensions, sites, and units. No others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.model import Question, Survey
from server.analysis.bands import Band, band_of, bands_of
from server.analysis.counting import PLACE
from server.analysis.policy import Policy
from server.analysis.regrouping import Groups, regroup, regroup_places
from server.analysis.release import UNANSWERED, Member

SITE, UNIT = "site", "unit"


@dataclass(frozen=True, slots=True)
class Place:
    """A site of the campaign, its unit, and how many people work there."""

    id: str
    name: str
    unit: str
    unit_name: str
    headcount: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension: `column` is what is counted, `values` its members in order; `ordered` when only neighbours merge."""

    name: str
    column: str
    members: tuple[Member, ...]
    ordered: bool = False
    bands: tuple[Band, ...] = ()
    unit_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_place(self) -> bool:
        """Tell whether this is about where people work."""
        return self.column == PLACE

    def value(self, counted: str | None) -> str:
        """Turn what was counted into a member's key."""
        if self.is_place:
            site = counted or ""
            return self.unit_of.get(site, "") if self.name == UNIT else site
        if counted is None:
            return UNANSWERED
        if self.bands:
            return band_of(self.bands, counted)
        return counted if any(member.key == counted for member in self.members) else UNANSWERED

    def groups(self, sizes: Mapping[str, int], least: int) -> Groups:
        """Merge members until each group has enough people; `sizes` counts the column's raw values."""
        if self.is_place:
            units, sites = regroup_places(sizes, {site: self.unit_of.get(site, "") for site in sizes}, least)
            return units if self.name == UNIT else sites
        counts: dict[str, int] = {}
        for counted, people in sizes.items():
            value = self.value(counted if counted != UNANSWERED else None)
            counts[value] = counts.get(value, 0) + people
        return regroup(counts, [member.key for member in self.members], least, ordered=self.ordered)

    def named(self, keys: Sequence[str]) -> tuple[Member, ...]:
        """Give the members of a group with their labels."""
        known = {member.key: member for member in self.members}
        return tuple(known.get(key, Member(key)) for key in keys)


def axis_of(question: Question) -> Axis:
    """Make the axis of a question that is a dimension."""
    if question.dimension and question.dimension.bands:
        bands = bands_of(question)
        return Axis(question.name, question.name, tuple(band.member for band in bands), ordered=True, bands=bands)
    members = tuple(Member(choice.name, choice.label) for choice in question.choices) or (Member("OK"),)
    return Axis(question.name, question.name, members)


def axes_of(survey: Survey, places: Sequence[Place]) -> dict[str, Axis]:
    """List the axes of a campaign by name; sites and units only where there is more than one."""
    axes = {question.name: axis_of(question) for question in survey.dimensions}
    unit_of = {place.id: place.unit for place in places}
    units = {place.unit: place.unit_name for place in places}
    if len(units) > 1:
        members = tuple(Member(unit, _in_all(survey, name)) for unit, name in units.items())
        axes[UNIT] = Axis(UNIT, PLACE, members, unit_of=unit_of)
    if len(places) > 1:
        sites = tuple(Member(place.id, _in_all(survey, place.name)) for place in places)
        axes[SITE] = Axis(SITE, PLACE, sites, unit_of=unit_of)
    return axes


def least_of(axis: Axis, policy: Policy, *, sensitive: bool) -> int:
    """Say how many people a group of this axis needs."""
    return policy.least_group(sensitive=sensitive, place=axis.is_place)


def _in_all(survey: Survey, name: str) -> dict[str, str]:
    """Write a name, which is the same in every language, as a text."""
    return dict.fromkeys(survey.languages, name)
