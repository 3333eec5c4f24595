"""Bands of numbers that can only be years are written 1990–1999, never 1.990."""

from schemas.survey import load_survey
from server.analysis.counting.axes import Member
from server.analysis.counting.bands import bands_of
from server.console.wording import label_of
from tests.support.surveys import both, document


def labels(app, start, end, bands):
    question = {
        "type": "integer",
        "name": "n",
        "label": both("Năm?"),
        "range": {"start": start, "end": end},
        "dimension": {"bands": bands},
    }
    (asked,) = load_survey(document(question)).dimensions
    with app.test_request_context("/?lang=vi"):
        return [label_of(Member(band.key)) for band in bands_of(asked)]


def test_years_are_plain_and_amounts_are_not(app):
    assert labels(app, 1980, 2026, [1990, 2000, 2010])[1:3] == ["1990–1999", "2000–2009"]
    assert labels(app, 0, 9000, [1000, 2000])[1] == "1.000–1.999"
