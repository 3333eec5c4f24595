"""Frames have eight sizes, lose nothing, and nothing else is taken for one."""

import base64
import hashlib
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.wire import FRAME_SIZES
from sync.framing import FramingError, frame, unframe

VECTORS = json.loads(Path("tests/vectors/framing.json").read_text("utf-8"))


def noise(length: int) -> bytes:
    return b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(length // 32 + 1))[:length]


@pytest.mark.parametrize("case", VECTORS["frames"], ids=lambda case: case["name"])
def test_a_shared_frame_holds_its_plaintext(case):
    assert unframe(base64.b64decode(case["framed"])) == base64.b64decode(case["plain"])


@pytest.mark.parametrize("case", VECTORS["sizes"], ids=lambda case: f"{case['noise']} bytes")
def test_a_frame_has_the_smallest_size_that_holds_the_plaintext(case):
    if case["size"] is None:
        with pytest.raises(FramingError):
            frame(noise(case["noise"]))
    else:
        assert len(frame(noise(case["noise"]))) == case["size"]


@pytest.mark.parametrize("case", VECTORS["least"], ids=lambda case: f"{case['noise']} bytes in {case['least']}")
def test_a_frame_is_never_smaller_than_its_campaign_wants(case):
    assert len(frame(noise(case["noise"]), case["least"])) == case["size"]


@pytest.mark.parametrize("case", VECTORS["broken"], ids=lambda case: case["name"])
def test_what_is_no_frame_is_refused(case):
    with pytest.raises(FramingError):
        unframe(base64.b64decode(case["framed"]))


@given(st.binary(max_size=3000))
def test_whatever_is_framed_comes_back(plain):
    framed = frame(plain)
    assert len(framed) in FRAME_SIZES
    assert unframe(framed) == plain


@given(st.binary(min_size=768, max_size=768))
def test_any_768_bytes_are_a_frame_or_refused(framed):
    try:
        plain = unframe(framed)
    except FramingError:
        return
    assert len(plain) <= 256 * 1024


def test_a_bomb_is_not_unpacked():
    bomb = base64.b64decode(next(case for case in VECTORS["broken"] if case["name"] == "a bomb")["framed"])
    tracemalloc.start()
    try:
        with pytest.raises(FramingError):
            unframe(bomb)
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()
