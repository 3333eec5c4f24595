"""Reads what was counted in a campaign at some workplaces: by workplace, by day, by collector. Tallies and plans, no response."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas.days import first_day
from server.collectors.tables import Collector, Link
from server.fieldwork.campaigns import period_today
from server.fieldwork.monitoring.coverage import Device, Place
from server.fieldwork.monitoring.pace import Forecast, Period, forecast, periods_of, whole_periods
from server.fieldwork.monitoring.rates import Dispositions, dispositions_of
from server.fieldwork.period import ended_on
from server.fieldwork.sampling import needed
from server.fieldwork.tables import DRAFT, OPEN, Campaign, CampaignSite, Site, Tally, Unit


@dataclass(frozen=True, slots=True)
class Progress:
    """How a campaign goes at the workplaces that were asked about.

    `stage`: draft, not begun, running or over. `target`: the answers that ± 5 points need of the known headcounts, 0 where none is
    known. `linked`: whether people may also answer by a link, of whom no collector tells.
    """

    stage: str
    places: tuple[Place, ...]
    periods: tuple[Period, ...]
    devices: tuple[Device, ...]
    dispositions: Dispositions
    target: int
    forecast: Forecast | None
    linked: bool

    @property
    def people(self) -> int:
        """Count who works at the workplaces whose headcount is known."""
        return sum(one.headcount for one in self.places)

    @property
    def collected(self) -> int:
        """Count who answered, at all of the workplaces."""
        return sum(one.collected for one in self.places)

    @property
    def refused(self) -> int:
        """Count who declined, at all of the workplaces."""
        return sum(one.refused for one in self.places)


def stage_of(campaign: Campaign, today: date) -> str:
    """Say where a campaign stands: draft, not begun, running or over."""
    return DRAFT if campaign.state == DRAFT else period_today(campaign, today)


def progress_of(session: Session, campaign: Campaign, sites: Collection[str], today: date) -> Progress:
    """Gather how a campaign goes at those of its workplaces that are among `sites`; days are told as its day unit is, no finer."""
    tallies = session.scalars(select(Tally).where(Tally.campaign_id == campaign.id))
    counted = [one for one in tallies if one.site_id in sites]
    places = _places(session, campaign, sites, counted)
    stage, last = stage_of(campaign, today), min(today, ended_on(campaign.closes, campaign.closed_on))
    by_day: Counter[date] = Counter()
    for one in counted:
        by_day[one.day] += one.collected
    periods = periods_of(by_day, campaign.day_unit, campaign.opens, last)
    people, collected = sum(one.headcount for one in places), sum(one.collected for one in places)
    target = needed(people)
    whole = whole_periods(periods, campaign.day_unit, today) if stage == "running" else []
    return Progress(
        stage,
        tuple(places),
        tuple(periods),
        tuple(_devices(session, campaign, counted)),
        dispositions_of((one.headcount, one.collected, one.refused) for one in places),
        target,
        forecast(whole, collected, target, people, today, campaign.closes),
        _linked(session, campaign, sites),
    )


def campaigns_at(session: Session, sites: Collection[str]) -> list[Campaign]:
    """List the campaigns that are asked at some of these workplaces: open ones first, then the latest."""
    asked = {
        campaign
        for campaign, site in session.execute(select(CampaignSite.campaign_id, CampaignSite.site_id))
        if site in sites
    }
    found = session.scalars(select(Campaign).order_by(Campaign.opens.desc(), Campaign.id))
    return sorted((one for one in found if one.id in asked), key=lambda one: one.state != OPEN)


def _places(session: Session, campaign: Campaign, sites: Collection[str], counted: Sequence[Tally]) -> list[Place]:
    asked = (
        select(Site, Unit)
        .join(CampaignSite, CampaignSite.site_id == Site.id)
        .join(Unit, Unit.id == Site.unit_id)
        .where(CampaignSite.campaign_id == campaign.id)
        .order_by(Site.name, Site.id)
    )
    by_site = _grouped(counted, lambda tally: tally.site_id)
    found = []
    for site, unit in session.execute(asked):
        if site.id in sites:
            own = by_site.get(site.id, [])
            last = first_day(max(one.day for one in own), campaign.day_unit) if own else None
            found.append(Place(site.id, site.name, unit.name, site.headcount, *_sums(own), last))
    return found


def _devices(session: Session, campaign: Campaign, counted: Sequence[Tally]) -> list[Device]:
    found = []
    by_collector = _grouped(counted, lambda tally: tally.collector_id)
    for one in session.scalars(select(Collector).order_by(Collector.name, Collector.id)):
        if own := by_collector.get(one.id):
            last = first_day(max(tally.day for tally in own), campaign.day_unit)
            places = len({tally.site_id for tally in own})
            found.append(Device(one.id, one.name, *_sums(own), places, last, one.revoked_on is not None))
    return found


def _sums(counted: Sequence[Tally]) -> tuple[int, int]:
    return sum(one.collected for one in counted), sum(one.refused for one in counted)


def _grouped(counted: Sequence[Tally], key: Callable[[Tally], str]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = {}
    for one in counted:
        found.setdefault(key(one), []).append(one)
    return found


def _linked(session: Session, campaign: Campaign, sites: Collection[str]) -> bool:
    return any(site in sites for site in session.scalars(select(Link.site_id).where(Link.campaign_id == campaign.id)))
