"""Campaigns: planned with a sealing key of their own, opened, closed, and told to whoever may ask them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas.answer_keys import turns_between
from schemas.days import of_exact_days
from schemas.findings import SurveyInvalid
from schemas.messages import FRAME_SIZES, SHORT_NAME
from schemas.model import Survey
from schemas.words import say, sentence
from server.audit.actions import Action
from server.audit.log import record
from server.failures import Failure
from server.fieldwork.consent import with_strong_mode
from server.fieldwork.frames import least_frame
from server.fieldwork.period import HANDED_OUT_BEFORE
from server.fieldwork.tables import CLOSED, DRAFT, OPEN, Campaign, CampaignSite, Site, Unit
from server.keys.keyring import Keyring, KeysMissing
from server.surveys.kinds import what_is_missing
from server.surveys.publishing import UnknownSurvey, find_survey, find_version
from server.surveys.tables import SurveyVersion
from sync.keys import KeyBroken

SUITE = "P256-HKDF-SHA256-AES256GCM"
LEAST_THRESHOLD = 5
TESTED_WITHIN = 90


class CannotPlan(Failure, ValueError):
    """A campaign that cannot be planned, opened or closed like this; the sentence says what would do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an administrator decides about a campaign."""

    id: str
    title: dict[str, str]
    survey: str
    version: int | None
    opens: date
    closes: date
    sites: tuple[str, ...]
    day_unit: str
    threshold: int
    strong: bool = False


@dataclass(frozen=True, slots=True)
class SmallSite:
    """A site with fewer people than the threshold: it will only be shown together with others of its unit (A11)."""

    site: Site
    unit: Unit


def create_campaign(session: Session, keyring: Keyring, plan: Plan) -> Campaign:
    """Plan a campaign as a draft and make its sealing key."""
    version = planned_version(session, plan)
    pair = keyring.new_campaign_key(plan.id)
    campaign = Campaign(
        id=plan.id,
        title=plan.title or dict(version.title),
        survey_id=version.id,
        survey_version=version.version,
        opens=plan.opens,
        closes=plan.closes,
        day_unit=plan.day_unit,
        state=DRAFT,
        key_id=pair.id,
        public_key=pair.public,
        threshold=plan.threshold,
        strong=plan.strong,
    )
    session.add(campaign)
    session.flush()
    session.add_all(CampaignSite(campaign_id=plan.id, site_id=site) for site in sorted(set(plan.sites)))
    record(
        session,
        Action.CAMPAIGN_CREATED,
        plan.id,
        survey=f"{version.id}@{version.version}",
        opens=plan.opens.isoformat(),
        closes=plan.closes.isoformat(),
        sites=len(set(plan.sites)),
        threshold=plan.threshold,
        strong=plan.strong,
    )
    return campaign


def planned_version(session: Session, plan: Plan) -> SurveyVersion:
    """Return the survey's version that a plan asks; raises CannotPlan or UnknownSurvey where it cannot be planned like this."""
    _check(session, plan)
    version = find_version(session, plan.survey, plan.version)
    if missing := what_is_missing(version.kind):
        raise CannotPlan(say("{survey} cannot be asked in a campaign. {reason}", survey=version.id, reason=missing))
    _check_days(session, version, plan.day_unit, plan.opens, plan.closes)
    return version


def _check(session: Session, plan: Plan) -> None:
    if not SHORT_NAME.match(plan.id):
        raise CannotPlan("A campaign's short name has 1 to 64 small letters, digits, dots, hyphens or underscores.")
    if session.get(Campaign, plan.id) is not None:
        raise CannotPlan(say("There is already a campaign {campaign}. Choose another short name.", campaign=plan.id))
    if plan.closes < plan.opens:
        raise CannotPlan("The campaign would close before it opens: change the dates.")
    if plan.threshold < LEAST_THRESHOLD:
        raise CannotPlan(say("The threshold cannot be less than {least}.", least=LEAST_THRESHOLD))
    if not plan.sites:
        raise CannotPlan("A campaign is asked at one site at least: name them, or import sites first.")
    known = set(session.scalars(select(Site.id).where(Site.id.in_(plan.sites))))
    unknown = sorted(set(plan.sites) - known)
    if unknown:
        raise CannotPlan(
            say("There is no site {names}. `langnghe-server site list` shows them.", names=", ".join(unknown))
        )


def _check_days(session: Session, version: SurveyVersion, day_unit: str, opens: date, closes: date) -> None:
    """Refuse coarse days where the server would work out other values than the page did."""
    survey = find_survey(session, version.id, version.version)
    if names := of_exact_days(survey, day_unit, opens, closes):
        raise CannotPlan(
            say(
                "With --day {day_unit} only the {unit} of an answer is known, and {names} is worked out from the day itself: "
                "plan it with --day day, or publish a version that does without.",
                day_unit=day_unit,
                unit=sentence(day_unit),
                names=", ".join(names),
            )
        )
    changing = turning(survey, opens, closes) if day_unit != "day" else {}
    if changing:
        days = ", ".join(f"{name}: {day}" for name, found in changing.items() for day in found)
        raise CannotPlan(
            say(
                "The right answer changes while it runs ({days}), and with --day {day_unit} nobody could tell who answered "
                "before and who after: plan one campaign that ends before that day and one that begins on it.",
                days=days,
                day_unit=day_unit,
            )
        )


def turning_keys(session: Session, campaign: Campaign) -> dict[str, list[date]]:
    """Tell which right answers change while a campaign runs, and when: everybody is measured by those of its first day."""
    survey = find_survey(session, campaign.survey_id, campaign.survey_version)
    return turning(survey, campaign.opens, campaign.closes)


def turning(survey: Survey, first: date, last: date) -> dict[str, list[date]]:
    """Tell which right answers of a survey change after the first of these days, until the last."""
    found = {question.name: turns_between(question.keys, first, last) for question in survey.questions}
    return {name: days for name, days in found.items() if days}


def small_sites(session: Session, campaign: Campaign) -> list[SmallSite]:
    """List the sites that have fewer people than the campaign's threshold."""
    rows = session.execute(
        select(Site, Unit)
        .join(CampaignSite, CampaignSite.site_id == Site.id)
        .join(Unit, Unit.id == Site.unit_id)
        .where(CampaignSite.campaign_id == campaign.id, Site.women + Site.men < campaign.threshold)
        .order_by(Site.id)
    )
    return [SmallSite(site, unit) for site, unit in rows]


def find_campaign(session: Session, campaign_id: str) -> Campaign:
    """Return a campaign by its short name."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise CannotPlan(
            say("There is no campaign {campaign}. `langnghe-server campaign list` shows them.", campaign=campaign_id)
        )
    return campaign


def open_campaign(session: Session, campaign_id: str, today: date) -> Campaign:
    """Let collectors ask it; a closed campaign may be opened again. Raises CannotPlan where help must be at hand first and is not."""
    campaign = find_campaign(session, campaign_id)
    if campaign.state != OPEN:
        _check_help(session, campaign, today)
        record(session, Action.CAMPAIGN_OPENED, campaign_id)
    campaign.state, campaign.closed_on = OPEN, None
    return campaign


def _check_help(session: Session, campaign: Campaign, today: date) -> None:
    """Refuse to ask about violence where the numbers to turn to were not called lately."""
    survey = find_survey(session, campaign.survey_id, campaign.survey_version)
    if survey.pack is None or not survey.pack.referral_required:
        return
    least = (today - timedelta(days=TESTED_WITHIN)).isoformat()
    if not any(line.verified and least <= (line.checked_on or "") <= today.isoformat() for line in survey.support):
        raise CannotPlan(
            say(
                "{survey} asks about violence and harassment, so it may be opened only when help is at hand: add the lines "
                "of your province, commune and union to `support`, call each, write `verified: true` and the day of the call "
                "as `checked_on` (not more than {days} days ago), and publish that version.",
                survey=survey.id,
                days=TESTED_WITHIN,
            )
        )


def close_campaign(session: Session, campaign_id: str, today: date) -> Campaign:
    """Stop asking it. What was collected before still comes in, marked late."""
    campaign = find_campaign(session, campaign_id)
    if campaign.state == DRAFT:
        raise CannotPlan(say("Campaign {campaign} has not been opened yet.", campaign=campaign_id))
    if campaign.state != CLOSED:
        campaign.state, campaign.closed_on = CLOSED, today
        record(session, Action.CAMPAIGN_CLOSED, campaign_id)
    return campaign


def extend_campaign(session: Session, campaign_id: str, last: date, today: date) -> Campaign:
    """Give a campaign another last day, never one that is past; what was answered stays. Raises CannotPlan for what cannot be."""
    campaign = find_campaign(session, campaign_id)
    if campaign.state == CLOSED:
        raise CannotPlan(say("Campaign {campaign} is closed: open it again first.", campaign=campaign_id))
    if last < max(today, campaign.opens):
        raise CannotPlan("The last day cannot lie before today, nor before the first day.")
    if last != campaign.closes:
        version = find_version(session, campaign.survey_id, campaign.survey_version)
        _check_days(session, version, campaign.day_unit, campaign.opens, last)
        record(
            session,
            Action.CAMPAIGN_EXTENDED,
            campaign_id,
            before=campaign.closes.isoformat(),
            closes=last.isoformat(),
        )
        campaign.closes = last
    return campaign


def period_today(campaign: Campaign, today: date) -> str:
    """Say in a word where a campaign's period stands: not begun, running or over."""
    if campaign.state == CLOSED or today > campaign.closes:
        return "over"
    return "not begun" if today < campaign.opens else "running"


def has_key(keyring: Keyring, campaign: Campaign) -> bool:
    """Tell whether the private key of a campaign lies in the keys folder and can be used."""
    try:
        keyring.private_key(campaign.id, campaign.key_id)
    except (KeysMissing, KeyBroken):
        return False
    return True


def campaigns(session: Session) -> list[Campaign]:
    """List all campaigns, the latest first."""
    return list(session.scalars(select(Campaign).order_by(Campaign.opens.desc(), Campaign.id)))


def sites_of(session: Session, campaign_id: str) -> list[Site]:
    """List the sites at which a campaign is asked."""
    joined = select(Site).join(CampaignSite, CampaignSite.site_id == Site.id)
    return list(session.scalars(joined.where(CampaignSite.campaign_id == campaign_id).order_by(Site.id)))


def campaign_documents(session: Session, today: date) -> list[dict[str, Any]]:
    """Tell what collectors may ask now or soon: every open campaign whose period lasts or is about to begin.

    A campaign whose survey was altered in the database, or cannot be read any more, is left out: nobody is asked other words than
    those that were published, and the others go on.
    """
    opened = (
        select(Campaign)
        .where(Campaign.state == OPEN, Campaign.opens <= today + HANDED_OUT_BEFORE, Campaign.closes >= today)
        .order_by(Campaign.id)
    )
    documents = []
    for campaign in session.scalars(opened):
        with suppress(SurveyInvalid, UnknownSurvey):
            documents.append(campaign_document(session, campaign, sites_of(session, campaign.id)))
    return documents


def campaign_document(session: Session, campaign: Campaign, sites: list[Site]) -> dict[str, Any]:
    """Spell one campaign for the wire, at these of its sites; raises UnknownSurvey or SurveyInvalid for a survey that was altered."""
    version = session.get_one(SurveyVersion, (campaign.survey_id, campaign.survey_version))
    frame = least_frame(find_survey(session, campaign.survey_id, campaign.survey_version))
    return {
        "id": campaign.id,
        "title": campaign.title,
        "from": campaign.opens.isoformat(),
        "to": campaign.closes.isoformat(),
        "day": campaign.day_unit,
        "key": {"id": campaign.key_id, "suite": SUITE, "public": campaign.public_key},
        "sites": [{"id": site.id, "name": site.name} for site in sites],
        **({"frame": frame} if frame > FRAME_SIZES[0] else {}),
        "survey": with_strong_mode(version.document) if campaign.strong else version.document,
    }
