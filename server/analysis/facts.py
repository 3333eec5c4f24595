"""What analysis has to know of a campaign besides its responses: survey, places, policy, and what the field counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schemas.answer_keys import on
from schemas.model import Survey
from schemas.texts import Text
from server.analysis.counting.axes import Workplace
from server.analysis.counting.listing import items_of
from server.analysis.policy import Policy
from server.fieldwork.campaigns import find_campaign, sites_of
from server.fieldwork.tables import Campaign, Tally, Unit
from server.surveys.publishing import find_survey, versions


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """What collectors reported of a workplace: how many people answered, and how many were asked and said no."""

    collected: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The version of a survey with which something changed, and the day on which it was published."""

    version: int
    since: date


@dataclass(frozen=True, slots=True)
class Facts:
    """A campaign as analysis sees it. The survey's quiz keys are those of the day on which the campaign opens.

    `changes`: the items that a version gave other answers than some earlier edition counts, by their names.
    """

    campaign: str
    title: Text
    survey: Survey
    places: tuple[Workplace, ...]
    policy: Policy
    fieldwork: Mapping[str, Fieldwork]
    changes: Mapping[str, Change] = field(default_factory=dict)


def changes_of(session: Session, facts: Facts, asked: Collection[int | None]) -> dict[str, Change]:
    """Say which items have other answers than in one of the versions `asked`, and with which version they last changed."""
    if not set(asked) - {None, facts.survey.version}:
        return {}
    published = [one for one in versions(session) if one.id == facts.survey.id and one.version <= facts.survey.version]
    known = [(row, _answers(find_survey(session, row.id, row.version))) for row in published]
    now = _answers(facts.survey)
    then = [answers for row, answers in known if row.version in asked]
    others = {name for name, answers in now.items() if any(one.get(name, answers) != answers for one in then)}
    found: dict[str, Change] = {}
    for (_, before), (row, after) in pairwise(known):
        changed = (name for name in others if before.get(name) != after.get(name))
        found |= {name: Change(row.version, row.published_on) for name in changed}
    return found


def _answers(survey: Survey) -> dict[str, tuple[str, ...]]:
    return {item.name: item.categories for item in items_of(survey)}


def policy_of(session: Session, campaign: Campaign) -> Policy:
    """Give the sizes that hold for a campaign: its own k, or what its survey says stands behind any figure, if that is more."""
    pack = find_survey(session, campaign.survey_id, campaign.survey_version).pack
    return Policy(k=max(campaign.threshold, (pack.min_n if pack else None) or 0), strong=campaign.strong)


def facts_of(session: Session, campaign_id: str) -> Facts:
    """Gather the facts of a campaign. Raises CannotPlan when there is none of that name."""
    campaign = find_campaign(session, campaign_id)
    units = {unit.id: unit.name for unit in session.scalars(select(Unit))}
    places = tuple(
        Workplace(site.id, site.name, site.unit_id, units.get(site.unit_id, site.unit_id), site.headcount)
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
