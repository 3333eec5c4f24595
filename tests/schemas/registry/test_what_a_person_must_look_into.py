"""The list for the person who keeps the registry: what is open, unread, old, run out, and whom to call."""

from collections import Counter
from datetime import date, timedelta

from schemas.registry.review import concerns


def matters(known, today, kind, name):
    return {one.matter for one in concerns(known, today) if (one.entry.kind, one.entry.id) == (kind, name)}


def test_each_unsettled_entry_is_listed_with_what_would_settle_it(known, today):
    [one] = [one for one in concerns(known, today) if one.entry.id == "F13"]
    assert one.matter == "unsettled"
    assert one.to_do.startswith("Read the article")


def test_every_number_is_to_be_called_and_every_blank_to_be_filled(known, today):
    calls = {one.entry.id: one.to_do for one in concerns(known, today) if one.matter == "call"}
    assert calls["peace-house"] == "Call 1900 969 680"
    assert calls["local-union"].startswith("Find the number")


def test_what_ran_out_without_a_successor_is_listed(known, today):
    assert {one.entry.id for one in concerns(known, today) if one.matter == "expired"} == {"P1", "P2", "D1"}


def test_what_was_replaced_is_left_in_peace(known, today):
    listed = {(one.entry.id, one.entry.valid_from) for one in concerns(known, today)}
    assert ("F11", date(2025, 7, 1)) not in listed
    assert ("F11", date(2026, 7, 1)) in listed
    assert matters(known, today, "union_level", "district") == set()


def test_the_yearly_retirement_age_runs_out_by_itself(known):
    assert "expired" not in matters(known, date(2027, 12, 31), "law", "F27")
    assert "expired" in matters(known, date(2028, 1, 1), "law", "F27")


def test_a_settled_entry_grows_old_after_the_age_asked_for(known, today):
    assert matters(known, today, "law", "F01") == set()
    assert matters(known, today + timedelta(days=400), "law", "F01") == {"outdated"}
    young = Counter(one.matter for one in concerns(known, today, max_age_days=3))
    assert young["outdated"] > 50


def test_nothing_settled_is_listed(known, today):
    assert not [
        one for one in concerns(known, today) if one.entry.standing(today) == "settled" and one.matter != "expired"
    ]
