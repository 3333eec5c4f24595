"""Private keys come out of their file only with the master key of their campaign; signatures belong to one identity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.wire import SUITE, CampaignKey
from sync.keys import (
    Identity,
    KeyBroken,
    PrivateKey,
    PublicKey,
    keyed_digest,
    new_identity,
    new_master_key,
    new_sealing_pair,
    sign,
    unwrap_private,
    verify,
    wrap_private,
)

PAIR, IDENTITY, MASTER = new_sealing_pair(), new_identity(), new_master_key()
WRAPPED = wrap_private(PAIR.private, MASTER, "ge-2026")


def test_both_halves_of_a_pair_have_one_id():
    assert PublicKey.load(PAIR.public).id == PrivateKey.load(PAIR.private).id == PAIR.id


def test_a_wrapped_key_comes_out_whole():
    assert unwrap_private(WRAPPED, MASTER, "ge-2026") == PAIR.private


@pytest.mark.parametrize(
    ("wrapped", "master", "campaign"),
    [
        (WRAPPED, new_master_key(), "ge-2026"),
        (WRAPPED, MASTER, "ge-2027"),
        (WRAPPED[:-1], MASTER, "ge-2026"),
        (WRAPPED[:-1] + bytes([WRAPPED[-1] ^ 1]), MASTER, "ge-2026"),
        (b"", MASTER, "ge-2026"),
        (WRAPPED, b"short", "ge-2026"),
    ],
    ids=["another master key", "another campaign", "cut", "changed", "empty", "a short master key"],
)
def test_a_wrapped_key_comes_out_for_nothing_else(wrapped, master, campaign):
    with pytest.raises(KeyBroken):
        unwrap_private(wrapped, master, campaign)


def test_a_signature_is_one_identitys_over_one_message():
    signature = sign(IDENTITY, b"message")
    assert verify(IDENTITY.public, b"message", signature)
    assert not verify(IDENTITY.public, b"massage", signature)
    assert not verify(new_identity().public, b"message", signature)


@given(st.text(max_size=90))
def test_what_is_no_key_or_signature_verifies_nothing(text):
    assert not verify(text, b"message", sign(IDENTITY, b"message"))
    assert not verify(IDENTITY.public, b"message", text)


def test_an_identity_survives_being_stored():
    assert Identity.load(IDENTITY.private).public == IDENTITY.public


@pytest.mark.parametrize("private", [b"", b"\x00" * 32, b"\xff" * 32, b"\x01" * 33])
def test_what_is_no_private_key_is_refused(private):
    with pytest.raises(KeyBroken):
        PrivateKey.load(private)


@pytest.mark.parametrize(
    "public",
    ["", "AAAA", "B" + "A" * 86, PAIR.public + "A", PAIR.public + "=="],
    ids=["empty", "short", "no point", "too long", "padded"],
)
def test_what_is_no_public_key_is_refused(public):
    with pytest.raises(KeyBroken):
        PublicKey.load(public)


@pytest.mark.parametrize("key", [CampaignKey("0" * 16, SUITE, PAIR.public), CampaignKey(PAIR.id, "other", PAIR.public)])
def test_a_campaigns_key_must_fit_its_id_and_suite(key):
    with pytest.raises(KeyBroken):
        PublicKey.from_wire(key)


@pytest.mark.parametrize("key", [PAIR, IDENTITY, PrivateKey.load(PAIR.private)])
def test_a_private_key_never_shows_itself(key):
    assert "private" not in repr(key)
    assert "secret" not in repr(key)


def test_digests_keep_parts_apart_and_depend_on_the_key():
    assert keyed_digest(MASTER, "ab", "c") != keyed_digest(MASTER, "a", "bc")
    assert keyed_digest(MASTER, "ab") != keyed_digest(new_master_key(), "ab")
    assert keyed_digest(MASTER, "ab") == keyed_digest(MASTER, b"ab")
