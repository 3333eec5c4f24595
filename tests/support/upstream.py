"""A small server on a real port for tests of the collector: sync's own receiving over a store in memory, and its moods.

It speaks the protocol as the central server does; tests cut it off, make it busy, forgetful, foreign or slow.
"""

import hashlib
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from schemas.problems import (
    ENROLMENT_UNKNOWN_CODE,
    ENROLMENT_USED,
    ENVELOPE_UNKNOWN_CAMPAIGN,
    REQUEST_NOT_FOUND,
    TOKEN_UNKNOWN,
    Kind,
    Problem,
)
from schemas.wire import Envelope
from sync.bounded import gunzip
from sync.in_memory import MemoryInbox
from sync.keys import new_identity, sign
from sync.receiving import read_batch, receive_batch
from tests.support.collector import campaign

Mood = Callable[["Handler"], bool]
MOST = 9 * 1024 * 1024


class Upstream:
    """The central server as a collector sees it."""

    def __init__(self, *, prefix: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.prefix = prefix
        self.identity = new_identity()
        self.inbox = MemoryInbox()
        self.campaigns: list[dict[str, Any]] = [campaign()]
        self.refused: set[str] = set()
        self.codes = {"ABCD2345": False}
        self.tokens: set[str] = set()
        self.tallies: dict[str, dict[str, int]] = {}
        self.calls: Counter[str] = Counter()
        self.batches: list[list[str]] = []
        self.mood: Mood | None = None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.upstream = self  # type: ignore[attr-defined]
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        host = "http://127.0.0.1" if tls is None else "https://localhost"
        self.url = f"{host}:{self._http.server_port}{prefix}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def stored(self) -> set[str]:
        """The ids of everything that arrived."""
        return set(self.inbox.envelopes)

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        return ENVELOPE_UNKNOWN_CAMPAIGN if envelope.campaign in self.refused else None

    def is_cut_off(self) -> None:
        """The line dies: connections end without an answer."""
        self.mood = hangs_up

    def is_well(self) -> None:
        self.mood = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        return

    @property
    def upstream(self) -> Upstream:
        return self.server.upstream  # type: ignore[attr-defined, no-any-return]

    def _answer(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.upstream.calls[f"{self.command} {self.path.rsplit('/v1/', 1)[-1].split('/')[0]}"] += 1
        try:
            if self.upstream.mood is not None and self.upstream.mood(self):
                return
            self.say(*self._asked())
        except Problem as problem:
            self.say(problem.kind.status, problem.document(), kind="application/problem+json")

    def say(self, status: int, document: object, *, kind: str = "application/json", **headers: str) -> None:
        body = document if isinstance(document, bytes) else b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        if isinstance(document, _Tagged):
            headers["ETag"] = document.etag
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _asked(self) -> tuple[int, object]:
        path = self.path.removeprefix(self.upstream.prefix) if self.path.startswith(self.upstream.prefix) else ""
        match (self.command, path.split("/")[3:] if path.startswith("/api/v1/") else [path]):
            case ("GET", ["/healthz"]):
                return 200, {"status": "alive"}
            case ("POST", ["enrolments"]):
                return 201, self._enrol(self._document())
            case ("POST", ["batches"]):
                return 200, self._take()
            case ("GET", ["campaigns"]):
                return self._campaigns()
            case ("PUT", ["tallies", *place]):
                self._known()
                self.upstream.tallies["/".join(place)] = self._document()
                return 204, None
        raise Problem(REQUEST_NOT_FOUND)

    def _document(self) -> Any:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return json.loads(gunzip(self.body, MOST) if packed else self.body)

    def _known(self) -> None:
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.upstream.tokens:
            raise Problem(TOKEN_UNKNOWN)

    def _enrol(self, asked: dict[str, str]) -> dict[str, Any]:
        codes = self.upstream.codes
        if asked["code"] not in codes:
            raise Problem(ENROLMENT_UNKNOWN_CODE)
        if codes[asked["code"]]:
            raise Problem(ENROLMENT_USED)
        codes[asked["code"]] = True
        token = f"token-of-this-test-{asked['code']}"
        self.upstream.tokens.add(token)
        server = {"name": "Máy chủ thử", "identity": self.upstream.identity.public}
        return {"collector": "c-1", "token": token, "server": server}

    def _take(self) -> dict[str, object]:
        self._known()
        batch = read_batch(self.body, self.headers.get("Content-Encoding"))
        self.upstream.batches.append([each.id for each in batch.envelopes])
        upstream = self.upstream
        answer = receive_batch(batch, upstream.inbox, upstream, lambda message: sign(upstream.identity, message))
        return answer.document()

    def _campaigns(self) -> tuple[int, object]:
        self._known()
        body = json.dumps({"campaigns": self.upstream.campaigns}).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag:
            return 304, None
        return 200, _Tagged(body, etag)


class _Tagged(bytes):
    """A body with its tag."""

    def __new__(cls, body: bytes, etag: str) -> "_Tagged":
        made = super().__new__(cls, body)
        made.etag = etag
        return made

    etag: str


def hangs_up(handler: Handler) -> bool:
    """No answer at all."""
    handler.close_connection = True
    return True


def hangs_up_after_taking(handler: Handler) -> bool:
    """Takes a batch and dies before the answer is out."""
    if handler.path.endswith("/batches"):
        handler._take()
        handler.close_connection = True
        return True
    return False


def says(status: int, document: object, *, kind: str = "application/problem+json", **headers: str) -> Mood:
    """Always the same answer."""

    def mood(handler: Handler) -> bool:
        handler.say(status, document, kind=kind, **headers)
        return True

    return mood


def is_slow(seconds: float) -> Mood:
    """Answers, after a while."""

    def mood(_: Handler) -> bool:
        time.sleep(seconds)
        return False

    return mood
