"""A request's body becomes a batch or a problem, within bounds, whatever somebody sends."""

import gzip
import json
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.problems import Problem
from schemas.wire import FRAME_SIZES, BatchSchema, Envelope, EnvelopeSchema, read_envelope
from sync.identifiers import new_id
from sync.receiving import read_batch
from tests.support.envelopes import SeededChance, envelope, envelopes

BATCH_ID = new_id(SeededChance("batch"))
GOOD = envelope().document()


def body(*items: object, **members: object) -> bytes:
    return json.dumps({"batch": BATCH_ID, "envelopes": list(items)} | members).encode()


def code_of(raw: bytes, encoding: str | None = None) -> str:
    with pytest.raises(Problem) as caught:
        read_batch(raw, encoding)
    return caught.value.kind.code


def test_a_batch_is_read_as_it_was_written():
    batch = read_batch(json.dumps({"batch": BATCH_ID, "envelopes": [one.document() for one in envelopes(3)]}).encode())
    assert (batch.id, batch.envelopes, batch.refused) == (BATCH_ID, tuple(envelopes(3)), ())


@pytest.mark.parametrize("encoding", ["gzip", "GZIP ", "x-gzip"])
def test_a_compressed_batch_is_the_same_batch(encoding):
    assert read_batch(gzip.compress(body(GOOD)), encoding) == read_batch(body(GOOD), "identity")


def test_what_a_newer_sender_adds_is_passed_over():
    assert read_batch(body(GOOD | {"colour": "blue"}, sender="2.0")).envelopes == (envelope(),)


@pytest.mark.parametrize("size", FRAME_SIZES)
def test_every_size_of_frame_is_an_envelope(size):
    assert read_batch(body(envelope(size=size).document())).envelopes == (envelope(size=size),)


@pytest.mark.parametrize(
    "bad",
    [
        None, 3, "x", [], {},
        {**GOOD, "id": GOOD["id"][:-1]},
        {**GOOD, "id": GOOD["id"] + "\n"},
        {**GOOD, "id": "../../../etc/passwd.22"},
        {**GOOD, "id": "ｆｕｌｌｗｉｄｔｈ０１２３４５６７８９ＡＢＣＤ"},
        {**GOOD, "id": GOOD["id"][:-1] + "B"},
        {**GOOD, "id": 7},
        {**GOOD, "id": "x" * 10_000},
        {**GOOD, "id": "\ud800"},
        {**GOOD, "campaign": ""},
        {**GOOD, "campaign": "a\x1fb"},
        {**GOOD, "campaign": "-a"},
        {**GOOD, "key": "0123456789ABCDEF"},
        {**GOOD, "sealed": ""},
        {**GOOD, "sealed": GOOD["sealed"] + "="},
        {**GOOD, "sealed": "+" + GOOD["sealed"][1:]},
        {**GOOD, "sealed": GOOD["sealed"][:-1]},
        {**GOOD, "sealed": ["A"]},
        {name: value for name, value in GOOD.items() if name != "sealed"},
    ],
)  # fmt: skip
def test_one_bad_envelope_is_refused_and_blocks_no_other(bad):
    batch = read_batch(body(bad, envelope(1).document()))
    assert batch.envelopes == (envelope(1),)
    (refused,) = batch.refused
    assert refused.status == "refused"
    assert refused.problem.code == "envelope.malformed"
    json.dumps(refused.document()).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{}", b"{", b"\xff\xfe{}", b"<html>login</html>", b"[" * 100_000, b'{"a":' * 3000,
        b'{"batch": "x", "envelopes": []}',
        body(), body(GOOD, batch="short"), body(GOOD, batch=None), body(GOOD, envelopes=None), body(GOOD, envelopes={"0": GOOD}),
        body(GOOD)[:-1], body(GOOD) + b"x", b'{"batch": NaN}', b'{"n": ' + b"9" * 5000 + b"}",
        b'{"batch": "' + BATCH_ID.encode() + b'", "envelopes": [' + b"[]," * 100_000 + b"[]]}",
        b'{"batch": "' + BATCH_ID.encode() + b'", "envelopes": [' + b"0," * 100_000 + b"0]}",
    ],
    ids=lambda raw: repr(raw[:24]),
)  # fmt: skip
def test_what_is_no_batch_is_a_problem(raw):
    assert code_of(raw) == "batch.malformed"


def test_501_envelopes_are_too_many_and_500_are_not():
    items = [one.document() for one in envelopes(501)]
    assert code_of(body(*items)) == "batch.too_large"
    assert len(read_batch(body(*items[:500])).envelopes) == 500


def test_more_than_eight_mebibytes_are_too_large():
    assert code_of(b" " * (8 * 1024 * 1024 + 1)) == "batch.too_large"


@pytest.mark.parametrize(
    "packed",
    [
        b"", body(GOOD), gzip.compress(body(GOOD))[:-1], gzip.compress(body(GOOD))[:-8], gzip.compress(body(GOOD)) + b"x",
        gzip.compress(body(GOOD)) * 2, zlib.compress(body(GOOD)), gzip.compress(body(GOOD))[:-8] + b"\0" * 8,
    ],
    ids=["empty", "plain", "cut", "without a check sum", "followed by something", "twice", "zlib", "with a wrong check sum"],
)  # fmt: skip
def test_what_does_not_unpack_is_a_problem(packed):
    assert code_of(packed, "gzip") == "batch.bad_encoding"


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "\ud800"])
def test_another_compression_is_a_problem(encoding):
    assert code_of(body(GOOD), encoding) == "request.unsupported_media"


def test_a_gzip_bomb_is_cut_off():
    bomb = gzip.compress(b"\0" * (64 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert code_of(bomb, "gzip") == "batch.too_large"
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()


@settings(max_examples=300)
@given(st.binary(max_size=200), st.sampled_from([None, "gzip", "identity"]))
def test_any_bytes_are_a_batch_or_a_problem(raw, encoding):
    with suppress(Problem):
        read_batch(raw, encoding)


VALUES = st.none() | st.integers() | st.text(max_size=30) | st.lists(st.none(), max_size=2)
PARTS = {name: st.just(value) | st.just(value[:-1]) | st.just(value + "A") | VALUES for name, value in GOOD.items()}


@settings(max_examples=300)
@given(st.fixed_dictionaries({}, optional=PARTS))
def test_the_fast_reader_and_the_documented_schema_agree(item):
    assert isinstance(read_envelope(item), Envelope) == (not EnvelopeSchema().validate(item))


def test_the_documented_schema_takes_what_the_reader_takes():
    assert BatchSchema().load(json.loads(body(GOOD))) == read_batch(body(GOOD))
