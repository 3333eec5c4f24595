"""Links: one campaign at one site for workers' own phones, up to a quota, until revoked."""

from datetime import date
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.codes import LINK_LENGTH, code_digest, new_code
from server.collectors.tables import Link
from server.fieldwork.campaigns import CannotPlan, find_campaign
from server.fieldwork.tables import CampaignSite, Site
from server.keyring import Keyring
from sync.chance import Chance
from sync.identifiers import new_id

FIFTHS = 6  # a fifth more than the headcount: headcounts are old, and a phone may fail and answer again


def quota_of(headcount: int) -> int:
    """Return how many envelopes a link may bring: headcount × 1.2, rounded up."""
    return ceil(headcount * FIFTHS / 5)


def create_link(session: Session, keyring: Keyring, chance: Chance, campaign_id: str, site_id: str) -> tuple[Link, str]:
    """Make a link and its code; say the code now, it cannot be read again."""
    find_campaign(session, campaign_id)
    if session.get(CampaignSite, (campaign_id, site_id)) is None:
        raise CannotPlan(f"Campaign {campaign_id} is not asked at a site {site_id}.")
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
    return link, code


def revoke_link(session: Session, link_id: str, today: date) -> Link:
    """Stop a link; what came through it stays."""
    link = session.get(Link, link_id)
    if link is None:
        raise CannotPlan(f"There is no link {link_id}. `langnghe-server link list` shows them.")
    if link.revoked_on is None:
        link.revoked_on = today
    return link


def links(session: Session) -> list[Link]:
    """List all links by campaign and site."""
    return list(session.scalars(select(Link).order_by(Link.campaign_id, Link.site_id, Link.id)))
