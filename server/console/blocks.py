"""What a page shows of a release: its table, its picture's address, its notes, and where to go from it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from schemas.model import Survey
from server.analysis.release import Release
from server.console.drawable import worth_drawing
from server.console.figure_forms import leads_of_indicators
from server.console.gallery import mark_of
from server.console.numbers import spell_count
from server.console.tables import Table, table_of
from server.console.tongue import gettext
from server.console.wording import foot_notes, said
from server.texts import language


@dataclass(frozen=True, slots=True)
class Block:
    """One release on a page."""

    anchor: str
    title: str
    lead: str
    table: Table
    picture: str
    notes: tuple[str, ...]
    csv: str
    breakdown: str
    broad: bool


def block_of(release: Release, survey: Survey, *, title: str = "", can_be_broken_down: bool = False) -> Block:
    """Prepare a release for a page; a link leads to its breakdown where that makes sense."""
    table = table_of(release, survey)
    by = release.by if release.kind == "breakdown" else None
    named: dict[str, Any] = {"campaign": release.campaign, "kind": release.kind, "subject": release.subject, "by": by}
    marked: dict[str, Any] = {"lang": language(), "v": mark_of(release)}
    return Block(
        anchor="-".join(part for part in (release.kind, release.subject, by) if part),
        title=title or said(release.title),
        lead=_lead(release),
        table=table,
        picture=url_for("console.picture", **named, **marked) if worth_drawing(release) else "",
        notes=tuple(foot_notes(release)),
        csv=url_for("console.download", **named),
        breakdown=_breakdown(release) if can_be_broken_down else "",
        broad=table.wide or release.kind in {"breakdown", "indicator", "scale"},
    )


def _breakdown(release: Release) -> str:
    subject = release.rows[0].key if release.kind == "likert" else release.subject
    return url_for("console.breakdown", campaign=release.campaign, question=subject)


def _lead(release: Release) -> str:
    if release.kind == "distribution" and release.base is not None:
        return gettext("%(n)s people answered (n).", n=spell_count(release.base))
    if release.kind == "indicator":
        return leads_of_indicators()[release.subject]
    return ""
