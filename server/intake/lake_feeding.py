"""Keeps the lake level with the database: what a run opened is appended, what was missed is built anew."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import orjson
import pyarrow as pa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schemas.survey import Survey, load_survey
from server.database import db
from server.fieldwork.tables import Campaign
from server.intake.judging import Opened, Rules
from server.intake.lake import PART_ROWS, LakeWriter, Manifest
from server.intake.lake_columns import Columns
from server.intake.lake_rows import Row, concatenated
from server.intake.tables import LakeState, Response
from server.services import Services
from server.surveys.publishing import find_version

READ_AT_ONCE = 5000
Advance = Callable[[int], None]
logger = logging.getLogger(__name__)


class LakeFeed:
    """Collects the rows that a run opens in one campaign and appends them, at the latest when the run is finished."""

    def __init__(self, at_hand: Services, rules: Rules) -> None:
        self._columns = Columns(load_survey(rules.documents[rules.version]))
        self._rules = rules
        self._writer = LakeWriter(at_hand.settings.lake, rules.campaign, at_hand.chance)
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
        if self._writer.stands_at(generation, before):
            manifest = Manifest(
                campaign=self._rules.campaign,
                survey=self._rules.survey,
                version=self._rules.version,
                fingerprint=self._rules.fingerprint,
                generation=state.generation,
                responses=state.responses,
                parts=(),
            )
            with _failing_softly(self._rules.campaign):
                self._writer.append(concatenated(tables), manifest)


def mend_lakes(at_hand: Services) -> tuple[str, ...]:
    """Build anew the lake of every campaign whose files are not at the database's generation; name those that stay behind.

    A lake that cannot be written (no room, no right) keeps no envelope from being opened: the next run tries again.
    """
    for campaign in lakes_behind(at_hand):
        with _failing_softly(campaign):
            rebuild_lake(at_hand, campaign)
    return lakes_behind(at_hand)


def lakes_behind(at_hand: Services) -> tuple[str, ...]:
    """Name the campaigns whose files are not at the database's generation."""
    states = lake_states()
    return tuple(one.campaign_id for one in states if not _writer(at_hand, one.campaign_id).stands_at(*_place(one)))


@contextmanager
def _failing_softly(campaign: str) -> Iterator[None]:
    """Note that a lake could not be written, and go on."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        logger.error("The lake of campaign %s could not be written: %s. It will be built anew.", campaign, why)


def lake_states(campaign: str | None = None) -> list[LakeState]:
    """List where the database stands, by campaign."""
    wanted = select(LakeState).order_by(LakeState.campaign_id)
    with Session(db.engine) as session:
        return list(session.scalars(wanted if campaign is None else wanted.where(LakeState.campaign_id == campaign)))


def rebuild_lake(at_hand: Services, campaign: str, advance: Advance = lambda _more: None) -> int:
    """Build a campaign's lake from the database alone; return how many responses it holds. Hold the opening lock."""
    with Session(db.engine, expire_on_commit=False) as session:
        planned = session.get_one(Campaign, campaign)
        version = find_version(session, planned.survey_id, planned.survey_version)
        state = session.get_one(LakeState, campaign)
        total = session.scalar(select(func.count()).where(Response.campaign_id == campaign)) or 0
        manifest = Manifest(campaign, version.id, version.version, version.fingerprint, state.generation, total, ())
        tables = _stored(session, campaign, load_survey(version.document), advance)
        _writer(at_hand, campaign).replace(tables, manifest)
        if state.responses != total:  # somebody removed responses by hand
            state.responses = total
            session.commit()
    return total


def _stored(session: Session, campaign: str, survey: Survey, advance: Advance) -> Iterator[pa.Table]:
    """Read a campaign's responses in the order of their random ids, a part's worth at a time."""
    columns = Columns(survey)
    chosen = (
        select(Response.site_id, Response.day, Response.language, Response.mode, Response.answers)
        .where(Response.campaign_id == campaign)
        .order_by(Response.id)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    tables: list[pa.Table] = []
    for some in session.execute(chosen).partitions():
        tables.append(columns.table([Row(*row) for row in some]))
        advance(len(some))
        if sum(table.num_rows for table in tables) >= PART_ROWS:
            yield concatenated(tables)
            tables = []
    yield concatenated(tables or [columns.table([])])


def _writer(at_hand: Services, campaign: str) -> LakeWriter:
    return LakeWriter(at_hand.settings.lake, campaign, at_hand.chance)


def _place(state: LakeState) -> tuple[int, int]:
    return state.generation, state.responses


def _row_of(opened: Opened) -> Row:
    return Row(opened.site, opened.day, opened.language, opened.mode, orjson.loads(opened.answers))
