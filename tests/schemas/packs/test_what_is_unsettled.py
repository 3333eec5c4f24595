"""What no person of the project has checked says so: targets, phone numbers, legal facts."""

import re

import pytest

from schemas.pack_reader import pack_names, read_pack

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


@pytest.mark.parametrize("fact", ["F10", "F11", "F12", "F13", "F16", "F22", "F23", "F26", "F28", "F29", "F30"])
def test_a_fact_that_is_unsettled_and_used_stands_in_the_readme(fact, about_the_packs):
    used = {q.fact for name in pack_names() for q in read_pack(name).questions}
    assert fact not in used or fact in about_the_packs


def test_the_events_ask_only_for_what_is_settled():
    settled = {"F01", "F03", "F04", "F07", "F14", "F15", "F20", "F24"}
    for name in ("event_pre", "event_post", "event_followup"):
        assert {question.fact for question in read_pack(name).questions if question.correct} <= settled


def test_the_cut_for_strong_stereotypes_is_called_provisional(full):
    indicator = next(i for i in full.indicators if i.name == "at2")
    assert "tạm thời" in indicator.title["vi"]
