"""Opening: sealed envelopes become responses, in pools, shuffled, each under a fresh random id.

A pool leaves the inbox and enters the responses (or the quarantine) in one transaction; whatever is killed when, an
envelope is in one place. The transaction counts what it takes out of the inbox, so that two who open the same pool
cannot both finish. What the pool adds to the lake follows; a lake that missed it is built anew by the next run.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from server.database import db, transaction
from server.fieldwork.tables import CLOSED, Campaign, CampaignSite
from server.intake.judging import Held, Opened, Rules, Sealed
from server.intake.lake_feeding import LakeFeed, mend_lakes
from server.intake.one_at_a_time import one_at_a_time
from server.intake.openers import Openers
from server.intake.tables import InboxRow, LakeState
from server.intake.writing import write_pool
from server.keyring import KeysMissing
from server.services import Services
from server.surveys.tables import SurveyVersion
from sync.keys import KeyBroken

JOB = "opening"
CHUNK = 2000
logger = logging.getLogger(__name__)
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class OpeningReport:
    """What one run did, and what still waits for its pool to fill."""

    opened: int = 0
    quarantined: int = 0
    waiting: int = 0
    lakes_behind: tuple[str, ...] = ()
    without_key: tuple[str, ...] = ()
    busy: bool = False


class PoolTaken(RuntimeError):
    """Somebody else opened part of this pool in the meantime; nothing of it was written here."""


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    advance: Advance
    opened: int = 0
    quarantined: int = 0
    without_key: list[str] = field(default_factory=list)

    def add(self, opened: int, quarantined: int) -> None:
        self.opened += opened
        self.quarantined += quarantined
        self.advance(opened + quarantined)


def open_envelopes(
    at_hand: Services, campaign: str | None = None, advance: Advance = lambda _more: None
) -> OpeningReport:
    """Open every pool that is full, or whose campaign has closed; of one campaign, or of all. Needs the app's context."""
    with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        if not mine:
            return OpeningReport(waiting=waiting_envelopes(), busy=True)
        mend_lakes(at_hand)
        tally = _open_pools(at_hand, _full_pools(at_hand.settings.pool, campaign), advance)
        behind = mend_lakes(at_hand)
        _forget_what_was_sealed()
    report = OpeningReport(tally.opened, tally.quarantined, waiting_envelopes(), behind, tuple(tally.without_key))
    _tell(report)
    return report


def waiting_envelopes() -> int:
    """Count the envelopes that are not yet opened."""
    with Session(db.engine) as session:
        return session.scalar(select(func.count()).select_from(InboxRow)) or 0


def _full_pools(least: int, only: str | None) -> dict[str, int]:
    """Count the envelopes of each campaign that may be opened now."""
    counted = (
        select(InboxRow.campaign_id, Campaign.state, func.count().label("number"))
        .join(Campaign, Campaign.id == InboxRow.campaign_id)
        .group_by(InboxRow.campaign_id, Campaign.state)
    )
    with Session(db.engine) as session:
        rows = session.execute(counted if only is None else counted.where(InboxRow.campaign_id == only)).all()
    return {row.campaign_id: row.number for row in rows if row.number >= least or row.state == CLOSED}


def _open_pools(at_hand: Services, pools: dict[str, int], advance: Advance) -> _Tally:
    tally = _Tally(advance)
    rules = {}
    with Session(db.engine) as session:
        for campaign in pools:
            if _has_key(at_hand, session.get_one(Campaign, campaign)):
                rules[campaign] = rules_of(session, campaign)
            else:
                tally.without_key.append(campaign)
    with Openers(rules, at_hand, sum(pools.values())) as openers:
        for campaign, known in rules.items():
            _open_campaign(at_hand, openers, known, pools[campaign], tally)
    return tally


def _has_key(at_hand: Services, campaign: Campaign) -> bool:
    try:
        at_hand.keyring.private_key(campaign.id, campaign.key_id)
    except (KeysMissing, KeyBroken):
        logger.error("The envelopes of campaign %s cannot be opened: its private key is missing.", campaign.id)
        return False
    return True


def rules_of(session: Session, campaign_id: str) -> Rules:
    """Gather what the envelopes of a campaign are judged by."""
    campaign = session.get_one(Campaign, campaign_id)
    versions = session.scalars(select(SurveyVersion).where(SurveyVersion.id == campaign.survey_id)).all()
    sites = session.scalars(select(CampaignSite.site_id).where(CampaignSite.campaign_id == campaign_id))
    return Rules(
        campaign=campaign.id,
        key_id=campaign.key_id,
        public_key=campaign.public_key,
        survey=campaign.survey_id,
        version=campaign.survey_version,
        fingerprint=next(one.fingerprint for one in versions if one.version == campaign.survey_version),
        documents={one.version: one.document for one in versions},
        sites=frozenset(sites),
        opens=campaign.opens,
        closes=campaign.closes,
        day_unit=campaign.day_unit,
    )


def _open_campaign(at_hand: Services, openers: Openers, rules: Rules, envelopes: int, tally: _Tally) -> None:
    """Open a campaign chunk by chunk: while one is written, the next is being judged."""
    chunks = _chunks(rules.campaign, envelopes, at_hand.settings.pool)
    feed = LakeFeed(at_hand, rules)
    sealed = next(chunks, None)
    judging = openers.judge(rules.campaign, sealed) if sealed else None
    while sealed and judging:
        coming = next(chunks, None)
        coming_judging = openers.judge(rules.campaign, coming) if coming else None
        judged = judging.result()
        opened = [one for one in judged if isinstance(one, Opened)]
        _write(at_hand, rules, sealed, opened, [one for one in judged if isinstance(one, Held)])
        feed.add(opened)
        tally.add(len(opened), len(judged) - len(opened))
        sealed, judging = coming, coming_judging
    feed.finish()


def _chunks(campaign: str, envelopes: int, pool: int) -> Iterator[list[Sealed]]:
    """Read `envelopes` envelopes in the order of their random ids, never leaving less than a pool for the last chunk."""
    left, after = envelopes, ""
    while left > 0:
        size = left if left < CHUNK + pool else CHUNK
        chosen = (
            select(InboxRow.id, InboxRow.key_id, InboxRow.sealed)
            .where(InboxRow.campaign_id == campaign, InboxRow.id > after)
            .order_by(InboxRow.id)
            .limit(size)
        )
        with Session(db.engine) as session:
            chunk = [(row.id, row.key_id, row.sealed) for row in session.execute(chosen)]
        if not chunk:
            return
        yield chunk
        left, after = left - len(chunk), chunk[-1][0]


def _write(at_hand: Services, rules: Rules, sealed: list[Sealed], opened: list[Opened], held: list[Held]) -> None:
    """Let a pool change places: out of the inbox, into responses, remarks and quarantine; all of it or nothing."""
    with transaction() as session:
        ids = [envelope_id for envelope_id, _, _ in sealed]
        taken = session.execute(
            delete(InboxRow).where(InboxRow.campaign_id == rules.campaign, InboxRow.id.in_(ids)).returning(InboxRow.id)
        )
        if len(taken.all()) != len(ids):
            raise PoolTaken(rules.campaign)
        write_pool(session, at_hand.chance, rules.campaign, opened, held)
        if opened:
            _advance_lake(session, rules.campaign, len(opened))


def _advance_lake(session: Session, campaign: str, responses: int) -> None:
    state = session.get(LakeState, campaign) or LakeState(campaign_id=campaign, generation=0, responses=0)
    state.generation += 1
    state.responses += responses
    session.add(state)


def _forget_what_was_sealed() -> None:
    """Truncate SQLite's log, in which deleted envelopes would still be found."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _tell(report: OpeningReport) -> None:
    if report.opened or report.quarantined:
        logger.info(
            "Opened %d responses, quarantined %d; %d envelopes wait.", report.opened, report.quarantined, report.waiting
        )
