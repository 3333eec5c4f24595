"""Campaigns: listed, looked at, opened, closed and given a later last day, each asked about first; whoever is second is told."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, own_unit, why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.console.numbers import spell_date
from server.console.translation import gettext
from server.console.wording import said
from server.database import session, transaction
from server.failures import Failure
from server.fieldwork import campaigns as verbs
from server.fieldwork.campaigns import CannotPlan
from server.fieldwork.marks import ChangedMeanwhile, mark_of, refuse_if_changed
from server.fieldwork.tables import CLOSED, DRAFT, Campaign
from server.fieldwork.tallies import tallied
from server.fieldwork.units import campaigns_within
from server.services import services


@blueprint.get("/campaigns")
@needs(Permission.MANAGE_CAMPAIGNS)
def campaigns() -> ResponseReturnValue:
    """List the campaigns that lie within one's own unit."""
    ours = campaigns_within(session(), own_unit())
    listed = Listing(_columns(), [one for one in verbs.campaigns(session()) if one.id in ours])
    return listed.as_file("campaigns") or render_template("administration/campaigns.html", list=listed)


@blueprint.get("/campaigns/<name>")
@needs(Permission.MANAGE_CAMPAIGNS)
def campaign(name: str) -> ResponseReturnValue:
    """Show what is planned, and what can be done with it."""
    found = _ours(name)
    if found is None:
        return _missing()
    collected, refused = tallied(session(), name)
    return render_template(
        "administration/campaign.html",
        campaign=found,
        state=state_name(found),
        places=verbs.sites_of(session(), name),
        small=verbs.small_sites(session(), found),
        turning=verbs.turning_keys(session(), found),
        collected=collected,
        refused=refused,
        has_key=verbs.has_key(services().keyring, found),
    )


@blueprint.route("/campaigns/<name>/<any(open, close, extend):deed>", methods=["GET", "POST"])
@needs(Permission.MANAGE_CAMPAIGNS)
def campaign_deed(name: str, deed: str) -> ResponseReturnValue:
    """Ask whether to open, close or extend a campaign, and do it."""
    found = _ours(name)
    if found is None:
        return _missing()
    problem, status = "", 200
    if request.method == "POST":
        try:
            sentence = _done(name, deed)
        except ChangedMeanwhile as refused:
            session().refresh(found)
            problem, status = why(refused), 409
        except Failure as refused:
            problem, status = why(refused), 422
        else:
            flash(sentence)
            return redirect(url_for("administration.campaign", name=name))
    at_hand = services()
    facts = {"campaign": found, "deed": deed, "problem": problem, "mark": mark_of(found), "settings": at_hand.settings}
    today = at_hand.today()
    return render_template("administration/campaign_deed.html", today=today.isoformat(), **facts), status


def _done(name: str, deed: str) -> str:
    """Do what was asked about, if the campaign is still what was looked at; return what to tell."""
    facts, today = filled_in(), services().today()
    with transaction() as writing:
        planned = verbs.find_campaign(writing, name)
        refuse_if_changed(planned, facts.get("mark", ""))
        if deed == "open":
            verbs.open_campaign(writing, name, today)
        elif deed == "close":
            verbs.close_campaign(writing, name, today)
        else:
            verbs.extend_campaign(writing, name, a_day(facts.get("last", "")), today)
        sentences = {
            "open": gettext("%(campaign)s is open.", campaign=said(planned.title)),
            "close": gettext(
                "%(campaign)s is closed. What collectors still hold comes in.", campaign=said(planned.title)
            ),
            "extend": gettext(
                "%(campaign)s is asked until %(day)s.", campaign=said(planned.title), day=spell_date(planned.closes)
            ),
        }
    return sentences[deed]


def a_day(text: str) -> date:
    """Read a day as browsers send it; raises CannotPlan."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotPlan("Give a day, such as 2026-12-15.") from None


def _ours(name: str) -> Campaign | None:
    return session().get(Campaign, name) if name in campaigns_within(session(), own_unit()) else None


def _missing() -> ResponseReturnValue:
    return render_template("administration/missing.html", back=url_for("administration.campaigns")), 404


def state_name(campaign: Campaign) -> str:
    """Say where a campaign stands today."""
    if campaign.state == DRAFT:
        return gettext("Draft")
    period = verbs.period_today(campaign, services().today())
    if campaign.state == CLOSED:
        return gettext("Closed")
    return {"not begun": gettext("Open, not begun"), "running": gettext("Running"), "over": gettext("Over")}[period]


def _columns() -> list[Column[Campaign]]:
    return [
        Column("title", gettext("Title"), lambda row: said(row.title)),
        Column("state", gettext("State"), lambda row: row.state, state_name),
        Column("survey", gettext("Survey"), lambda row: f"{row.survey_id}@{row.survey_version}"),
        Column("opens", gettext("First day"), lambda row: row.opens),
        Column("closes", gettext("Last day"), lambda row: row.closes),
        Column("collected", gettext("Collected"), lambda row: tallied(session(), row.id)[0]),
    ]
