"""Reading a request's body within its bounds of size and time, so that nobody holds the door open by sending slowly."""

import socket
from threading import BoundedSemaphore, Event, Timer

from flask import Request
from werkzeug.exceptions import ClientDisconnected

from schemas.problems import BATCH_TOO_LARGE, RATE_LIMITED, REQUEST_TIMEOUT, Problem
from server.patience import LARGEST_BODY

PIECE = 256 * 1024
PATIENCE = 2.0


class Turnstile:
    """Lets so many bodies be read at once; who does not get in soon is asked to come back, and the process stays awake."""

    def __init__(self, places: int, *, patience: float = PATIENCE) -> None:
        self._places, self._patience = BoundedSemaphore(places), patience

    def __enter__(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            raise Problem(RATE_LIMITED, retry_after=round(self._patience) + 1)

    def __exit__(self, *_: object) -> None:
        self._places.release()


def read_body(request: Request, seconds: float) -> bytes:
    """Return the whole body, or raise the problem that it is too large or did not arrive in time."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise Problem(BATCH_TOO_LARGE)
    with _Deadline(request.environ.get("gunicorn.socket"), seconds) as deadline:
        body = _read(request)
    if deadline.has_passed or len(body) < (request.content_length or 0):
        raise Problem(REQUEST_TIMEOUT)
    return body


def _read(request: Request) -> bytes:
    pieces, length = [], 0
    try:
        while piece := request.stream.read(PIECE):
            pieces.append(piece)
            length += len(piece)
            if length > LARGEST_BODY:
                raise Problem(BATCH_TOO_LARGE)
    except (OSError, ClientDisconnected):  # the sender went away in the middle of it
        return b""
    return b"".join(pieces)


class _Deadline:
    """Stops the sender's side of a connection when the time is up; the answer can still be written."""

    def __init__(self, connection: socket.socket | None, seconds: float) -> None:
        self._connection, self._passed = connection, Event()
        self._timer = Timer(seconds, self._stop)
        self._timer.daemon = True

    @property
    def has_passed(self) -> bool:
        return self._passed.is_set()

    def __enter__(self) -> "_Deadline":
        if self._connection is not None:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _stop(self) -> None:
        self._passed.set()
        try:
            if self._connection is not None:
                self._connection.shutdown(socket.SHUT_RD)
        except OSError:
            pass  # it is gone already
