"""Which numbers are years: the same rule as on the page."""

import json
from pathlib import Path

import pytest

from schemas.model import Question, Range
from schemas.numbers import counts_years

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/numbers.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["years"], ids=lambda case: f"{case['type']} {case['start']} {case['end']}")
def test_only_whole_numbers_between_1900_and_2100_are_years(case):
    question = Question(case["type"], "x", "s", {}, range=Range(case["start"], case["end"], 1))
    assert counts_years(question) is case["is"]
