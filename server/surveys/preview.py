"""A survey tried out before anybody publishes it: the very page that workers see, on a phone's and a tablet's size, with no server set up.

A small hop that lives as long as the command. It hands the page one campaign behind a link, takes its envelopes, and keeps none:
they are sealed to a key whose private half was never kept. The survey's file is read again whenever the page is loaded.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from schemas.findings import Finding, SurveyInvalid, error
from schemas.linting import lint
from schemas.messages import MAX_BATCH_BYTES, SUITE, CampaignDocument, CampaignKey, Envelope, SiteFacts
from schemas.problems import Kind, Problem
from schemas.publishing import fingerprint, published
from schemas.questions import kind_of
from schemas.survey import Survey
from schemas.texts import in_language, nearest
from schemas.wire import CampaignDocumentSchema
from schemas.words import LANGUAGES, translate_place
from schemas.words import translate as in_words
from server.surveys.paper import printed, words_in
from server.surveys.sources import NoSuchSurvey, Source
from sync.clock import Clock
from sync.keys import new_identity, new_sealing_pair, sign
from sync.receiving import Verdict, read_batch, receive_batch

SIZES = ("phone", "tablet")
HOST = "127.0.0.1"
SERVICE_WORKERS = ("sw.js", "sw-sync.js")
MOST_SHOWN = 200
_LINK = re.compile(r"(?P<language>[A-Za-z0-9-]{2,20})_[0-9a-f]{12}(?:_(?P<at>[0-9]{1,5}))?\Z")
_QUESTION = re.compile(r"(?:^| / )question ([A-Za-z_][A-Za-z0-9_]{0,63})(?: / |\Z)")
_POLICY = "default-src 'self'; img-src 'self' data:; media-src data:; style-src 'self'; frame-ancestors 'self'; base-uri 'none'"
_PAPER_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

Read = Callable[[], Source]


class KeepsNothing:
    """An inbox that answers like one and forgets at once."""

    def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
        """Take the envelopes and let them go."""
        return [Verdict.STORED] * len(envelopes)

    def refusal_of(self, _envelope: Envelope) -> Kind | None:
        """Let everything in: nothing is kept."""
        return None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding, with the question at which it can be looked at."""

    finding: Finding
    at: str = ""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the survey's file holds now: a survey, or what is wrong with it."""

    survey: Survey | None
    findings: Sequence[ShownFinding]
    mark: str


class Preview:
    """What the small hop answers. `read` gives the survey as it is now, or raises SurveyInvalid.

    `stamp` says, without reading it, whether the file is still the same; while it is, nothing is read again.
    """

    def __init__(self, read: Read, page: Path, clock: Clock, stamp: Callable[[], str] | None) -> None:
        self.read, self.page, self.clock, self.stamp = read, page, clock, stamp
        self.key, self.identity, self.nothing = new_sealing_pair(), new_identity(), KeepsNothing()
        self._known: tuple[str, FileState] | None = None

    def found(self) -> FileState:
        """Read the survey's file again, if it changed."""
        if self.stamp is None:
            return self._found()
        stamp = self.stamp()
        known = self._known
        if known is None or known[0] != stamp:
            self._known = known = stamp, self._found()
        return known[1]

    def _found(self) -> FileState:
        today = self.clock.now().date()
        try:
            source = self.read()
        except SurveyInvalid as invalid:
            more = lint(invalid.rest, today=today) if invalid.rest else []
            return _of_none([*_shown_findings(invalid.findings), *_shown_findings(more, invalid.placed)])
        except (NoSuchSurvey, OSError):  # editors take a file away, or lock it, while they save
            message = "the file cannot be read just now; save it, then load this again"
            return _of_none([ShownFinding(error("file.unreadable", "", message))])
        survey = source.survey
        shown = [*_shown_findings(source.remarks), *_shown_findings(lint(survey, today=today), source.placed)]
        return FileState(survey, shown, fingerprint(published(survey))[:12])

    def mark(self) -> ResponseReturnValue:
        """Say by what the survey's file can be told from what it was before; the frame asks again and again."""
        return {"mark": self.found().mark}

    def frame(self) -> ResponseReturnValue:
        """Show the page in a frame of a device's size, beside what lint says."""
        return render_template("surveys/preview.html", **_frame_facts(self.found(), request.args))

    def answer(self) -> ResponseReturnValue:
        """Serve the page that workers see."""
        return send_from_directory(self.page, "index.html", max_age=0)

    def beside(self, name: str) -> ResponseReturnValue:
        """Serve what belongs to the page; but for its service worker: a preview is not to stay after it has ended."""
        return abort(404) if Path(name).name in SERVICE_WORKERS else send_from_directory(self.page, name, max_age=0)

    def paper(self, language: str) -> ResponseReturnValue:
        """Show the questionnaire as it is printed."""
        survey = self.found().survey
        if survey is None or language not in survey.languages:
            abort(404)
        return Response(printed(survey, language), headers={"Content-Security-Policy": _PAPER_POLICY})

    def hop(self) -> ResponseReturnValue:
        """Say what kind of hop this is."""
        return {"hop": "server", "name": "preview"}

    def link(self, code: str) -> ResponseReturnValue:
        """Hand the page its one campaign."""
        survey, asked = self.found().survey, _LINK.match(code)
        if survey is None or asked is None or asked["language"] not in survey.languages:
            return jsonify({"code": "link.unknown", "title": "There is nothing to answer here.", "status": 404}), 404
        document = CampaignDocumentSchema().dump(self._campaign(_opening_in(survey, asked["language"])))
        if asked["at"] and int(asked["at"]) < len(survey.questions):
            document["at"] = survey.questions[int(asked["at"])].name
        return {"campaign": document}

    def _campaign(self, survey: Survey) -> CampaignDocument:
        today = self.clock.now().date()
        return CampaignDocument(
            id="preview",
            title=survey.title,
            opens=(today - timedelta(days=1)).isoformat(),
            closes=(today + timedelta(days=1)).isoformat(),
            day="month",
            key=CampaignKey(self.key.id, SUITE, self.key.public),
            sites=(SiteFacts("preview", in_language(survey.title, survey.languages[0])),),
            survey=published(survey),
        )

    def batches(self) -> ResponseReturnValue:
        """Take envelopes as every hop does, and let them go."""
        request.max_content_length = MAX_BATCH_BYTES
        try:
            batch = read_batch(request.get_data(), request.headers.get("Content-Encoding"))
        except Problem as problem:
            return jsonify({"code": problem.kind.code, "title": problem.kind.title, "status": 400}), 400
        return receive_batch(batch, self.nothing, self.nothing, lambda message: sign(self.identity, message)).document()


def create_preview(read: Read, page: Path, clock: Clock, stamp: Callable[[], str] | None = None) -> Flask:
    """Put the preview together; `page` is the built page's folder."""
    app = Flask("server.surveys", template_folder="templates", static_folder="static")
    preview = Preview(read, page, clock, stamp)
    app.add_url_rule("/", view_func=preview.frame)
    app.add_url_rule("/mark", view_func=preview.mark)
    app.add_url_rule("/answer", view_func=preview.answer)
    app.add_url_rule("/paper/<language>", view_func=preview.paper)
    app.add_url_rule("/api/v1/hop", view_func=preview.hop)
    app.add_url_rule("/api/v1/links/<code>", view_func=preview.link)
    app.add_url_rule("/api/v1/batches", view_func=preview.batches, methods=["POST"])
    app.add_url_rule("/<path:name>", view_func=preview.beside)
    app.before_request(_refuse_foreign)
    app.after_request(_harden)
    return app


def _refuse_foreign() -> ResponseReturnValue | None:
    """Any website may aim at 127.0.0.1; only this address itself is answered."""
    return None if request.host.partition(":")[0] in (HOST, "localhost") else ("", 400)


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers["Cache-Control"] = "no-store"
    return response


def _opening_in(survey: Survey, language: str) -> Survey:
    """The survey with this language first, so that the page begins in it."""
    return replace(survey, languages=(language, *(code for code in survey.languages if code != language)))


def _shown_findings(
    findings: Sequence[Finding], placed: Callable[[Finding], Finding] | None = None
) -> list[ShownFinding]:
    """Findings with their places in the file, and the questions at which they stand."""
    stand_at = (found[1] if (found := _QUESTION.search(finding.place)) else "" for finding in findings)
    return [ShownFinding(placed(one) if placed else one, at) for one, at in zip(findings, stand_at, strict=True)]


def _of_none(findings: Sequence[ShownFinding]) -> FileState:
    words = "\n".join(str(one.finding) for one in findings)
    return FileState(None, findings, sha256(words.encode()).hexdigest()[:12])


def _in_words(
    findings: Sequence[ShownFinding], words: Mapping[str, str], language: str
) -> dict[str, list[dict[str, str]]]:
    """Findings in a language under their headings, what must be mended first."""
    spoken = nearest(LANGUAGES, language) or LANGUAGES[0]
    sorts = {"error": words["errors"], "warning": words["warnings"]}
    shown: dict[str, list[dict[str, str]]] = {}
    for severity, heading in sorts.items():
        for one in findings:
            if one.finding.severity == severity:
                shown.setdefault(heading, []).append({
                    "severity": severity,
                    "code": one.finding.code,
                    "place": translate_place(one.finding.place, spoken),
                    "message": in_words(one.finding.message, spoken),
                    "at": one.at,
                })  # fmt: skip
    return shown


def _frame_facts(found: FileState, asked: Mapping[str, str]) -> dict[str, Any]:
    survey = found.survey
    size = asked.get("size") if asked.get("size") in SIZES else SIZES[0]
    language = asked.get("language") or LANGUAGES[0]
    if survey is None:
        words = words_in(language)
        facts = {"survey": None, "words": words, "language": nearest(LANGUAGES, language) or LANGUAGES[0], "size": size}
        return facts | {"findings": _in_words(found.findings, words, language), "mark": found.mark, "most": MOST_SHOWN}
    language = language if language in survey.languages else survey.languages[0]
    words = words_in(language, *survey.languages)
    places = {question.name: place for place, question in enumerate(survey.questions)}
    at = asked.get("at") if asked.get("at") in places else ""
    return {
        "survey": survey,
        "title": in_language(survey.title, language, survey.languages),
        "findings": _in_words(found.findings, words, language),
        "most": MOST_SHOWN,
        "mark": found.mark,
        "at": at,
        "questions": [
            (question.name, in_language(question.label, language, survey.languages))
            for question in survey.questions
            if not kind_of(question).calculated
        ],
        "words": words,
        "size": size,
        "sizes": SIZES,
        "language": language,
        "languages": {code: _own_name(code) for code in survey.languages},
        "address": f"/answer#/l/{language}_{found.mark}" + (f"_{places[at]}" if at else ""),
    }


def _own_name(code: str) -> str:
    """A language by its own name, so that whoever speaks it finds it."""
    try:
        name = Locale.parse(code, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
