"""Nobody's answer is the only one possible, whatever the answers are; with exact counts many are."""

import pytest

from tests.attacks.results.attacker import Attacker, exact, known_of, tables_of
from tests.attacks.results.campaigns import ADVERSARIAL, HONEST, campaign


def given_away(tables, world, seconds=60.0):
    return sum(len(Attacker(tables, (item,), known_of(world)).certain(item, seconds)) for item in world.items)


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("kind", [*HONEST, *ADVERSARIAL])
@pytest.mark.parametrize(("people", "sites"), [(20, 2), (60, 12)])
def test_no_answer_follows_from_the_tables_of_an_edition(people, sites, kind, k):
    world = campaign(people, kind=kind, sites=sites, k=k)
    assert given_away(tables_of(world.edition(1)), world) == 0


def test_no_answer_of_three_thousand_people_follows_either():
    world = campaign(3_000, sites=12)
    assert given_away(tables_of(world.edition(1)), world, seconds=600.0) == 0


def test_nearly_all_answers_of_three_thousand_people_follow_from_exact_counts_where_one_differs():
    world = campaign(3_000, kind="one differs", sites=12)
    assert given_away(exact(tables_of(world.edition(1)), world), world, seconds=600.0) > 5_000


@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_many_answers_follow_from_exact_counts(kind):
    world = campaign(60, kind=kind)
    assert given_away(exact(tables_of(world.edition(1)), world), world) > 5


def test_answers_follow_from_exact_counts_of_honest_answers_too():
    found = 0
    for seed in range(6):
        world = campaign(40, sites=12, seed=seed, k=5)
        found += given_away(exact(tables_of(world.edition(1)), world), world)
    assert found > 0
