"""The console's pages of results. What they show came through the gate; they only lay it out."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from server.analysis.release import Release
from server.console import entrance, gallery, opened
from server.console.blocks import Block, block_of
from server.console.charts.paint import paint
from server.console.choosing import choices_of
from server.console.csv_files import csv_of, file_name
from server.console.door import blueprint
from server.console.figure_forms import titles_of_indicators
from server.console.opened import Opened
from server.console.overviews import cards
from server.console.tongue import gettext

__all__ = ["blueprint", "entrance"]

A_YEAR = 31_536_000


@blueprint.get("")
@blueprint.get("/")
def campaign_list() -> ResponseReturnValue:
    """List the campaigns and how they get on."""
    gallery.warm_up()
    return render_template("console/campaigns.html", cards=cards())


@blueprint.get("/campaigns/<campaign>")
def overview(campaign: str) -> ResponseReturnValue:
    """Show who took part in a campaign."""
    found = opened.campaign(campaign)
    card = next(card for card in cards() if card.id == campaign)
    blocks = [_block(found, found.results.overview(), gettext("Participation by workplace"))]
    return _page("overview", found, blocks, card=card)


@blueprint.get("/campaigns/<campaign>/sections/")
@blueprint.get("/campaigns/<campaign>/sections/<section>")
def section(campaign: str, section: str = "") -> ResponseReturnValue:
    """Show how a section's questions were answered."""
    found = opened.campaign(campaign)
    if not found.sections:
        return _page("section", found, [], section=None)
    wanted = section or request.args.get("section") or found.sections[0].name
    blocks = []
    if found.ready:
        releases = opened.known(lambda: found.results.section(wanted))
        blocks = [_block(found, release, breakdown=True) for release in releases]
    return _page("section", found, blocks, section=found.section(wanted))


@blueprint.get("/campaigns/<campaign>/indicators")
def indicators(campaign: str) -> ResponseReturnValue:
    """Show a campaign's indicators beside their targets, and its scales."""
    found = opened.campaign(campaign)
    blocks = []
    if found.ready:
        titles = titles_of_indicators()
        subjects = found.results.indicator_subjects
        blocks += [_block(found, found.results.indicators(subject), titles[subject]) for subject in subjects]
    if found.ready and found.survey.scales:
        blocks.append(_block(found, found.results.scales(), gettext("Scales, from 0 to 100")))
    return _page("indicators", found, blocks)


@blueprint.get("/campaigns/<campaign>/breakdown")
def breakdown(campaign: str) -> ResponseReturnValue:
    """Break a question or a scale down by a dimension, both named in the address."""
    found = opened.campaign(campaign)
    subject, by = request.args.get("question", ""), request.args.get("by", "")
    choices = choices_of(found.results)
    blocks = []
    if found.ready and subject and by and subject != by:
        release = opened.known(lambda: found.results.breakdown(subject, by))
        blocks.append(_block(found, release, choices.title(subject, by)))
    return _page("breakdown", found, blocks, choices=choices, subject=subject, by=by)


@blueprint.get("/campaigns/<campaign>/pictures/<kind>/<subject>.svg")
def picture(campaign: str, kind: str, subject: str) -> ResponseReturnValue:
    """Give the picture of a release, light or dark, wide or slim."""
    size = "slim" if request.args.get("size") == "slim" else "wide"
    wanted = mark = request.args.get("v", "")
    drawing = gallery.find_drawing(wanted, size)
    if drawing is None:
        found = opened.campaign(campaign)
        release = opened.release(found, kind, subject, request.args.get("by"))
        drawing, mark = gallery.drawing_of(release, found.survey, size), gallery.mark_of(release)
    if drawing is None:
        abort(404)
    painted = paint(drawing, "dark" if request.args.get("look") == "dark" else "light")
    answer = Response(painted, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable" if wanted == mark else "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


@blueprint.get("/campaigns/<campaign>/tables/<kind>/<subject>.csv")
def download(campaign: str, kind: str, subject: str) -> ResponseReturnValue:
    """Give the table of a release as a file."""
    found = opened.campaign(campaign)
    release = opened.release(found, kind, subject, request.args.get("by"))
    answer = Response(csv_of(release), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(release)}"'
    return answer


@blueprint.get("/guide")
def guide() -> ResponseReturnValue:
    """Explain how to read the tables, and why cells are withheld."""
    return render_template("console/guide.html")


@blueprint.get("/<path:_anything>")
def nowhere(_anything: str) -> ResponseReturnValue:
    """Say that there is no such page."""
    abort(404)


def _block(found: Opened, release: Release, title: str = "", *, breakdown: bool = False) -> Block:
    return block_of(release, found.survey, title=title, can_be_broken_down=breakdown)


def _page(name: str, found: Opened, blocks: list[Block], **more: object) -> str:
    return render_template(f"console/{name}.html", campaign=found, blocks=blocks, tab=name, **more)
