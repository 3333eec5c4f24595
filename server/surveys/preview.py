"""A survey tried out before anybody publishes it: the very page that workers see, on a phone's and a tablet's size, with no server set up.

A small hop that lives as long as the command. It hands the page one campaign behind a link, takes its envelopes, and keeps none:
they are sealed to a key whose private half was never kept. The survey's file is read again whenever the page is loaded.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
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
from schemas.survey import Survey
from schemas.texts import in_language
from schemas.wire import CampaignDocumentSchema
from server.surveys.paper import LANGUAGES, printed, words_in
from server.surveys.sources import NoSuchSurvey
from sync.clock import Clock
from sync.keys import new_identity, new_sealing_pair, sign
from sync.receiving import Verdict, read_batch, receive_batch

SIZES = ("phone", "tablet")
HOST = "127.0.0.1"
_LINK = re.compile(r"(?P<language>[A-Za-z-]{2,20})_[0-9a-f]{12}\Z")
_POLICY = "default-src 'self'; img-src 'self' data:; media-src data:; style-src 'self'; frame-ancestors 'self'; base-uri 'none'"
_PAPER_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

Read = Callable[[], Survey]


class KeepsNothing:
    """An inbox that answers like one and forgets at once."""

    def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
        """Take the envelopes and let them go."""
        return [Verdict.STORED] * len(envelopes)

    def admits(self, _envelope: Envelope) -> Kind | None:
        """Let everything in: nothing is kept."""
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """What the survey's file holds now: a survey, or what is wrong with it."""

    survey: Survey | None
    findings: Sequence[Finding]
    mark: str = ""


class Preview:
    """What the small hop answers. `read` gives the survey as it is now, or raises SurveyInvalid."""

    def __init__(self, read: Read, page: Path, clock: Clock) -> None:
        self.read, self.page, self.clock = read, page, clock
        self.key, self.identity, self.nothing = new_sealing_pair(), new_identity(), KeepsNothing()

    def found(self) -> Found:
        """Read the survey's file again."""
        try:
            survey = self.read()
        except SurveyInvalid as invalid:
            return Found(None, invalid.findings)
        except (NoSuchSurvey, OSError):  # editors take a file away, or lock it, while they save
            return Found(
                None, [error("file.unreadable", "", "the file cannot be read just now; save it, then load this again")]
            )
        return Found(survey, lint(survey), fingerprint(published(survey))[:12])

    def frame(self) -> ResponseReturnValue:
        """Show the page in a frame of a device's size, beside what lint says."""
        return render_template("surveys/preview.html", **_frame_facts(self.found(), request.args))

    def answer(self) -> ResponseReturnValue:
        """Serve the page that workers see."""
        return send_from_directory(self.page, "index.html", max_age=0)

    def beside(self, name: str) -> ResponseReturnValue:
        """Serve what belongs to the page; but for its service worker: a preview is not to stay after it has ended."""
        return abort(404) if Path(name).name == "sw.js" else send_from_directory(self.page, name, max_age=0)

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
        return {"campaign": CampaignDocumentSchema().dump(self._campaign(_opening_in(survey, asked["language"])))}

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


def create_preview(read: Read, page: Path, clock: Clock) -> Flask:
    """Put the preview together; `page` is the built page's folder."""
    app = Flask("server.surveys", template_folder="templates", static_folder="static")
    preview = Preview(read, page, clock)
    app.add_url_rule("/", view_func=preview.frame)
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


def _frame_facts(found: Found, asked: Mapping[str, str]) -> dict[str, Any]:
    survey = found.survey
    size = asked.get("size") if asked.get("size") in SIZES else SIZES[0]
    if survey is None:
        return {"survey": None, "findings": found.findings, "words": words_in(LANGUAGES[0]), "size": size}
    language = asked.get("language") if asked.get("language") in survey.languages else survey.languages[0]
    assert language is not None  # noqa: S101 - narrows the type for the checker
    return {
        "survey": survey,
        "title": in_language(survey.title, language, survey.languages),
        "findings": found.findings,
        "words": words_in(language),
        "size": size,
        "sizes": SIZES,
        "language": language,
        "languages": {code: _own_name(code) for code in survey.languages},
        "address": f"/answer#/l/{language}_{found.mark}",
    }


def _own_name(code: str) -> str:
    """A language by its own name, so that whoever speaks it finds it."""
    try:
        name = Locale.parse(code, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
