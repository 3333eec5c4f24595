"""What a page shows of a release: its tables, its pictures' addresses, its notes, and where to go from it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from schemas.model import Survey
from server.analysis.edition.release import Release
from server.console.figures import ShownFigure
from server.console.picture_cache import mark_of
from server.console.release_parts import ReleasePart, parts_of, worth_drawing
from server.console.tables import ResultTable, headlines_of, table_of
from server.console.translation import gettext
from server.console.wording import base_sentence, foot_notes
from server.web.languages import language

BROAD = frozenset({"breakdown", "indicators", "scales", "gap", "overview", "likert"})


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a release on a page. `headlines` are figures that stand above it, each with its name."""

    anchor: str
    title: str
    lead: str
    headlines: tuple[tuple[str, ShownFigure], ...]
    table: ResultTable
    picture: str
    notes: tuple[str, ...]
    csv: str
    breakdown: str
    broad: bool


def blocks_of(release: Release, survey: Survey, *, title: str = "", breakdown: str = "") -> list[Block]:
    """Prepare a release for a page, a block for each of its parts; `breakdown` names what of it can be broken down."""
    return [block_of(release, part, survey, title or part.title, breakdown) for part in parts_of(release, survey)]


def block_of(release: Release, part: ReleasePart, survey: Survey, title: str, breakdown: str = "") -> Block:
    """Prepare a part of a release for a page."""
    table = table_of(release, part, survey)
    named: dict[str, Any] = {"campaign": release.campaign, "kind": release.kind, "subject": release.subject}
    named |= {"by": release.by or None, "part": part.name or None}
    marked: dict[str, Any] = {"lang": language(), "v": mark_of(release, part)}
    anchor = "-".join(one for one in (release.kind, release.subject, release.by, part.name) if one)
    return Block(
        anchor="".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in anchor),
        title=title,
        lead=_lead(release, part),
        headlines=tuple(headlines_of(release, part)),
        table=table,
        picture=url_for("console.picture", **named, **marked) if worth_drawing(release, part) else "",
        notes=tuple(foot_notes(release, part.rows, part.name)),
        csv=url_for("console.download", **named),
        breakdown=url_for("console.breakdown", campaign=release.campaign, question=breakdown) if breakdown else "",
        broad=table.wide or release.kind in BROAD,
    )


def _lead(release: Release, part: ReleasePart) -> str:
    if release.kind == "indicators":
        return _leads_of_indicators().get(part.name, "")
    return base_sentence(release, part.rows) if release.kind in {"question", "likert"} else ""


def _leads_of_indicators() -> dict[str, str]:
    """Say above a table of indicators how it is read."""
    difference = gettext("The first group's figure less that of the second. At the line at 0 both are alike.")
    return {
        "in_hundred": gettext(
            "The upright line marks the target, dashed while it is not verified. Scores run from 0 to 100."
        ),
        "plain": gettext("Mean values, in the unit that the title names. Only those who have a value are counted."),
        "times": gettext(
            "How many times as high the first group's figure is as the second's. At the thin line at 1 both are alike; "
            "the thick line marks the target, dashed while it is not verified."
        ),
        "points": difference,
        "more": difference,
    }
