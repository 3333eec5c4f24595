"""Numbers that their author meant otherwise: 5.000 for five thousand, 2020 for a year."""

import pytest

from schemas.linting import lint
from schemas.survey import load_survey
from tests.support.surveys import document, number

MONTH = {
    "type": "date",
    "name": "since",
    "appearance": "month-year",
    "label": {"vi": "Từ tháng nào?", "en": "Since which month?"},
}


def codes(*questions, code):
    return [finding.place for finding in lint(load_survey(document(*questions))) if finding.code == code]


@pytest.mark.parametrize("written", [". <= 50.000", ". >= 1.500", "${n} < 1.234"])
def test_a_mark_between_thousands_is_told(written):
    assert codes(number("n", constraint=written), code="number.thousands") == ["section work / question n / constraint"]


@pytest.mark.parametrize("written", [". <= 50000", ". <= 0.125", ". <= 1.5", "string(.) != '1.000'", ". <= 1.0000"])
def test_fractions_and_texts_are_left_alone(written):
    assert not codes(number("n", constraint=written), code="number.thousands")


def test_a_fraction_down_to_thousandths_is_one_where_fractions_are_answered():
    assert not codes(number("n", type="decimal", constraint=". <= 2.345"), code="number.thousands")


@pytest.mark.parametrize("written", [". > 2020", "2020 <= .", "${since} != 1998"])
def test_a_date_is_not_compared_with_a_year(written):
    assert codes(MONTH | {"constraint": written}, code="date.number")


@pytest.mark.parametrize(
    "written", [". > '2020-01-01'", ". > today() - 2000", "int(format-date(., '%Y')) > 2020", ". > 20000"]
)
def test_a_date_may_be_compared_with_days(written):
    assert not codes(MONTH | {"constraint": written}, code="date.number")
