"""An average is promised only where it can be shown: of a number whose bounds are known."""

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import both, document, number, select

AVERAGE = [{"name": "hours", "title": both("Giờ"), "average": "n"}]


def codes(question, **more):
    return {finding.code for finding in lint(load_survey(document(select("q"), question, indicators=AVERAGE, **more)))}


def test_a_number_without_bounds_cannot_be_averaged():
    for kind in ("integer", "decimal"):
        assert "average.unbounded" in codes({"type": kind, "name": "n", "label": both("Mấy giờ?")})


def test_a_number_with_bounds_can():
    assert "average.unbounded" not in codes(number("n"))


def test_of_an_officer_s_report_nobody_s_value_is_hidden():
    assert "average.unbounded" not in codes(
        {"type": "integer", "name": "n", "label": both("Mấy giờ?")}, kind="unit_form"
    )
