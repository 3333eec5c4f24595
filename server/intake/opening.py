"""Opening: sealed envelopes become responses, in pools, shuffled, each under a fresh random id.

A pool leaves the inbox and enters the responses (or the quarantine) in one transaction; whatever is killed when, an
envelope is in one place. The transaction counts what it takes out of the inbox, so that two who open the same pool
cannot both finish. What the pool adds to the lake follows; a lake that missed it is built anew by the next run.

No line of the log tells how many were opened when: beside a list of who came when, that would be an order.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from server.database import db, transaction
from server.fieldwork.campaigns import has_key
from server.fieldwork.tables import Campaign, CampaignSite
from server.intake.judging import CampaignRules, Held, Opened, Sealed
from server.intake.lake_feeding import LakeFeed, mend_lakes
from server.intake.one_at_a_time import one_at_a_time
from server.intake.openable_pools import OpenablePools, Rest, openable_pools
from server.intake.openers import Openers
from server.intake.receiving import LEDGER
from server.intake.several_contents import one_an_id
from server.intake.site_bounds import SiteBounds, surplus_reason
from server.intake.tables import InboxRow, LakeState
from server.intake.writing import write_pool
from server.services import Services
from server.surveys.tables import SurveyVersion

JOB = "opening"
CHUNK = 2000
MOST_AT_ONCE = 200_000  # envelopes of one campaign in one run; the next run goes on
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
    rests: tuple[Rest, ...] = ()
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
    """Open every pool that is full, and the last rest of what is over; of one campaign, or of all. Needs the app's context."""
    with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        if not mine:
            return OpeningReport(waiting=waiting_envelopes(), busy=True)
        mend_lakes(at_hand)
        tally = _open_pools(at_hand, _openable(at_hand, campaign), advance)
        behind = mend_lakes(at_hand)
        forget_what_was_deleted()
    return OpeningReport(
        opened=tally.opened,
        quarantined=tally.quarantined,
        waiting=waiting_envelopes(),
        lakes_behind=behind,
        without_key=tuple(tally.without_key),
        rests=_openable(at_hand, campaign).waiting,
    )


def waiting_envelopes() -> int:
    """Count the envelopes that are not yet opened."""
    with Session(db.engine) as session:
        return session.scalar(select(func.count()).select_from(InboxRow)) or 0


def _openable(at_hand: Services, campaign: str | None) -> OpenablePools:
    settings = at_hand.settings
    with Session(db.engine) as session:
        return openable_pools(
            session, pool=settings.pool, late_days=settings.late_days, today=at_hand.today(), only=campaign
        )


def _open_pools(at_hand: Services, openable: OpenablePools, advance: Advance) -> _Tally:
    tally = _Tally(advance)
    rules = {}
    with Session(db.engine) as session:
        for campaign in openable.pools:
            if _has_key(at_hand, session.get_one(Campaign, campaign)):
                rules[campaign] = rules_of(session, campaign)
            else:
                tally.without_key.append(campaign)
    with Openers(rules, at_hand, sum(openable.pools[campaign] for campaign in rules)) as openers:
        for known in rules.values():
            _Campaign(at_hand, openers, known, tally, is_rest=known.campaign in openable.rests).open()
    return tally


def _has_key(at_hand: Services, campaign: Campaign) -> bool:
    if has_key(at_hand.keyring, campaign):
        return True
    logger.error("The envelopes of campaign %s cannot be opened: its private key is missing.", campaign.id)
    return False


def rules_of(session: Session, campaign_id: str) -> CampaignRules:
    """Gather what the envelopes of a campaign are judged by."""
    campaign = session.get_one(Campaign, campaign_id)
    versions = session.scalars(select(SurveyVersion).where(SurveyVersion.id == campaign.survey_id)).all()
    sites = session.scalars(select(CampaignSite.site_id).where(CampaignSite.campaign_id == campaign_id))
    return CampaignRules(
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


class _Campaign:
    """Opens what waits of one campaign, chunk by chunk: while one is written, the next is being judged."""

    def __init__(
        self, at_hand: Services, openers: Openers, rules: CampaignRules, tally: _Tally, *, is_rest: bool
    ) -> None:
        self._at_hand, self._openers, self._rules, self._tally, self._is_rest = at_hand, openers, rules, tally, is_rest
        with Session(db.engine) as session:
            self._site_bounds = SiteBounds.of(session, rules.campaign)

    def open(self) -> None:
        """Open everything that was there at the beginning."""
        chunks = _chunks(self._at_hand, self._rules.campaign)
        feed = LakeFeed(self._at_hand, self._rules)
        sealed = next(chunks, None)
        judging = self._openers.judge(self._rules.campaign, sealed) if sealed else None
        while sealed and judging:
            coming = next(chunks, None)
            coming_judging = self._openers.judge(self._rules.campaign, coming) if coming else None
            judged = self._settled(sealed, judging.result())
            opened = [one for one in judged if isinstance(one, Opened)]
            held = [one for one in judged if isinstance(one, Held)]
            _write(self._at_hand, self._rules, sealed, opened, held, is_rest=self._is_rest)
            feed.add(opened)
            self._tally.add(len(opened), len(held))
            sealed, judging = coming, coming_judging
        feed.finish()

    def _settled(self, sealed: list[Sealed], judged: list[Opened | Held]) -> list[Opened | Held]:
        """Hold what comes second under its id, and what is more than people work at its site."""
        with Session(db.engine) as session:
            judged = one_an_id(session, self._at_hand.keyring.derived(LEDGER), sealed, judged)
        for number in self._site_bounds.surplus(judged, self._at_hand.chance):
            one = judged[number]
            reason = surplus_reason(one.site if isinstance(one, Opened) else "")
            judged[number] = self._openers.set_aside(self._rules.campaign, sealed[number], reason)
        return judged


def _chunks(at_hand: Services, campaign: str) -> Iterator[list[Sealed]]:
    """Read what waits in random order (senders choose their ids), in chunks of one size; all contents of an id come together."""
    with Session(db.engine) as session:
        named = select(InboxRow.id).where(InboxRow.campaign_id == campaign).distinct().limit(MOST_AT_ONCE)
        ids = list(session.scalars(named))
    at_hand.chance.shuffle(ids)
    chunks = -(-len(ids) // CHUNK)
    for number in range(chunks):
        chosen = (
            select(InboxRow.id, InboxRow.key_id, InboxRow.sealed, InboxRow.variant)
            .where(InboxRow.campaign_id == campaign, InboxRow.id.in_(ids[number::chunks]))
            .order_by(InboxRow.id, InboxRow.variant)
        )
        with Session(db.engine) as session:
            yield [(row.id, row.key_id, row.sealed, row.variant) for row in session.execute(chosen)]


def _write(
    at_hand: Services,
    rules: CampaignRules,
    sealed: list[Sealed],
    opened: list[Opened],
    held: list[Held],
    *,
    is_rest: bool,
) -> None:
    """Let a pool change places: out of the inbox, into responses, remarks and quarantine; all of it or nothing."""
    with transaction() as session:
        for variant in sorted({variant for *_, variant in sealed}):
            ids = [envelope_id for envelope_id, _, _, which in sealed if which == variant]
            leaving = delete(InboxRow).where(
                InboxRow.campaign_id == rules.campaign, InboxRow.variant == variant, InboxRow.id.in_(ids)
            )
            if len(session.execute(leaving.returning(InboxRow.id)).all()) != len(ids):
                raise PoolTaken(rules.campaign)
        write_pool(session, at_hand.chance, rules.campaign, opened, held)
        if opened or is_rest:
            _advance_lake(session, rules.campaign, len(opened), is_rest=is_rest)


def _advance_lake(session: Session, campaign: str, responses: int, *, is_rest: bool) -> None:
    state = session.get(LakeState, campaign) or LakeState(
        campaign_id=campaign, generation=0, responses=0, rest_opened=False
    )
    state.generation += bool(responses)
    state.responses += responses
    state.rest_opened |= is_rest
    session.add(state)


def forget_what_was_deleted() -> None:
    """Truncate SQLite's log, in which what was deleted would still be found."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
