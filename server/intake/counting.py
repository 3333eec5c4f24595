"""How much there is of what, by campaign: for the console, for `status`, and for sums that have to add up."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from server.intake.tables import InboxRow, IntakeCount, LakeState, LedgerRow, Quarantined, Remark


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """What came in for one campaign: stored = waiting + opened + quarantined."""

    waiting: int = 0
    opened: int = 0
    quarantined: int = 0
    remarks: int = 0
    late: int = 0
    conflicts: int = 0

    @property
    def stored(self) -> int:
        """How many envelopes were ever taken in."""
        return self.waiting + self.opened + self.quarantined


def intake_counts(session: Session) -> dict[str, IntakeCounts]:
    """Count what came in, by campaign. Whole campaigns only: no site, no day, nothing that a response could be told by."""
    waiting = _by_campaign(session, select(InboxRow.campaign_id, func.count()).group_by(InboxRow.campaign_id))
    opened = _by_campaign(session, select(LakeState.campaign_id, LakeState.responses))
    held = _by_campaign(session, select(Quarantined.campaign_id, func.count()).group_by(Quarantined.campaign_id))
    remarks = _by_campaign(session, select(Remark.campaign_id, func.count()).group_by(Remark.campaign_id))
    sums = {row.campaign_id: row for row in session.scalars(select(IntakeCount))}
    return {
        campaign: IntakeCounts(
            waiting.get(campaign, 0),
            opened.get(campaign, 0),
            held.get(campaign, 0),
            remarks.get(campaign, 0),
            sums[campaign].late if campaign in sums else 0,
            sums[campaign].conflicts if campaign in sums else 0,
        )
        for campaign in sorted({*waiting, *opened, *held, *sums})
    }


def envelopes_ever(session: Session) -> int:
    """Count every envelope ever accepted, by the ledger."""
    return session.scalar(select(func.count()).select_from(LedgerRow)) or 0


def _by_campaign(session: Session, counted: Select[str, int]) -> Mapping[str, int]:
    return {row[0]: row[1] for row in session.execute(counted)}
