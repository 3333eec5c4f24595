"""Counts as field staff report them. A collector counts upwards: the highest that it said of a campaign, site and day stands.

So a tablet that was restored from a copy, or a copy of it that goes on counting, cannot turn a count back. What this cannot
know: how many people both of them counted apart since they parted; of these the smaller number is missing from the sums.
"""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from schemas import problems
from schemas.problems import Problem
from server.fieldwork.period import within
from server.fieldwork.tables import Campaign, CampaignSite, Tally


def put_tally(session: Session, key: tuple[str, str, str, date], collected: int, refused: int) -> None:
    """Write down a collector's counts for (collector, campaign, site, day), unless it said more before.

    The day is brought into the campaign's period, and no further: counts of several days of a week that were brought to its Monday
    would stand in one place, where only one of them could be kept.
    """
    collector, campaign, site, day = key
    planned = session.get(Campaign, campaign)
    if planned is None:
        raise Problem(problems.CAMPAIGN_UNKNOWN)
    if session.get(CampaignSite, (campaign, site)) is None:
        raise Problem(problems.SITE_UNKNOWN)
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    row = insert(Tally).values(
        collector_id=collector,
        campaign_id=campaign,
        site_id=site,
        day=within(day, planned.opens, planned.closes),
        collected=collected,
        refused=refused,
    )
    higher = {
        column.name: case((row.excluded[column.name] > column, row.excluded[column.name]), else_=column)
        for column in (Tally.__table__.c.collected, Tally.__table__.c.refused)
    }
    places = ["collector_id", "campaign_id", "site_id", "day"]
    session.execute(row.on_conflict_do_update(index_elements=places, set_=higher))


def tallied(session: Session, campaign_id: str) -> tuple[int, int]:
    """Add up what was reported for a campaign: collected, refused."""
    sums = select(func.sum(Tally.collected), func.sum(Tally.refused)).where(Tally.campaign_id == campaign_id)
    collected, refused = session.execute(sums).one()
    return int(collected or 0), int(refused or 0)
