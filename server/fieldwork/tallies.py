"""Counts as field staff report them: the last word of a collector about a campaign, site and day stands."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from schemas import problems
from schemas.problems import Problem
from server.fieldwork.tables import Campaign, CampaignSite, Tally

MARGIN = timedelta(days=31)
"""How far outside the campaign's period a day may lie: clocks run wrong, and a month is named by its first day."""


def put_tally(session: Session, key: tuple[str, str, str, date], collected: int, refused: int) -> None:
    """Write down a collector's counts for (collector, campaign, site, day), over what it said before."""
    collector, campaign, site, day = key
    planned = session.get(Campaign, campaign)
    if planned is None:
        raise Problem(problems.CAMPAIGN_UNKNOWN)
    if session.get(CampaignSite, (campaign, site)) is None:
        raise Problem(problems.SITE_UNKNOWN)
    if not planned.opens - MARGIN <= day <= planned.closes + MARGIN:
        raise Problem(problems.TALLY_MALFORMED)
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    counts = {"collected": collected, "refused": refused}
    row = {"collector_id": collector, "campaign_id": campaign, "site_id": site, "day": day, **counts}
    session.execute(
        insert(Tally)
        .values(row)
        .on_conflict_do_update(index_elements=["collector_id", "campaign_id", "site_id", "day"], set_=counts)
    )


def tallied(session: Session, campaign_id: str) -> tuple[int, int]:
    """Add up what was reported for a campaign: collected, refused."""
    sums = select(func.sum(Tally.collected), func.sum(Tally.refused)).where(Tally.campaign_id == campaign_id)
    collected, refused = session.execute(sums).one()
    return int(collected or 0), int(refused or 0)
