"""Small groups are merged, so that every group that is shown has enough people."""

from hypothesis import given
from hypothesis import strategies as st

from server.analysis.regrouping import regroup, regroup_places

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1)


@given(sizes, st.integers(5, 20), st.booleans())
def test_every_group_has_enough_people_or_there_is_one_group(counts, least, ordered):
    groups = regroup(counts, "abcdef", least, ordered=ordered)
    merged = [sum(counts[value] for value in group) for group in groups]
    assert sum(merged) == sum(counts.values())
    assert len(groups) <= 1 or min(merged) >= least


@given(sizes, st.booleans())
def test_groups_that_are_large_enough_are_left_alone(counts, ordered):
    large = {value: count + 20 for value, count in counts.items()}
    assert all(len(group) == 1 for group in regroup(large, "abcdef", 20, ordered=ordered))


def test_bands_merge_with_neighbours_only():
    counts = {"18": 30, "25": 4, "35": 12, "45": 50}
    assert regroup(counts, ["18", "25", "35", "45"], 10, ordered=True) == (("18",), ("25", "35"), ("45",))


def test_three_people_of_another_gender_are_shown_with_the_smaller_group_and_not_by_themselves():
    counts = {"female": 330, "male": 67, "other": 3}
    assert regroup(counts, ["female", "male", "other"], 10, ordered=False) == (("female",), ("male", "other"))


def test_tiny_groups_that_are_enough_together_leave_the_large_ones_alone():
    counts = {"female": 330, "male": 67, "other": 4, "refused": 5, "@unanswered": 3}
    groups = regroup(counts, ["female", "male", "other", "refused"], 10, ordered=False)
    assert groups == (("female",), ("male",), ("other", "refused", "@unanswered"))


@given(st.dictionaries(st.sampled_from([f"s{at}" for at in range(9)]), st.integers(1, 30), min_size=1))
def test_a_group_of_sites_never_lies_across_two_groups_of_units(counts):
    unit_of = {f"s{at}": f"u{at // 3}" for at in range(9)}
    units, sites = regroup_places(counts, unit_of, 10)
    for group in sites:
        assert any({unit_of[site] for site in group} <= set(unit) for unit in units)
        assert sum(counts[site] for site in group) >= min(10, sum(counts.values()))
