"""The console's pages of results. What they show are releases of editions; they only lay them out, and work nothing out."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from schemas.problems import REQUEST_NOT_FOUND, Problem
from server.accounts.guards import needs, signed_in_only
from server.accounts.permissions import Permission
from server.analysis.edition.release import Release
from server.console import kept_forms, picture_cache, second_factor_pages, session_pages, sign_in_pages
from server.console.blocks import Block, block_of, blocks_of
from server.console.blueprint import blueprint
from server.console.breakdown_choices import choices_of, not_divided_by, why_not
from server.console.campaign_results import CampaignResults, release_of, results_of
from server.console.charts.colours import paint
from server.console.csv_files import csv_of, file_name
from server.console.overviews import cards
from server.console.release_parts import ReleasePart, find_part, parts_of, places_of
from server.console.results_status import results_status
from server.console.translation import gettext
from server.web.errors import is_for_programs

__all__ = ["blueprint", "kept_forms", "second_factor_pages", "session_pages", "sign_in_pages"]

A_YEAR = 31_536_000


@blueprint.get("")
@blueprint.get("/")
@signed_in_only
def campaign_list() -> ResponseReturnValue:
    """List the campaigns and how they get on."""
    picture_cache.warm_up()
    return render_template("console/campaigns.html", cards=cards())


@blueprint.get("/campaigns/<campaign>")
@needs(Permission.SEE_RESULTS)
def overview(campaign: str) -> ResponseReturnValue:
    """Show who took part in a campaign, and which questions were left open."""
    found = results_of(campaign)
    card = next(card for card in cards() if card.id == campaign)
    titles = {
        "responses": gettext("Participation by workplace"),
        "nonresponse": gettext("Who did not answer, by question"),
    }
    blocks = []
    for one in (one for one in found.listed if one.kind == "overview"):
        release = found.find("overview", one.subject, one.by)
        blocks += _blocks(found, release, titles.get(one.subject, "")) if release is not None else []
    return _page("overview", found, blocks, card=card)


@blueprint.get("/campaigns/<campaign>/sections/")
@blueprint.get("/campaigns/<campaign>/sections/<section>")
@needs(Permission.SEE_RESULTS)
def section(campaign: str, section: str = "") -> ResponseReturnValue:
    """Show how a section's questions were answered."""
    found = results_of(campaign)
    if not found.sections:
        return _page("section", found, [], section=None)
    wanted = found.section(section or request.args.get("section") or found.sections[0].name)
    broken_down = {one.subject for one in found.listed if one.kind == "breakdown"}
    blocks = [
        block
        for release in found.releases_in(wanted)
        for block in _blocks(found, release, breakdown=_first_subject(release, broken_down))
    ]
    return _page("section", found, blocks, section=wanted)


@blueprint.get("/campaigns/<campaign>/indicators")
@needs(Permission.SEE_RESULTS)
def indicators(campaign: str) -> ResponseReturnValue:
    """Show a campaign's indicators beside their targets, and its scales."""
    found = results_of(campaign)
    releases = [found.find(kind, kind) for kind in ("indicators", "scales")]
    blocks = [block for release in releases if release is not None for block in _blocks(found, release)]
    return _page("indicators", found, blocks)


@blueprint.get("/campaigns/<campaign>/gap")
@needs(Permission.SEE_RESULTS)
def gap(campaign: str) -> ResponseReturnValue:
    """Show by how much women's figures differ from men's, under one heading: indicators, scales, or a section."""
    found = results_of(campaign)
    listed = next((one for one in found.listed if one.kind == "gap"), None)
    release = found.find("gap", listed.subject, listed.by) if listed is not None else None
    if release is None:
        return _page("gap", found, [], places=(), place="")
    parts = parts_of(release, found.survey)
    places = places_of(parts, found.survey)
    place = request.args.get("place") or (places[0][0] if places else "")
    if place not in dict(places):
        abort(404)
    shown = [part for part in parts if part.name.partition(".")[0] == place]
    blocks = [block_of(release, part, found.survey, part.title) for part in shown]
    return _page("gap", found, blocks, places=places, place=place)


@blueprint.get("/campaigns/<campaign>/breakdown")
@needs(Permission.SEE_RESULTS)
def breakdown(campaign: str) -> ResponseReturnValue:
    """Break a question, a scale or an indicator down by an axis, both named in the address."""
    found = results_of(campaign)
    subject, by = request.args.get("question", ""), request.args.get("by", "")
    choices = choices_of(found)
    release = found.find("breakdown", subject, by) if subject and by else None
    blocks = _blocks(found, release, choices.title(subject, by)) if release is not None else []
    why = why_not(found, choices, subject, by) if found.ready and subject and by and release is None else ""
    absent = not_divided_by(found, choices)
    return _page("breakdown", found, blocks, choices=choices, subject=subject, by=by, why=why, absent=absent)


@blueprint.get("/campaigns/<campaign>/pictures/<kind>/<path:subject>.svg")
@needs(Permission.SEE_RESULTS)
def picture(campaign: str, kind: str, subject: str) -> ResponseReturnValue:
    """Give the picture of a release, light or dark, wide or slim."""
    size = "slim" if request.args.get("size") == "slim" else "wide"
    wanted = mark = request.args.get("v", "")
    drawing = picture_cache.find_drawing(wanted, size)
    if drawing is None:
        found = results_of(campaign)
        release, part = _asked_for(found, kind, subject)
        drawing, mark = (
            picture_cache.drawing_of(release, part, found.survey, size),
            picture_cache.mark_of(release, part),
        )
    if drawing is None:
        abort(404)
    painted = paint(drawing, "dark" if request.args.get("look") == "dark" else "light")
    answer = Response(painted, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable" if wanted == mark else "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


@blueprint.get("/campaigns/<campaign>/tables/<kind>/<path:subject>.csv")
@needs(Permission.SEE_RESULTS)
def download(campaign: str, kind: str, subject: str) -> ResponseReturnValue:
    """Give the table of a release as a file."""
    found = results_of(campaign)
    release, part = _asked_for(found, kind, subject)
    answer = Response(csv_of(release, part), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(release, part)}"'
    return answer


@blueprint.get("/guide")
@signed_in_only
def guide() -> ResponseReturnValue:
    """Explain how to read the tables, and how people are protected in them."""
    return render_template("console/guide.html")


@blueprint.get("/<path:_anything>")
@signed_in_only
def nowhere(_anything: str) -> ResponseReturnValue:
    """Say that there is no such page."""
    if is_for_programs(request.path):
        raise Problem(REQUEST_NOT_FOUND)
    abort(404)


def _asked_for(found: CampaignResults, kind: str, subject: str) -> tuple[Release, ReleasePart]:
    release = release_of(found, kind, subject, request.args.get("by"))
    part = find_part(release, found.survey, request.args.get("part", ""))
    return release, part if part is not None else abort(404)


def _blocks(found: CampaignResults, release: Release, title: str = "", breakdown: str = "") -> list[Block]:
    return blocks_of(release, found.survey, title=title, breakdown=breakdown)


def _first_subject(release: Release, broken_down: set[str]) -> str:
    """Name what of a release can be broken down; nothing where the edition has no breakdown of it."""
    keys = [row.key for row in release.rows] if release.kind == "likert" else [release.subject]
    return next((key for key in keys if key in broken_down), "")


def _page(name: str, found: CampaignResults, blocks: list[Block], **more: object) -> str:
    status = results_status(found)
    return render_template(f"console/{name}.html", campaign=found, blocks=blocks, tab=name, status=status, **more)
