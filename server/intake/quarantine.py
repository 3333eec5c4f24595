"""The quarantine: listed by reason, put back into the inbox to be tried again, never thrown away and never read by people."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from server.intake.tables import InboxRow, Quarantined


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
    columns = (Quarantined.campaign_id, Quarantined.envelope_id, Quarantined.key_id, Quarantined.sealed)
    rows = [
        {"campaign_id": of, "id": envelope, "key_id": key, "sealed": sealed}
        for of, envelope, key, sealed in session.execute(leaving.returning(*columns))
    ]
    if rows:
        session.execute(insert(InboxRow), rows)
    return len(rows)
