"""Care work: hours of a day become hours of a week, and too little is never made up."""

from datetime import date

import pytest

from schemas.answers import check_answers, computed
from schemas.pack_reader import read_pack

TODAY = date(2026, 11, 25)
ACTIVITIES = ["hw_cook", "hw_clean", "hw_shop", "hw_children", "hw_elders", "hw_other"]


@pytest.fixture
def survey():
    return read_pack("care_time")


def day(*hours, kind="workday", other=None):
    """Yesterday by its activities, and perhaps the total of a day of the other kind."""
    answers = {"gender": "female", **dict(zip(ACTIVITIES, hours, strict=False))}
    if kind:
        answers["hw_day"] = kind
    if other is not None:
        answers["hw_dayoff_total" if kind == "workday" else "hw_workday_total"] = other
    return answers


def week(survey, answers):
    assert check_answers(survey, answers, today=TODAY) == []
    found = computed(survey, answers, today=TODAY)
    return found.get("hw_weekly"), found.get("hw_basis")


@pytest.mark.parametrize(
    ("answers", "hours"),
    [
        (day(1, 0.5, 0.25, 1, 0, 0.25, other=6), 5 * 3 + 2 * 6),
        (day(2, 2, 1, 1, 0, 0, kind="dayoff", other=1.5), 5 * 1.5 + 2 * 6),
        (day(0, 0, 0, 0, 0, 0, other=0), 0),
    ],
)
def test_a_week_is_five_working_days_and_two_days_off(survey, answers, hours):
    assert week(survey, answers) == (hours, "two")


@pytest.mark.parametrize("kind", ["workday", "dayoff", "refused", None])
def test_a_single_known_day_stands_for_seven_and_says_so(survey, kind):
    assert week(survey, day(1, 1, 0, 0, 0, 0, kind=kind)) == (14, "one")


def test_the_total_of_the_other_day_alone_stands_for_seven_too(survey):
    assert week(survey, day(other=3)) == (21, "one")


@pytest.mark.parametrize("given", [0, 1, 4])
def test_with_fewer_than_five_activities_nothing_is_known_of_the_day(survey, given):
    assert week(survey, day(*[1] * given)) == (None, None)


def test_one_activity_may_be_passed_over(survey):
    assert week(survey, day(1, 1, 1, 1, 1)) == (35, "one")


def test_a_day_has_at_most_sixteen_such_hours(survey):
    assert week(survey, day(4, 4, 4, 4, 4, 4)) == (7 * 16, "one")


@pytest.mark.parametrize("number", range(1, 6))
def test_more_than_24_hours_are_refused_where_they_come_together(survey, number):
    hours = [0] * 6
    hours[number - 1], hours[number] = 16, 8.25
    problems = {problem.question: problem.code for problem in check_answers(survey, day(*hours), today=TODAY)}
    assert problems[ACTIVITIES[number]] == "answer.constraint"


def test_exactly_24_hours_are_accepted(survey):
    assert check_answers(survey, day(16, 8, 0, 0, 0, 0), today=TODAY) == []


@pytest.mark.parametrize(
    ("hours", "code"), [(1.75, None), (1.8, "answer.out_of_range"), (16.25, "answer.out_of_range")]
)
def test_hours_go_by_quarters_up_to_sixteen(survey, hours, code):
    assert [problem.code for problem in check_answers(survey, day(hours), today=TODAY)] == ([code] if code else [])


def test_each_person_is_asked_for_the_other_kind_of_day_only(survey):
    wrong = day(1, 1, 1, 1, 1, 1) | {"hw_workday_total": 2}
    assert [problem.code for problem in check_answers(survey, wrong, today=TODAY)] == ["answer.not_relevant"]


def test_a_person_meets_fourteen_items(survey):
    asked = [q for q in survey.questions if q.type != "calculate" and q.section != "about_you"]
    assert len(asked) - 1 == 14  # one of the two totals


def test_the_ratio_is_of_women_to_men_and_held_to_the_strategy(survey):
    cw1 = next(indicator for indicator in survey.indicators if indicator.name == "cw1")
    assert (cw1.comparison.indicator, cw1.comparison.form) == ("cw_hours", "ratio")
    assert (cw1.comparison.first.text, cw1.comparison.second.text) == ("${gender} = 'female'", "${gender} = 'male'")
    assert "T3.1" in cw1.target.source


def test_the_readme_gives_the_context_and_says_what_this_is_not(about_the_packs):
    assert "1.9" in about_the_packs
    assert "time-use survey" in about_the_packs
