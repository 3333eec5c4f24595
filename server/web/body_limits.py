"""How large a request's body may be: a batch where batches come, a file where pages take one, a form or small document elsewhere."""

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from schemas.messages import MAX_BATCH_BYTES
from schemas.problems import REQUEST_TOO_LARGE, Problem

LARGEST_BODY = MAX_BATCH_BYTES + 128 * 1024  # a whole batch that would not compress, and its gzip frame
SMALL_BODY = 64 * 1024
TAKES_BATCHES = frozenset({"/api/v1/batches", "/api/v1/responses"})
TAKES_FILES = frozenset({"/console/manage/sites/upload", "/console/manage/surveys/upload"})
"""Pages to which people bring files: as large as a batch, and no larger, whatever a file's own bound says."""
LARGEST_DRAINED = 256 * 1024 * 1024
"""A file up to this size is let pass by unkept: browsers read no answer while they send, and would show a broken connection instead."""


def limit(app: Flask) -> None:
    """Bound every request's body. It is here in whole before we are asked (`server.process.listening`), so its length is known."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = SMALL_BODY
    app.config["MAX_FORM_PARTS"] = 200

    @app.before_request
    def _refuse_large() -> None:
        if request.path in TAKES_FILES:
            if (request.content_length or 0) > LARGEST_BODY:
                raise RequestEntityTooLarge  # a person hears of it: by a page of the console
            request.max_form_memory_size = LARGEST_BODY  # a table that was looked at comes back as a field of the form
        elif request.path not in TAKES_BATCHES and (request.content_length or 0) > SMALL_BODY:
            raise Problem(REQUEST_TOO_LARGE)
