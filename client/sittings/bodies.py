"""Reads the small JSON bodies of this API within bounds, and only what calls itself JSON."""

import json
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from schemas.problems import REQUEST_TOO_LARGE, REQUEST_UNSUPPORTED_MEDIA, Kind, Problem

SMALL = 16 * 1024


def whole_body(most: int, too_large: Kind = REQUEST_TOO_LARGE) -> bytes:
    """The body, which must be JSON by its header and no longer than this."""
    if request.mimetype != "application/json":
        raise Problem(REQUEST_UNSUPPORTED_MEDIA)
    if (request.content_length or 0) > most:
        raise Problem(too_large, most_bytes=most)
    return request.get_data(cache=False)


def loaded(schema: Schema, kind: Kind) -> Any:
    """What the schema makes of a small body; raises the problem of that kind for anything else."""
    try:
        return schema.load(json.loads(whole_body(SMALL)))
    except (ValueError, RecursionError, ValidationError):
        raise Problem(kind) from None
