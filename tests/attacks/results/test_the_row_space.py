"""Sums and differences of groups, of all editions: which is the smallest set of people whose count can be formed?"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.attacks.results.attacker import known_of, stands_in
from tests.attacks.results.campaigns import campaign

WEIGHT = 6


def smallest_set(tables, world):
    """The fewest people whose sum is a combination of printed groups, as an integer program over kinds of people."""
    known = known_of(world)
    rows = []
    for table in tables:
        place = stands_in(table, known)
        rows += [(place == group).astype(float) for group in range(len(table.groups.members))]
    each, size = np.unique(np.array(rows), axis=1, return_counts=True)
    groups, kinds = each.shape
    # variables: weights of the groups, then for every kind whether it is in the set
    solved = milp(
        np.concatenate([np.zeros(groups), size]),
        constraints=[
            LinearConstraint(np.column_stack([each.T, -np.eye(kinds)]), 0, 0),
            LinearConstraint(np.concatenate([np.zeros(groups), size])[None], 1, np.inf),
        ],
        bounds=Bounds(
            np.concatenate([np.full(groups, -WEIGHT), np.zeros(kinds)]),
            np.concatenate([np.full(groups, WEIGHT), np.ones(kinds)]),
        ),
        integrality=np.concatenate([np.zeros(groups), np.ones(kinds)]),
        options={"time_limit": 60},
    )
    assert solved.status == 0
    return round(solved.fun)


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("editions", [(60,), (80, 12), (60, 30), (40, 40, 40)])
def test_no_set_of_fewer_than_k_people_can_be_formed(editions, k):
    world = campaign(sum(editions), k=k, editions=editions, sites=12)
    for number in range(1, len(editions) + 1):
        world.edition(number)
    tables = [table for table in world.printed if table.item == "yes_no"]
    assert smallest_set(tables, world) >= k


def test_an_edition_that_few_joined_gives_a_set_of_few():
    world = campaign(63, editions=(60, 3))
    world.edition(1)
    object.__setattr__(world.policy, "k", 1)
    world.edition(2, breakdowns=False)
    tables = [table for table in world.printed if table.item == "yes_no" and not table.by]
    assert smallest_set(tables, world) == 3


def test_groups_of_their_own_for_few_give_a_set_of_few():
    world = campaign(60, sites=12)
    world.policy = replace(world.policy, people_per_group=1)
    object.__setattr__(world.policy, "k", 2)
    world.edition(1)
    assert smallest_set([table for table in world.printed if table.item == "yes_no"], world) < 5
