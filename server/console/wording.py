"""Words around figures: the labels that are ours, not a survey's, and the foot notes below a table."""

from collections.abc import Mapping

from flask import Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from schemas.model import Survey
from schemas.texts import Text
from server.analysis.release import FRACTIONS, YEARS, Column, Member, Release, Row
from server.console.numbers import DASH, spell_count, spell_edge
from server.console.tongue import gettext, ngettext
from server.texts import error_words, language

ANY_LANGUAGE = ""


def said(text: Text | None) -> str:
    """Give a text in the reader's language; a name that has none (a site's) as it is."""
    if not text:
        return ""
    return text.get(language()) or text.get(ANY_LANGUAGE) or next(iter(text.values()))


def own_labels() -> Mapping[str, str]:
    """Give the labels of the keys that are ours."""
    return {
        "@all": gettext("Everybody"),
        "@unanswered": gettext("Did not answer"),
        "@not_asked": gettext("Was not asked"),
        "@top_two": gettext("Two best answers"),
        "@mean": gettext("Mean"),
        "@lower_quartile": gettext("Lower quartile"),
        "@median": gettext("Median"),
        "@upper_quartile": gettext("Upper quartile"),
        "@correct": gettext("Correct"),
        "@wrong": gettext("Wrong"),
        "@dont_know": gettext("Don't know"),
        "@target": gettext("Target"),
        "@headcount": gettext("Headcount"),
        "@responses": gettext("Responses"),
        "@collected": gettext("Collected in the field"),
        "@refused": gettext("Refused in the field"),
        "@participation": gettext("Responses per headcount"),
        "@cooperation": gettext("Agreed when asked"),
        "@margin": gettext("Margin of error"),
        "@waiting": gettext("Waiting to be opened"),
        "@stored": gettext("Opened"),
        "@quarantined": gettext("In quarantine"),
        "site": gettext("Workplace"),
        "unit": gettext("Union unit"),
        "OK": gettext("Confirmed"),
    }


def label_of(part: Column | Member) -> str:
    """Name a column or a member: by its label, by ours, or by the bounds of a band."""
    return said(part.label) or own_labels().get(part.key) or _band(part.key) or part.key


def label_of_row(row: Row) -> str:
    """Name a row; several members that stand together by all their names."""
    if not row.members:
        return said(row.label) or own_labels().get(row.key) or _band(row.key) or row.key
    return " + ".join(label_of(member) for member in row.members)


def _band(key: str) -> str:
    """Name a band of numbers: 25..35 holds 25 and not 35."""
    if ".." not in key:
        return ""
    if key.startswith(YEARS):
        return _years(*key.removeprefix(YEARS).split(".."))
    start, _, end = key.removeprefix(FRACTIONS).partition("..")
    if not start:
        return gettext("below %(end)s", end=_number(end))
    if not end:
        return gettext("%(start)s and above", start=_number(start))
    if not key.startswith(FRACTIONS) and start.lstrip("-").isdigit() and end.lstrip("-").isdigit():
        last = int(end) - 1
        return _number(start) if last == int(start) else f"{_number(start)}{DASH}{spell_count(last)}"
    return gettext("%(start)s to below %(end)s", start=_number(start), end=_number(end))


def _years(start: str, end: str) -> str:
    """Name years, which are written plainly: 1990, never 1.990."""
    if not start:
        return gettext("before %(year)s", year=end)
    return f"{start}{DASH}{int(end) - 1}" if end else gettext("%(year)s and later", year=start)


def _number(text: str) -> str:
    return spell_edge(float(text))


def kind_of_subject(survey: Survey, subject: str) -> str:
    """Name the type of a question; nothing for what is not a question."""
    question = survey.by_name.get(subject)
    return question.type if question else ""


def foot_notes(release: Release) -> list[str]:
    """Say below a table what a reader has to know."""
    known = {
        "too_few": gettext("Not enough people have answered to show this."),
        "several_answers": gettext("Several answers were allowed, so the shares add up to more than 100%."),
        "base_everybody": gettext(
            "Shares are of everybody, those who did not answer included, because those were too few to be counted apart."
        ),
        "first_place": gettext("Counted is what each person put first."),
        "unworked": gettext(
            "“Not worked out” stands where this version cannot work a figure out, such as sums over units. "
            "It does not mean that too few people answered."
        ),
        "no_bounds": gettext(
            "The survey does not say how great a number may be, so its mean cannot be shown: "
            "one person could move it as far as one likes."
        ),
        "few_to_compare": gettext("One of the groups has fewer than 100 people: the ratio says little yet."),
        "merged": gettext("Groups with too few people are shown together with others."),
        "rounded": gettext("Some figures are rounded more coarsely, so that they do not tell what is withheld."),
    }
    notes = [str(known[code]) for code in release.notes if code in known]
    if any(cell.rounded for row in release.rows for cell in row.cells):
        notes.append(
            gettext(
                "“≈” stands before a figure that is told only roughly, so that nobody can work out from it what is withheld."
            )
        )
    if release.withheld_cells and "too_few" not in release.notes:
        notes.append(
            ngettext(
                "%(num)d cell is withheld: not enough people answered to show it (fewer than %(least)d), "
                "or it would tell another one.",
                "%(num)d cells are withheld: not enough people answered to show them (fewer than %(least)d), "
                "or they would tell another one.",
                release.withheld_cells,
                least=release.threshold,
            )
        )
    return notes


def error_page(error: HTTPException) -> Response:
    """Answer an error of HTTP with a friendly page of the console."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = make_response(render_template("console/problem.html", **error_words("", error.code)), error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response
