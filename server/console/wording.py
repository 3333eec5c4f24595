"""Words around figures: the labels that are ours, not a survey's, of whom a share is, and the foot notes below a table."""

from collections.abc import Mapping, Sequence

from flask import Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from schemas.texts import Text, in_language
from server.accounts.permissions import ADMINISTRATOR, ANALYST, AUTHOR, COORDINATOR, MANAGER, OFFICER
from server.analysis.counting.axes import Member
from server.analysis.edition.figures import Mean, Missing, Share
from server.analysis.edition.release import Column, Release, Row
from server.console import reasons
from server.console.numbers import DASH, spell_count, spell_edge, spell_span
from server.console.translation import gettext
from server.web.body_limits import TAKES_FILES
from server.web.languages import error_words, language

ANY_LANGUAGE = ""
APART = frozenset(
    {
        "@not_asked",
        "@top_two",
        "@mean",
        "@correct",
        "@wrong",
        "@dont_know",
        "@lower_quartile",
        "@median",
        "@upper_quartile",
        "@detractors",
        "@passives",
        "@promoters",
        "@net_score",
    }
)
"""Rows of a question's table that are of other people than its answers."""
ABOUT_PARTS = {
    "within_bands": ("", "plain", "times", "more"),
    "item_means": ("", "in_hundred", "points", "score"),
    "few_to_compare": ("", "times"),
    "quiz": ("", "in_hundred", "points", "score", "quiz"),
}
"""Of a table that is cut into parts, those of which a note speaks; other notes speak of all."""
OF_A_HUNDRED = (0, 100)
IN_POINTS = {"question", "likert", "breakdown", "gap"}
"""Kinds of tables whose means may be points of a hundred, which their headings do not say."""
YEARS, FRACTIONS = "year:", "part:"
"""Forms of bands of numbers, as their keys begin: years are written plainly, fractions may lie between two whole numbers."""


def role_name(role: str) -> str:
    """Name a role in the reader's language."""
    names = {
        ADMINISTRATOR: gettext("Administrator"),
        MANAGER: gettext("Campaign manager"),
        AUTHOR: gettext("Author of surveys"),
        ANALYST: gettext("Analyst"),
        COORDINATOR: gettext("Field coordinator"),
        OFFICER: gettext("Officer"),
    }
    return names.get(role, role)


def said(text: Text | None) -> str:
    """Give a text in the reader's language; a name that has none (a site's) as it is."""
    if not text:
        return ""
    return text.get(ANY_LANGUAGE) or in_language(text, _spoken())


def _spoken() -> str:
    """Give the reader's language, found out once for a page: its tables ask for hundreds of texts."""
    if "spoken" not in g:
        g.spoken = language()
    return str(g.spoken)


def own_labels() -> Mapping[str, str]:
    """Give the labels of the keys that are ours; made once for a page."""
    if "own_labels" not in g:
        g.own_labels = _own_labels()
    labels: Mapping[str, str] = g.own_labels
    return labels


def _own_labels() -> Mapping[str, str]:
    return {
        "@all": gettext("Everybody"),
        "@yes": gettext("Yes"),
        "@no": gettext("No"),
        "@unanswered": gettext("Did not answer"),
        "@not_asked": gettext("Was not asked"),
        "@top_two": gettext("Two best answers"),
        "@mean": gettext("Mean"),
        "@number": gettext("Value"),
        "@lower_quartile": gettext("Lower quartile"),
        "@median": gettext("Median"),
        "@upper_quartile": gettext("Upper quartile"),
        "@detractors": gettext("Detractors (0 to 6)"),
        "@passives": gettext("Passives (7 or 8)"),
        "@promoters": gettext("Promoters (9 or 10)"),
        "@net_score": gettext("Net promoter score"),
        "@rank": gettext("Mean place"),
        "@borda": gettext("Points for places"),
        "@correct": gettext("Correct"),
        "@wrong": gettext("Wrong"),
        "@dont_know": gettext("Don't know"),
        "@target": gettext("Target"),
        "@first": gettext("Put first"),
        "@difference": gettext("Women less men"),
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
    if len(row.members) > 1 or (row.members and not row.label):
        return " + ".join(label_of(member) for member in row.members)
    return said(row.label) or own_labels().get(row.key) or _band(row.key) or row.key


def base_words(row: Row) -> str:
    """Say of whom the shares of a row are."""
    if row.base == "asked":
        return gettext("of those asked")
    if row.base == "answered":
        return gettext("of those who answered")
    if row.base == "belongs":
        return gettext("of those to whom it applies")
    return gettext("of everybody") if row.people is None or row.key == "@all" else gettext("of the whole group")


def base_size(row: Row, release: Release) -> str:
    """Say how many people a row is of: a group's size, or the bracket of who was asked or answered; nothing where it is not told."""
    if row.base == "everybody":
        return spell_count(release.people if row.people is None else row.people)
    mean = next((one for one in row.figures if isinstance(one, Mean)), None)
    if row.base == "answered" and mean is not None:
        return spell_span(mean.people.low, mean.people.high)
    return spell_span(row.asked.low, row.asked.high) if row.asked is not None else ""


def base_sentence(release: Release, rows: Sequence[Row]) -> str:
    """Say above a table of whom its shares are, where they all are of the same people."""
    with_shares = [row for row in rows if row.key not in APART and any(isinstance(one, Share) for one in row.figures)]
    bases = {(row.base, base_size(row, release)) for row in with_shares}
    if len(bases) != 1:
        return ""
    base, size = bases.pop()
    if base == "everybody":
        return gettext("Everybody was asked: shares are of all %(n)s people.", n=size)
    if base == "asked":
        return gettext("Not everybody was asked: shares are of those who were (%(n)s people).", n=size)
    if base == "answered":
        return gettext("Shares are of those who answered.")
    return gettext("Shares are of those to whom it applies.")


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


def foot_notes(release: Release, rows: Sequence[Row], part: str = "") -> list[str]:
    """Say below a table what a reader has to know."""
    codes = [code for code in release.notes if part in ABOUT_PARTS.get(code, (part,))]
    notes = [sentence for code, sentence in _notes().items() if code in codes]
    if release.kind in IN_POINTS and any(
        (one.least, one.most) == OF_A_HUNDRED for row in rows for one in row.figures if isinstance(one, Mean)
    ):
        notes.append(gettext("Means are points from 0 to 100."))
    missing = [figure for row in rows for figure in row.figures if isinstance(figure, Missing)]
    return [*notes, *reasons.why_missing(missing), *reasons.why_earlier(release), *_coarseness(release)]


def _coarseness(release: Release) -> list[str]:
    """Say how coarse counts are. A table about many questions has the coarsest of them all."""
    if not release.bracket:
        return []
    people = spell_count(release.bracket)
    if release.kind in {"gap", "indicators", "scales", "overview"}:
        sentence = gettext(
            "Counts are told by brackets of %(n)s people at most, by wider ones in large groups.", n=people
        )
        more = gettext("Sensitive questions have larger groups and coarser counts than others.")
    else:
        sentence = gettext("Counts are told by brackets of %(n)s people, by wider ones in large groups.", n=people)
        more = gettext("A sensitive question: its groups are larger, and its counts coarser.")
    return [sentence, more] if release.sensitive else [sentence]


def _notes() -> Mapping[str, str]:
    return {
        "several_answers": gettext("Several answers were allowed, so the shares add up to more than 100%."),
        "places": gettext("First: who put it first. Points: 0 is always last, the more the further in front."),
        "on_scale": gettext("Two best answers and mean are of those whose answer stands on the scale."),
        "quiz": gettext(
            "Correct, wrong and “don't know” are shares of those who answered; “don't know” is not counted as wrong."
        ),
        "within_bands": gettext("Numbers are known by their bands; mean and quartiles are read inside them."),
        "item_means": gettext("A scale is the mean of the means of its statements."),
        "points": gettext(
            "The net promoter score is the share of promoters less that of detractors, in points from -100 to 100."
        ),
        "merged": gettext("Groups with too few people are counted together with a neighbour."),
        "strong": gettext("Strong mode: one answer in ten was replaced by another's; shares are worked back."),
        "few_to_compare": gettext("One of the groups has fewer than 100 people: the comparison says little yet."),
    }


def error_page(error: HTTPException) -> Response:
    """Answer an error of HTTP with a friendly page of the console."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    again = request.script_root + request.path if error.code == 413 and request.path in TAKES_FILES else ""
    words = error_words("file.too_large" if again else "", error.code)
    response = make_response(render_template("console/problem.html", again=again, **words), error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response
