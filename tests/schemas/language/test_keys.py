"""A quiz key is that of the day on which people were asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.answer_keys import gap_in, in_force, on
from schemas.model import DatedKey
from schemas.publishing import published
from schemas.survey import SurveyInvalid, load_survey
from tests.support.surveys import document, select

OLD, NEW = {"choice": "yes", "until": "2026-06-30"}, {"choice": "no", "from": "2026-07-01"}
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def quiz(*keys: object) -> object:
    return load_survey(document(select("q", correct=list(keys))))


def test_each_day_has_the_key_that_was_law_on_it():
    survey = quiz(OLD, NEW)
    assert on(survey, date(2026, 6, 30)).question("q").correct == "yes"
    assert on(survey, date(2026, 7, 1)).question("q").correct == "no"


def test_without_a_day_the_newest_key_counts():
    assert quiz(OLD, NEW).question("q").correct == "no"


def test_before_the_first_key_began_the_first_one_counts():
    survey = quiz({"choice": "yes", "from": "2021-01-01", "until": "2026-06-30"}, NEW)
    assert on(survey, date(2019, 5, 1)).question("q").correct == "yes"


def test_a_key_without_days_is_the_same_for_ever():
    survey = load_survey(document(select("q", correct="yes")))
    assert on(survey, date(2031, 1, 1)) is survey


@pytest.mark.parametrize(
    "keys",
    [
        [OLD, {"choice": "no", "from": "2026-07-02"}],
        [OLD, {"choice": "no", "from": "2026-06-30"}],
        [OLD, {"choice": "no"}],
        [{"choice": "yes"}, NEW],
        [{"choice": "yes", "from": "2026-07-05", "until": "2026-06-30"}, NEW],
    ],
)
def test_days_with_a_gap_or_an_overlap_are_refused(keys):
    with pytest.raises(SurveyInvalid) as refused:
        quiz(*keys)
    assert {finding.code for finding in refused.value.findings} == {"correct.days"}


@pytest.mark.parametrize(
    "key", [{"from": "2026-07-01"}, {"choice": "no", "from": "1.7.2026"}, "no", {"choice": 7}, {"choice": "no", "x": 1}]
)
def test_a_key_of_another_shape_is_refused(key):
    with pytest.raises(SurveyInvalid):
        quiz(OLD, key)


def test_dated_keys_are_published_and_come_back():
    survey = quiz(OLD, NEW)
    assert load_survey(published(survey)) == survey
    assert published(survey)["sections"][0]["questions"][0]["correct"] == [OLD, NEW]


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
def test_exactly_one_of_a_chain_of_keys_is_in_force(turns, day):
    turns = sorted(turns)
    keys = tuple(
        DatedKey(
            f"k{at}",
            None if at == 0 else turns[at - 1].isoformat(),
            None if at == len(turns) else (turns[at] - timedelta(days=1)).isoformat(),
        )
        for at in range(len(turns) + 1)
    )
    assert gap_in(keys) is None
    assert in_force(keys, day) == keys[sum(turn <= day for turn in turns)]
