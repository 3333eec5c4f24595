"""What analysis has to know of a campaign besides its responses: survey, places, policy, and what the field counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schemas.keys import on
from schemas.model import Survey
from schemas.texts import Text
from server.analysis.counting.axes import Place
from server.analysis.policy import Policy
from server.fieldwork.campaigns import find_campaign, sites_of
from server.fieldwork.tables import Campaign, Tally, Unit
from server.surveys.publishing import find_survey


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """What collectors reported of a workplace: how many people answered, and how many were asked and said no."""

    collected: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """A campaign as analysis sees it. The survey's quiz keys are those of the day on which the campaign opens."""

    campaign: str
    title: Text
    survey: Survey
    places: tuple[Place, ...]
    policy: Policy
    fieldwork: Mapping[str, Fieldwork]


def policy_of(session: Session, campaign: Campaign) -> Policy:
    """Give the sizes that hold for a campaign: its own k, or what its survey says stands behind any figure, if that is more."""
    pack = find_survey(session, campaign.survey_id, campaign.survey_version).pack
    return Policy(k=max(campaign.threshold, (pack.min_n if pack else None) or 0), strong=campaign.strong)


def facts_of(session: Session, campaign_id: str) -> Facts:
    """Gather the facts of a campaign. Raises CannotPlan when there is none of that name."""
    campaign = find_campaign(session, campaign_id)
    units = {unit.id: unit.name for unit in session.scalars(select(Unit))}
    places = tuple(
        Place(site.id, site.name, site.unit_id, units.get(site.unit_id, site.unit_id), site.headcount)
        for site in sites_of(session, campaign_id)
    )
    counted = (
        select(Tally.site_id, func.sum(Tally.collected), func.sum(Tally.refused))
        .where(Tally.campaign_id == campaign_id)
        .group_by(Tally.site_id)
    )
    return Facts(
        campaign.id,
        campaign.title,
        on(find_survey(session, campaign.survey_id, campaign.survey_version), campaign.opens),
        places,
        policy_of(session, campaign),
        {site: Fieldwork(int(collected), int(refused)) for site, collected, refused in session.execute(counted)},
    )
