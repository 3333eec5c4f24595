"""An inspection tells what is met of what applies; what nobody looked at is not met, and three items are told whatever the rest."""

import re

import pytest

from schemas.answers import check_answers, computed, relevant_names
from schemas.pack_reader import read_pack
from schemas.registry.reader import registry
from tests.schemas.packs.figures import TODAY, figure

PARTS = {"pay": 4, "mat": 8, "fac": 5, "har": 7, "tra": 4, "dia": 4, "com": 4}
CRITICAL = ("mat_night", "mat_dismissal", "har_rules")
SETTLED = {"F04", "F05", "F06", "F07", "F09", "F20"}
SETTING = {"inspected_on": "2026-11-20", "staff_all": 1500, "staff_w": 1200}


@pytest.fixture
def inspection():
    return read_pack("committee_inspection")


def problems(survey, answers):
    return {problem.question: problem.code for problem in check_answers(survey, answers, today=TODAY)}


def calculated(survey, answers, name):
    return computed(survey, answers, today=TODAY).get(name)


def items(survey, part=None):
    found = [question for question in survey.questions if question.list_name == "findings"]
    return [q for q in found if part is None or q.section == f"part_{part}"]


def test_seven_parts_have_36_items(inspection):
    assert {part: len(items(inspection, part)) for part in PARTS} == PARTS
    assert len(items(inspection)) == 36


def test_what_is_not_met_is_described_dated_and_given_to_somebody(inspection):
    for item in items(inspection):
        follow_up = {f"{item.name}_note", f"{item.name}_due", f"{item.name}_by"}
        assert follow_up <= relevant_names(inspection, {item.name: "not_met"}, today=TODAY)
        for other in ("met", "na", "unchecked"):
            assert not follow_up & relevant_names(inspection, {item.name: other}, today=TODAY)


@pytest.mark.parametrize(("due", "fine"), [("2026-10-01", False), ("2026-11-01", True), ("2027-01-01", True)])
def test_a_deadline_is_not_before_the_month_of_the_inspection(inspection, due, fine):
    answers = SETTING | {"pay_equal": "not_met", "pay_equal_due": due}
    assert problems(inspection, answers) == ({} if fine else {"pay_equal_due": "answer.constraint"})


def test_compliance_is_what_is_met_of_what_applies(inspection):
    marks = ["met"] * 18 + ["not_met"] * 6 + ["na"] * 6 + ["unchecked"] * 6
    answers = {item.name: mark for item, mark in zip(items(inspection), marks, strict=True)}
    found = computed(inspection, answers, today=TODAY)
    assert {name: found[name] for name in ("met", "applies", "unchecked", "compliance")} == {
        "met": 18,
        "applies": 30,
        "unchecked": 6,
        "compliance": 60,
    }
    assert figure(inspection, "in3", [answers]) == 0.6


def test_what_nobody_looked_at_is_not_met(inspection):
    found = computed(inspection, {"pay_equal": "met"}, today=TODAY)
    assert (found["met"], found["applies"], found["unchecked"], found["compliance"]) == (1, 36, 35, 3)


def test_where_nothing_applies_there_is_no_compliance(inspection):
    answers = {item.name: "na" for item in items(inspection)}
    assert calculated(inspection, answers, "compliance") is None


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_its_own_compliance(inspection, part):
    answers = {item.name: "met" for item in items(inspection, part)[1:]}
    assert figure(inspection, f"in3_{part}", [answers]) == (PARTS[part] - 1) / PARTS[part]


@pytest.mark.parametrize("item", CRITICAL)
def test_a_critical_item_not_met_is_told_whatever_the_rest(inspection, item):
    answers = {other.name: "met" for other in items(inspection)} | {item: "not_met"}
    assert calculated(inspection, answers, "critical") == 1
    assert "critical_told" in relevant_names(inspection, answers, today=TODAY)
    assert figure(inspection, "in3_critical", [answers]) == 1


def test_no_other_item_is_critical(inspection):
    answers = {other.name: "met" if other.name in CRITICAL else "not_met" for other in items(inspection)}
    assert calculated(inspection, answers, "critical") == 0
    assert "critical_told" not in relevant_names(inspection, answers, today=TODAY)


def test_a_thousand_women_need_the_room_for_milk(inspection):
    answers = SETTING | {"fac_milk_room": "na"}
    assert "milk_room_odd" in relevant_names(inspection, answers, today=TODAY)
    assert "milk_room_odd" not in relevant_names(inspection, answers | {"staff_w": 999}, today=TODAY)


def test_harassment_rules_and_earlier_requests_have_their_figures(inspection):
    forms = [SETTING | {"har_rules": "met", "earlier": 4, "earlier_closed": 1}, SETTING | {"har_rules": "unchecked"}]
    assert figure(inspection, "gb8", forms) == 1
    assert figure(inspection, "in2", forms) == 0.25


def test_every_item_names_its_basis(inspection):
    for item in items(inspection):
        assert item.hint["vi"].startswith("Căn cứ: ")
        assert item.hint["en"].startswith("Basis: ")


def test_a_basis_that_nobody_has_read_says_so_in_both_languages(inspection):
    """Only the facts of which the articles were read in full, the plan's own target, and the team's own papers stand bare."""
    for item in items(inspection):
        marked = "cần đối chiếu lại văn bản" in item.hint["vi"]
        assert marked is ("to be checked against the text" in item.hint["en"])
        assert marked or item.fact in SETTLED or item.name in ("com_informed", "com_follow_up"), item.name


def test_facts_that_are_unsettled_are_never_bare(inspection):
    unsettled = [
        item
        for item in items(inspection)
        if item.fact and (registry().entry("law", item.fact, TODAY).unsettled or "145/2020" in item.hint["vi"])
    ]
    assert unsettled
    assert all("cần đối chiếu lại văn bản" in item.hint["vi"] for item in unsettled)


def test_the_inspectors_are_warned_before_the_first_item(inspection):
    assert inspection.questions[0].name == "law_first"
    assert "145/2020" in inspection.questions[0].hint["vi"]


def test_items_are_a_checklist_and_no_quiz(inspection):
    assert [question.name for question in inspection.questions if question.correct] == []
    assert [item.name for item in items(inspection) if re.search(r"\?|Điều \d", item.label["vi"])] == []
