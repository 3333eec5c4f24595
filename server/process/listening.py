"""How this server listens: a thread is only ever given to a request that has arrived whole, within its time.

waitress gathers requests in one loop and buffers answers there, so that somebody who sends half a header, drips a body or fetches
an answer slowly holds a connection and no thread. gunicorn keeps the processes (`server.process.gunicorn_worker`); on Windows there is one.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import BadRequest, RequestEntityTooLarge

from schemas import problems
from schemas.problems import Kind
from server.settings import Settings
from server.web.below_a_path import path_of
from server.web.body_limits import LARGEST_BODY, LARGEST_DRAINED, TAKES_BATCHES, TAKES_FILES
from server.web.headers import ALWAYS
from sync.body_timeouts import ProblemTask, TimedChannel

HEADER_SECONDS = 10
IDLE_SECONDS = 15
CONNECTIONS = 500  # for a process: with what it opens besides, fewer than the 1,024 files that most systems allow
LONGEST_CHUNK_LINE, LONGEST_TRAILER = 256, 4096
HEALTH = ("/healthz", "/readyz")


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request of HTTP/1.x; a chunk's size and a trailer, of which waitress would gather megabytes, are short."""

    error: Any = None
    _to_drain = 0

    def _is_a_file(self) -> bool:
        """Tell whether a page is to be sent a file, of a length that was said and is not absurd."""
        is_for_a_page = any(
            self.path.endswith(path) for path in TAKES_FILES
        )  # a server in front may have passed a path on
        return is_for_a_page and not self.chunked and self.content_length <= LARGEST_DRAINED

    def parse_header(self, header_plus: bytes) -> None:
        """Take the header apart."""
        super().parse_header(header_plus)
        if self.version not in {"1.0", "1.1"}:
            raise ParsingError("No version of HTTP that is spoken here")
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Two lengths: a server in front may go by the other one")

    def received(self, data: bytes) -> int:
        """Take what has arrived; of a file that is too large nothing is kept, and the page that it was meant for says so."""
        if self._to_drain:
            drained = min(len(data), self._to_drain)
            self._to_drain -= drained
            self.completed = not self._to_drain
            return drained
        taken: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge) and self._is_a_file():
            self.error, self.body_rcv, self._to_drain = None, None, self.content_length
            self.completed = False
        body = self.body_rcv
        if isinstance(body, ChunkedReceiver) and (
            len(body.control_line) > LONGEST_CHUNK_LINE or len(body.trailer) > LONGEST_TRAILER
        ):
            self.error, self.completed = BadRequest("A chunk's size or the trailer is too long"), True
        return taken


class BatchProblemTask(ProblemTask):
    """Tells a batch that is too large so, and not a request; its sender then halves it."""

    headers = ALWAYS

    def kind_of(self, error: Any) -> Kind:
        """Give the kind of problem of waitress's error."""
        kind = super().kind_of(error)
        if kind is problems.REQUEST_TOO_LARGE and self.channel.server.own_path(self.request) in TAKES_BATCHES:
            return problems.BATCH_TOO_LARGE
        return kind


class ServerChannel(TimedChannel):
    """A connection with a bounded parser, and short times for headers and for waiting."""

    parser_class = BoundedParser
    error_task_class = BatchProblemTask
    header_seconds = HEADER_SECONDS
    idle_seconds = IDLE_SECONDS


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """Hands whole requests to threads; one more each says whether the process lives and can store, whatever the others wait for."""

    channel_class = ServerChannel

    def __init__(self, *given: Any, below: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self._for_health = {path: _threads(1) for path in HEALTH}
        self._below = below

    def add_task(self, task: Any) -> None:
        """Give a connection with a whole request to a thread."""
        dispatcher: ThreadedTaskDispatcher = self._for_health.get(self.own_path(task.requests[0]), self.task_dispatcher)
        dispatcher.add_task(task)

    def own_path(self, request: Any) -> str:
        """Return the path that a request asks for, without that of the public address, which a server in front may have passed on."""
        return str(getattr(request, "path", "")).removeprefix(self._below)

    def maintenance(self, now: float) -> None:
        """Hang up on those who do not fetch their answer; for requests, each connection looks at the time itself."""
        for channel in self.active_channels.values():
            if channel.total_outbufs_len and channel.last_activity < now - self.adj.channel_timeout:
                channel.will_close = True

    def run_while(self, wanted: Callable[[], bool]) -> None:
        """Listen and answer until it is no longer wanted; asked at least once a second."""
        while wanted():
            wasyncore.loop(timeout=1, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)

    def finish(self, seconds: float) -> None:
        """Take no more connections and requests, and answer what has arrived whole, for so long at most."""
        self.accepting = False
        until = time.monotonic() + seconds
        self.run_while(lambda: time.monotonic() < until and any(map(_is_busy, self.active_channels.values())))
        for dispatcher in (self.task_dispatcher, *self._for_health.values()):
            dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)


def _threads(number: int) -> ThreadedTaskDispatcher:
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(number)
    return dispatcher


def _is_busy(channel: ServerChannel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len)


def listener(app: Flask, settings: Settings, threads: int, *sockets: Any) -> Listener:
    """Listen for an app on sockets that are bound already, or else where the settings say."""
    where = {"sockets": list(sockets)} if sockets else {"listen": settings.bind}
    adjusted = Adjustments(
        **where,
        threads=threads,
        ident=None,
        expose_tracebacks=False,
        channel_timeout=settings.request_seconds,
        cleanup_interval=5,
        connection_limit=CONNECTIONS,
        recv_bytes=64 * 1024,
        inbuf_overflow=LARGEST_BODY,  # what comes in is never put into a temporary file
        max_request_body_size=LARGEST_BODY + 1,
        max_request_header_size=16 * 1024,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=True,
        asyncore_use_poll=sys.platform != "win32",
    )
    found = [(sock, (sock.family, sock.type, sock.proto, sock.getsockname())) for sock in sockets] or [
        (None, adjusted.listen[0])
    ]
    sock, described = found[0]
    return Listener(
        app,
        {},
        True,
        sock,
        dispatcher=_threads(threads),
        adj=adjusted,
        sockinfo=described,
        bind_socket=sock is None,
        below=path_of(settings),
    )
