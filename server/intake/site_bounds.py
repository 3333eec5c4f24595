"""How many responses a site may give in all: its headcount and a fifth more, and what an administrator allowed beyond.

Whoever has one stolen token can seal as many answers as they like. So the bound holds where envelopes are opened, over all collectors and
links together. Which responses are too many cannot be told from the others, so chance chooses among those that are opened together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.fieldwork.links import quota_of
from server.fieldwork.tables import Allowance, CampaignSite, Site
from server.intake.judging import Held, Opened
from server.intake.tables import Response
from sync.chance import Chance

SURPLUS = "quota.site_full"


def surplus_reason(site: str) -> str:
    """Spell the reason under which the surplus of a site is held."""
    return f"{SURPLUS} {site}"


@dataclass(slots=True)
class SiteBounds:
    """How many more responses may be opened, by site."""

    left: dict[str, int]

    @classmethod
    def of(cls, session: Session, campaign: str) -> Self:
        """Count what is left at the sites of a campaign."""
        headcounts = select(Site.id, Site.women + Site.men).join(CampaignSite, CampaignSite.site_id == Site.id)
        allowed = select(Allowance.site_id, func.sum(Allowance.number)).where(Allowance.campaign_id == campaign)
        given = select(Response.site_id, func.count()).where(Response.campaign_id == campaign)
        more = {site: int(number) for site, number in session.execute(allowed.group_by(Allowance.site_id))}
        used = {site: int(number) for site, number in session.execute(given.group_by(Response.site_id))}
        return cls(
            {
                site: max(0, quota_of(headcount) + more.get(site, 0) - used.get(site, 0))
                for site, headcount in session.execute(headcounts.where(CampaignSite.campaign_id == campaign))
            }
        )

    def surplus(self, judged: Sequence[Opened | Held], chance: Chance) -> list[int]:
        """Choose by chance which of the responses of this pool are too many; what stays takes its place."""
        by_site: dict[str, list[int]] = {}
        for number, one in enumerate(judged):
            if isinstance(one, Opened):
                by_site.setdefault(one.site, []).append(number)
        chosen: list[int] = []
        for site, numbers in by_site.items():
            left = self.left.get(site, 0)
            if len(numbers) > left:
                chance.shuffle(numbers)
                chosen += numbers[left:]
            self.left[site] = max(0, left - len(numbers))
        return chosen
