"""A campaign opened for reading: what a page needs of it, and its releases by the names in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import abort
from flask_login import current_user

from schemas.answer_keys import on
from schemas.model import Section, Survey
from server.analysis.edition import store
from server.analysis.edition.release import Release
from server.analysis.edition.store import Edition, Listed
from server.database import session
from server.fieldwork.campaigns import CannotPlan, find_campaign
from server.fieldwork.tables import Campaign
from server.fieldwork.units import campaigns_within
from server.surveys.publishing import find_survey

ONE_WAY = ("question", "likert")


@dataclass(frozen=True)
class CampaignResults:
    """A campaign, the survey that was asked, and its newest edition; None where there is none yet."""

    row: Campaign
    survey: Survey
    edition: Edition | None

    @property
    def id(self) -> str:
        """Return the short name."""
        return self.row.id

    @property
    def ready(self) -> bool:
        """Tell whether there is an edition."""
        return self.edition is not None

    @cached_property
    def listed(self) -> Sequence[Listed]:
        """List the releases that there are, by their names."""
        return store.list_releases(session(), self.id)

    @cached_property
    def absent_axes(self) -> Mapping[str, str]:
        """Say why axes are not among the newest breakdowns: `one`, one group would be left; `same`, workplaces are the units."""
        broken_down = store.latest(session(), self.id, breakdowns=True)
        return broken_down.absent if broken_down is not None else {}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections that have a table."""
        asked = {first_question(one) for one in self.listed if one.kind in ONE_WAY}
        return tuple(part for part in self.survey.sections if any(one.name in asked for one in part.questions))

    def section(self, name: str) -> Section:
        """Return a section by its name."""
        found = next((part for part in self.sections if part.name == name), None)
        return found if found is not None else abort(404)

    def releases_in(self, section: Section) -> list[Release]:
        """Read the one-way tables of a section, in the order of its questions."""
        order = {question.name: at for at, question in enumerate(section.questions)}
        wanted = [one for one in self.listed if one.kind in ONE_WAY and first_question(one) in order]
        wanted.sort(key=lambda one: order[first_question(one)])
        found = {
            kind: store.find_releases(session(), self.id, kind, [one.subject for one in wanted if one.kind == kind])
            for kind in ONE_WAY
        }
        releases = [found[one.kind][one.subject] for one in wanted if one.subject in found[one.kind]]
        together = {row.key for one in releases if one.kind == "likert" for row in one.rows}
        return [one for one in releases if one.kind == "likert" or one.subject not in together]

    def find(self, kind: str, subject: str, by: str = "") -> Release | None:
        """Read a release, if there is one of these names."""
        return store.find_release(session(), self.id, kind, subject, by)


def results_of(name: str) -> CampaignResults:
    """Open a campaign, or say that there is none, or that its results are not for whoever is signed in."""
    try:
        row = find_campaign(session(), name)
    except CannotPlan:
        abort(404)
    if row.id not in campaigns_within(session(), current_user.unit):
        abort(403)
    survey = on(find_survey(session(), row.survey_id, row.survey_version), row.opens)
    return CampaignResults(row, survey, store.latest(session(), name))


def release_of(found: CampaignResults, kind: str, subject: str, by: str | None) -> Release:
    """Read a release by the names in its address, or say that there is no such thing."""
    wanted = found.find(kind, subject, by or "")
    return wanted if wanted is not None else abort(404)


def first_question(listed: Listed) -> str:
    """Name the question that a one-way table begins with: statements that stand together are named `section:first`."""
    return listed.subject.rpartition(":")[2]
