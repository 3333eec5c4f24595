"""A collector meets its server: by a code once; what goes wrong is one sentence, and the old enrolment then still holds."""

import pytest

from client.enrolment.enrolling import NotEnrolled, enrol
from client.enrolment.upstream import AddressRefused, checked_address
from tests.support.collector import sealed
from tests.support.upstream import Upstream, hangs_up, says


def test_the_token_lies_in_a_file_of_its_own_that_only_the_owner_reads(enrolled, upstream, tmp_path):
    file = tmp_path / "home" / "keys" / "upstream.json"
    assert file.stat().st_mode & 0o777 == 0o600
    belonging = enrolled.parts.upstream.read()
    assert belonging.url == upstream.url
    assert belonging.identity == upstream.identity.public
    assert belonging.token not in repr(belonging)
    database = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("collector.db*"))
    assert belonging.token.encode() not in database


@pytest.mark.parametrize(
    ("code", "sentence"), [("WRONG234", "letter by letter"), ("ABCD2345", "used already")], ids=["unknown", "used"]
)
def test_a_bad_code_is_said_plainly(enrolled, upstream, code, sentence):
    before = enrolled.parts.upstream.read()
    with pytest.raises(NotEnrolled, match=sentence):
        enrol(enrolled.parts, upstream.url, code, "Máy 07")
    assert enrolled.parts.upstream.read() == before


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        (hangs_up, "cannot be reached"),
        (says(200, b"<html>sign in", kind="text/html"), "no Lắng Nghe server"),
        (says(201, {"token": "x"}, kind="application/json"), "no Lắng Nghe server"),
        (says(503, b"", kind="text/plain"), "busy"),
    ],
    ids=["no network", "captive portal", "half an answer", "busy"],
)
def test_a_server_that_does_not_answer_as_one_is_said_plainly(collector, upstream, mood, sentence):
    upstream.mood = mood
    with pytest.raises(NotEnrolled, match=sentence):
        enrol(collector.parts, upstream.url, "ABCD2345", "Máy 07")
    assert collector.parts.upstream.read() is None


def test_nobody_leaves_a_server_while_envelopes_wait_for_it(enrolled):
    enrolled.parts.inbox.store([sealed(1)])
    other = Upstream()
    try:
        with pytest.raises(NotEnrolled, match="1 envelopes still wait"):
            enrol(enrolled.parts, other.url, "ABCD2345", "Máy 07")
        assert other.calls == {}
        assert enrol(enrolled.parts, other.url, "ABCD2345", "Máy 07", leave=True).url == other.url
    finally:
        other.close()


@pytest.mark.parametrize(
    ("tidied", "address"),
    [
        ("langnghe.example.vn", "https://langnghe.example.vn"),
        ("https://langnghe.example.vn/", "https://langnghe.example.vn"),
        (" https://example.vn/khao-sat/ ", "https://example.vn/khao-sat"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
    ],
)
def test_an_address_is_tidied(tidied, address):
    assert checked_address(tidied) == address


@pytest.mark.parametrize(
    "message",
    [
        "",
        "ftp://x",
        "https://",
        "https://user:pass@x",
        "https://x?y=1",
        "https://x#y",
        "https://x:port",
        "http://example.vn",
        "://",
    ],
)
def test_what_is_no_address_or_would_show_the_token_is_refused(message):
    with pytest.raises(AddressRefused):
        checked_address(message)


def test_plain_http_has_to_be_asked_for():
    assert checked_address("http://192.168.1.5:8080", allow_http=True) == "http://192.168.1.5:8080"
