"""Which envelopes may be opened now: pools that are full and, once, the last rest of a campaign that is over.

Fewer than a pool stand out in the database to whoever can compare it before and after. So a rest that is smaller waits: while its
campaign lasts for others, then for late ones until a set time is past. Then what is there is opened as the last pool, but never one
envelope alone. Whatever comes later still waits until it is a pool; if it never is, it stays sealed.

Counted are ids, not contents: an envelope and copies of it that were altered on the way are one person's.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.fieldwork.period import ended_on
from server.fieldwork.tables import CLOSED, Campaign
from server.intake.tables import InboxRow, LakeState

LEAST_REST = 2


@dataclass(frozen=True, slots=True)
class Rest:
    """Envelopes of a campaign that is over, too few for a pool. `opens_on`: when they are opened, if not only with others."""

    campaign: str
    envelopes: int
    opens_on: date | None


@dataclass(frozen=True, slots=True)
class OpenablePools:
    """What waits: campaigns that may be opened (`rests` among them as their last, small pool), and rests that have to wait."""

    pools: dict[str, int]
    rests: frozenset[str]
    waiting: tuple[Rest, ...]


def openable_pools(
    session: Session, *, pool: int, late_days: int, today: date, only: str | None = None
) -> OpenablePools:
    """Look at what waits, by campaign."""
    number_of_ids = func.count(InboxRow.id.distinct()).label("number")
    counts = select(InboxRow.campaign_id, number_of_ids).group_by(InboxRow.campaign_id).subquery()
    counted = (
        select(Campaign, LakeState.rest_opened, counts.c.number)
        .join(counts, counts.c.campaign_id == Campaign.id)
        .outerjoin(LakeState, LakeState.campaign_id == Campaign.id)
        .order_by(Campaign.id)
    )
    wanted = counted if only is None else counted.where(Campaign.id == only)
    pools: dict[str, int] = {}
    rests: set[str] = set()
    waiting: list[Rest] = []
    for campaign, rest_opened, number in session.execute(wanted):
        if number >= pool:
            pools[campaign.id] = number
            continue
        if campaign.state != CLOSED and today <= campaign.closes:
            continue
        first = ended_on(campaign.closes, campaign.closed_on) + timedelta(days=late_days + 1)
        if not rest_opened and today >= first and number >= LEAST_REST:
            pools[campaign.id] = number
            rests.add(campaign.id)
        else:
            comes = not rest_opened and today < first and number >= LEAST_REST
            waiting.append(Rest(campaign.id, number, first if comes else None))
    return OpenablePools(pools, frozenset(rests), tuple(waiting))
