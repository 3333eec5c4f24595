"""The registry that ships is complete: facts, targets, help lines, places, sectors, each with where it comes from."""

from datetime import date
from itertools import chain

import pytest

from schemas.pack_reader import pack_names, read_pack
from schemas.registry.model import Benchmark, Framework, HelpLine, Law, Occasion, Province, Sector, Target, Ward
from schemas.registry.reader import registry
from schemas.texts import nfc

BROUGHT = date(2026, 11, 21)


@pytest.mark.parametrize(
    "entry", registry().all_entries, ids=lambda entry: f"{entry.kind} {entry.id} {entry.valid_from}"
)
def test_every_entry_says_where_it_comes_from_and_speaks_both_languages(entry):
    assert entry.source
    assert all(source.name.strip() for source in entry.source)
    assert set(entry.claim) == {"vi", "en"}
    assert all(text == nfc(text).strip() != "" for text in entry.claim.values())
    assert entry.checked_on is None or entry.checked_on >= BROUGHT


def test_every_source_is_used(known):
    used = {source.id for entry in known.all_entries for source in entry.source}
    assert used == {source.id for source in known.sources}


def test_what_is_only_remembered_has_no_day_of_reading(known):
    for entry in known.all_entries:
        if {source.id for source in entry.source} == {"MEMORY"}:
            assert entry.checked_on is None, entry.id


def test_the_thirty_facts_of_the_fact_bank_are_there(known):
    ids = {law.id for law in known.entries(Law)}
    assert ids >= {f"F{number:02}" for number in range(1, 31)}
    assert len(known.history(Law, "F09")) == len(known.history(Law, "F11")) == 2


@pytest.mark.parametrize("law", registry().entries(Law), ids=lambda law: f"{law.id} {law.valid_from}")
def test_every_fact_has_a_short_answer_and_a_basis_in_both_languages(law):
    for text in (law.statement, law.answer, law.basis):
        assert set(text) == {"vi", "en"}
    assert max(map(len, law.answer.values())) <= 100
    assert all(set(belief) == {"vi", "en"} for belief in law.beliefs)


def test_the_twenty_targets_of_the_strategy_and_those_of_the_programmes_are_there(known):
    ids = {target.id for target in known.entries(Target)}
    strategy = "T1 T2.1 T2.2 T2.3 T3.1 T3.2 T3.3 T3.4 T4.1 T4.2 T4.3 T4.4 T5.1 T5.2 T5.3 T5.4 T6.1 T6.2 T6.3 T6.4"
    assert {name for name in ids if name.startswith("T")} == set(strategy.split())
    assert ids - set(strategy.split()) == set("C1 C2 C3 C4 C5 P1 P2 L1 L2 L3 D1 H1".split())


@pytest.mark.parametrize(
    ("name", "year", "value"),
    [
        ("T1", 2030, 0.75),
        ("T3.1", 2025, 1.7),
        ("T3.1", 2030, 1.4),
        ("T4.1", 2030, 109),
        ("L2", 2030, 0.5),
        ("P1", 2025, 0.5),
    ],
)
def test_targets_have_the_values_of_their_programmes(known, name, year, value):
    [target] = known.history(Target, name)
    assert (year, value) in {(one.year, one.value) for one in target.parts[0].milestones}


def test_ten_to_fifteen_per_cent_is_a_span(known):
    [rise] = known.history(Target, "C3")[0].parts[0].milestones
    assert (rise.value, rise.upto) == (0.1, 0.15)


def test_what_is_our_own_reading_of_a_target_says_so(known):
    times, everybody = known.history(Target, "C1")[0].parts
    assert times.reading is None
    assert "our reading" in everybody.reading["en"]


def test_targets_and_packs_name_each_other(known):
    named = {target.id: {*target.packs, *target.packs_beside} for target in known.entries(Target)}
    assert set(chain.from_iterable(named.values())) <= set(pack_names())
    for name in pack_names():
        facts = read_pack(name).pack
        assert all(name in named[target] for target in (facts.targets if facts else ()))


def test_there_are_34_provinces_with_their_own_codes_made_of_the_63_before(known):
    provinces = known.entries(Province)
    assert len({place.id for place in provinces}) == len(provinces) == 34
    assert sum(place.form == "city" for place in provinces) == 6
    before = list(chain.from_iterable(place.merged_from for place in provinces))
    assert len(before) == len(set(before)) == 63
    assert all(place.id.isdecimal() and len(place.id) == 2 for place in provinces)


def test_every_province_keeps_the_name_of_one_that_it_was_made_of(known):
    for place in known.entries(Province):
        assert place.name.removeprefix("Thành phố ") in place.merged_from


def test_ba_ria_vung_tau_lives_on_as_thirty_places_in_ho_chi_minh_city(known):
    wards = known.entries(Ward)
    assert len({ward.id for ward in wards}) == len({ward.name for ward in wards}) == len(wards) == 30
    assert {ward.within for ward in wards} == {"79"}
    assert "Bà Rịa - Vũng Tàu" in known.entry(Province, "79", BROUGHT).merged_from
    assert not [ward for ward in wards if "  " in ward.name]
    assert [ward.name for ward in wards if ward.form == "special_zone"] == ["Đặc khu Côn Đảo"]


def test_there_are_22_sections_and_the_branches_that_our_workplaces_need(known):
    sectors = known.entries(Sector)
    assert [one.id for one in sectors if one.level == 1] == list("ABCDEFGHIJKLMNOPQRSTUV")
    assert {one.id: one.within for one in sectors if one.level == 2} == {
        **dict.fromkeys(("05", "06"), "B"),
        **dict.fromkeys(("10", "13", "14", "15", "26"), "C"),
    }
    assert {one.scheme for one in sectors} == {"VSIC2025"}


def test_the_charged_line_says_so_and_blanks_have_no_number(known):
    lines = known.entries(HelpLine)
    assert [line.cost for line in lines if (line.number or "").startswith("1900")] == ["charged"]
    blanks = {line.id for line in lines if line.number is None}
    assert {"domestic-violence", "local-union", "local-police", "local-health", "local-women"} <= blanks
    assert all(line.required_for == ("gbv_sh_work",) for line in lines if line.id.startswith("local-"))


def test_benchmarks_are_shares_of_one_or_figures_with_a_unit(known):
    for figure in chain.from_iterable(benchmark.figures for benchmark in known.entries(Benchmark)):
        assert figure.unit != "share" or 0 < figure.value <= 1


def test_no_baseline_is_taken_around_the_days_of_gifts_and_before_tet(known, today):
    avoided = {occasion.id for occasion in known.current(Occasion, today) if occasion.avoid_baseline}
    assert avoided == {"womens-day", "vietnamese-womens-day", "before-tet"}


def test_the_theme_of_one_year_is_not_told_of_another(known):
    assert known.entry(Occasion, "action-month", date(2025, 11, 20)).theme
    assert known.entry(Occasion, "action-month", date(2026, 11, 20)).theme is None


def test_the_decree_on_personal_data_is_history(known, today):
    assert known.entry(Framework, "personal-data", date(2025, 12, 31)).number == "13/2023/NĐ-CP"
    assert known.entry(Framework, "personal-data", today).number.startswith("91/2025/QH15")


def test_district_federations_ended_with_the_reorganisation(known):
    [district] = known.history("union_level", "district")
    assert district.valid_to == date(2025, 6, 30)
    assert district.succeeded_by == "commune"
