"""Links for workers' own phones: made with a poster to print, listed, given another quota, revoked, restored."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, own_unit, why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.collectors.tables import Link
from server.console.qr_code import qr_drawing
from server.console.translation import gettext
from server.console.wording import said
from server.database import session, transaction
from server.failures import Failure
from server.fieldwork import campaigns as planning
from server.fieldwork import links as verbs
from server.fieldwork.campaigns import CannotPlan
from server.fieldwork.marks import mark_of, refuse_if_changed
from server.fieldwork.tables import CLOSED, Campaign, Site
from server.fieldwork.units import sites_below
from server.services import services

Row = tuple[Link, Campaign]
MOST_AT_ONCE = 50
MOST_QUOTA = 1_000_000
PAPERS = ("a4", "a5")


@dataclass(frozen=True, slots=True)
class Poster:
    """What hangs on a wall: an address, drawn and written, shown this once."""

    site: str
    address: str
    picture: Markup


@blueprint.get("/links")
@needs(Permission.MANAGE_COLLECTORS)
def links() -> ResponseReturnValue:
    """List links of workplaces within one's own unit."""
    ours = sites_below(session(), own_unit())
    listed = Listing(_columns(), [row for row in verbs.links(session()) if row[0].site_id in ours])
    return listed.as_file("links") or render_template("administration/links.html", list=listed)


@blueprint.route("/links/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_COLLECTORS)
def link_new() -> ResponseReturnValue:
    """Ask for which campaign and where; make the links and show their posters, this once."""
    asked = {one.id: one for one in planning.campaigns(session()) if one.state != CLOSED and _places(one.id)}
    typed = filled_in() if request.method == "POST" else request.args
    chosen = asked.get(typed.get("campaign", "")) or next(iter(asked.values()), None)
    places = _places(chosen.id) if chosen else []
    problem = ""
    if request.method == "POST" and chosen is not None:
        wanted = [site for site in places if site.id in request.form.getlist("site")][:MOST_AT_ONCE]
        if wanted:
            paper = typed.get("paper") if typed.get("paper") in PAPERS else PAPERS[0]
            posters = _made(chosen, wanted)
            with force_locale("vi"):
                sheets = [
                    Markup(render_template("administration/poster.html", poster=one, campaign=chosen, paper=paper))  # noqa: S704
                    for one in posters
                ]
            return render_template("administration/posters.html", posters=sheets)
        problem = gettext("Choose one workplace at least.")
    facts = {"campaigns": list(asked.values()), "chosen": chosen, "places": places, "problem": problem}
    return render_template("administration/link_new.html", most=MOST_AT_ONCE, **facts), 422 if problem else 200


def _places(campaign: str) -> list[Site]:
    ours = sites_below(session(), own_unit())
    return [site for site in planning.sites_of(session(), campaign) if site.id in ours]


def _made(campaign: Campaign, sites: list[Site]) -> list[Poster]:
    at_hand = services()
    with transaction() as writing:
        codes = [verbs.create_link(writing, at_hand.keyring, at_hand.chance, campaign.id, site.id)[1] for site in sites]
    addresses = [f"{at_hand.settings.public_url}/#/l/{code}" for code in codes]
    return [Poster(site.name, one, qr_drawing(one)) for site, one in zip(sites, addresses, strict=True)]


@blueprint.route("/links/<link>", methods=["GET", "POST"])
@needs(Permission.MANAGE_COLLECTORS)
def link(link: str) -> ResponseReturnValue:
    """Show a link; change its quota, revoke it, let it work again."""
    found = session().get(Link, link)
    if found is None or found.site_id not in sites_below(session(), own_unit()):
        return render_template("administration/missing.html", back=url_for("administration.links")), 404
    problem = ""
    if request.method == "POST":
        try:
            flash(_changed(link))
        except Failure as refused:
            problem = why(refused)
            session().refresh(found)
        else:
            return redirect(url_for("administration.links"))
    campaign = session().get_one(Campaign, found.campaign_id)
    facts = {"site": session().get_one(Site, found.site_id), "mark": mark_of(found), "state": _state((found, campaign))}
    return render_template(
        "administration/link.html", link=found, campaign=campaign, problem=problem, **facts
    ), 422 if problem else 200


def _changed(name: str) -> str:
    """Do what the form asks for, if the link is still as it was looked at; return what to tell."""
    facts = filled_in()
    with transaction() as writing:
        refuse_if_changed(verbs.find_link(writing, name), facts.get("mark", ""))
        if facts.get("do") == "revoke":
            verbs.revoke_link(writing, name, services().today())
            return gettext("The link no longer works.")
        if facts.get("do") == "restore":
            verbs.restore_link(writing, name)
            return gettext("The link works again.")
        text = facts.get("quota", "")
        if not (text.isascii() and text.isdecimal()) or int(text[:8]) > MOST_QUOTA:
            raise CannotPlan("A quota is a whole number of responses.")
        verbs.set_quota(writing, name, int(text))
        return gettext("The link takes at most %(quota)s responses in all.", quota=text)


def _state(row: Row) -> str:
    """Say whether people may answer by a link today."""
    reason = verbs.why_not(row[0], row[1], services().today())
    if reason is None:
        return gettext("Works")
    return {
        "link.revoked": gettext("Revoked"),
        "campaign.over": gettext("Over"),
        "campaign.not_begun": gettext("Not begun"),
        "quota.site_full": gettext("Full"),
    }.get(reason.kind.code, reason.kind.code)


def _columns() -> list[Column[Row]]:
    names = {site.id: site.name for site in session().query(Site)}
    return [
        Column("site", gettext("Workplace"), lambda row: names.get(row[0].site_id, row[0].site_id)),
        Column("campaign", gettext("Campaign"), lambda row: said(row[1].title)),
        Column("state", gettext("State"), _state),
        Column("stored", gettext("Came in"), lambda row: row[0].stored),
        Column("left", gettext("Quota left"), lambda row: max(0, row[0].quota - row[0].stored)),
        Column("quota", gettext("Quota"), lambda row: row[0].quota),
    ]
