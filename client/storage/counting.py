"""Counts that always add up: collected = waiting + sent + refused + damaged + lost, for each campaign, at every moment."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import and_, case, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from client.storage.tables import CampaignCount, WaitingEnvelope

DAMAGED = "envelope.damaged"
IS_DAMAGED = WaitingEnvelope.held == DAMAGED
IS_REFUSED = and_(WaitingEnvelope.held.is_not(None), WaitingEnvelope.held != DAMAGED)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of everything that was taken for a campaign.

    `damaged` lie here but are no longer what came; `lost` could not even be read when a damaged database was replaced.
    """

    collected: int = 0
    waiting: int = 0
    sent: int = 0
    refused: int = 0
    damaged: int = 0
    lost: int = 0
    conflicts: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether nothing is missing and nothing is counted twice."""
        return self.collected == self.waiting + self.sent + self.refused + self.damaged + self.lost

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        mine, others = asdict(self), asdict(other)
        return Counts(**{name: mine[name] + others[name] for name in mine})


def count(session: Session) -> dict[str, Counts]:
    """The counts of each campaign that anything was ever taken for."""
    refused, damaged = (func.sum(case((what, 1), else_=0)) for what in (IS_REFUSED, IS_DAMAGED))
    rows = select(WaitingEnvelope.campaign, func.count(), refused, damaged).group_by(WaitingEnvelope.campaign)
    lying = {campaign: (total, *set_aside) for campaign, total, *set_aside in session.execute(rows)}
    noted = {row.campaign: row for row in session.scalars(select(CampaignCount))}
    return {
        campaign: _counts(noted.get(campaign), *lying.get(campaign, (0, 0, 0))) for campaign in sorted({*lying, *noted})
    }


def refusals(session: Session) -> dict[str, int]:
    """How many envelopes are held, by the reason that the server gave."""
    rows = session.execute(select(WaitingEnvelope.held, func.count()).where(IS_REFUSED).group_by(WaitingEnvelope.held))
    return {str(reason): number for reason, number in rows}


def note(session: Session, column: str, campaigns: Mapping[str, int] | Counter[str]) -> None:
    """Add to one count of each campaign, within the transaction that moves the envelopes."""
    for campaign, number in campaigns.items():
        row = {"collected": 0, "sent": 0, "conflicts": 0, "lost": 0, column: number}
        statement = insert(CampaignCount).values(campaign=campaign, **row)
        grown = {column: getattr(CampaignCount, column) + number}
        session.execute(statement.on_conflict_do_update(index_elements=["campaign"], set_=grown))


def _counts(noted: CampaignCount | None, lying: int, refused: int, damaged: int) -> Counts:
    here = Counts(waiting=lying - refused - damaged, refused=refused, damaged=damaged)
    if noted is None:
        return here
    return replace(here, collected=noted.collected, sent=noted.sent, lost=noted.lost, conflicts=noted.conflicts)
