"""The quarantine: listed by reason, tried again, thrown away only by a decision with a reason, never read by people."""

from dataclasses import dataclass
from unicodedata import category, normalize
from uuid import UUID

from sqlalchemy import Delete, delete, func, insert, select
from sqlalchemy.orm import Session

from schemas.words import say
from server.accounts.permissions import Permission, permissions_of
from server.accounts.users import known_user
from server.audit.actions import Action
from server.audit.log import record
from server.failures import Failure
from server.fieldwork.tables import Allowance
from server.intake.site_bounds import surplus_reason
from server.intake.tables import InboxRow, Quarantined
from server.services import Services
from sync.identifiers import new_id

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """One held envelope, as far as a person may see it."""

    id: UUID
    campaign: str
    reason: str


def quarantined(session: Session, campaign: str | None = None) -> list[Listed]:
    """List what is held, by campaign and reason."""
    columns = select(Quarantined.id, Quarantined.campaign_id, Quarantined.reason)
    if campaign is not None:
        columns = columns.where(Quarantined.campaign_id == campaign)
    ordered = columns.order_by(Quarantined.campaign_id, Quarantined.reason, Quarantined.id)
    return [Listed(*row) for row in session.execute(ordered)]


def reasons(session: Session) -> dict[tuple[str, str], int]:
    """Count what is held by campaign and reason."""
    counted = select(Quarantined.campaign_id, Quarantined.reason, func.count()).group_by(
        Quarantined.campaign_id, Quarantined.reason
    )
    return {(campaign, reason): number for campaign, reason, number in session.execute(counted)}


def put_back(session: Session, campaign: str | None = None) -> int:
    """Put what is held back into the inbox, to be opened again with the next pool: a missing version may be there now.

    What is put back is what was taken out, row by row: an opening run may be adding to the quarantine meanwhile.
    """
    leaving = (
        delete(Quarantined) if campaign is None else delete(Quarantined).where(Quarantined.campaign_id == campaign)
    )
    moved = _moved(session, leaving)
    if moved:
        record(session, Action.ENVELOPES_PUT_BACK, campaign or "", number=moved)
    return moved


class CannotRelease(Failure, ValueError):
    """A decision that cannot be noted like this; the sentence says what would do."""


def decided(session: Session, at_hand: Services, campaign: str, site: str, account: str, reason: str) -> Allowance:
    """Spell the decision of an administrator to let in what is more than a site's headcount gives."""
    user = known_user(session, account)
    if Permission.HANDLE_ENVELOPES not in permissions_of(user.role) or user.disabled_on is not None:
        raise CannotRelease(
            say("{account} is no administrator: only an administrator may decide this.", account=user.name)
        )
    return Allowance(
        id=new_id(at_hand.chance),
        campaign_id=campaign,
        site_id=site,
        number=0,
        reason=_spelled(reason),
        account=user.name,
        day=at_hand.today(),
    )


def _spelled(reason: str) -> str:
    why = " ".join(normalize("NFC", reason).split())
    if not 0 < len(why) <= LONGEST_REASON or any(category(letter).startswith("C") for letter in why):
        raise CannotRelease(say("Give a reason of at most {most} letters.", most=LONGEST_REASON))
    return why


def discard(session: Session, campaign: str, held_for: str, looked_at: int, reason: str) -> int:
    """Throw away what is held of a campaign for one reason, for good; the audit log keeps how many, and why.

    `looked_at` is how many there were when somebody decided it. Raises CannotRelease where there are others now, or no reason is given.
    """
    why = _spelled(reason)
    held = (Quarantined.campaign_id == campaign, Quarantined.reason == held_for)
    gone = len(session.execute(delete(Quarantined).where(*held).returning(Quarantined.id)).all())
    if gone != looked_at:
        raise CannotRelease("The number changed meanwhile. Look at it again, then decide.")
    record(session, Action.ENVELOPES_DISCARDED, campaign, number=gone, held=held_for, reason=why)
    return gone


def release_surplus(session: Session, allowed: Allowance) -> int:
    """Let the surplus that is held for a site in, and note who decided that and why; return how many were put back.

    The site's bound rises by as many, so that the next opening has room for them.
    """
    reason = surplus_reason(allowed.site_id)
    moved = _moved(
        session, delete(Quarantined).where(Quarantined.campaign_id == allowed.campaign_id, Quarantined.reason == reason)
    )
    if moved:
        allowed.number = moved
        session.add(allowed)
        record(
            session,
            Action.ENVELOPES_SURPLUS_LET_IN,
            allowed.campaign_id,
            site=allowed.site_id,
            number=moved,
            reason=allowed.reason,
        )
    return moved


def _moved(session: Session, leaving: Delete) -> int:
    """Move what a deletion takes out of the quarantine into the inbox."""
    columns = (
        Quarantined.campaign_id,
        Quarantined.envelope_id,
        Quarantined.key_id,
        Quarantined.sealed,
        Quarantined.variant,
    )
    rows = [
        {"campaign_id": of, "id": envelope, "key_id": key, "sealed": sealed, "variant": variant}
        for of, envelope, key, sealed, variant in session.execute(leaving.returning(*columns))
    ]
    if rows:
        session.execute(insert(InboxRow), rows)
    return len(rows)
