"""A small real hop for the page's tests: it serves the built page, takes envelopes by sync's own rules, and can open them.

It stands in for the collector or the server where a test is about the page; the protocol, the keys and the sealing are the real ones.
"""

import gzip
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug.serving import make_server

from client.guards import HEADERS
from client.page import blueprint as page_pages
from schemas.messages import Envelope
from schemas.problems import (
    ENROLMENT_UNKNOWN_CODE,
    ENVELOPE_UNKNOWN_CAMPAIGN,
    KINDS,
    LINK_REVOKED,
    LINK_UNKNOWN,
    TOKEN_UNKNOWN,
    Kind,
    Problem,
)
from schemas.publishing import published
from schemas.response import ResponseDocument
from schemas.survey import Survey
from schemas.wire import SUITE
from server.fieldwork.worker_document import document_for_workers
from sync.chance import SystemChance
from sync.identifiers import b64url
from sync.in_memory import MemoryInbox
from sync.keys import PrivateKey, new_identity, new_sealing_pair, sign
from sync.receiving import read_batch, receive_batch
from sync.sealing import unseal

CODE = "MAY07ABC"
LINK = "lien-ket-cong-doan"
SITES = ({"id": "may-10", "name": "Công ty May Hưng Yên"}, {"id": "than-1", "name": "Mỏ than Hà Lầm"})


@dataclass
class PageHop:
    """What the hop holds, and what a test may turn on it."""

    survey: Survey
    kind: str = "server"
    day_unit: str = "day"
    sites: tuple[dict[str, str], ...] = SITES
    refusing: Kind | None = None
    refusing_tallies: dict[str, Kind] = field(default_factory=dict)
    more_campaigns: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    edition: int = 1
    links: dict[str, str] = field(default_factory=dict)
    closed: dict[str, Problem] = field(default_factory=dict)
    period: tuple[int, int] = (-6, 23)
    tallies: dict[tuple[str, str, str], dict[str, int]] = field(default_factory=dict)
    batches: int = 0
    in_the_clear: dict[str, ResponseDocument] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pair = new_sealing_pair()
        self.identity = new_identity()
        self.inbox = MemoryInbox()
        self.tokens: set[str] = set()
        self.campaign_id = f"dot-{self.survey.id.replace('_', '-')}"[:40]
        self.links |= {LINK: self.campaign_id}

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        """What the test says, and that a link carries only its own campaign; see sync.receiving.Admission."""
        scheme, _, code = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Link" and envelope.campaign != self.links[code]:
            return ENVELOPE_UNKNOWN_CAMPAIGN
        return self.refusing

    def responses(self) -> list[ResponseDocument]:
        """Everything that arrived, opened with the campaign's private key."""
        key = PrivateKey.load(self.pair.private)
        return [unseal(envelope, key) for envelope in self.inbox.envelopes.values()]

    def campaign(self, sites: tuple[dict[str, str], ...] | None = None) -> dict[str, Any]:
        """The campaign as it crosses; it runs today unless a test says otherwise."""
        today = date.today()
        return {
            "id": self.campaign_id,
            "title": {"vi": "Khảo sát quý 4", "en": "Fourth quarter survey"},
            "from": (today + timedelta(days=self.period[0])).isoformat(),
            "to": (today + timedelta(days=self.period[1])).isoformat(),
            "day": self.day_unit,
            "key": {"id": self.pair.id, "suite": SUITE, "public": self.pair.public},
            "sites": list(sites or self.sites),
            "survey": published(self.survey),
        }

    def new_token(self) -> str:
        """A token that this hop will know again."""
        token = b64url(SystemChance().bytes(24))
        self.tokens.add(token)
        return token

    def require(self, *schemes: str) -> None:
        """The request has a permission that this hop gave out."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Link" and secret in self.closed and self.closed[secret].kind in (LINK_UNKNOWN, LINK_REVOKED):
            raise self.closed[secret]
        if scheme not in schemes or secret not in (self.tokens if scheme == "Bearer" else self.links):
            raise Problem(TOKEN_UNKNOWN if scheme == "Bearer" else LINK_UNKNOWN)


def hop_app(hop: PageHop) -> Flask:
    """The hop's few addresses."""
    app = Flask("page_hop", static_folder=None)
    _answer_in_kind(app, hop)
    _let_in(app, hop)
    _take_in(app, hop)
    app.register_blueprint(page_pages)
    return app


def _answer_in_kind(app: Flask, hop: PageHop) -> None:
    @app.errorhandler(Problem)
    def answer(problem: Problem) -> Response:
        return Response(json.dumps(problem.document()), problem.kind.status, content_type="application/problem+json")

    @app.after_request
    def harden(response: Response) -> Response:
        if request.path == "/sw.js" and hop.edition > 1:
            response.set_data(response.get_data() + f"// edition {hop.edition}".encode())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return _packed(response)


def _packed(response: Response) -> Response:
    """Compressed for the transport, as the real hops do it."""
    is_worth_it = response.status_code == 200 and response.mimetype != "image/png" and response.content_encoding is None
    if is_worth_it and request.accept_encodings.quality("gzip"):
        response.set_data(_gzipped(response.get_data()))
        response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=64)
def _gzipped(data: bytes) -> bytes:
    """Most of it is the page, which every test loads."""
    return gzip.compress(data, 9)


def _let_in(app: Flask, hop: PageHop) -> None:
    @app.get("/api/v1/hop")
    def who() -> dict[str, str]:
        return {"hop": hop.kind, "name": "Máy thử"} | ({"code": CODE} if hop.kind == "collector" else {})

    @app.post("/api/v1/enrolments")
    def enrol() -> tuple[dict[str, Any], int]:
        if request.get_json().get("code") != CODE:
            raise Problem(ENROLMENT_UNKNOWN_CODE)
        server = {"name": "Máy chủ thử", "identity": hop.identity.public}
        return {"collector": "may-thu", "token": hop.new_token(), "server": server}, 201

    @app.get("/api/v1/campaigns")
    def campaigns() -> Any:
        hop.require("Bearer")
        response = Response(
            json.dumps({"campaigns": [hop.campaign(), *hop.more_campaigns]}), content_type="application/json"
        )
        response.add_etag()
        return response.make_conditional(request)

    @app.get("/api/v1/links/<code>")
    def link(code: str) -> Response:
        if code in hop.closed:
            raise hop.closed[code]
        if code not in hop.links:
            raise Problem(LINK_UNKNOWN)
        document = hop.campaign(hop.sites[:1]) | {"id": hop.links[code]}
        document["survey"] = document_for_workers(document["survey"])
        return Response(
            orjson.dumps({"campaign": document}, option=orjson.OPT_SORT_KEYS), content_type="application/json"
        )


def _take_in(app: Flask, hop: PageHop) -> None:
    @app.post("/api/v1/batches")
    def batches() -> dict[str, Any]:
        hop.require("Bearer", "Link")
        hop.batches += 1
        batch = read_batch(request.get_data(), request.headers.get("Content-Encoding"))
        return receive_batch(batch, hop.inbox, hop, lambda message: sign(hop.identity, message)).document()

    @app.post("/api/v1/responses")
    def response_in_the_clear() -> tuple[dict[str, str], int]:
        hop.require("Bearer")
        envelope_id = request.headers["Envelope-Id"]
        hop.in_the_clear[envelope_id] = ResponseDocument.from_json(request.get_data())
        return {"id": envelope_id, "status": "stored"}, 201

    @app.put("/api/v1/tallies/<campaign>/<site>/<day>")
    def tally(campaign: str, site: str, day: str) -> Response:
        hop.require("Bearer")
        if site in hop.refusing_tallies:
            raise Problem(hop.refusing_tallies[site])
        hop.tallies[campaign, site, day] = request.get_json()
        return Response(status=204)


@contextmanager
def running_hop(survey: Survey, **options: Any) -> Iterator[PageHop]:
    """A hop on a free port of this machine, for a while."""
    hop = PageHop(survey, **options)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, hop_app(hop), threaded=True)
    hop.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hop
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def kind_of(code: str) -> Kind:
    """A kind of problem by its code."""
    return KINDS[code]
