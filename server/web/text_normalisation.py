"""One form for all text that comes in: composed letters (NFC), no control signs, no halves of letters.

One key gives «ệ» as one sign, another as three: unless both become the same, a password or a name that was typed rightly is
refused. And a NUL, which PostgreSQL takes in no text, must be an answer to whoever sent it and not a failure of ours.
"""

from typing import Any

from flask import Flask, Request, request
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from schemas.problems import REQUEST_MALFORMED, REQUEST_NOT_FOUND, Problem
from schemas.texts import UNWRITABLE, nfc
from sync.bounded import Unreadable, read_json

API = "/api/"
NOT_UTF_8 = "\N{REPLACEMENT CHARACTER}"
"""What bytes that are not UTF-8 were turned into while they were read."""
MOST_BRACKETS, MOST_COMMAS = 100, 1000


class NotText(ValueError):
    """Something holds signs that no text has: a NUL, another control sign, half a letter."""


def tidy(text: str) -> str:
    """Bring a text into its one form, or raise NotText."""
    if NOT_UTF_8 in text or UNWRITABLE.search(text):
        raise NotText
    return nfc(text)


def tidy_document(document: Any) -> Any:
    """Bring every text of a JSON document into its one form, names of members too, or raise NotText."""
    match document:
        case str():
            return tidy(document)
        case list():
            return [tidy_document(item) for item in document]
        case dict():
            return {tidy(name): tidy_document(item) for name, item in document.items()}
    return document


def tidy_requests(app: Flask) -> None:
    """Look at path, query and form of every request before anything is done with them."""

    @app.before_request
    def _look() -> None:
        request.args, query_is_text = _tidied(request.args)
        try:
            tidy(request.path)
            request.view_args = request.view_args and {
                name: tidy(value) if isinstance(value, str) else value for name, value in request.view_args.items()
            }
        except NotText:
            raise Problem(REQUEST_NOT_FOUND) from None
        form_is_text = True
        if not request.path.startswith(API):
            request.form, form_is_text = _tidied(request.form)
        if not query_is_text or not form_is_text:
            raise Problem(REQUEST_MALFORMED)


def _tidied(given: MultiDict[str, str]) -> tuple[ImmutableMultiDict[str, str], bool]:
    """Give the tidied values; when there are some that are no text, nothing, so that no error page reads them either."""
    try:
        return ImmutableMultiDict([(tidy(name), tidy(value)) for name, value in given.items(multi=True)]), True
    except NotText:
        return ImmutableMultiDict(), False


class Parser(FlaskParser):
    """Reads arguments; what does not fit its schema, or is no text, is a malformed request."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002 - as webargs calls it
        """Read a small JSON body strictly."""
        if not req.is_json:
            return missing
        try:
            return tidy_document(read_json(req.get_data(), brackets=MOST_BRACKETS, commas=MOST_COMMAS))
        except (Unreadable, NotText):
            raise Problem(REQUEST_MALFORMED) from None
