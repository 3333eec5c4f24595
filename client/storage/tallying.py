"""Adds up what the pages of this device counted in the field, and knows which sums the server has not heard yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from client.database import Database
from client.storage.campaign_cache import CampaignCache
from client.storage.tables import ForwardedTally, PageTally
from schemas.messages import Tally


@dataclass(frozen=True, slots=True)
class TallyKey:
    """What a tally counts: one campaign at one site on one day."""

    campaign: str
    site: str
    day: str


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of all pages; each page overwrites only its own."""

    database: Database
    campaigns: CampaignCache

    def put(self, page: str, place: TallyKey, tally: Tally) -> None:
        """What this page has counted so far; the same again changes nothing."""
        counts = {"collected": tally.collected, "refused": tally.refused}
        row = {"page": page, "campaign": place.campaign, "site": place.site, "day": place.day, **counts}
        with self.database.writing() as session:
            keys = ["page", "campaign", "site", "day"]
            session.execute(insert(PageTally).values(row).on_conflict_do_update(index_elements=keys, set_=counts))

    def unheard(self) -> Sequence[tuple[TallyKey, Tally]]:
        """The sums over all pages that the server has not answered for yet, each on a day of its campaign's period."""
        sums: dict[TallyKey, list[int]] = defaultdict(lambda: [0, 0])
        with self.database.reading() as session:
            for row in session.scalars(select(PageTally)):
                place = self._within(TallyKey(row.campaign, row.site, row.day))
                sums[place] = [sums[place][0] + row.collected, sums[place][1] + row.refused]
            answered = {
                (TallyKey(row.campaign, row.site, row.day), row.collected, row.refused)
                for row in session.scalars(select(ForwardedTally))
            }
        return [(place, Tally(*counts)) for place, counts in sums.items() if (place, *counts) not in answered]

    def heard(self, place: TallyKey, tally: Tally, refusal: str | None = None) -> None:
        """The server took this sum, or refused it for good; it is not told again until it changes."""
        counts = {"collected": tally.collected, "refused": tally.refused, "refusal": refusal}
        row = {"campaign": place.campaign, "site": place.site, "day": place.day, **counts}
        with self.database.writing() as session:
            keys = ["campaign", "site", "day"]
            session.execute(insert(ForwardedTally).values(row).on_conflict_do_update(index_elements=keys, set_=counts))

    def refusals(self) -> dict[str, int]:
        """How many sums the server refused, by its reason."""
        query = select(ForwardedTally.refusal, func.count()).group_by(ForwardedTally.refusal)
        with self.database.reading() as session:
            return {code: number for code, number in session.execute(query) if code is not None}

    def retry_refused(self) -> None:
        """Tell the server once more what it refused."""
        with self.database.writing() as session:
            session.execute(delete(ForwardedTally).where(ForwardedTally.refusal.is_not(None)))

    def _within(self, place: TallyKey) -> TallyKey:
        known = self.campaigns.current.known.get(place.campaign)
        return place if known is None else replace(place, day=known.day_within(place.day))
