"""Somebody knows who answered between two editions, all about their groups, and both editions."""

import numpy as np
import pytest

from server.analysis.policy import Policy
from tests.attacks.results.attacker import Attacker, exact, known_of
from tests.attacks.results.campaigns import campaign


def after_two_editions(joiners, kind, *, overruled=False):
    """`overruled`: the second edition is made though fewer than ten people joined."""
    world = campaign(80 + joiners, kind=kind, editions=(80, joiners))
    world.edition(1)
    if overruled:
        object.__setattr__(world.policy, "k", 1)
    world.edition(2, breakdowns=not overruled)
    return world


def given_away(tables, world):
    return sum(len(Attacker(tables, (item,), known_of(world)).certain(item)) for item in world.items)


@pytest.mark.parametrize("kind", ["by chance", "all alike", "by site"])
@pytest.mark.parametrize("joiners", [10, 14, 40])
def test_what_they_answered_does_not_follow_from_two_editions(joiners, kind):
    world = after_two_editions(joiners, kind)
    assert {table.edition for table in world.printed} == {1, 2}
    assert given_away(world.printed, world) == 0


@pytest.mark.parametrize("joiners", [1, 3])
def test_one_or_three_bring_no_new_figures(joiners):
    world = after_two_editions(joiners, "by chance")
    assert {table.edition for table in world.printed} == {1}


@pytest.mark.parametrize("joiners", [1, 3])
def test_one_or_three_would_have_alibis_behind_brackets_even_if_they_did(joiners):
    world = after_two_editions(joiners, "by chance", overruled=True)
    assert {table.edition for table in world.printed} == {1, 2}
    assert given_away(world.printed, world) == 0


def test_one_who_joins_is_read_off_exact_counts():
    world = after_two_editions(1, "by chance", overruled=True)
    newcomer = np.flatnonzero(world.cohort == 2)
    counts = exact(world.printed, world)
    for item in world.items:
        assert newcomer[0] in Attacker(counts, (item,), known_of(world)).certain(item)


def test_breakdowns_before_closing_do_not_give_them_away_either():
    world = campaign(240, editions=(100, 140))
    world.policy = Policy(k=5)
    world.edition(1)
    world.edition(2)
    assert given_away(world.printed, world) == 0
