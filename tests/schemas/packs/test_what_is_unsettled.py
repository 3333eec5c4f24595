"""What no person of the project has checked says so: targets, phone numbers, legal facts."""

import re

import pytest

from schemas.pack_reader import read_pack
from schemas.registry.reader import registry
from tests.schemas.packs.figures import TODAY

NUMBERS = {"113", "115", "111", "1900 969 680", "1800 8027", "1800 1769", "1800 1744"}


def targets(pack):
    return {i.name: (i.target.year, i.target.value) for i in pack.indicators if i.target}


def test_no_target_claims_to_be_verified(pack):
    assert [i.name for i in pack.indicators if i.target and i.target.verified] == []


def test_the_awareness_survey_is_held_to_two_targets(awareness):
    assert targets(awareness) == {"ex1": (2030, 0.8), "ex2": (2030, 1.0)}


def test_the_ratio_of_hours_is_held_to_the_strategy(about_the_packs):
    assert targets(read_pack("care_time")) == {"cw1": (2030, 1.4)}


def test_a_target_says_which_programme_it_comes_from(pack):
    sources = [i.target.source for i in pack.indicators if i.target]
    assert all(re.search(r"(Nghị quyết|Quyết định) \d+/", source) for source in sources)


def test_only_known_numbers_are_given_and_each_still_needs_its_test_call(pack):
    assert {line.phone for line in pack.support} <= NUMBERS
    assert not any(line.verified or line.checked_on for line in pack.support)


def test_whoever_answers_as_a_person_gets_every_number(anonymous):
    assert {line.phone for line in anonymous.support} == NUMBERS


def test_the_line_that_costs_money_says_so(pack):
    charged = [line for line in pack.support if line.phone.startswith("1900")]
    assert all("tính cước" in line.note["vi"] and "charged" in line.note["en"] for line in charged)


def test_a_legal_fact_stands_behind_a_key(pack):
    """On a checklist, which has no key, it stands behind the item that is checked."""
    assert pack.kind == "unit_form" or [q.name for q in pack.questions if q.fact and not q.correct] == []
    assert [q.fact for q in pack.questions if q.fact and not re.fullmatch(r"[A-Z]+\d+[a-z]?", q.fact)] == []


def test_a_fact_that_is_unsettled_and_used_stands_in_the_readme(pack, about_the_packs):
    used = {question.fact for question in pack.questions if question.fact}
    unsettled = {fact for fact in used if registry().entry("law", fact, TODAY).unsettled}
    assert {fact for fact in unsettled if fact not in about_the_packs} == set()


@pytest.mark.parametrize("name", ["event_pre", "event_post", "event_followup"])
def test_the_events_ask_only_for_what_was_read(name):
    """In its own article, or in the decree of which the latest text has still to be looked up (open point 13)."""
    asked = [
        registry().entry("law", question.fact, TODAY) for question in read_pack(name).questions if question.correct
    ]
    assert all(fact.checked_on for fact in asked)
    assert {point.id for fact in asked for point in fact.unsettled} <= {"O13"}


def test_the_cut_for_strong_stereotypes_is_called_provisional(full):
    indicator = next(i for i in full.indicators if i.name == "at2")
    assert "tạm thời" in indicator.title["vi"]
