"""Collectors: invited by codes that are shown once, on a sheet to print; listed; revoked when a tablet is lost."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.collectors import enrolment
from server.collectors.enrolment import UnknownCollector
from server.collectors.tables import Collector
from server.console.qr_code import qr_drawing
from server.console.translation import gettext
from server.database import session, transaction
from server.keys.codes import in_groups
from server.services import services

MOST_AT_ONCE = 20


@blueprint.get("/collectors")
@needs(Permission.MANAGE_COLLECTORS)
def collectors() -> ResponseReturnValue:
    """List whoever may deliver, and whoever no longer may."""
    listed = Listing(_columns(), enrolment.collectors(session()))
    return listed.as_file("collectors") or render_template(
        "administration/collectors.html", list=listed, days=services().settings.invitation_days, most=MOST_AT_ONCE
    )


@blueprint.post("/collectors/invite")
@needs(Permission.MANAGE_COLLECTORS)
def collectors_invite() -> ResponseReturnValue:
    """Make codes and show them, this once, ready to print."""
    at_hand = services()
    number, days = _whole("number", 1, MOST_AT_ONCE), _whole("days", at_hand.settings.invitation_days, 90)
    with transaction() as writing:
        codes = [
            enrolment.invite(writing, at_hand.keyring, at_hand.chance, today=at_hand.today(), days=days)
            for _ in range(number)
        ]
    address = f"{at_hand.settings.public_url}/"
    return render_template(
        "administration/invitations.html",
        codes=[in_groups(code) for code in codes],
        until=at_hand.today() + timedelta(days=days),
        address=address,
        picture=qr_drawing(address),
    )


def _whole(name: str, usual: int, most: int) -> int:
    """Read a small number of the form, brought into what it may be."""
    text = request.form.get(name, "").strip()
    return min(max(1, int(text)), most) if text.isascii() and text.isdecimal() and len(text) < 6 else usual


@blueprint.route("/collectors/<collector>/revoke", methods=["GET", "POST"])
@needs(Permission.MANAGE_COLLECTORS)
def collector_revoke(collector: str) -> ResponseReturnValue:
    """Ask whether to take a collector's right to deliver, and take it."""
    found = session().get(Collector, collector)
    if found is None:
        return render_template("administration/missing.html", back=url_for("administration.collectors")), 404
    if request.method == "GET":
        return render_template("administration/collector_revoke.html", collector=found)
    try:
        with transaction() as writing:
            enrolment.revoke(writing, collector, services().today())
    except UnknownCollector as refused:
        flash(why(refused))
    else:
        flash(gettext("%(name)s can no longer deliver.", name=found.name))
    return redirect(url_for("administration.collectors"))


def _columns() -> list[Column[Collector]]:
    return [
        Column("name", gettext("Device"), lambda row: row.name),
        Column("enrolled", gettext("Enrolled"), lambda row: row.enrolled_on),
        Column("revoked", gettext("Revoked"), lambda row: row.revoked_on),
        Column("id", gettext("Short name"), lambda row: row.id),
    ]
