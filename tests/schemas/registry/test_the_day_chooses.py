"""Which entry holds is decided by the day that counts: the day on which people were asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.registry.model import HelpLine, Law
from schemas.registry.reader import KINDS, registry

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
IDS = sorted({(entry.kind, entry.id) for entry in registry().all_entries})


@pytest.mark.parametrize(
    ("fact", "before", "after"), [("F09", "6 tháng", "7 tháng"), ("F11", "5 ngày", "10 ngày")], ids=["mother", "father"]
)
def test_leave_for_the_second_child_changes_between_two_days(known, fact, before, after):
    assert known.entry(Law, fact, date(2026, 6, 30)).answer["vi"].startswith(before)
    assert known.entry(Law, fact, date(2026, 7, 1)).answer["vi"].startswith(after)


def test_months_of_leave_are_six_and_then_seven(known):
    assert known.entry("law", "F09", date(2026, 6, 30)).value == 6
    assert known.entry("law", "F09", date(2026, 7, 1)).value == 7
    assert known.changes(Law, "F09") == (date(2026, 7, 1),)


def test_the_old_answer_never_mentions_the_new_one(known):
    old = known.entry(Law, "F09", date(2026, 6, 30))
    assert "7" not in old.statement["vi"] + old.answer["vi"] + old.statement["en"]


def test_line_111_takes_human_trafficking_from_its_day_on(known):
    assert "mua bán" not in known.entry(HelpLine, "children", date(2025, 9, 18)).label["vi"]
    assert "mua bán" in known.entry(HelpLine, "children", date(2025, 9, 19)).label["vi"]


def test_the_programme_on_violence_gives_way_to_an_empty_place(known):
    assert known.entry("framework", "gbv-programme", date(2025, 12, 31)).found
    empty = known.entry("framework", "gbv-programme", date(2026, 1, 1))
    assert not empty.found
    assert empty.number is None


@given(st.sampled_from(IDS), DAYS)
def test_at_most_one_entry_holds_on_a_day_and_it_is_the_one_given(which, day):
    kind, name = which
    holding = [entry for entry in registry().history(kind, name) if entry.holds_on(day)]
    assert len(holding) <= 1
    if holding:
        assert registry().entry(kind, name, day) is holding[0]
        assert holding[0].valid_from <= day
        assert holding[0].valid_to is None or day <= holding[0].valid_to
    else:
        with pytest.raises(KeyError):
            registry().entry(kind, name, day)


@given(st.sampled_from(IDS))
def test_between_first_and_last_day_there_is_no_day_without_an_entry(which):
    history = registry().history(*which)
    for entry in history[1:]:
        assert registry().entry(*which, entry.valid_from - timedelta(days=1)) is not entry
        assert registry().entry(*which, entry.valid_from) is entry


def test_unknown_kinds_and_ids_are_key_errors(known, today):
    with pytest.raises(KeyError):
        known.entries("gossip")
    with pytest.raises(KeyError):
        known.entry("law", "F99", today)
    assert known.history("law", "F99") == ()


def test_a_kind_is_asked_for_by_name_or_by_class(known):
    assert known.entries("law") == known.entries(Law)
    assert all(known.entries(name) for name in KINDS)


def test_what_holds_today_is_one_list(known, today):
    numbers = [line.number for line in known.current(HelpLine, today) if line.number]
    assert numbers.count("111") == 1
    assert len(set(numbers)) == len(numbers)
