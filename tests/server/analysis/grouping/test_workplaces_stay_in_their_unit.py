"""Small workplaces are merged inside their unit first, and every group of workplaces lies in one group of units."""

from hypothesis import given
from hypothesis import strategies as st

from server.analysis.counting.axes import SITE, UNIT
from server.analysis.grouping.grouping import absent, group
from server.analysis.policy import Policy
from tests.support.counted import axis, places, sizes_of

UNIT_OF = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c1": "c", "d1": "d", "d2": "d"}


def grouped(sites, earlier=None, unit_of=UNIT_OF):
    axes = places(unit_of)
    units = {}
    for site, people in sites.items():
        units[unit_of[site]] = units.get(unit_of[site], 0) + people
    return group(sizes_of(axes, {UNIT: units, SITE: sites}), axes, Policy(), earlier or {})


def test_a_small_workplace_joins_a_sibling_even_where_a_smaller_one_stands_elsewhere():
    found = grouped({"a1": 90, "a2": 4, "a3": 60, "b1": 12, "b2": 50})
    assert found[SITE].members == (("a1",), ("a2", "a3"), ("b1",), ("b2",))


def test_workplaces_that_are_the_units_are_not_shown_twice():
    found = grouped({"a1": 90, "b1": 40, "c1": 50})
    assert set(found) == {UNIT}
    assert absent(places(UNIT_OF), found) == {SITE: "same"}


def test_an_axis_of_which_one_group_is_left_says_so():
    found = grouped({"a1": 9, "b1": 3})
    assert absent(places(UNIT_OF), found) == {UNIT: "one", SITE: "one"}


def test_workplaces_of_two_small_units_that_were_merged_lie_in_their_group():
    found = grouped({"a1": 200, "a2": 100, "b1": 3, "b2": 3, "c1": 14})
    assert found[UNIT].members == (("a",), ("b", "c"))
    assert found[SITE].members == (("a1",), ("a2",), ("b1", "b2", "c1"))


def test_provinces_above_units_decide_which_units_join():
    above = {"u1": "north", "u2": "north", "u3": "south", "u4": "south"}
    units = axis(UNIT, list(above), parent_of=above)
    found = group(sizes_of([units], {UNIT: {"u1": 500, "u2": 4, "u3": 12, "u4": 300}}), [units], Policy(), {})
    assert found[UNIT].members == (("u1", "u2"), ("u3",), ("u4",))


@given(st.fixed_dictionaries({site: st.integers(0, 60) for site in UNIT_OF}))
def test_every_group_of_workplaces_lies_in_one_group_of_units(sites):
    found = grouped(sites)
    if set(found) != {UNIT, SITE}:
        return
    for part in found[SITE].members:
        assert len({found[UNIT].of(UNIT_OF[site]) for site in part}) == 1
    assert len(found[SITE].members) > len(found[UNIT].members)
