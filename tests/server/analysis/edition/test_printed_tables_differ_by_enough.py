"""Whatever arrives: two tables of an item differ, in every linked block, by nobody or by enough people who were asked (T3)."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.counting.axes import SITE, UNIT
from tests.support.answered import passing, some_people
from tests.support.counted import AGES, axis, crossing, item, places

GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)
UNITS, SITES = places({"a1": "a", "a2": "a", "b1": "b", "b2": "b", "b3": "b"})
AXES = (GENDER, AGE, UNITS, SITES, crossing(GENDER, SITES), crossing(GENDER, AGE))
UNIT_OF_SITE = np.array([0, 0, 1, 1, 1, 2])
ITEMS = (
    item("plain"),
    item("sensitive", 3, sensitive=True),
    item("gate", 2, silent=False),
    item("hangs", 2, silent=False, conditional=True, gates=("gate",)),
    item("both", 2, conditional=True, sensitive=True, gates=("gate",)),
)


def comparable(one, other):
    """Sums over one axis can be set against sums over the other."""
    finer = {
        UNIT: {SITE, "gender.site"},
        SITE: {"gender.site"},
        "gender": {"gender.site", "gender.age"},
        "age": {"gender.age"},
    }
    return one == other or other in finer.get(one, ()) or one in finer.get(other, ())


@st.composite
def campaigns(draw):
    editions = draw(st.lists(st.integers(20, 200), min_size=2, max_size=4))
    world = some_people(AXES, ITEMS, sum(editions), editions=editions, seed=draw(st.integers(0, 2**16)), check=passing)
    chance = np.random.default_rng(draw(st.integers(0, 2**16)))
    for edition in range(1, len(editions) + 1):
        came = world.cohort == edition
        for name, odds in (("gender", 2), ("age", 5), (SITE, 5)):
            kept = chance.permutation(odds)[: chance.integers(1, odds + 1)]
            world.members[name][came] = chance.choice(kept, came.sum(), p=chance.dirichlet(np.full(len(kept), 0.5)))
    world.members[UNIT] = UNIT_OF_SITE[world.members[SITE]]
    world.members["gender.site"] = world.members["gender"] * 6 + world.members[SITE]
    world.members["gender.age"] = world.members["gender"] * 6 + world.members["age"]
    rare = draw(st.sampled_from((0.1, 0.3, 0.6)))
    world.answers["gate"] = (chance.random(sum(editions)) > rare).astype(int)
    for name, answers in (("hangs", 2), ("both", 3)):
        counts = chance.integers(0, answers, sum(editions))
        world.answers[name] = np.where(world.answers["gate"] == 0, counts, answers)
    return world, draw(st.lists(st.booleans(), min_size=len(editions), max_size=len(editions)))


def blocks(one, other):
    """Walk through shared people: the number of the part that hangs together for each person; -1 for who is in neither."""
    found = np.full(len(one), -1)
    for at, person in enumerate(np.flatnonzero(one >= 0)):
        if found[person] >= 0:
            continue
        block = np.zeros(len(one), dtype=bool)
        block[person] = True
        while True:
            more = np.isin(one, one[block]) & (one >= 0) | np.isin(other, other[block & (other >= 0)]) & (other >= 0)
            if not (more & ~block).any():
                break
            block |= more
        found[block] = at
    return found


@settings(max_examples=25, deadline=None)
@given(campaigns())
def test_two_tables_of_an_item_differ_by_nobody_or_enough(campaign):
    world, breakdowns = campaign
    for number, broken_down in enumerate(breakdowns, start=1):
        world.edition(number, breakdowns=broken_down)
    for kind in ITEMS:
        step = 20 if kind.sensitive else 10
        tables = [table for table in world.printed if table.item == kind.name]
        asked = world.answers[kind.name] < len(kind.categories) - kind.conditional
        for then, now in combinations(sorted(tables, key=lambda table: table.edition), 2):
            if comparable(then.by, now.by) and then.edition < now.edition:
                one, other = (group_of(world, table) for table in (now, then))
                part = blocks(one, other)
                new = (world.cohort > then.edition) & (world.cohort <= now.edition)
                for block in range(part.max() + 1):
                    people = int((new & (part == block)).sum())
                    assert people == 0 or int((new & asked & (part == block)).sum()) >= step, (
                        kind.name,
                        then.by,
                        now.by,
                    )


def group_of(world, table):
    """Give the group of each person in a table; -1 for who is not counted in it."""
    if not table.by:
        return np.where(world.cohort <= table.edition, 0, -1)
    return np.where(world.cohort <= table.edition, world.part_of(table.by, table.groups), -1)
