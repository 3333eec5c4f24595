"""A file that is too large is let pass by unkept, so that the browser which sends it gets a page and no broken connection."""

import pytest
from waitress.adjustments import Adjustments
from waitress.utilities import RequestEntityTooLarge

from server.process.listening import BoundedParser
from server.web.body_limits import LARGEST_BODY, LARGEST_DRAINED

UPLOAD = "/console/manage/sites/upload"
PIECE = bytes(64 * 1024)


def parser_that_heard(path: str, length: int) -> BoundedParser:
    """A parser that has taken the header of a request."""
    parser = BoundedParser(Adjustments(max_request_body_size=LARGEST_BODY + 1))
    parser.received(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
    return parser


@pytest.mark.parametrize("below", ["", "/khao-sat"])
def test_a_file_passes_by_to_its_last_byte_and_none_of_it_is_kept(below: str) -> None:
    length = LARGEST_BODY + len(PIECE) + 7
    parser, taken = parser_that_heard(below + UPLOAD, length), 0
    while not parser.completed:
        taken += parser.received(PIECE)
    assert taken == length
    assert parser.error is None
    assert parser.get_body_stream().read() == b""
    assert parser.headers["CONTENT_LENGTH"] == str(length)
    assert parser.received(b"GET / HTTP/1.1") == 0


@pytest.mark.parametrize(
    ("path", "length"),
    [("/api/v1/batches", LARGEST_BODY + 10), ("/console", LARGEST_BODY + 10), (UPLOAD, LARGEST_DRAINED + 1)],
)
def test_whatever_else_is_too_large_is_refused_by_its_header(path: str, length: int) -> None:
    parser = parser_that_heard(path, length)
    assert parser.completed
    assert isinstance(parser.error, RequestEntityTooLarge)
