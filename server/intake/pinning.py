"""Pins: every response remembers the edition of results that first counted it, and nothing finer.

The database gives the pins, in one transaction with a new generation of the lake; then the lake's files carry them. Where that is
cut short between the two, the lake is behind, and is built anew with the same pins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import orjson
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from schemas.survey import load_survey
from server.database import db, transaction
from server.failures import Failure
from server.fieldwork.tables import Campaign
from server.intake.lake_feeding import failing_softly, lake_of, lakes_behind, manifest_of, mend_thoroughly, stored_rows
from server.intake.one_at_a_time import one_at_a_time
from server.intake.opening import JOB, forget_what_was_deleted
from server.intake.replacing import Replacing
from server.intake.tables import LakeState, Response
from server.intake.writing import shuffled, take_out, write_pinned
from server.lake.writing import LakeWriter
from server.services import Services
from server.surveys.tables import SurveyVersion
from sync.chance import Chance

CROWD = 20_000  # people, picked at random, among whom strong mode lets answers move


class CannotPin(Failure):
    """Nobody was pinned, or the lake does not show it yet; the sentence says why. Trying again later is safe."""


class LakeNotWritten(CannotPin):
    """People are pinned, but the lake cannot be written; it is when there is room again."""


def pin(at_hand: Services, campaign: str, edition: int) -> int:
    """Give every response of a campaign that is in no edition yet to this one; return how many the edition has.

    Takes the opening lock for as long as it lasts. Done again for the same edition it adds nobody, and mends the lake if need be:
    when it returns, the lake holds what the database holds, and all its files are sound. Raises CannotPin.
    """
    with _turn(at_hand):
        if given := _pin_in_database(at_hand, campaign, edition):
            _pin_in_lake(at_hand, campaign, edition)
            forget_what_was_deleted()
        _level(at_hand, campaign)
    with Session(db.engine) as session:
        return given or pinned(session, campaign).get(edition, 0)


def make_level(at_hand: Services, campaign: str) -> None:
    """Let a campaign's lake hold what the database holds, all its files sound; pins nobody. Raises CannotPin."""
    with _turn(at_hand):
        _level(at_hand, campaign)


def lags(at_hand: Services, campaign: str) -> bool:
    """Tell whether a campaign's lake is behind the database or out of reach; not while somebody is just writing it."""
    if not lakes_behind(at_hand, campaign):
        return False
    with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        return mine and bool(lakes_behind(at_hand, campaign))


def unpinned(session: Session, campaign: str) -> int:
    """Count a campaign's responses that are in no edition yet."""
    waiting = select(func.count()).where(Response.campaign_id == campaign, Response.edition.is_(None))
    return session.scalar(waiting) or 0


def pinned(session: Session, campaign: str) -> dict[int, int]:
    """Count a campaign's responses by the edition that first counted them, oldest first."""
    counted = select(Response.edition, func.count()).where(
        Response.campaign_id == campaign, Response.edition.is_not(None)
    )
    rows = session.execute(counted.group_by(Response.edition).order_by(Response.edition))
    return {edition: number for edition, number in rows if edition is not None}


@contextmanager
def _turn(at_hand: Services) -> Iterator[None]:
    """Hold the opening lock while the block runs. Raises CannotPin where somebody else has it."""
    with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
        if not mine:
            raise CannotPin("Another process is opening envelopes just now: nobody was pinned.")
        yield


def _level(at_hand: Services, campaign: str) -> None:
    if not mend_thoroughly(at_hand, campaign):
        raise LakeNotWritten(f"The lake of campaign {campaign} could not be written; its responses keep their pins.")


def _pin_in_database(at_hand: Services, campaign: str, edition: int) -> int:
    """Write the pins; return how many were given just now."""
    with transaction() as session:
        latest = max(pinned(session, campaign), default=0)
        if latest == edition:
            return 0
        if edition < latest:
            raise ValueError(f"Edition {edition} cannot follow edition {latest}.")
        if session.get_one(Campaign, campaign).strong:
            given = _replace_and_pin(session, at_hand.chance, campaign, edition)
        else:
            waiting = update(Response).where(Response.campaign_id == campaign, Response.edition.is_(None))
            given = session.connection().execute(waiting.values(edition=edition)).rowcount
        if given:
            session.get_one(LakeState, campaign).generation += 1
    return given


def _replace_and_pin(session: Session, chance: Chance, campaign: str, edition: int) -> int:
    """Put the answers as strong mode keeps them in the place of those that were given, in random crowds; return how many people."""
    connection, surveys = session.connection(), _surveys(session, campaign)
    waiting = select(Response.id).where(Response.campaign_id == campaign, Response.edition.is_(None))
    ids = shuffled(session.scalars(waiting), chance)
    crowds = -(-len(ids) // CROWD)
    for number in range(crowds):
        rows = take_out(connection, campaign, ids[number::crowds])
        for version in sorted({row.version for row in rows}):
            crowd = [row for row in rows if row.version == version]
            answers = surveys[version].replaced([(orjson.loads(row.answers), row.day) for row in crowd], chance)
            kept = [replace(row, answers=orjson.dumps(one)) for row, one in zip(crowd, answers, strict=True)]
            write_pinned(connection, chance, campaign, edition, kept)
    return len(ids)


def _surveys(session: Session, campaign: str) -> dict[int, Replacing]:
    """Give all published versions of a campaign's survey: which was answered stands with each response."""
    survey = session.get_one(Campaign, campaign).survey_id
    versions = session.scalars(select(SurveyVersion).where(SurveyVersion.id == survey))
    return {one.version: Replacing(load_survey(one.document)) for one in versions}


def _pin_in_lake(at_hand: Services, campaign: str, edition: int) -> None:
    """Let the files say what the database says, if they stood where it stood before."""
    writer = LakeWriter(lake_of(at_hand), campaign, at_hand.chance)
    with Session(db.engine) as session, failing_softly(campaign):
        manifest = manifest_of(session, campaign)
        if writer.stands_at(manifest.generation - 1, manifest.responses):
            strong = session.get_one(Campaign, campaign).strong
            writer.pin(edition, manifest, stored_rows(session, campaign, edition) if strong else None)
