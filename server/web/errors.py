"""Whatever goes wrong is answered in kind: a problem document to programs, a plain friendly page to people.

Neither carries an answer, a token, a key, an address or a line of a traceback.
"""

from flask import Flask, Response, json, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from werkzeug.exceptions import HTTPException, InternalServerError

from schemas import problems
from schemas.problems import Kind, Problem
from server import database
from server.web.languages import error_words

API = ("/api/", "/console/api/")
"""How the addresses begin that programs ask."""
RETRY_SECONDS = 30
BY_STATUS = {
    400: problems.REQUEST_MALFORMED,
    403: problems.SESSION_NOT_ALLOWED,
    404: problems.REQUEST_NOT_FOUND,
    405: problems.REQUEST_METHOD,
    408: problems.REQUEST_TIMEOUT,
    413: problems.REQUEST_TOO_LARGE,
    415: problems.REQUEST_UNSUPPORTED_MEDIA,
    422: problems.REQUEST_MALFORMED,
    429: problems.RATE_LIMITED,
    503: problems.STORE_UNAVAILABLE,
    507: problems.STORE_FULL,
}


def answer_in_kind(app: Flask) -> None:
    """Register the handlers; they are the only place where a failure becomes an answer."""
    app.register_error_handler(Problem, _answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(SQLAlchemyError, _answer_database)
    app.register_error_handler(RecursionError, _answer_too_deep)
    app.register_error_handler(InternalServerError, _answer_unexpected)


def is_for_programs(path: str) -> bool:
    """Tell whether programs ask this address, so that they get documents and no pages."""
    return path.startswith(API)


def problem_of(error: SQLAlchemyError) -> Problem | None:
    """Name what is wrong with the store, if it is the store and not what was asked of it."""
    if isinstance(error, DBAPIError) and database.is_out_of_reach(error):
        return Problem(problems.KINDS[database.failure_code(error)])
    if isinstance(error, NoFreeConnection):
        return Problem(problems.STORE_UNAVAILABLE)
    return None


def _answer_problem(problem: Problem) -> ResponseReturnValue:
    return _answer(problem, problem.kind.status)


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """Answer an error of HTTP itself; a redirect passes unchanged."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status >= 500 and status not in BY_STATUS:
        return _answer(Problem(problems.SERVER_FAILED), 500)
    response = _answer(Problem(BY_STATUS.get(status, problems.REQUEST_MALFORMED)), status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _answer_database(error: SQLAlchemyError) -> ResponseReturnValue:
    problem = problem_of(error)
    if problem is None:
        raise error
    return _answer_problem(problem)


def _answer_too_deep(_error: RecursionError) -> ResponseReturnValue:
    """Answer a document that is nested deeper than anything that is meant seriously."""
    return _answer(Problem(problems.REQUEST_MALFORMED), 400)


def _answer_unexpected(_error: InternalServerError) -> ResponseReturnValue:
    return _answer(Problem(problems.SERVER_FAILED), 500)


def _answer(problem: Problem, status: int) -> Response:
    """Answer the API with the problem's own status, people with a page under the status of HTTP."""
    kind = problem.kind
    response = _document(problem) if is_for_programs(request.path) else _page(kind, status)
    response.headers["Cache-Control"] = "no-store"
    if kind.retry is problems.Retry.LATER and kind.status != 500:
        response.headers["Retry-After"] = str(problem.facts.get("retry_after", RETRY_SECONDS))
    if response.status_code == 401 and kind is not problems.SESSION_MISSING:
        response.headers["WWW-Authenticate"] = 'Bearer realm="langnghe"'
    return response


def _page(kind: Kind, status: int) -> Response:
    page = render_template("problem.html", **error_words(kind.code, status))
    return Response(page, status, mimetype="text/html")


def _document(problem: Problem) -> Response:
    document = json.dumps(problem.document(), ensure_ascii=False)
    return Response(document, problem.kind.status, mimetype="application/problem+json")
