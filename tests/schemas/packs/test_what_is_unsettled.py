"""What no person of the project has checked says so: targets, phone numbers, legal facts."""

import re

NUMBERS = {"113", "115", "111", "1900 969 680", "1800 8027", "1800 1769", "1800 1744"}


def test_no_target_claims_to_be_verified(pack):
    targets = {i.name: i.target for i in pack.indicators if i.target}
    assert {name: (target.year, target.value, target.verified) for name, target in targets.items()} == {
        "ex1": (2030, 0.8, False),
        "ex2": (2030, 1.0, False),
    }


def test_a_target_says_which_programme_it_comes_from(pack):
    sources = [i.target.source for i in pack.indicators if i.target]
    assert all(re.search(r"(Nghị quyết|Quyết định) \d+/", source) for source in sources)


def test_only_known_numbers_are_given_and_each_still_needs_its_test_call(pack):
    assert {line.phone for line in pack.support} == NUMBERS
    assert not any(line.verified for line in pack.support)


def test_the_line_that_costs_money_says_so(pack):
    charged = [line for line in pack.support if line.phone.startswith("1900")]
    assert charged
    assert all("tính cước" in line.note["vi"] and "charged" in line.note["en"] for line in charged)


def test_legal_facts_are_named_and_the_readme_says_which_are_unsettled(pack, about_the_packs):
    facts = {question.name: question.fact for question in pack.questions if question.fact}
    assert set(facts.values()) <= {"F13", "F14"}
    assert all(pack.question(name).correct for name in facts)
    assert "F13" in about_the_packs


def test_the_cut_for_strong_stereotypes_is_called_provisional(full):
    indicator = next(i for i in full.indicators if i.name == "at2")
    assert "tạm thời" in indicator.title["vi"]
