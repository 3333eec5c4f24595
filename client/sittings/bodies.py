"""Reads the JSON bodies of this API within bounds, plain or as one gzip member, and only what calls itself JSON."""

from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from schemas.problems import REQUEST_TOO_LARGE, REQUEST_UNSUPPORTED_MEDIA, Kind, Problem
from sync.bounded import TooMuch, Unreadable, gunzip, read_json

SMALL = 16 * 1024
FEW = 100


def body_as_sent(most: int, too_large: Kind = REQUEST_TOO_LARGE) -> bytes:
    """The body as it came; JSON by its header, which a foreign page cannot send unasked, and no longer than this."""
    if request.mimetype != "application/json":
        raise Problem(REQUEST_UNSUPPORTED_MEDIA)
    if (request.content_length or 0) > most:
        raise Problem(too_large, most_bytes=most)
    return request.get_data(cache=False)


def whole_body(most: int, malformed: Kind, too_large: Kind = REQUEST_TOO_LARGE) -> bytes:
    """The body unpacked, no longer than this either way."""
    body = body_as_sent(most, too_large)
    match request.headers.get("Content-Encoding", "identity").strip().lower():
        case "identity":
            return body
        case "gzip":
            return _unpacked(body, most, malformed, too_large)
        case _:
            raise Problem(REQUEST_UNSUPPORTED_MEDIA)


def loaded(schema: Schema, malformed: Kind) -> Any:
    """What the schema makes of a small body; raises the problem of that kind for anything else."""
    try:
        document: Any = read_json(whole_body(SMALL, malformed), brackets=FEW, commas=FEW)
        return schema.load(document)
    except (Unreadable, ValidationError):
        raise Problem(malformed) from None


def _unpacked(body: bytes, most: int, malformed: Kind, too_large: Kind) -> bytes:
    try:
        return gunzip(body, most)
    except TooMuch:
        raise Problem(too_large, most_bytes=most) from None
    except Unreadable:
        raise Problem(malformed) from None
