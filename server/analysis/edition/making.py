"""Making editions: one campaign after another, one maker at a time among all machines, whole or not at all.

Who is in an edition is pinned first, with the responses themselves. Whatever is cut short after that is done again by the next run,
from the same pins, with the same result. The log says which campaign failed and where, never how many people there are.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.analysis.alibi.budget import Budget
from server.analysis.brackets.table import Table
from server.analysis.counting.axes import axes_of
from server.analysis.counting.counting import sizes
from server.analysis.counting.items import Item
from server.analysis.counting.listing import items_of
from server.analysis.edition import store
from server.analysis.edition.bracketing import EditionBasis
from server.analysis.edition.deciding import Checking, Decision, decide
from server.analysis.edition.documents import document_of, groups_of, version_of
from server.analysis.edition.joint import Counted
from server.analysis.edition.memory import Forgotten, Memory
from server.analysis.edition.release import Release
from server.analysis.edition.releases import releases_of
from server.analysis.edition.schedule import Due, due
from server.analysis.edition.store import Edition, Stage, Work
from server.analysis.facts import Facts, changes_of, facts_of
from server.analysis.grouping.grouping import absent, atoms, group
from server.analysis.lake.engine import EngineFailure, connect
from server.analysis.lake.people import LakeDamaged, People, open_people
from server.database import db, transaction
from server.fieldwork.campaigns import campaigns
from server.fieldwork.tables import Campaign
from server.intake.lake_feeding import lake_of
from server.intake.one_at_a_time import one_at_a_time
from server.intake.pinning import CannotPin, LakeNotWritten, lags, make_level, pin, pinned, unpinned
from server.lake.reading import parts_by_edition
from server.lake.storage import StorageFailure
from server.quiet_logs import place
from server.services import Services

JOB = "editions"
PURPOSE = "editions"
COUNTED, DECIDED = 15, 90
"""Percent of the work that is done when people are counted, and when the last item is decided."""
logger = logging.getLogger(__name__)
Advance = Callable[[int], None]


@dataclass(slots=True)
class Report:
    """What a run did: the number of the edition made, or a code of `FAILURES`, by campaign."""

    made: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An edition before it is stored: what is stored of it, its tables of brackets, its releases."""

    edition: Edition
    tables: Sequence[Table]
    releases: Sequence[Release]


def make_editions(at_hand: Services, campaign: str | None = None, advance: Advance = lambda _more: None) -> Report:
    """Make every edition that is due, of one campaign or of all. Needs the app's context."""
    report = Report()
    with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        if not mine:
            return Report(busy=True)
        for name in [campaign] if campaign is not None else _names():
            try:
                _make_one(at_hand, name, report, advance)
            except Exception as error:  # noqa: BLE001 - what one campaign stumbles over must not keep others from their editions
                why = type(error).__name__, place(error.__traceback__)
                logger.error("No edition of campaign %s could be made: %s at %s.", name, *why)
                report.failed[name] = "internal"
                _note_failure(name)
    return report


def sensitive(items: Sequence[Item]) -> bool:
    """Tell whether a survey asks anything sensitive, so that its whole campaign moves on in larger steps."""
    return any(item.sensitive for item in items)


def what_is_due(session: Session, facts: Facts, items: Sequence[Item], *, closed: bool) -> tuple[int, Due]:
    """Give the number of the edition that is due, and what it holds. One that was pinned and not stored is due first."""
    history = store.editions(session, facts.campaign)
    people = pinned(session, facts.campaign)
    last = max((one.number for one in history), default=0)
    broken_down = [one.number for one in history if one.breakdowns]
    begun = {number: added for number, added in people.items() if number > last}
    waiting = sum(begun.values()) or unpinned(session, facts.campaign)
    before = {number: added for number, added in people.items() if number <= last}
    found = due(before, waiting, broken_down, facts.policy, sensitive=sensitive(items), closed=closed)
    return max(begun, default=last + 1), found


def is_closed(campaign: Campaign, at_hand: Services) -> bool:
    """Tell whether nobody answers any more: the campaign was closed, or its last day is over."""
    return campaign.state == "closed" or at_hand.today() > campaign.closes


def _names() -> list[str]:
    with Session(db.engine) as session:
        return [one.id for one in campaigns(session)]


def _make_one(at_hand: Services, campaign: str, report: Report, advance: Advance) -> None:
    """Make what is due of one campaign; note how far it is, and what went wrong."""
    with Session(db.engine) as session:
        facts = facts_of(session, campaign)
        items = items_of(facts.survey)
        closed = is_closed(session.get_one(Campaign, campaign), at_hand)
        number, what = what_is_due(session, facts, items, closed=closed)
    if what.nothing:
        _note_lag(at_hand, campaign, number)
        return
    progress = _Progress(campaign, number, advance)
    memory, failure = Memory(lake_of(at_hand)), ""
    try:
        memory.refuse(db.engine, campaign)
        if what.pins:
            pin(at_hand, campaign, number)
        else:
            make_level(at_hand, campaign)
        made = compute(at_hand, facts, items, number, breakdowns=what.breakdowns, progress=progress.at)
        progress.at("writing", DECIDED)
        with transaction() as session:
            store.write(session, campaign, made.edition, made.tables, made.releases)
            store.note_work(session, campaign, Work(number, "done", 100, ""))
        memory.note(db.engine)
        report.made[campaign] = number
    except Forgotten:
        failure = "behind"
    except LakeNotWritten as error:
        failure = "lagging"
        logger.error("No edition of campaign %s could be made. %s", campaign, error)
    except (StorageFailure, LakeDamaged) as error:
        failure = "lake"
        logger.error("No edition of campaign %s could be made. %s", campaign, error)
    except CannotPin:
        failure = "busy"
    except EngineFailure as error:
        failure = "engine"
        logger.error("No edition of campaign %s could be made: the engine failed (%s).", campaign, error)
    if failure:
        report.failed[campaign] = failure
        progress.failed(failure)


def _note_failure(campaign: str) -> None:
    """Note that the program failed, as far as the database can still be written."""
    with suppress(SQLAlchemyError), transaction() as session:
        before = store.work(session, campaign)
        number, percent = (before.number, before.percent) if before else (1, 0)
        store.note_work(session, campaign, Work(number, "failed", percent, "internal"))


def _note_lag(at_hand: Services, campaign: str, number: int) -> None:
    """Note, where no edition is due, that the lake has fallen behind the database, or that it is level with it again."""
    with Session(db.engine) as session:
        before = store.work(session, campaign)
    noted = before is not None and before.stage == "waiting"
    if lags(at_hand, campaign) != noted:
        with transaction() as session:
            now = Work(max(1, number - 1), "done", 100, "") if noted else Work(number, "waiting", 0, "lagging")
            store.note_work(session, campaign, now)


Note = Callable[[Stage, int], None]


def compute(
    at_hand: Services,
    facts: Facts,
    items: Sequence[Item],
    number: int,
    *,
    breakdowns: bool,
    progress: Note = lambda _stage, _percent: None,
) -> Made:
    """Compute an edition from the people pinned to it and to those before. Writes nothing."""
    axes = axes_of(facts.survey, facts.places)
    with Session(db.engine) as session:
        history = [one for one in store.editions(session, facts.campaign) if one.number < number]
        facts = replace(facts, changes=changes_of(session, facts, [version_of(one) for one in history]))
        printed = [table for table in store.tables(session, facts.campaign) if table.edition < number]
    earlier = {one.number: groups_of(one) for one in history if one.breakdowns}
    with _people(at_hand, facts, number) as people:
        progress("counting", 0)
        sized = sizes(people, axes)
        groups = group(sized, axes, facts.policy, earlier) if breakdowns else {}
        fine = atoms(axes, sized, [groups, *earlier.values()])
        counted = Counted(people, items, axes, sized, fine)
        changes = frozenset(facts.changes)
        basis = EditionBasis(facts.campaign, number, facts.policy, axes, sized, groups, fine, counted.profiles, changes)
        progress("deciding", COUNTED)
        decisions: dict[str, Decision] = {}
        checking = Checking(Budget(time.monotonic), at_hand.keyring.derived(PURPOSE))
        with closing(counted.counts()) as counts:
            for one in decide(basis, items, counts, counted.together, printed, checking):
                decisions[one.item.name] = one
                progress("deciding", COUNTED + (DECIDED - COUNTED) * len(decisions) // len(items))
    if checking.hurried:
        logger.warning(
            "The checks of edition %d of campaign %s came to all the work that they may be; some items may be coarser for it.",
            number,
            facts.campaign,
        )
    if checking.cut_short:
        logger.warning("A check of edition %d of campaign %s took too long on this machine.", number, facts.campaign)
    tables = [table for one in decisions.values() for table in one.tables.values()]
    releases = releases_of(facts, items, axes, decisions, sized, number, groups)
    missing = absent(axes, groups) if breakdowns else {}
    accounts = (one.account() for one in decisions.values())
    document = document_of(facts.survey.version, groups, missing, accounts, checking.account())
    return Made(Edition(number, sized.total, breakdowns, document), tables, releases)


@contextmanager
def _people(at_hand: Services, facts: Facts, number: int) -> Iterator[People]:
    """Open the people of an edition on the engine that the settings name."""
    found = parts_by_edition(lake_of(at_hand), facts.campaign)
    parts = {edition: addresses for edition, addresses in found.items() if edition is not None and edition <= number}
    engine = connect(at_hand.settings.engine)
    try:
        yield open_people(engine, parts, facts.survey)
    finally:
        engine.close()


class _Progress:
    """Notes in the database how far the work is, and tells whoever watches."""

    def __init__(self, campaign: str, number: int, advance: Advance) -> None:
        self._campaign, self._number, self._advance = campaign, number, advance
        self._stage: Stage = "counting"
        self._percent = -1

    def at(self, stage: Stage, percent: int) -> None:
        """Note a stage, where it is another one or some percent further."""
        if stage != self._stage or percent >= self._percent + 2:
            self._advance(max(0, percent - max(self._percent, 0)))
            self._write(stage, percent, "")

    def failed(self, code: str) -> None:
        """Note that it failed."""
        self._write("failed", max(self._percent, 0), code)

    def _write(self, stage: Stage, percent: int, failure: str) -> None:
        self._stage, self._percent = stage, percent
        with transaction() as session:
            store.note_work(session, self._campaign, Work(self._number, stage, percent, failure))
