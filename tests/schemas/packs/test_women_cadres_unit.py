"""The unit's figures on women cadres add up: women below totals, appointed below shortlisted, and LD1 to LD8 come out of them."""

import pytest

from schemas.answers import check_answers, computed, relevant_names
from schemas.pack_reader import read_pack
from tests.schemas.packs.figures import TODAY, figure

LEVELS = ("team", "dept", "unit", "exec", "stand")
MEASURES = ("hold", "plan", "train", "short", "appt", "reappt", "left")
SETTING = {
    "period": "2026-01-01",
    "prepared_by": "personnel",
    "ownership": "state",
    "staff_all": 500,
    "staff_w": 100,
    "post_levels": ["dept", "unit"],
}
DEPT = {
    "hold_dept_all": 20, "hold_dept_w": 4, "plan_dept_all": 10, "plan_dept_w": 5, "train_dept_all": 8, "train_dept_w": 4,
    "short_dept_all": 6, "short_dept_w": 2, "appt_dept_all": 3, "appt_dept_w": 1, "vacant_dept": 2,
}  # fmt: skip


@pytest.fixture
def numbers():
    return read_pack("women_cadres_unit")


def problems(survey, answers):
    return {problem.question: problem.code for problem in check_answers(survey, answers, today=TODAY)}


def calculated(survey, answers, name):
    return computed(survey, answers, today=TODAY).get(name)


def names(survey):
    return [question.name for question in survey.questions]


def test_each_level_is_asked_the_same_numbers(numbers):
    for level in LEVELS:
        asked = [f"{measure}_{level}_{who}" for measure in MEASURES for who in ("all", "w")] + [f"vacant_{level}"]
        assert [name for name in asked if name not in names(numbers)] == []


def test_a_form_that_is_filled_in_is_accepted(numbers):
    assert problems(numbers, SETTING | DEPT) == {}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("level", LEVELS)
def test_there_are_no_more_women_than_people(numbers, measure, level):
    start = SETTING | {"post_levels": [level], f"short_{level}_all": 9, f"short_{level}_w": 9}
    answers = start | {f"{measure}_{level}_all": 3, f"{measure}_{level}_w": 4}
    assert problems(numbers, answers) == {f"{measure}_{level}_w": "answer.constraint"}
    assert problems(numbers, answers | {f"{measure}_{level}_w": 3}) == {}


@pytest.mark.parametrize("level", LEVELS)
def test_a_total_asks_for_the_women_in_it(numbers, level):
    answers = SETTING | {"post_levels": [level], f"plan_{level}_all": 3}
    assert problems(numbers, answers) == {f"plan_{level}_w": "answer.required"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("measure", MEASURES)
def test_women_may_be_given_where_the_total_is_not_known(numbers, measure, level):
    answers = SETTING | {"post_levels": [level], f"{measure}_{level}_w": 3}
    assert problems(numbers, answers) == {}


@pytest.mark.parametrize("more", [{"appt_dept_all": 7}, {"appt_dept_w": 3}, {"short_dept_all": 1, "short_dept_w": 1}])
def test_more_appointed_than_shortlisted_is_asked_about_and_not_refused(numbers, more):
    answers = SETTING | DEPT | more
    assert problems(numbers, answers) == {}
    assert "odd_appt_dept" in relevant_names(numbers, answers, today=TODAY)
    assert "odd_appt_dept" not in relevant_names(numbers, SETTING | DEPT, today=TODAY)


def test_appointed_without_a_shortlist_is_neither_refused_nor_odd(numbers):
    answers = SETTING | {"appt_dept_all": 2, "appt_dept_w": 1}
    assert problems(numbers, answers) == {}
    assert "odd_appt_dept" not in relevant_names(numbers, answers, today=TODAY)


def test_more_mentors_than_women_in_post_is_asked_about_and_not_refused(numbers):
    answers = SETTING | DEPT | {"mentors_w": 5}
    assert problems(numbers, answers) == {}
    assert "odd_mentors" in relevant_names(numbers, answers, today=TODAY)
    assert "odd_mentors" not in relevant_names(numbers, SETTING | DEPT | {"mentors_w": 4}, today=TODAY)


def test_women_whose_total_is_not_known_are_in_no_share(numbers):
    answers = SETTING | DEPT | {"hold_unit_w": 2}
    assert calculated(numbers, answers, "hold_w") == 4
    assert calculated(numbers, answers, "pct_hold") == 20


def test_more_trained_than_planned_is_asked_about_and_not_refused(numbers):
    answers = SETTING | DEPT | {"train_dept_all": 11}
    assert problems(numbers, answers) == {}
    assert "odd_dept" in relevant_names(numbers, answers, today=TODAY)
    assert "odd_dept" not in relevant_names(numbers, SETTING | DEPT, today=TODAY)


@pytest.mark.parametrize(("last", "asked"), [(3, True), (4, False), (5, False), (6, True), (0, False)])
def test_a_jump_of_more_than_30_percent_asks_for_a_reason(numbers, last, asked):
    answers = SETTING | DEPT | {"last_hold_w": last}
    assert problems(numbers, answers) == ({"change_why": "answer.required"} if asked else {})
    reason = {"change_why": "Sáp nhập hai phòng."} if asked else {}
    assert problems(numbers, answers | reason) == {}


def test_only_the_levels_that_there_are_are_asked(numbers):
    shown = relevant_names(numbers, SETTING, today=TODAY)
    assert "hold_dept_all" in shown
    assert "hold_exec_all" not in shown


def test_few_women_are_told_of_what_the_decision_allows(numbers):
    assert "few_women" in relevant_names(numbers, SETTING, today=TODAY)
    assert "few_women" not in relevant_names(numbers, SETTING | {"staff_w": 150}, today=TODAY)


def test_the_standing_committee_is_counted_within_the_executive_committee(numbers):
    answers = SETTING | {"post_levels": ["exec", "stand"]}
    answers |= {"hold_exec_all": 15, "hold_exec_w": 5, "hold_stand_all": 5, "hold_stand_w": 1}
    assert calculated(numbers, answers, "hold_all") == 15
    assert calculated(numbers, answers, "hold_w") == 5


def test_levels_add_up(numbers):
    answers = SETTING | DEPT | {"hold_unit_all": 5, "hold_unit_w": 2}
    assert calculated(numbers, answers, "hold_all") == 25
    assert calculated(numbers, answers, "pct_hold") == 24


def test_the_figures_of_the_dictionary_come_out(numbers):
    forms = [SETTING | DEPT | {"key_woman": "yes", "appraisal": "no", "mentors_w": 1}]
    found = {name: figure(numbers, name, forms) for name in "ld1 ld2 ld3 ld4 ld5 ld7 ld8 or7".split()}
    expected = {"ld1": 0.2, "ld2": 1, "ld3": 0.5, "ld4": 1 / 3, "ld5": 0.8, "ld7": 2.5, "ld8": 0.25, "or7": 0}
    assert found == pytest.approx(expected)


def test_units_weigh_by_their_numbers(numbers):
    small = SETTING | {"plan_dept_all": 2, "plan_dept_w": 2}
    assert figure(numbers, "ld3", [SETTING | DEPT, small]) == pytest.approx(7 / 12)


def test_equal_chances_are_1(numbers):
    even = SETTING | DEPT | {"appt_dept_all": 2, "appt_dept_w": 1}
    assert calculated(numbers, even, "opportunity") == 1
    assert calculated(numbers, SETTING | DEPT, "opportunity") == 0.5
    assert figure(numbers, "ld6_w", [even]) / figure(numbers, "ld6_m", [even]) == 1


@pytest.mark.parametrize("missing", [{"appt_dept_all": 1}, {"plan_dept_w": 10}, {"plan_dept_all": 0, "plan_dept_w": 0}])
def test_chances_are_not_told_where_one_side_has_nobody(numbers, missing):
    assert calculated(numbers, SETTING | DEPT | missing, "opportunity") is None


def test_only_enterprises_and_cooperatives_have_directors(numbers):
    school = SETTING | {"ownership": "public_service", "head_woman": "yes"}
    factory = SETTING | {"ownership": "foreign", "head_woman": "no"}
    assert figure(numbers, "ld2_director", [school, factory]) == 0
    assert figure(numbers, "ld2_head", [school, factory]) == 0.5


def test_nobody_is_named(numbers):
    assert {question.name for question in numbers.questions if question.type == "text"} == {"change_why", "remarks"}
