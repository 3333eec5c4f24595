"""Links: one campaign at one site for workers' own phones, up to a quota, until revoked."""

from datetime import date
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas import problems
from schemas.problems import Problem
from schemas.words import say
from server.audit.actions import Action
from server.audit.log import record
from server.collectors.tables import Link
from server.fieldwork.campaigns import CannotPlan, find_campaign
from server.fieldwork.tables import CLOSED, OPEN, Campaign, CampaignSite, Site
from server.keys.codes import LINK_LENGTH, code_digest
from server.keys.keyring import Keyring
from sync.chance import Chance
from sync.codes import new_code
from sync.identifiers import new_id

FIFTHS = 6  # a fifth more than the headcount: headcounts are old, and a phone may fail and answer again
UNKNOWN_HEADCOUNT = 100  # nobody said how many work there (0): as many as a meeting has, until somebody does


def quota_of(headcount: int) -> int:
    """Return how many responses a site may give: headcount × 1.2, rounded up; a hundred where no headcount is known."""
    return ceil(headcount * FIFTHS / 5) if headcount else UNKNOWN_HEADCOUNT


def create_link(session: Session, keyring: Keyring, chance: Chance, campaign_id: str, site_id: str) -> tuple[Link, str]:
    """Make a link and its code; say the code now, it cannot be read again."""
    find_campaign(session, campaign_id)
    if session.get(CampaignSite, (campaign_id, site_id)) is None:
        raise CannotPlan(say("Campaign {campaign} is not asked at a site {site}.", campaign=campaign_id, site=site_id))
    headcount = session.get_one(Site, site_id).headcount
    code = new_code(chance, LINK_LENGTH)
    link = Link(
        id=new_id(chance),
        code_digest=code_digest(keyring, "link", code),
        campaign_id=campaign_id,
        site_id=site_id,
        quota=quota_of(headcount),
        stored=0,
        revoked_on=None,
    )
    session.add(link)
    record(session, Action.LINK_CREATED, link.id, campaign=campaign_id, site=site_id, quota=link.quota)
    return link, code


def why_not(link: Link, campaign: Campaign, today: date) -> Problem | None:
    """Say why nobody may answer by a link today; None where people may.

    A day is told only where it is the reason: a campaign that was closed early ended before the last day that was planned.
    """
    if link.revoked_on is not None:
        return Problem(problems.LINK_REVOKED)
    if today > campaign.closes:
        return Problem(problems.CAMPAIGN_OVER, to=campaign.closes.isoformat())
    if campaign.state == CLOSED:
        return Problem(problems.CAMPAIGN_OVER)
    if today < campaign.opens:
        return Problem(problems.CAMPAIGN_NOT_BEGUN, **{"from": campaign.opens.isoformat()})
    if campaign.state != OPEN:
        return Problem(problems.CAMPAIGN_NOT_BEGUN)
    return Problem(problems.QUOTA_SITE_FULL) if link.stored >= link.quota else None


def restore_link(session: Session, link_id: str) -> Link:
    """Let a link work again, so that what still waits on people's phones can come in."""
    link = find_link(session, link_id)
    link.revoked_on = None
    record(session, Action.LINK_RESTORED, link_id, campaign=link.campaign_id, site=link.site_id)
    return link


def set_quota(session: Session, link_id: str, quota: int) -> Link:
    """Let a link bring more (or fewer) envelopes than the headcount gave it; what came already stays."""
    link = find_link(session, link_id)
    before, link.quota = link.quota, quota
    record(
        session, Action.LINK_QUOTA, link_id, campaign=link.campaign_id, site=link.site_id, quota=quota, before=before
    )
    return link


def find_link(session: Session, link_id: str) -> Link:
    """Return a link by the name under which it is listed."""
    link = session.get(Link, link_id)
    if link is None:
        raise CannotPlan(say("There is no link {link}. `langnghe-server link list` shows them.", link=link_id))
    return link


def revoke_link(session: Session, link_id: str, today: date) -> Link:
    """Stop a link; what came through it stays."""
    link = find_link(session, link_id)
    if link.revoked_on is None:
        link.revoked_on = today
        record(session, Action.LINK_REVOKED, link_id, campaign=link.campaign_id, site=link.site_id)
    return link


def links(session: Session) -> list[tuple[Link, Campaign]]:
    """List all links with their campaigns, by campaign and site."""
    rows = select(Link, Campaign).join(Campaign, Campaign.id == Link.campaign_id)
    return [(link, campaign) for link, campaign in session.execute(rows.order_by(Campaign.id, Link.site_id, Link.id))]
