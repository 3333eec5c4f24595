"""Texts that were typed or pasted in one form: the same as on the page."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.texts import UNWRITABLE, cleaned, nfc

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/texts.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: ascii(case["given"]))
def test_signs_that_nobody_sees_are_left_out(case):
    assert cleaned(case["given"]) == case["cleaned"]


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_whatever_was_pasted_can_be_stored_and_cleaning_twice_changes_nothing(text):
    clean = cleaned(text)
    assert not UNWRITABLE.search(clean)
    assert cleaned(clean) == nfc(clean) == clean
