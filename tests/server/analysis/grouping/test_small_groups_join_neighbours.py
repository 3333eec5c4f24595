"""Groups that are too small are merged by size and by order, and never more than needed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.grouping.grouping import coarsened, group
from server.analysis.policy import Policy
from tests.support.counted import AGES, axis, sizes_of

AGE = axis("age", AGES, ordered=True)
JOB = axis("job", ("sewing", "cutting", "office", "guard"))


def grouped(one, people, k=10):
    return group(sizes_of([one], {one.name: people}), [one], Policy(k=k), {}).get(one.name)


def test_a_small_band_joins_its_smaller_neighbour():
    found = grouped(AGE, {"u25": 40, "a25": 30, "a35": 4, "a45": 50, "a55": 20})
    assert found.members == (("u25",), ("a25", "a35"), ("a45",), ("a55",))
    assert found.sizes == (40, 34, 50, 20)


def test_a_small_job_joins_the_smallest_other():
    found = grouped(JOB, {"sewing": 80, "cutting": 12, "office": 30, "guard": 4})
    assert found.members == (("sewing",), ("cutting", "guard"), ("office",))


def test_who_gave_no_answer_joins_the_smallest_band_and_a_band_never_skips_another_for_them():
    found = grouped(AGE, {"u25": 3, "a25": 60, "a35": 70, "a45": 20, "@unanswered": 6})
    assert found.members == (("u25", "a25"), ("a35",), ("a45", "@unanswered"))


def test_members_whom_nobody_has_stand_in_no_group():
    found = grouped(JOB, {"sewing": 80, "office": 30})
    assert found.members == (("sewing",), ("office",))
    assert found.of("guard") == -1


def test_an_axis_of_which_one_group_is_left_is_not_there():
    assert grouped(JOB, {"sewing": 80, "office": 9}) is None


def test_a_campaign_may_ask_for_larger_groups():
    assert grouped(JOB, {"sewing": 80, "office": 19, "guard": 21}, k=20).sizes == (80, 40)


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.lists(st.integers(0, 40), min_size=5, max_size=5))
def test_every_group_is_large_enough_and_there_are_not_more_figures_than_a_tenth_of_the_people(jobs, ages):
    ages = [*ages[:4], max(ages[4] + sum(jobs) - sum(ages), 0)]
    jobs = [*jobs[:3], jobs[3] + sum(ages) - sum(jobs)]
    if sum(jobs) < 10:
        return
    both = [AGE, JOB]
    people = {
        name: dict(zip(keys, counts, strict=False))
        for name, keys, counts in (("age", AGES, ages), ("job", [one.key for one in JOB.members], jobs))
    }
    found = group(sizes_of(both, people), both, Policy(), {})
    for one in found.values():
        assert min(one.sizes) >= 10
        assert sum(one.sizes) == sum(jobs)
        assert len(one.sizes) > 1
    assert 1 + sum(len(one.sizes) - 1 for one in found.values()) <= sum(jobs) / 10
    if "age" in found:
        order = [AGES.index(member) for part in found["age"].members for member in part]
        assert order == sorted(order)


def test_groups_are_raised_until_there_are_few_enough_figures():
    both = [AGE, JOB]
    people = {"age": dict.fromkeys(AGES, 12), "job": {"sewing": 20, "cutting": 15, "office": 13, "guard": 12}}
    found = group(sizes_of(both, people), both, Policy(), {})
    assert sum(len(one.sizes) - 1 for one in found.values()) <= 5
    assert min(found["age"].sizes) > 12


def test_a_sensitive_question_has_the_same_groups_merged_further():
    plain = {"age": grouped(AGE, dict(zip(AGES, (30, 12, 40, 11, 15), strict=True)))}
    counted = {"age": np.array(plain["age"].sizes)[:, None]}
    found = coarsened(plain, [AGE], lambda one: Policy().least_group(sensitive=True, place=one.is_place), counted)
    assert found["age"].members == (("u25", "a25"), ("a35",), ("a45", "a55"))
    assert found["age"].sizes == (42, 40, 26)
