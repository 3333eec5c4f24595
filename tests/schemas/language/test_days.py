"""Which day a response is recorded by, and which surveys hang on the very day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.days import UNITS, days_of, first_day, hangs_on_the_day, of_exact_days
from schemas.survey import load_survey
from tests.support.surveys import document, number, select

units = st.sampled_from(UNITS)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(days, units)
def test_a_day_lies_in_its_own_period_and_every_day_of_it_begins_the_same(day: date, unit: str):
    period = list(days_of(day, unit))
    assert day in period
    assert {first_day(one, unit) for one in period} == {first_day(day, unit)}
    assert period == [period[0] + timedelta(days=number) for number in range(len(period))]


@pytest.mark.parametrize(("unit", "first"), [("day", "2026-12-02"), ("week", "2026-11-30"), ("month", "2026-12-01")])
def test_a_week_begins_on_monday_and_a_month_on_its_first(unit: str, first: str):
    assert first_day(date(2026, 12, 2), unit) == date.fromisoformat(first)


def survey(*calculations: str, **more: object):
    rows = [{"type": "calculate", "name": f"c{n}", "calculation": text} for n, text in enumerate(calculations)]
    return load_survey(document(select("q"), number("n"), *rows, **more))


@pytest.mark.parametrize("where", ["relevant", "required", "constraint"])
def test_a_condition_that_asks_for_the_day_hangs_on_it(where: str):
    assert hangs_on_the_day(load_survey(document(number("n", **{where: "today() > '2026-01-01'"}))))
    assert not hangs_on_the_day(load_survey(document(number("n", **{where: "1 < 2"}))))


AUTUMN = (date(2026, 11, 16), date(2026, 12, 15))


@pytest.mark.parametrize(
    ("calculation", "unit"),
    [
        ("if(today() >= '2026-12-10', ${q} = 'yes', ${q} = 'no')", "week"),
        ("if(today() >= '2026-12-10', ${q} = 'yes', ${q} = 'no')", "month"),
        ("${n} + today()", "week"),
        ("format-date(today(), '%d')", "month"),
        ("once(today())", "month"),
    ],
)
def test_what_is_worked_out_from_the_very_day_is_named(calculation: str, unit: str):
    assert of_exact_days(survey(calculation), unit, *AUTUMN) == ["c0"]


@pytest.mark.parametrize(
    ("calculation", "unit"),
    [
        ("if(today() >= '2026-12-10', ${q} = 'yes', ${q} = 'no')", "day"),
        ("number(format-date(today(), '%Y')) - ${n}", "month"),
        ("if(today() >= '2026-12-01', ${q}, '')", "month"),
        ("if(today() >= '2026-12-07', ${q}, '')", "week"),
        ("if(today() >= '2027-12-10', ${q}, '')", "month"),
        ("${n} + 1", "month"),
    ],
)
def test_what_comes_to_the_same_on_every_day_of_each_period_is_not(calculation: str, unit: str):
    assert of_exact_days(survey(calculation), unit, *AUTUMN) == []


def test_a_calculation_that_is_there_on_some_days_only_is_named():
    rows = [select("q"), {"type": "calculate", "name": "c", "calculation": "1", "relevant": "today() > '2026-12-10'"}]
    assert of_exact_days(load_survey(document(*rows)), "month", *AUTUMN) == ["c"]
