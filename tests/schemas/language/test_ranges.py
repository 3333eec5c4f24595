"""Ranges as surveys about money need them, and refusals that say what is wrong."""

from datetime import date

import pytest

from schemas.answers import check_answers
from schemas.findings import SurveyInvalid
from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import both, document

TODAY = date(2026, 11, 30)


def ranged(kind, **bounds):
    return {"type": kind, "name": "n", "label": both("Bao nhiêu?"), "range": bounds}


def refused(question):
    with pytest.raises(SurveyInvalid) as broken:
        load_survey(document(question))
    (finding,) = broken.value.findings
    return finding.code, finding.message


@pytest.mark.parametrize("kind", ["integer", "decimal"])
@pytest.mark.parametrize("end", [100_000_000, 10**12, 2**53 - 1])
def test_a_number_may_be_as_large_as_money_is(kind, end):
    survey = load_survey(document(ranged(kind, start=0, end=end)))
    assert check_answers(survey, {"n": end}, today=TODAY) == []
    assert check_answers(survey, {"n": 7_500_000}, today=TODAY) == []


def test_a_step_of_a_thousand_makes_a_slider_of_money():
    survey = load_survey(document(ranged("range", start=0, end=10_000_000, step=1_000)))
    assert check_answers(survey, {"n": 7_500_000}, today=TODAY) == []


def test_a_slider_with_too_many_steps_is_refused_for_that_reason():
    code, message = refused(ranged("range", start=0, end=100_000_000))
    assert code == "range.steps"
    assert "10,000 steps" in message


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"start": 5, "end": 5}, "start is below end"),
        ({"start": 9, "end": 1}, "start is below end"),
        ({"start": 0, "end": 9, "step": 0}, "step is a number above 0"),
        ({"start": 0, "end": 9, "step": -1}, "step is a number above 0"),
    ],
)
def test_what_is_wrong_with_a_range_is_said(bounds, words):
    assert refused(ranged("integer", **bounds)) == ("range.order", words)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7.500.000", "7500000"),
        ("0,5", "0.5"),
        ("7 500 000", "7500000"),
        ("1.234,5", "1234.5"),
        ("100", "100"),
        ("-0,5", "-0.5"),
    ],
)
def test_a_number_written_as_in_viet_nam_is_answered_with_the_number_that_is_meant(written, meant):
    code, message = refused(ranged("decimal", start=-1, end=written))
    assert code == "key.wrong"
    assert message == f"this is a number without quotes and marks: {meant}"


def test_more_digits_than_a_phone_counts_exactly_are_refused_for_that_reason():
    assert "15 digits" in refused(ranged("integer", start=0, end=10**16))[1]


@pytest.mark.parametrize("kind", ["integer", "decimal"])
def test_a_step_that_nobody_looks_at_is_told(kind):
    survey = load_survey(document(ranged(kind, start=0, end=10_000, step=500)))
    assert [finding.place for finding in lint(survey) if finding.code == "range.step"] == [
        "section work / question n / range"
    ]
    plain = load_survey(document(ranged(kind, start=0, end=10_000)))
    assert "range.step" not in {finding.code for finding in lint(plain)}
