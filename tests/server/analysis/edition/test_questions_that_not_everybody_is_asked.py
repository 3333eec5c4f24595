"""A question not asked of everybody is shown in groups of enough who were asked, and moves on only with enough of them."""

import numpy as np

from tests.support.answered import passing, some_people
from tests.support.counted import AGES, axis, item

GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)
GATE = item("gate", 2, silent=False)
HANGS = item("hangs", 2, silent=False, conditional=True, gates=("gate",))


def world_of(asked_in, editions, **more):
    """People of whom so many were asked, edition by edition; every third of those asked says yes."""
    world = some_people((GENDER, AGE), (GATE, HANGS), sum(editions), editions=editions, check=passing, **more)
    world.answers["gate"] = np.concatenate(
        [
            (np.arange(people) * asked // people == (np.arange(people) - 1) * asked // people).astype(int)
            for people, asked in zip(editions, asked_in, strict=True)
        ]
    )
    yes = np.arange(sum(editions)) % 3 > 0
    world.answers["hangs"] = np.where(world.answers["gate"] == 0, yes, 2)
    return world


def test_groups_are_merged_until_enough_of_each_were_asked_for_certain():
    decision = world_of((60,), (400,)).edition(1)["hangs"]
    for by, table in decision.tables.items():
        assert (table.asked_low >= 10).all(), by
    assert len(decision.tables["age"].groups.members) < len(AGES)


def test_there_are_not_more_figures_than_a_tenth_of_those_who_were_asked_for_certain():
    decision = world_of((60,), (400,)).edition(1)["hangs"]
    assert 1 + sum(len(table.groups.members) - 1 for by, table in decision.tables.items() if by) <= 6


def test_too_few_asked_are_not_shown_at_all():
    decision = world_of((8,), (400,)).edition(1)["hangs"]
    assert (dict(decision.tables), decision.reason) == ({}, "few")


def test_a_gate_and_what_hangs_on_it_share_brackets_of_ten():
    found = world_of((200,), (400,)).edition(1)
    assert {found[name].bracket for name in ("gate", "hangs")} in ({10}, {20})


def test_the_last_figure_stays_until_enough_more_were_asked_for_certain():
    world = world_of((95, 8, 40), (200, 50, 150))
    tables = [world.edition(number, breakdowns=False)["hangs"].tables[""] for number in (1, 2, 3)]
    assert [table.edition for table in tables] == [1, 1, 3]
    assert tables[2].asked_low[0] - tables[1].asked_high[0] >= 10


def test_at_closing_the_people_of_the_figure_that_stays_are_broken_down():
    world = world_of((95, 8), (200, 50))
    world.edition(1, breakdowns=False)
    found = world.edition(2)
    tables = found["hangs"].tables
    assert {table.edition for table in tables.values()} == {1}
    assert "gender" in tables
    assert sum(tables["gender"].groups.sizes) == 200
    assert found["gate"].tables["gender"].edition == 2


def test_an_axis_with_a_block_of_few_more_who_were_asked_keeps_its_last_figures():
    world = world_of((100, 100), (200, 200))
    world.members["gender"][:] = np.arange(400) // 2 % 2
    came = np.flatnonzero(world.cohort == 2)
    world.members["gender"][came] = 0
    world.members["gender"][came[:12]] = 1
    world.edition(1)
    tables = world.edition(2)["hangs"].tables
    assert tables[""].edition == 2
    assert tables["gender"].edition == 1


def test_an_edition_that_adds_nobody_breaks_down_the_same_people():
    world = world_of((95,), (200,))
    world.edition(1, breakdowns=False)
    found = world.edition(2)
    assert {name: found[name].tables[""].edition for name in found} == {"gate": 1, "hangs": 1}
    assert {name: found[name].tables["gender"].edition for name in found} == {"gate": 2, "hangs": 2}
