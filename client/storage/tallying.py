"""Adds up what the pages of this device counted in the field, and knows which sums the server has not heard yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from client.database import Database
from client.storage.tables import ForwardedTally, PageTally
from schemas.messages import Tally


@dataclass(frozen=True, slots=True)
class Place:
    """What a tally counts: one campaign at one site on one day."""

    campaign: str
    site: str
    day: str


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of all pages; each page overwrites only its own."""

    database: Database

    def put(self, page: str, place: Place, tally: Tally) -> None:
        """What this page has counted so far; the same again changes nothing."""
        counts = {"collected": tally.collected, "refused": tally.refused}
        row = {"page": page, "campaign": place.campaign, "site": place.site, "day": place.day, **counts}
        with self.database.writing() as session:
            keys = ["page", "campaign", "site", "day"]
            session.execute(insert(PageTally).values(row).on_conflict_do_update(index_elements=keys, set_=counts))

    def unheard(self) -> Sequence[tuple[Place, Tally]]:
        """The sums over all pages that differ from what the server acknowledged last."""
        collected, refused = func.sum(PageTally.collected), func.sum(PageTally.refused)
        here = (PageTally.campaign, PageTally.site, PageTally.day)
        there = (ForwardedTally.campaign, ForwardedTally.site, ForwardedTally.day)
        same_place = and_(*(mine == theirs for mine, theirs in zip(here, there, strict=True)))
        is_news = or_(
            ForwardedTally.campaign.is_(None),
            collected != ForwardedTally.collected,
            refused != ForwardedTally.refused,
        )
        query = select(*here, collected, refused).outerjoin(ForwardedTally, same_place).group_by(*here).having(is_news)
        with self.database.reading() as session:
            rows = session.execute(query).all()
        return [(Place(campaign, site, day), Tally(*sums)) for campaign, site, day, *sums in rows]

    def heard(self, place: Place, tally: Tally) -> None:
        """The server acknowledged this sum."""
        counts = {"collected": tally.collected, "refused": tally.refused}
        row = {"campaign": place.campaign, "site": place.site, "day": place.day, **counts}
        with self.database.writing() as session:
            keys = ["campaign", "site", "day"]
            session.execute(insert(ForwardedTally).values(row).on_conflict_do_update(index_elements=keys, set_=counts))
