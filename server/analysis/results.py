"""Results of a campaign: the one way in for pages, charts and exports. Everything that comes out is a `Release`."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from schemas.model import Question, Scale
from server.analysis.axes import Axis, axes_of
from server.analysis.coding import COUNTED
from server.analysis.facts import Facts, facts_of, policy_of
from server.analysis.headlines import scored_question
from server.analysis.indicator_rows import TABLES, table_of
from server.analysis.indicators import indicator_tables
from server.analysis.lake import DUCKDB, Lake, Responses
from server.analysis.layouts import Layouts
from server.analysis.ledger import ReleaseLedger, engine_of
from server.analysis.means import means, means_by
from server.analysis.overview import overview, sites_axis
from server.analysis.overview import progress as progress_of
from server.analysis.policy import Policy
from server.analysis.release import Member, Release
from server.analysis.scales import scored_of
from server.analysis.shown import Shown
from server.analysis.steps import Step, Steps
from server.analysis.tabling import Desk, one_way, two_way
from server.fieldwork.tables import Campaign

RELEASED = "released"


class UnknownSubject(LookupError):
    """There is no such question, scale, section or dimension in the campaign's survey."""


class Paths(Protocol):
    """What is needed of the server's settings."""

    @property
    def home(self) -> Path:
        """Return the folder of everything that is written."""

    @property
    def lake(self) -> Path:
        """Return the folder of the lake."""


class Results:
    """What may be known of a campaign."""

    def __init__(self, facts: Facts, step: Step | None, ledger: ReleaseLedger, engine: str = DUCKDB) -> None:
        self.facts, self.step = facts, step
        self._axes = axes_of(facts.survey, facts.places)
        self._ledger, self._engine = ledger, engine
        self._layouts = Layouts(facts, step.number if step else 0, self._axes)
        self._desk = None if step is None else Desk(facts, self._axes, step, Responses(step.files, engine), ledger)

    @property
    def dimensions(self) -> tuple[Member, ...]:
        """List what results may be broken down by; `site` and `unit` have no label of their own."""
        survey = self.facts.survey
        return tuple(Member(name, survey.by_name[name].label if name in survey.by_name else {}) for name in self._axes)

    @property
    def ready(self) -> bool:
        """Tell whether enough people have answered for anything to be shown."""
        return self.step is not None

    def overview(self) -> Release:
        """Show who took part, by site."""
        sizes = self.step.sizes.get("@site", {}) if self.step else {}
        return overview(self.facts, self.step, sites_axis(self.facts.places, self._axes), sizes)

    def question(self, name: str) -> Release:
        """Show how everybody answered a question."""
        question = self._question(name)
        return self._layouts.distribution(question, self._one_way([question]).get(name))

    def section(self, name: str) -> tuple[Release, ...]:
        """Show a section: items that share a Likert scale as one table, every other question as its own."""
        return self.sections([name])

    def sections(self, names: Sequence[str]) -> tuple[Release, ...]:
        """Show several sections, counted in one pass."""
        known = {section.name: section for section in self.facts.survey.sections}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UnknownSubject(unknown[0])
        runs = [(name, run) for name in names for run in _runs(known[name].questions)]
        tables = self._one_way([question for _, run in runs for question in run])
        return tuple(self._laid_out(name, run, tables) for name, run in runs)

    def scales(self) -> Release:
        """Show the mean scores of all scales."""
        scales = self.facts.survey.scales
        scores = [scored_of(scale) for scale in scales]
        tables = means(self._desk, scores) if self._desk and scores else {}
        items = dict.fromkeys(item.question for scale in scales for item in scale.items)
        return self._layouts.scales(scales, tables, self._one_way([self.facts.survey.by_name[name] for name in items]))

    def indicators(self, subject: str | None = None) -> Release:
        """Show the survey's indicators beside their targets; `subject` those that stand in one table (`indicator_subjects`)."""
        everything = self.facts.survey.indicators
        wanted = [one for one in everything if subject is None or table_of(one) == subject]
        if subject is not None and not wanted:
            raise UnknownSubject(subject)
        return self._layouts.indicators(subject or TABLES[0], wanted, self._indicator_tables)

    @cached_property
    def _indicator_tables(self) -> dict[str, Shown]:
        """Decide on all indicators together, since one may have to stand beside another."""
        return indicator_tables(self._desk, self.facts.survey.indicators) if self._desk else {}

    @property
    def indicator_subjects(self) -> tuple[str, ...]:
        """Name the tables that the survey's indicators fill."""
        filled = {table_of(one) for one in self.facts.survey.indicators}
        return tuple(table for table in TABLES if table in filled)

    def breakdown(self, subject: str, by: str) -> Release:
        """Show a question or a scale over the groups of a dimension."""
        axis = self._axes.get(by)
        if axis is None or by == subject:
            raise UnknownSubject(by)
        scale = next((scale for scale in self.facts.survey.scales if scale.name == subject), None)
        if subject not in self.facts.survey.by_name and scale is not None:
            return self._scale_by(scale, axis)
        question = self._question(subject)
        table = two_way(self._desk, question, axis) if self._desk else None
        return self._layouts.breakdown(question, axis, table)

    def _scale_by(self, scale: Scale, axis: Axis) -> Release:
        table = means_by(self._desk, scored_of(scale), axis) if self._desk else None
        return self._layouts.scale_by(scale, axis, table)

    def _question(self, name: str) -> Question:
        question = self.facts.survey.by_name.get(name)
        if question is None or question.type not in COUNTED:
            raise UnknownSubject(name)
        return question

    def _one_way(self, questions: Sequence[Question]) -> dict[str, Shown]:
        return one_way(self._desk, questions) if self._desk and questions else {}

    def _laid_out(self, section: str, run: Sequence[Question], tables: dict[str, Shown]) -> Release:
        if len(run) == 1:
            return self._layouts.distribution(run[0], tables.get(run[0].name))
        return self._layouts.likert(section, run, tables)


def open_results(session: Session, settings: Paths, campaign_id: str, *, engine: str = DUCKDB) -> Results:
    """Open a campaign's results, moving on to the next step when enough people have answered since the last."""
    facts = facts_of(session, campaign_id)
    database = engine_of(session)
    steps = Steps(database, settings.home / RELEASED, Lake(settings.lake, engine), campaign_id)
    step = steps.move_on(facts.survey, axes_of(facts.survey, facts.places), facts.policy, sensitive=facts.sensitive)
    return Results(facts, step, ReleaseLedger(database, campaign_id), engine)


def threshold_of(session: Session, campaign: Campaign) -> int:
    """Say how many people stand behind any figure of a campaign, at least."""
    return policy_of(session, campaign).threshold


def campaign_progress(session: Session, threshold: int) -> Release:
    """Show how all campaigns get on."""
    return progress_of(session, Policy(threshold=threshold))


def _runs(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Put neighbouring items of one Likert scale together."""
    counted = [question for question in questions if question.type in COUNTED]
    for _, group in groupby(
        counted, key=lambda question: (question.list_name, None) if scored_question(question) else (None, question.name)
    ):
        yield list(group)
