"""Keeps the lake level with the database: what a run opened is appended, what was missed is built anew."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

import orjson
import pyarrow as pa
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from schemas.survey import load_survey
from server.database import db
from server.fieldwork.tables import Campaign
from server.intake.judging import CampaignRules, Opened
from server.intake.tables import LakeState, Response
from server.lake.addresses import open_storage
from server.lake.columns import Columns
from server.lake.manifest import Manifest, read_manifest
from server.lake.reading import damaged_parts
from server.lake.rows import LakeRow, concatenated
from server.lake.storage import Storage, StorageFailure
from server.lake.writing import PART_ROWS, LakeWriter
from server.services import Services
from server.surveys.publishing import find_version

READ_AT_ONCE = 5000
Advance = Callable[[int], None]
logger = logging.getLogger(__name__)


class LakeFeed:
    """Collects the rows that a run opens in one campaign and appends them, at the latest when the run is finished."""

    def __init__(self, at_hand: Services, rules: CampaignRules) -> None:
        self._columns = Columns(load_survey(rules.documents[rules.version]))
        self._rules = rules
        self._writer = _writer(at_hand, rules.campaign)
        self._tables: list[pa.Table] = []
        self._rows = 0

    def add(self, opened: Sequence[Opened]) -> None:
        """Take what one committed pool added."""
        if opened:
            self._tables.append(self._columns.table([_row_of(one) for one in opened]))
            self._rows += len(opened)
        if self._rows >= PART_ROWS:
            self.finish()

    def finish(self) -> None:
        """Append what was collected, if the lake stood where the database stood before; otherwise it will be mended."""
        if not self._tables:
            return
        with Session(db.engine) as session:
            state = session.get_one(LakeState, self._rules.campaign)
        generation, before = state.generation - len(self._tables), state.responses - self._rows
        tables, self._tables, self._rows = self._tables, [], 0
        with failing_softly(self._rules.campaign):
            if self._writer.stands_at(generation, before):
                self._writer.append(concatenated(tables), self._manifest(state))

    def _manifest(self, state: LakeState) -> Manifest:
        rules = self._rules
        return Manifest(
            campaign=rules.campaign,
            survey=rules.survey,
            version=rules.version,
            fingerprint=rules.fingerprint,
            generation=state.generation,
            responses=state.responses,
            parts=(),
        )


def mend_lakes(at_hand: Services) -> tuple[str, ...]:
    """Build anew the lake of every campaign whose files are not at the database's generation; name those that stay behind.

    A lake that cannot be written (no room, no right) keeps no envelope from being opened: the next run tries again.
    """
    for campaign in lakes_behind(at_hand):
        with failing_softly(campaign):
            rebuild_lake(at_hand, campaign)
    return lakes_behind(at_hand)


def lakes_behind(at_hand: Services, campaign: str | None = None) -> tuple[str, ...]:
    """Name the campaigns whose files are not at the database's generation, or cannot be reached; of all, or of one."""
    return tuple(state.campaign_id for state in lake_states(campaign) if not _stands(at_hand, state))


def mend_thoroughly(at_hand: Services, campaign: str) -> bool:
    """Read all files of a campaign's lake and build it anew where one is damaged or behind; tell whether it is well then."""
    states = lake_states(campaign)
    if not all(_is_sound(at_hand, state) for state in states):
        with failing_softly(campaign):
            rebuild_lake(at_hand, campaign)
    return all(_is_sound(at_hand, state) for state in states)


def _stands(at_hand: Services, state: LakeState) -> bool:
    with suppress(StorageFailure):
        return _writer(at_hand, state.campaign_id).stands_at(state.generation, state.responses)
    return False


def _is_sound(at_hand: Services, state: LakeState) -> bool:
    with suppress(StorageFailure):
        manifest = read_manifest(lake_of(at_hand), state.campaign_id)
        return _stands(at_hand, state) and not (manifest and damaged_parts(lake_of(at_hand), manifest))
    return False


@contextmanager
def failing_softly(campaign: str) -> Iterator[None]:
    """Note that a lake could not be written, and go on."""
    try:
        yield
    except (StorageFailure, pa.ArrowException) as error:
        why = str(error) if isinstance(error, StorageFailure) else f"{type(error).__name__}."
        logger.error("The lake of campaign %s could not be written. %s It will be built anew.", campaign, why)


def lake_states(campaign: str | None = None) -> list[LakeState]:
    """List where the database stands, by campaign."""
    wanted = select(LakeState).order_by(LakeState.campaign_id)
    with Session(db.engine) as session:
        return list(session.scalars(wanted if campaign is None else wanted.where(LakeState.campaign_id == campaign)))


def rebuild_lake(at_hand: Services, campaign: str, advance: Advance = lambda _more: None) -> int:
    """Build a campaign's lake from the database alone; return how many responses it holds. Hold the opening lock."""
    with Session(db.engine, expire_on_commit=False) as session:
        state = session.get_one(LakeState, campaign)
        held = select(Response.edition, func.count()).where(Response.campaign_id == campaign).group_by(Response.edition)
        numbers = {row[0]: row[1] for row in session.execute(held)}
        total = sum(numbers.values())
        manifest = replace(manifest_of(session, campaign), responses=total)
        editions = sorted(numbers, key=lambda one: (one is None, one or 0)) or [None]
        rows = ((edition, table) for edition in editions for table in stored_rows(session, campaign, edition, advance))
        _writer(at_hand, campaign).replace(rows, manifest)
        if state.responses != total:  # somebody removed responses by hand
            state.responses = total
            session.commit()
    return total


def manifest_of(session: Session, campaign: str) -> Manifest:
    """Say what a campaign's lake has to be by the database, but for its parts."""
    planned, state = session.get_one(Campaign, campaign), session.get_one(LakeState, campaign)
    version = find_version(session, planned.survey_id, planned.survey_version)
    return Manifest(
        campaign, version.id, version.version, version.fingerprint, state.generation, state.responses, parts=()
    )


def stored_rows(
    session: Session, campaign: str, edition: int | None, advance: Advance = lambda _more: None
) -> Iterator[pa.Table]:
    """Read a campaign's responses of one edition in the order of their random ids, a part's worth at a time."""
    planned = session.get_one(Campaign, campaign)
    columns = Columns(load_survey(find_version(session, planned.survey_id, planned.survey_version).document))
    chosen = (
        select(Response.site_id, Response.day, Response.language, Response.mode, Response.answers)
        .where(Response.campaign_id == campaign, first_counted_in(edition))
        .order_by(Response.id)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    tables: list[pa.Table] = []
    for some in session.execute(chosen).partitions():
        tables.append(columns.table([LakeRow(*row) for row in some]))
        advance(len(some))
        if sum(table.num_rows for table in tables) >= PART_ROWS:
            yield concatenated(tables)
            tables = []
    yield concatenated(tables or [columns.table([])])


def first_counted_in(edition: int | None) -> ColumnElement[bool]:
    """Say, as a condition, in which edition a response was first counted; None: it is in none yet."""
    return Response.edition.is_(None) if edition is None else Response.edition == edition


def lake_of(at_hand: Services) -> Storage:
    """Give the storage in which this server's lake lies."""
    return open_storage(at_hand.settings.lake)


def _writer(at_hand: Services, campaign: str) -> LakeWriter:
    return LakeWriter(lake_of(at_hand), campaign, at_hand.chance)


def _row_of(opened: Opened) -> LakeRow:
    return LakeRow(opened.site, opened.day, opened.language, opened.mode, orjson.loads(opened.answers))
