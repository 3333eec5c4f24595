"""Signs that nobody sees are taken out before a survey is published; letters of any script are not among them."""

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import both, document, select


def codes(words):
    return {
        finding.code
        for finding in lint(load_survey(document(select("q", label=both(words)))))
        if finding.severity == "error"
    }


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2060", "\u200f"])
def test_a_sign_that_nobody_sees_is_an_error(sign):
    assert codes(f"Có{sign} không?") == {"text.invisible"}


@pytest.mark.parametrize("words", ["Huế, Đắk Lắk?", "ខ្មែរ\u200d?", "\u00a0Ăn ca?", "👩\u200d🏭?", "Tiếng Mông…"])
def test_letters_and_their_joiners_stay(words):
    assert codes(words) == set()
