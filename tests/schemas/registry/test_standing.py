"""How far an entry may be trusted follows from what is open, who read it, and how long ago."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.registry.model import Law
from schemas.registry.reader import registry

READ = date(2026, 11, 21)


@pytest.fixture
def settled(known):
    return known.entry(Law, "F01", READ)


def test_it_is_settled_up_to_the_age_and_outdated_the_day_after(settled):
    assert settled.standing(READ + timedelta(days=365)) == "settled"
    assert settled.standing(READ + timedelta(days=366)) == "outdated"
    assert settled.standing(READ + timedelta(days=8), max_age_days=7) == "outdated"


def test_what_is_outdated_is_no_fact_and_says_when_it_was_read(settled):
    later = READ + timedelta(days=400)
    assert settled.as_fact(later) is None
    assert "21/11/2026" in settled.shown("vi", later)
    assert "21/11/2026" in settled.shown("en", later)


def test_a_rule_that_is_over_grows_no_older(known):
    old = known.entry(Law, "F09", date(2026, 6, 30))
    assert old.standing(READ + timedelta(days=5_000)) == "settled"


def test_a_rule_read_before_its_end_does_grow_older(settled):
    ended = replace(settled, valid_to=READ + timedelta(days=30))
    assert ended.standing(READ + timedelta(days=400)) == "outdated"


@pytest.mark.parametrize("change", [{"checked_on": None}, {"confidence": "medium"}, {"confidence": "low"}])
def test_what_nobody_read_or_nobody_is_sure_of_is_unverified(settled, change):
    assert replace(settled, **change).standing(READ) == "unverified"
    assert replace(settled, **change).as_fact(READ) is None


def test_an_open_point_outweighs_everything(known, settled):
    doubted = replace(settled, unsettled=known.open_points[:1])
    assert doubted.standing(READ) == "unsettled"
    assert doubted.standing(READ + timedelta(days=5_000)) == "unsettled"


@given(st.sampled_from(registry().all_entries), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 4_000))
def test_there_is_a_fact_exactly_where_the_standing_is_settled_and_then_there_is_no_remark(entry, day, age):
    settled = entry.standing(day, age) == "settled"
    assert (entry.as_fact(day, age) is not None) == settled
    assert (entry.remark("vi", day, age) == "") == settled
