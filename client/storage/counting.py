"""Counts that always add up: collected = waiting + sent + refused, for each campaign, at every moment."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import case, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from client.storage.tables import CampaignCount, WaitingEnvelope


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of everything that was taken for a campaign."""

    collected: int = 0
    waiting: int = 0
    sent: int = 0
    refused: int = 0
    conflicts: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether nothing is missing and nothing is counted twice."""
        return self.collected == self.waiting + self.sent + self.refused

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        mine, others = asdict(self), asdict(other)
        return Counts(**{name: mine[name] + others[name] for name in mine})


def count(session: Session) -> dict[str, Counts]:
    """The counts of each campaign that anything was ever taken for."""
    held = case((WaitingEnvelope.held.is_not(None), 1), else_=0)
    lying = {
        campaign: (total, refused)
        for campaign, total, refused in session.execute(
            select(WaitingEnvelope.campaign, func.count(), func.sum(held)).group_by(WaitingEnvelope.campaign)
        )
    }
    noted = {row.campaign: row for row in session.scalars(select(CampaignCount))}
    return {
        campaign: _counts(noted.get(campaign), *lying.get(campaign, (0, 0))) for campaign in sorted({*lying, *noted})
    }


def refusals(session: Session) -> dict[str, int]:
    """How many envelopes are held, by the reason that the server gave."""
    rows = session.execute(
        select(WaitingEnvelope.held, func.count())
        .where(WaitingEnvelope.held.is_not(None))
        .group_by(WaitingEnvelope.held)
    )
    return {str(reason): number for reason, number in rows}


def note(session: Session, column: str, campaigns: Mapping[str, int] | Counter[str]) -> None:
    """Add to one count of each campaign, within the transaction that moves the envelopes."""
    for campaign, number in campaigns.items():
        row = {"collected": 0, "sent": 0, "conflicts": 0, column: number}
        statement = insert(CampaignCount).values(campaign=campaign, **row)
        grown = {column: getattr(CampaignCount, column) + number}
        session.execute(statement.on_conflict_do_update(index_elements=["campaign"], set_=grown))


def _counts(noted: CampaignCount | None, lying: int, refused: int) -> Counts:
    if noted is None:
        return Counts(waiting=lying - refused, refused=refused)
    return Counts(noted.collected, lying - refused, noted.sent, refused, noted.conflicts)
