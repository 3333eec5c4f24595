"""An author learns early that a calculation needs exact days."""

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import document, number


@pytest.mark.parametrize(
    ("calculation", "is_found"),
    [("${n} + today()", True), ("${n} + number(format-date(today(), '%Y'))", False), ("${n} + 1", False)],
)
def test_it_is_told_where_it_differs_within_a_month(calculation, is_found):
    row = {"type": "calculate", "name": "c", "calculation": calculation}
    found = [finding.place for finding in lint(load_survey(document(number("n"), row))) if finding.code == "day.exact"]
    assert found == ["section work / question c / calculation"] * is_found
