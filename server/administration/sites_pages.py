"""Workplaces and units: listed, shown as a tree with headcounts, changed one by one, or taken in from a table that was looked at first."""

import base64
import binascii
import gzip
import io
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from schemas.words import translate
from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, own_unit, why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.console.translation import gettext
from server.database import session, transaction
from server.failures import Failure
from server.fieldwork import site_changes, unit_tree
from server.fieldwork.marks import ChangedMeanwhile, mark_of
from server.fieldwork.site_changes import CannotChange
from server.fieldwork.site_import import take_in
from server.fieldwork.tables import Site, Unit
from server.site_table import LARGEST_FILE, CannotImport, Fault, SiteRow, sites_in
from server.web.languages import language

Place = tuple[Site, Unit]
MOST_SHOWN = 200


@blueprint.get("/sites")
@needs(Permission.MANAGE_SITES)
def sites() -> ResponseReturnValue:
    """List workplaces with their units and headcounts."""
    listed = Listing(_columns(), unit_tree.places(unit_tree.tree(session(), own_unit())))
    return listed.as_file("sites") or render_template("administration/sites.html", list=listed)


@blueprint.get("/sites/units")
@needs(Permission.MANAGE_SITES)
def units() -> ResponseReturnValue:
    """Show the tree of units with headcounts added up."""
    branches = unit_tree.tree(session(), own_unit())
    return render_template("administration/units.html", branches=branches, levels=level_names())


@blueprint.route("/sites/upload", methods=["GET", "POST"])
@needs(Permission.MANAGE_SITES)
def sites_upload() -> ResponseReturnValue:
    """Read a table, show what it would change, and take it in when that was looked at."""
    if request.method == "GET":
        return render_template("administration/sites_upload.html")
    try:
        raw = _table()
        rows = sites_in(raw)
        if "mark" in request.form:
            done = _taken_in(rows, request.form["mark"])
            if done is not None:
                return done
            flash(gettext("Something was changed meanwhile. Look at what the table would change now."))
        changes = site_changes.changes_of(session(), rows, own_unit())
    except CannotImport as refused:
        faults = [_said(fault) for fault in refused.faults[:MOST_SHOWN]]
        facts = {"faults": faults, "count": len(refused.faults)}
        return render_template("administration/sites_upload.html", **facts), 422
    packed = base64.b64encode(gzip.compress(raw, mtime=0)).decode("ascii")
    return render_template(
        "administration/sites_preview.html", changes=changes, table=packed, most=MOST_SHOWN, fact=_fact
    )


def _table() -> bytes:
    """Return the table that was brought, or the one that was looked at and comes back with the form."""
    if packed := request.form.get("table"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(packed, validate=True))) as file:
                return file.read(LARGEST_FILE + 1)
        except (binascii.Error, OSError, EOFError, ValueError):
            raise CannotImport([Fault(0, "", "It is empty.")]) from None
    file_ = request.files.get("file")
    return file_.stream.read(LARGEST_FILE + 1) if file_ else b""


def _taken_in(rows: list[SiteRow], mark: str) -> ResponseReturnValue | None:
    """Take a table in if it still does what was looked at."""
    with transaction() as writing:
        if site_changes.changes_of(writing, rows, own_unit()).mark != mark:
            return None
        done = take_in(writing, rows, own_unit())
    flash(
        gettext(
            "Taken in: %(new)s new workplaces, %(changed)s changed, %(units)s new units.",
            new=done.sites_new,
            changed=done.sites_changed,
            units=done.units_new,
        )
    )
    return redirect(url_for("administration.sites"))


def _said(fault: Fault) -> dict[str, str]:
    return {"row": str(fault.row or ""), "column": fault.column, "message": translate(fault.message, language())}


def _fact(name: str) -> str:
    return {
        "name": gettext("Its name"),
        "unit": gettext("Unit"),
        "women": gettext("Women"),
        "men": gettext("Men"),
        "level": gettext("Level"),
        "parent": gettext("Unit above"),
    }[name]


@blueprint.route("/sites/<site>/edit", methods=["GET", "POST"])
@needs(Permission.MANAGE_SITES)
def site_edit(site: str) -> ResponseReturnValue:
    """Change one workplace."""
    if request.method == "POST":
        facts = filled_in()
        try:
            with transaction() as writing:
                changed = site_changes.change_site(writing, site, facts, facts.get("mark", ""), own_unit())
        except (CannotChange, ChangedMeanwhile) as refused:
            return _site_form(site, facts, refused)
        flash(gettext("%(name)s is saved.", name=changed.name))
        return redirect(url_for("administration.sites"))
    return _site_form(site)


def _site_form(
    site: str, typed: Mapping[str, str] | None = None, refused: Failure | None = None
) -> ResponseReturnValue:
    branches = unit_tree.tree(session(), own_unit())
    found = next((one for one, _ in unit_tree.places(branches) if one.id == site), None)
    if found is None:
        return render_template("administration/missing.html", back=url_for("administration.sites")), 404
    now = {"name": found.name, "unit": found.unit_id, "women": str(found.women), "men": str(found.men)}
    shown = now if typed is None or isinstance(refused, ChangedMeanwhile) else typed
    facts = {"site": found, "typed": shown, "mark": mark_of(found), "branches": branches}
    return _form("administration/site_edit.html", facts, refused)


@blueprint.route("/sites/units/<unit>/edit", methods=["GET", "POST"])
@needs(Permission.MANAGE_SITES)
def unit_edit(unit: str) -> ResponseReturnValue:
    """Change a unit's name, level and place in the tree."""
    if request.method == "POST":
        facts = filled_in()
        try:
            with transaction() as writing:
                changed = site_changes.change_unit(writing, unit, facts, facts.get("mark", ""), own_unit())
        except (CannotChange, ChangedMeanwhile) as refused:
            return _unit_form(unit, facts, refused)
        flash(gettext("%(name)s is saved.", name=changed.name))
        return redirect(url_for("administration.units"))
    return _unit_form(unit)


def _unit_form(
    unit: str, typed: Mapping[str, str] | None = None, refused: Failure | None = None
) -> ResponseReturnValue:
    branches = unit_tree.tree(session(), own_unit())
    found = next((branch.unit for branch in branches if branch.unit.id == unit), None)
    if found is None:
        return render_template("administration/missing.html", back=url_for("administration.units")), 404
    now = {"name": found.name, "level": found.level, "parent": found.parent or ""}
    shown = now if typed is None or isinstance(refused, ChangedMeanwhile) else typed
    facts = {"unit": found, "typed": shown, "mark": mark_of(found), "branches": branches}
    return _form("administration/unit_edit.html", facts | {"levels": level_names(), "own": own_unit()}, refused)


def _form(template: str, facts: Mapping[str, object], refused: Failure | None) -> ResponseReturnValue:
    """Show a form, with what was wrong with it: 409 where somebody else was faster."""
    if refused is None:
        return render_template(template, problem="", **facts)
    status = 409 if isinstance(refused, ChangedMeanwhile) else 422
    return render_template(template, problem=why(refused), **facts), status


def level_names() -> dict[str, str]:
    """Name the levels of units, the lowest first."""
    return {
        "grassroots": gettext("Grassroots union"),
        "upper": gettext("Immediate upper level"),
        "province": gettext("Province"),
        "sector": gettext("Sector"),
        "confederation": gettext("Confederation"),
    }


def _columns() -> list[Column[Place]]:
    return [
        Column("name", gettext("Workplace"), lambda place: place[0].name),
        Column("site", gettext("Short name"), lambda place: place[0].id),
        Column("unit", gettext("Unit"), lambda place: place[1].name),
        Column("women", gettext("Women"), lambda place: place[0].women),
        Column("men", gettext("Men"), lambda place: place[0].men),
        Column("people", gettext("People"), lambda place: place[0].headcount),
    ]
