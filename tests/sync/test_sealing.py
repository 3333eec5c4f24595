"""An envelope opens for its key, its campaign and its id, and for nothing else."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.wire import SEALED_LENGTHS, CampaignKey, Envelope
from sync.chance import SystemChance
from sync.framing import FramingError
from sync.identifiers import b64url, new_id, unb64url
from sync.keys import PrivateKey, PublicKey, new_sealing_pair
from sync.sealing import SealBroken, seal, seal_bytes, unseal
from tests.support.envelopes import response

VECTOR = json.loads(Path("tests/vectors/sealing.json").read_text("utf-8"))
PAIR = new_sealing_pair()
PUBLIC, PRIVATE = PublicKey.load(PAIR.public), PrivateKey.load(PAIR.private)
CHANCE = SystemChance()
SEALED = seal(response(), PUBLIC, chance=CHANCE)


def test_what_is_sealed_opens_to_the_same_response():
    assert unseal(SEALED, PRIVATE) == response()


def test_the_shared_envelope_opens_to_the_shared_response():
    document = unseal(Envelope(**VECTOR["envelope"]), PrivateKey.load(bytes.fromhex(VECTOR["private"])))
    assert json.loads(document.to_json()) == VECTOR["document"]


def test_the_shared_key_has_its_id():
    assert PublicKey.from_wire(CampaignKey(**VECTOR["key"])).id == VECTOR["envelope"]["key"]


def test_the_same_response_never_looks_the_same():
    again = seal(response(), PUBLIC, chance=CHANCE)
    assert again.id != SEALED.id
    assert again.sealed != SEALED.sealed


def test_responses_of_closed_questions_are_equally_long():
    yes, no = (response(answers={f"q_{n}": word for n in range(20)}) for word in ("yes", "strongly_disagree"))
    assert len(seal(yes, PUBLIC, chance=CHANCE).sealed) == len(seal(no, PUBLIC, chance=CHANCE).sealed)
    assert len(SEALED.sealed) in SEALED_LENGTHS


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_one_flipped_bit_breaks_the_seal(position):
    sealed = bytearray(unb64url(SEALED.sealed))
    position %= len(sealed) * 8
    sealed[position // 8] ^= 1 << position % 8
    with pytest.raises(SealBroken):
        unseal(replace(SEALED, sealed=b64url(bytes(sealed))), PRIVATE)


@pytest.mark.parametrize(
    "moved",
    [
        replace(SEALED, campaign="ge-2027"),
        replace(SEALED, id=new_id(CHANCE)),
        replace(SEALED, key="0123456789abcdef"),
        replace(SEALED, sealed=SEALED.sealed[:-4]),
        replace(SEALED, sealed=""),
        replace(SEALED, sealed=SEALED.sealed + "="),
        replace(SEALED, sealed="A" * len(SEALED.sealed)),
    ],
    ids=["another campaign", "another id", "another key", "cut", "empty", "padded", "no point of the curve"],
)
def test_a_moved_or_cut_envelope_does_not_open(moved):
    with pytest.raises(SealBroken):
        unseal(moved, PRIVATE)


def test_another_key_does_not_open_it():
    other = new_sealing_pair()
    with pytest.raises(SealBroken):
        unseal(replace(SEALED, key=other.id), PrivateKey.load(other.private))


def test_a_response_of_another_campaign_inside_does_not_count():
    plain = response(campaign="ge-2027").to_json()
    with pytest.raises(SealBroken, match="another campaign"):
        unseal(seal_bytes(plain, "ge-2026", PUBLIC, envelope_id=new_id(CHANCE)), PRIVATE)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"campaign": NaN}',
        b'{"campaign": "ge-2026"}',
        response().to_json().replace(b'"answers"', b'"device":"x","answers"'),
        response().to_json().replace(b"2026-11-21", b"2026-11-21T10:00"),
        response().to_json().replace(b'"version":1', b'"version":true'),
        response().to_json().replace(b'"agree"', b'{"a":1}'),
        response().to_json().replace(b'"agree"', b'"a\\u0000"'),
        response().to_json().replace(b'"agree"', b'"\\ud800"'),
        response().to_json().replace(b'"agree"', b"1e400"),
        response().to_json().replace(b'"agree"', b"9" * 5000),
        response().to_json().replace(b'"agree"', b"null"),
        response().to_json().replace(b'"agree"', b"[]"),
        response().to_json().replace(b'"tablet"', b'"phone"'),
    ],
)
def test_what_is_no_response_document_is_a_broken_seal_and_not_quoted(plain):
    with pytest.raises(SealBroken) as caught:
        unseal(seal_bytes(plain, "ge-2026", PUBLIC, envelope_id=new_id(CHANCE)), PRIVATE)
    assert "agree" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_response_that_no_frame_holds_is_refused_before_sealing():
    long = response(answers={f"q_{n}": b64url(CHANCE.bytes(500)) for n in range(200)})
    with pytest.raises(FramingError):
        seal(long, PUBLIC, chance=CHANCE)


def test_a_response_says_the_day_and_no_more():
    assert set(json.loads(response(day=date(2026, 11, 16)).to_json())) == {
        "campaign", "survey", "version", "site", "day", "mode", "language", "answers",
    }  # fmt: skip
