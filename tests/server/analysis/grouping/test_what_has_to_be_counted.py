"""People are counted in the largest parts that no group of any edition cuts."""

from server.analysis.grouping.grouping import atoms
from server.analysis.grouping.groups import Groups
from tests.support.counted import AGES, axis, sizes_of

AGE = axis("age", AGES, ordered=True)


def test_parts_of_two_groupings_are_cut_where_either_cuts():
    sizes = sizes_of([AGE], {"age": dict.fromkeys(AGES, 10)})
    one = Groups("age", (("u25", "a25"), ("a35", "a45", "a55")), (20, 30))
    two = Groups("age", (("u25",), ("a25", "a35"), ("a45", "a55")), (10, 20, 20))
    found = atoms([AGE], sizes, [{"age": one}, {"age": two}])
    assert found["age"].members == (("u25",), ("a25",), ("a35",), ("a45", "a55"))
    assert found["age"].sizes == (10, 10, 10, 20)


def test_an_axis_that_no_edition_shows_is_not_counted():
    assert atoms([AGE], sizes_of([AGE], {"age": dict.fromkeys(AGES, 10)}), [{}, {}]) == {}
