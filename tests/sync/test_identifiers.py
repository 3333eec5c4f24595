"""Identifiers are random in every bit, and bytes have one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.wire import ID
from sync.chance import SystemChance
from sync.identifiers import b64url, new_id, unb64url


@given(st.binary(max_size=100))
def test_every_spelling_leads_back_to_its_bytes(data):
    assert unb64url(b64url(data)) == data


@given(st.text(alphabet="ABCwxyz0189-_+/= \n", max_size=12))
def test_no_bytes_have_a_second_spelling(text):
    try:
        data = unb64url(text)
    except ValueError:
        return
    assert b64url(data) == text


@pytest.mark.parametrize("text", ["A", "AB", "AA==", "AA=", "A A", "AAAA\n", "AA+/", "Ａａ", "é", "AAAAA"])
def test_another_spelling_is_refused(text):
    with pytest.raises(ValueError, match="canonical"):
        unb64url(text)


def test_an_identifier_is_as_the_wire_wants_it_and_never_the_same():
    ids = {new_id(SystemChance()) for _ in range(1000)}
    assert len(ids) == 1000
    assert all(ID.match(one) for one in ids)
