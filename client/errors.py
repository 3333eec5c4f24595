"""Every failure leaves the collector as a problem document, and nothing of what was sent stands in it."""

import json
import logging
import sqlite3

from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from schemas.problems import (
    KINDS,
    REQUEST_MALFORMED,
    SERVER_FAILED,
    STORE_FULL,
    STORE_UNAVAILABLE,
    Kind,
    Problem,
    Retry,
)

log = logging.getLogger("client")

BY_STATUS = {
    404: KINDS["request.not_found"],
    405: KINDS["request.method"],
    408: KINDS["request.timeout"],
    413: KINDS["request.too_large"],
    415: KINDS["request.unsupported_media"],
}
RETRY_SECONDS = 5


def answer_in_kind(app: Flask) -> None:
    """Give the app one way to fail."""
    app.register_error_handler(Problem, _on_problem)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(DBAPIError, _on_database)
    app.register_error_handler(sqlite3.Error, _on_database)
    app.register_error_handler(OSError, _on_disk)
    app.register_error_handler(Exception, _on_anything)


def problem_response(problem: Problem) -> Response:
    """The problem as RFC 9457 has it."""
    response = Response(status=problem.kind.status, mimetype="application/problem+json")
    response.set_data(json.dumps(problem.document(), ensure_ascii=False))
    response.headers["Cache-Control"] = "no-store"
    if problem.kind.retry is Retry.LATER:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    if problem.kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def kind_of_database_failure(failure: DBAPIError | sqlite3.Error) -> Kind:
    """Which problem a failure of SQLite is to whoever wanted to store something."""
    original = failure.orig if isinstance(failure, DBAPIError) else failure
    code = getattr(original, "sqlite_errorcode", None)
    return STORE_FULL if code is not None and code & 0xFF == sqlite3.SQLITE_FULL else STORE_UNAVAILABLE


def is_trouble_with_the_disk(failure: DBAPIError) -> bool:
    """Whether more room on the disk may help: some disks say that they are full, others that they failed."""
    code = getattr(failure.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def _on_problem(problem: Problem) -> Response:
    return problem_response(problem)


def _on_http(failure: HTTPException) -> Response:
    if failure.code is not None and failure.code < 400:
        return Response(status=failure.code, headers=failure.get_headers())
    response = problem_response(Problem(BY_STATUS.get(failure.code or 500, REQUEST_MALFORMED)))
    if failure.code == 405:
        response.headers["Allow"] = dict(failure.get_headers()).get("Allow", "")
    return response


def _on_database(failure: DBAPIError | sqlite3.Error) -> Response:
    kind = kind_of_database_failure(failure)
    original = failure.orig if isinstance(failure, DBAPIError) else failure
    log.warning("%s: %s (%s)", kind.code, getattr(original, "sqlite_errorname", "unknown"), request.endpoint)
    return problem_response(Problem(kind))


def _on_disk(failure: OSError) -> Response:
    log.warning("%s: errno %s (%s)", STORE_UNAVAILABLE.code, failure.errno, request.endpoint)
    return problem_response(Problem(STORE_UNAVAILABLE))


def _on_anything(failure: Exception) -> Response:
    """Whatever no other handler took: the kind of failure is logged, never its words, which may hold what was sent."""
    log.error("%s: %s (%s)", SERVER_FAILED.code, type(failure).__name__, request.endpoint)
    return problem_response(Problem(SERVER_FAILED))
