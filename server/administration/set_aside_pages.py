"""Envelopes set aside: how many and why, tried again, let in or thrown away with a reason. No answer is ever shown: they are sealed."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, own_unit, why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.console.translation import gettext, ngettext
from server.console.wording import said
from server.database import session, transaction
from server.fieldwork.tables import Campaign, Site
from server.fieldwork.units import campaigns_within
from server.intake import quarantine
from server.intake.quarantine import CannotRelease
from server.intake.site_bounds import SURPLUS
from server.services import services


@dataclass(frozen=True, slots=True)
class Held:
    """So many envelopes of a campaign that are held for one reason; `site` where that is a workplace's surplus."""

    campaign: Campaign
    reason: str
    number: int
    site: Site | None
    held_for: str
    """The reason as the quarantine spells it, with the workplace's name where that is a surplus."""


@blueprint.get("/set-aside")
@needs(Permission.HANDLE_ENVELOPES)
def set_aside() -> ResponseReturnValue:
    """List what is held by campaign and reason."""
    listed = Listing(_columns(), _held())
    return listed.as_file("set-aside") or render_template("administration/set_aside.html", list=listed)


def _held() -> list[Held]:
    ours = campaigns_within(session(), own_unit())
    found = []
    for (campaign, reason), number in sorted(quarantine.reasons(session()).items()):
        planned = session().get(Campaign, campaign) if campaign in ours else None
        if planned is not None:
            code, _, site = reason.partition(" ")
            found.append(Held(planned, code, number, session().get(Site, site) if code == SURPLUS else None, reason))
    return found


@blueprint.post("/set-aside/<name>/retry")
@needs(Permission.HANDLE_ENVELOPES)
def set_aside_retry(name: str) -> ResponseReturnValue:
    """Put what is held of a campaign back, to be tried by the same rules with the next pool."""
    if name not in campaigns_within(session(), own_unit()):
        return _missing()
    with transaction() as writing:
        moved = quarantine.put_back(writing, name)
    flash(
        ngettext(
            "%(num)d envelope is tried again with the next opening.",
            "%(num)d envelopes are tried again with the next opening.",
            moved,
        )
    )
    return redirect(url_for("administration.set_aside"))


@blueprint.route("/set-aside/<name>/<site>", methods=["GET", "POST"])
@needs(Permission.HANDLE_ENVELOPES)
def surplus(name: str, site: str) -> ResponseReturnValue:
    """Ask why the surplus of a workplace is let in, and let it in."""
    held = next((one for one in _held() if one.campaign.id == name and one.site and one.site.id == site), None)
    if held is None:
        return _missing()
    if request.method == "GET":
        return render_template("administration/surplus.html", held=held, problem="", typed="")
    reason = filled_in().get("reason", "")
    try:
        with transaction() as writing:
            decision = quarantine.decided(writing, services(), name, site, current_user.name, reason)
            moved = quarantine.release_surplus(writing, decision)
    except CannotRelease as refused:
        return render_template("administration/surplus.html", held=held, problem=why(refused), typed=reason), 422
    flash(
        ngettext(
            "%(num)d envelope is let in; it is opened with the next full pool.",
            "%(num)d envelopes are let in; they are opened with the next full pool.",
            moved,
        )
    )
    return redirect(url_for("administration.set_aside"))


@blueprint.route("/set-aside/<name>/held/discard", methods=["GET", "POST"])
@needs(Permission.HANDLE_ENVELOPES)
def set_aside_discard(name: str) -> ResponseReturnValue:
    """Ask why what is held for one reason is thrown away, and throw it away for good."""
    held_for = request.args.get("for", "")
    held = next((one for one in _held() if one.campaign.id == name and one.held_for == held_for), None)
    if held is None:
        return _missing()
    facts = {"held": held, "why": _reason(held)}
    if request.method == "GET":
        return render_template("administration/discard.html", problem="", typed="", **facts)
    typed, number = filled_in().get("reason", ""), filled_in().get("number", "")
    looked_at = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1
    try:
        with transaction() as writing:
            gone = quarantine.discard(writing, name, held_for, looked_at, typed)
    except CannotRelease as refused:
        return render_template("administration/discard.html", problem=why(refused), typed=typed, **facts), 422
    flash(ngettext("%(num)d envelope is thrown away.", "%(num)d envelopes are thrown away.", gone))
    return redirect(url_for("administration.set_aside"))


def _missing() -> ResponseReturnValue:
    return render_template("administration/missing.html", back=url_for("administration.set_aside")), 404


def _columns() -> list[Column[Held]]:
    return [
        Column("campaign", gettext("Campaign"), lambda row: said(row.campaign.title)),
        Column("reason", gettext("Reason"), lambda row: row.reason, _reason),
        Column("number", gettext("Envelopes"), lambda row: row.number),
    ]


def _reason(held: Held) -> str:
    """Say why envelopes are held."""
    if held.reason == SURPLUS:
        name = held.site.name if held.site else ""
        return gettext("More came for %(site)s than the headcount and a fifth", site=name)
    return gettext("Could not be opened, or do not fit their survey (%(code)s)", code=held.reason)
