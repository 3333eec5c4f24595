"""What nobody has settled is never handed out as fact, and says aloud that it is unverified."""

import pytest

from schemas.registry.entry import Fact
from schemas.registry.model import Law

# The points that the project's domain work left open, each with the entries that it puts in doubt.
OPEN = {
    "O1": {("target", name) for name in "T4.3 T4.4 T5.2 T5.3 T5.4 T6.1 T6.2 T6.3 T6.4".split()},
    "O2": {("framework", name) for name in "gbv-programme dv-programme strategy-review".split()},
    "O3": {("framework", "gender-equality-law"), ("framework", "labour-code")},
    "O4": {("framework", "trade-union-law"), ("union_level", "commune")},
    "O5": {("help_line", "police"), ("help_line", "children"), ("help_line", "peace-house"), ("law", "V03")},
    "O6": {("law", name) for name in "F10 F11 F12 F13 F16 F22 F23 F26 F28 F29 F30".split()},
    "O7": {("framework", "committees-directive")},
    "O8": {("sector", name) for name in "GJKU"},
    "O9": {("framework", "decree-356-2025"), ("law", "D02")},
    "O10": {("benchmark", "ethnic-groups")},
    "O11": {("assumption", name) for name in "at2-cut icc too-fast".split()},
    "O12": {("target", "C3")},
    "O13": {("framework", "decree-12-2022"), ("framework", "decree-145-2020"), ("law", "F21"), ("law", "F24")},
}


@pytest.mark.parametrize("point", OPEN)
def test_every_open_point_puts_its_entries_in_doubt(known, today, point):
    marked = {
        (entry.kind, entry.id): entry for entry in known.all_entries if point in {one.id for one in entry.unsettled}
    }
    assert marked.keys() >= OPEN[point]
    for entry in marked.values():
        assert entry.standing(today) == "unsettled"
        assert entry.as_fact(today) is None


def test_every_entry_of_a_fact_is_in_doubt_not_only_the_newest(known):
    assert all(entry.unsettled for entry in known.history(Law, "F11"))


def test_no_open_point_is_without_an_entry(known):
    named = {point.id for entry in known.all_entries for point in entry.unsettled}
    assert named == {point.id for point in known.open_points}


def test_every_telephone_number_waits_for_its_test_call(known, today):
    for line in known.entries("help_line"):
        assert line.called_on is None
        assert line.as_fact(today) is None


def test_what_is_shown_of_an_unsettled_entry_says_so_in_both_languages(known, today):
    for entry in known.all_entries:
        if entry.standing(today) in ("unsettled", "unverified"):
            assert "chưa kiểm chứng" in entry.shown("vi", today)
            assert "unverified" in entry.shown("en", today)


def test_the_reason_stands_beside_the_statement(known, today):
    shown = known.entry(Law, "F13", today).shown("vi", today)
    assert shown.startswith(known.entry(Law, "F13", today).statement["vi"])
    assert "chưa đọc lại nguyên văn điều luật" in shown


def test_a_settled_entry_is_a_fact_with_the_day_on_which_it_was_read(known, today):
    entry = known.entry(Law, "F01", today)
    fact = entry.as_fact(today)
    assert isinstance(fact, Fact)
    assert fact.entry is entry
    assert fact.text == entry.statement
    assert fact.checked_on == entry.checked_on
    assert entry.shown("vi", today) == entry.statement["vi"]


def test_facts_that_rest_on_nothing_but_a_doubtful_decree_are_doubtful(known):
    doubtful = {"decree-12-2022", "decree-145-2020"}
    for law in known.entries(Law):
        if set(law.rests_on) <= doubtful:
            assert law.unsettled, law.id


def test_a_language_that_is_not_there_still_carries_a_remark(known, today):
    assert "chưa kiểm chứng" in known.entry(Law, "F13", today).shown("km", today)
