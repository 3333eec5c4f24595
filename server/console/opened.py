"""A campaign opened for reading: what a page needs of it, and the releases by the names in an address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import abort

from schemas.model import Section, Survey
from server.analysis.coding import COUNTED
from server.analysis.ledger import SomebodyWasFaster
from server.analysis.release import Release
from server.analysis.results import Results, UnknownSubject, open_results
from server.database import session
from server.fieldwork.campaigns import CannotPlan, find_campaign
from server.fieldwork.tables import Campaign
from server.services import services

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Opened:
    """A campaign, and its results as far as they may be known."""

    row: Campaign
    results: Results

    @property
    def id(self) -> str:
        """Return the short name."""
        return self.row.id

    @property
    def survey(self) -> Survey:
        """Return the survey that was asked."""
        return self.results.facts.survey

    @property
    def ready(self) -> bool:
        """Tell whether enough people have answered."""
        return self.results.ready

    @property
    def needed(self) -> int:
        """Return how many people have to answer before anything is shown."""
        facts = self.results.facts
        return facts.policy.step(sensitive=facts.sensitive)

    @property
    def responses(self) -> int:
        """Return how many responses the tables are over."""
        return self.results.step.responses if self.results.step else 0

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections that have a question with a table."""
        return tuple(part for part in self.survey.sections if any(one.type in COUNTED for one in part.questions))

    def section(self, name: str) -> Section:
        """Return a section by its name."""
        found = next((part for part in self.sections if part.name == name), None)
        return found if found is not None else abort(404)


def campaign(name: str) -> Opened:
    """Open a campaign, or say that there is none."""
    try:
        row = find_campaign(session(), name)
    except CannotPlan:
        abort(404)
    return Opened(row, open_results(session(), services().settings, name))


def known(find: Callable[[], Found]) -> Found:
    """Find what an address names, or say that there is no such thing, or that everybody asks at once."""
    try:
        return find()
    except UnknownSubject:
        abort(404)
    except SomebodyWasFaster:
        abort(503)


def release(found: Opened, kind: str, subject: str, by: str | None) -> Release:
    """Find a release by the names in its address."""
    if not found.ready and kind != "overview":
        abort(404)
    return known(lambda: _find(found.results, kind, subject, by or ""))


def _find(results: Results, kind: str, subject: str, by: str) -> Release:
    match kind:
        case "overview":
            return results.overview()
        case "distribution":
            return results.question(subject)
        case "breakdown":
            return results.breakdown(subject, by)
        case "scale":
            return results.scales()
        case "indicator":
            return results.indicators(subject)
        case "likert":
            parts = results.section(subject.partition(":")[0])
            found = next((part for part in parts if part.kind == kind and part.subject == subject), None)
            if found is not None:
                return found
    raise UnknownSubject(subject)
