"""Surveys: ready-made ones, files brought in with what is wrong with them, versions, what changed, print, download, publish."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from schemas.comparing import COMPARABLE, Change, broken, compare
from schemas.findings import Finding, SurveyInvalid
from schemas.linting import lint
from schemas.pack_list import pack_summaries
from schemas.pack_reader import pack_names, read_pack
from schemas.publishing import fingerprint, published
from schemas.survey import Survey
from schemas.version_similarity import questions_in
from schemas.words import translate, translate_place
from server.accounts.guards import needs
from server.accounts.permissions import Permission
from server.administration.asking import filled_in, why
from server.administration.blueprint import blueprint
from server.administration.listing import Column, Listing
from server.console.translation import gettext
from server.console.wording import said
from server.database import session, transaction
from server.failures import Failure
from server.services import services
from server.surveys import publishing
from server.surveys.bringing_in import AnotherSurvey, called, keep, known_draft
from server.surveys.drafts import Drafts
from server.surveys.files import FORMATS, written
from server.surveys.kinds import COLLECTED, what_is_missing
from server.surveys.paper import printed
from server.surveys.publishing import CannotPublish, UnknownSurvey
from server.surveys.sources import LARGEST_WORKBOOK, NoSuchSurvey, Source, read_any
from server.surveys.tables import SurveyVersion
from server.web.body_limits import LARGEST_BODY
from server.web.languages import language

PAPER_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""The questionnaire is one page with its styles in it; it may load nothing and run nothing."""
KINDS_OF_FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
}
MOST_SHOWN = 200
MOST_READ = min(LARGEST_WORKBOOK, LARGEST_BODY)


@blueprint.get("/surveys")
@needs(Permission.WRITE_SURVEYS)
def surveys() -> ResponseReturnValue:
    """List what is published, and what was brought in and is not published yet."""
    listed = Listing(_columns(), list(reversed(publishing.versions(session()))))
    drafts = Drafts(services().settings.home)
    waiting = [found for name in drafts.names() if (found := known_draft(drafts, name)) is not None]
    return listed.as_file("surveys") or render_template("administration/surveys.html", list=listed, drafts=waiting)


@blueprint.get("/surveys/packs")
@needs(Permission.WRITE_SURVEYS)
def packs() -> ResponseReturnValue:
    """List the ready-made surveys, those that campaigns can ask first."""
    there = {(row.id, row.version) for row in publishing.versions(session())}
    known = sorted(pack_summaries(), key=lambda pack: (pack.kind not in COLLECTED, pack.id))
    return render_template("administration/packs.html", packs=known, there=there, kind=kind_name)


@blueprint.route("/surveys/packs/<name>", methods=["GET", "POST"])
@needs(Permission.WRITE_SURVEYS)
def pack(name: str) -> ResponseReturnValue:
    """Show a ready-made survey, and publish it."""
    if name not in pack_names():
        return render_template("administration/missing.html", back=url_for("administration.packs")), 404
    return _to_publish(read_pack(name), url_for("administration.packs"), gettext("Ready-made surveys"))


@blueprint.get("/surveys/packs/<name>/print/<spoken>")
@needs(Permission.WRITE_SURVEYS)
def pack_on_paper(name: str, spoken: str) -> ResponseReturnValue:
    """Show a ready-made survey as it is printed."""
    if name not in pack_names():
        abort(404)
    return _on_paper(read_pack(name), spoken)


@blueprint.route("/surveys/upload", methods=["GET", "POST"])
@needs(Permission.WRITE_SURVEYS)
def surveys_upload() -> ResponseReturnValue:
    """Read a survey's file: kept as a draft, or every fault with its place."""
    if request.method == "GET":
        return render_template("administration/surveys_upload.html", other=None)
    facts = filled_in()
    try:
        source = _brought()
        read = called(source.survey, facts["id"]) if facts.get("id") else source.survey
        with transaction() as writing:
            kept = keep(writing, services().settings.home, read, as_version=bool(facts.get("as_version")))
    except SurveyInvalid as invalid:
        more = lint(invalid.rest, today=services().today()) if invalid.rest else []
        faults = [*invalid.findings, *map(invalid.placed, more)]
        return render_template("administration/surveys_upload.html", other=None, **_shown_findings(faults)), 422
    except AnotherSurvey:
        return render_template("administration/surveys_upload.html", other=source.survey), 409
    except Failure as refused:
        return render_template("administration/surveys_upload.html", other=None, problem=why(refused)), 422
    flash(gettext("%(survey)s is brought in. Look through it, then publish it.", survey=said(kept.title)))
    return redirect(url_for("administration.draft", name=kept.id))


def _brought() -> Source:
    """Read the file that was brought, under a name of which only harmless letters are left."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoSuchSurvey("Choose a file first.")
    given = Path(file.filename)
    stem = re.sub(r"[^A-Za-z0-9_-]+", "_", given.stem)[:64] or "survey"
    with tempfile.TemporaryDirectory(dir=services().settings.home) as folder:
        path = Path(folder) / f"{stem}{re.sub(r'[^a-z.]', '', given.suffix.lower())}"
        path.write_bytes(file.stream.read(MOST_READ))
        return read_any(path)


@blueprint.route("/surveys/drafts/<name>", methods=["GET", "POST"])
@needs(Permission.WRITE_SURVEYS)
def draft(name: str) -> ResponseReturnValue:
    """Show what was brought in and is not published yet, and publish it."""
    found = known_draft(Drafts(services().settings.home), name)
    if found is None:
        return render_template("administration/missing.html", back=url_for("administration.surveys")), 404
    return _to_publish(found, url_for("administration.surveys"), gettext("Surveys"), is_draft=True)


@blueprint.post("/surveys/drafts/<name>/remove")
@needs(Permission.WRITE_SURVEYS)
def draft_remove(name: str) -> ResponseReturnValue:
    """Take a draft away; what is published stays."""
    if Drafts(services().settings.home).remove(name):
        flash(gettext("The draft of %(survey)s is taken away.", survey=name))
    return redirect(url_for("administration.surveys"))


@blueprint.get("/surveys/drafts/<name>/print/<spoken>")
@needs(Permission.WRITE_SURVEYS)
def draft_on_paper(name: str, spoken: str) -> ResponseReturnValue:
    """Show a draft as it is printed."""
    found = known_draft(Drafts(services().settings.home), name)
    return abort(404) if found is None else _on_paper(found, spoken)


def _to_publish(survey: Survey, back: str, from_: str, *, is_draft: bool = False) -> ResponseReturnValue:
    """Show a survey with what lint finds and what changed since the last version; publish it where that was looked at."""
    mark, problem, status = fingerprint(published(survey)), "", 200
    if request.method == "POST":
        if request.form.get("mark") != mark:
            problem = gettext("This survey was changed after you looked at it. It is shown as it is now.")
            status = 409
        else:
            try:
                return _published(survey, is_draft=is_draft)
            except CannotPublish as refused:
                problem, status = why(refused), 422
    last = publishing.newest(session(), survey.id)
    facts = _shown_findings(lint(survey, today=services().today())) | _differences(last, survey)
    return render_template(
        "administration/survey_to_publish.html",
        survey=survey,
        questions=_questions(survey),
        kind=kind_name(survey.kind),
        missing=_missing(survey.kind),
        there=last is not None and fingerprint(published(last)) == mark,
        is_draft=is_draft,
        mark=mark,
        problem=problem,
        back_to=(back, from_),
        **facts,
    ), status


def _published(survey: Survey, *, is_draft: bool) -> ResponseReturnValue:
    with transaction() as writing:
        row = publishing.publish_survey(writing, survey, services().today())
    if is_draft:
        Drafts(services().settings.home).remove(survey.id)
    flash(gettext("%(survey)s, version %(version)s, is published.", survey=said(row.title), version=row.version))
    return redirect(url_for("administration.survey", name=row.id, version=row.version))


@blueprint.get("/surveys/<name>/<int:version>")
@needs(Permission.WRITE_SURVEYS)
def survey(name: str, version: int) -> ResponseReturnValue:
    """Show a published version: what changed since another, print, download."""
    try:
        found = publishing.find_survey(session(), name, version)
    except UnknownSurvey:
        return render_template("administration/missing.html", back=url_for("administration.surveys")), 404
    numbers = [row.version for row in publishing.versions(session()) if row.id == name]
    earlier = [number for number in numbers if number < version]
    asked = request.args.get("since", "")
    since = int(asked) if asked.isdecimal() and int(asked) in earlier else max(earlier, default=None)
    before = None if since is None else publishing.find_survey(session(), name, since)
    return render_template(
        "administration/survey.html",
        survey=found,
        questions=_questions(found),
        kind=kind_name(found.kind),
        missing=_missing(found.kind),
        numbers=numbers,
        earlier=earlier,
        since=since,
        formats=FORMATS,
        **_differences(before, found),
    )


@blueprint.get("/surveys/<name>/<int:version>/print/<spoken>")
@needs(Permission.WRITE_SURVEYS)
def survey_on_paper(name: str, version: int, spoken: str) -> ResponseReturnValue:
    """Show a published version as it is printed."""
    return _on_paper(_published_version(name, version), spoken)


@blueprint.get("/surveys/<name>/<int:version>/file/<form>")
@needs(Permission.WRITE_SURVEYS)
def survey_file(name: str, version: int, form: str) -> ResponseReturnValue:
    """Give a published version as a file to change and bring in again."""
    if form not in FORMATS:
        abort(404)
    answer = Response(written(_published_version(name, version), form), content_type=KINDS_OF_FILES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{version}.{form}"'
    return answer


def _published_version(name: str, version: int) -> Survey:
    try:
        return publishing.find_survey(session(), name, version)
    except UnknownSurvey:
        abort(404)


def _on_paper(survey: Survey, spoken: str) -> ResponseReturnValue:
    if spoken not in survey.languages:
        abort(404)
    return Response(printed(survey, spoken), headers={"Content-Security-Policy": PAPER_POLICY})


def _shown_findings(findings: Sequence[Finding]) -> dict[str, object]:
    """Say findings in the reader's language, what must be mended first."""
    spoken = language()
    ordered = sorted(findings, key=lambda finding: finding.severity != "error")
    shown = [
        (one.severity, translate_place(one.place, spoken), translate(one.message, spoken))
        for one in ordered[:MOST_SHOWN]
    ]
    return {"findings": shown, "errors": sum(one.severity == "error" for one in findings), "count": len(findings)}


def _differences(before: Survey | None, after: Survey) -> dict[str, object]:
    """Say what changed between two versions, and which series break."""
    if before is None:
        return {"before": None, "changes": [], "broken": ()}
    changes = compare(before, after)
    return {"before": before, "changes": [_change(one) for one in changes], "broken": broken(before, after, changes)}


def _change(change: Change) -> tuple[str, str, str]:
    spoken = language()
    effect = "" if change.effect == "none" else translate(COMPARABLE[change.effect], spoken)
    return translate_place(change.place, spoken), translate(change.words, spoken), effect


def _missing(kind: str) -> str:
    """Say why no campaign can ask a kind of survey; nothing where one can."""
    missing = what_is_missing(kind)
    return "" if missing is None else translate(missing, language())


def _questions(survey: Survey) -> int:
    return len(questions_in(survey))


def kind_name(kind: str) -> str:
    """Name a kind of survey in the reader's language."""
    names = {
        "survey": gettext("Survey"),
        "quiz": gettext("Quiz"),
        "event": gettext("About an event"),
        "unit_form": gettext("Form of a unit"),
        "feedback": gettext("Feedback box"),
        "nomination": gettext("Nomination"),
    }
    return names.get(kind, kind)


def _columns() -> list[Column[SurveyVersion]]:
    return [
        Column("title", gettext("Title"), lambda row: said(row.title)),
        Column("survey", gettext("Short name"), lambda row: row.id),
        Column("version", gettext("Version"), lambda row: row.version),
        Column("kind", gettext("Kind"), lambda row: row.kind, lambda row: kind_name(row.kind)),
        Column("published", gettext("Published"), lambda row: row.published_on),
    ]
