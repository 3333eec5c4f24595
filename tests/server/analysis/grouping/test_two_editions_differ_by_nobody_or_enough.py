"""Whatever arrives between editions: in every linked block there is nobody new, or at least k people (T3)."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.counting.axes import SITE, UNIT
from server.analysis.counting.profiles import Sizes
from server.analysis.grouping.grouping import group
from server.analysis.policy import Policy
from tests.support.counted import AGES, axis, crossing, places

K = 10
UNIT_OF = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "b3": "b", "c1": "c"}
GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)
PLACES = places(UNIT_OF)
CROSSED = crossing(GENDER, PLACES[1])
AXES = [GENDER, AGE, *PLACES, CROSSED]
PERSON = st.tuples(
    st.sampled_from(("female", "male", "@unanswered")), st.sampled_from(AGES), st.sampled_from(list(UNIT_OF))
)
KIND = st.tuples(PERSON, st.integers(1, 30))


def keys_of(person):
    gender, age, site = person
    return {"gender": gender, "age": age, UNIT: UNIT_OF[site], SITE: site, CROSSED.name: f"{gender}/{site}"}


def sizes_at(arrivals):
    tables = {one.name: np.zeros((len(one.members), len(arrivals)), dtype=np.int64) for one in AXES}
    for cohort, kinds in enumerate(arrivals):
        for person, people in kinds:
            for one in AXES:
                at = [member.key for member in one.members].index(keys_of(person)[one.name])
                tables[one.name][at, cohort] += people
    return Sizes(tuple(range(1, len(arrivals) + 1)), tables)


def smallest_difference(now, then, people):
    """Walk from group to group through shared kinds of people, and count who came in each part that hangs together."""
    left, found = dict(people), []
    while left:
        seen, todo = set(), [next(iter(left))]
        while todo:
            kind = todo.pop()
            if kind in seen:
                continue
            seen.add(kind)
            todo += [other for other in left if now(other) == now(kind) or then(other) == then(kind)]
        found.append(sum(left.pop(kind) for kind in seen))
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(KIND, min_size=1, max_size=12), min_size=2, max_size=4))
def test_blocks_of_all_editions_and_axes_hold_nobody_new_or_at_least_k(arrivals):
    earlier = {}
    for edition in range(1, len(arrivals) + 1):
        sizes = sizes_at(arrivals[:edition])
        found = group(sizes, AXES, Policy(k=K), earlier)
        for before, groups in earlier.items():
            new = {person: 0 for kinds in arrivals[:edition] for person, _ in kinds}
            for kinds in arrivals[before:edition]:
                for person, people in kinds:
                    new[person] += people
            held_then = {person for kinds in arrivals[:before] for person, _ in kinds}
            for mine in found:
                for other in groups:
                    if comparable(mine, other):
                        smallest = smallest_difference(
                            lambda person, name=mine, held=found: held[name].of(keys_of(person)[name]),
                            lambda person, name=other, held=groups, there=held_then: (
                                held[name].of(keys_of(person)[name]) if person in there else f"new {person}"
                            ),
                            new,
                        )
                        assert all(people == 0 or people >= K for people in smallest), (mine, other, smallest)
        earlier[edition] = found


def comparable(one, other):
    """Sums over one axis can be set against sums over the other: each group of a coarse one is some groups of a fine one."""
    finer = {UNIT: {SITE, CROSSED.name}, SITE: {CROSSED.name}, "gender": {CROSSED.name}}
    return one == other or other in finer.get(one, ()) or one in finer.get(other, ())


def test_a_few_new_people_of_a_workplace_are_not_shown_by_workplace():
    axes = PLACES
    first = {UNIT: {"a": 60, "b": 40}, SITE: {"a1": 30, "a2": 30, "b1": 20, "b2": 20}}
    people = {one.name: np.array([[first[one.name].get(member.key, 0), 0] for member in one.members]) for one in axes}
    before = group(Sizes((1,), {name: table[:, :1] for name, table in people.items()}), axes, Policy(), {})
    for name, key, new in ((SITE, "a1", 3), (SITE, "a2", 8), (UNIT, "a", 11)):
        at = [member.key for one in axes if one.name == name for member in one.members].index(key)
        people[name][at, 1] = new
    found = group(Sizes((1, 2), people), axes, Policy(), {1: before})
    assert before[SITE].members == (("a1",), ("a2",), ("b1",), ("b2",))
    assert found[SITE].members == (("a1", "a2"), ("b1",), ("b2",))
    assert found[UNIT].members == (("a",), ("b",))
