"""How long a request's body may take: a sender who stops, or drips, loses the connection and not our thread."""

import socket
from threading import Timer

from flask import Flask, request

from schemas.messages import MAX_BATCH_BYTES
from schemas.problems import REQUEST_TIMEOUT, Problem
from server.settings import Settings

LARGEST_BODY = MAX_BATCH_BYTES + 128 * 1024  # a whole batch that would not compress, and its gzip frame
SMALL_BODY = 64 * 1024
TAKES_BATCHES = frozenset({"/api/v1/batches", "/api/v1/responses"})


def limit_bodies(app: Flask, settings: Settings) -> None:
    """Bound every request's body in size and in time."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = SMALL_BODY
    app.config["MAX_FORM_PARTS"] = 200

    @app.before_request
    def _begin() -> None:
        if request.path in TAKES_BATCHES or not _has_body():
            return
        request.max_content_length = SMALL_BODY
        _read_in_time(settings.request_seconds)


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def _read_in_time(seconds: float) -> None:
    """Read the body now, while a timer may close the sender's side; what then is missing came too late."""
    connection = request.environ.get("gunicorn.socket")
    if not isinstance(connection, socket.socket):
        return  # waitress and tests hand over whole bodies
    timer = Timer(seconds, _stop, [connection])
    timer.daemon = True
    timer.start()
    try:
        body = request.get_data()
    except OSError:
        raise Problem(REQUEST_TIMEOUT) from None
    finally:
        timer.cancel()
    if len(body) < (request.content_length or 0):
        raise Problem(REQUEST_TIMEOUT)


def _stop(connection: socket.socket) -> None:
    """Close the reading side only: the answer can still be written."""
    try:
        connection.shutdown(socket.SHUT_RD)
    except OSError:
        return  # the sender was quicker
