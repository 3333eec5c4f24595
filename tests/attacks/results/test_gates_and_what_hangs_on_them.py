"""Whole records, gates seen being entered, public dimensions as gates, several answers to one question: together, nothing follows."""

from itertools import product

import numpy as np
import pytest

from server.analysis.counting.items import NO, YES, Answer, Item
from tests.attacks.results.attacker import Attacker, exact, known_of, tables_of
from tests.attacks.results.campaigns import campaign
from tests.support.counted import item

GATE, FIRST = item("g", 2), item("d", 3, conditional=True, gates=("g",))
SECOND, BEHIND = item("e", 2, conditional=True, gates=("g",)), item("f", 2, conditional=True, gates=("d",))
TIED = (GATE, FIRST, SECOND, BEHIND)
RECORDS = [(1, 4, 3, 3), (2, 4, 3, 3)] + [
    (0, d, e, f) for d in range(4) for e in range(3) for f in ((0, 1, 2) if d == 0 else (3,))
]


def tied_campaign(people, sites, rate, kind):
    world = campaign(people, sites=sites, items=TIED, possible=np.array(RECORDS))
    chance = np.random.default_rng(people)
    gate = world.members["site"] % 2 if kind == "by site" else (chance.random(people) > rate).astype(int)
    first = np.where(gate == 0, 0 if kind == "alike" else chance.choice(4, people, p=[0.5, 0.3, 0.17, 0.03]), 4)
    second = np.where(gate == 0, 0 if kind == "alike" else chance.choice(3, people, p=[0.8, 0.15, 0.05]), 3)
    behind = np.where(first == 0, chance.choice(3, people, p=[0.5, 0.45, 0.05]), 3)
    world.answers = {"g": gate, "d": first, "e": second, "f": behind}
    return world


def given_away(tables, world):
    """People whose answer is certain: to the gate by groups alone, to the others for who saw everybody go in or stay out."""
    found = len(Attacker(tables, TIED, known_of(world), RECORDS).certain(GATE))
    for one, gates in ((FIRST, "g"), (SECOND, "g"), (BEHIND, "gd")):
        seen = [world.answers[name] for name in gates]
        may = np.ones((len(world.cohort), len(RECORDS)), dtype=bool)
        for at, column in enumerate(seen):
            may &= np.array(RECORDS)[:, at] == column[:, None]
        found += len(Attacker(tables, TIED, known_of(world, *seen), RECORDS, may).certain(one))
    return found


@pytest.mark.parametrize("kind", ["by chance", "by site", "alike"])
@pytest.mark.parametrize(("people", "sites", "rate"), [(20, 2, 0.5), (60, 12, 0.8)])
def test_no_answer_follows_from_a_gate_and_all_that_hangs_on_it(people, sites, rate, kind):
    world = tied_campaign(people, sites, rate, kind)
    decided = world.edition(1)
    assert decided["g"].tables
    assert given_away(tables_of(decided), world) == 0


def test_answers_follow_from_exact_counts_of_them():
    world = tied_campaign(60, 2, 0.5, "by site")
    assert given_away(exact(tables_of(world.edition(1)), world), world) > 20


@pytest.mark.parametrize("exactly", [False, True])
def test_who_is_asked_is_public_and_fifteen_asked_and_fifteen_yes_is_not_read_as_everybody(exactly):
    asked = item("w", 2, silent=False, conditional=True, gates=("gender",))
    world = campaign(60, items=(item("gender", 3, silent=False), asked))
    world.answers["gender"] = world.members["gender"]
    world.answers["w"] = np.where(world.members["gender"] == 0, 0, 2)
    tables = tables_of({"w": world.edition(1)["w"]})
    tables = exact(tables, world) if exactly else tables
    may = np.array([[True, True, False] if gender == 0 else [False, False, True] for gender in world.members["gender"]])
    found = Attacker(tables, (asked,), known_of(world, world.members["gender"]), may=may).certain(asked)
    assert tables
    assert (len(found) > 0) == exactly


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_the_options_of_one_question_together_give_nobody_away(rate):
    options = tuple(Item(f"m/{at}", "m", (Answer(YES), Answer(NO)), ("m",), silent=False) for at in range(3))
    items = (item("m", 1), *options)
    world = campaign(40, items=items)
    chosen = np.random.default_rng(7).random((40, 3)) < rate
    world.answers = {f"m/{at}": np.where(chosen[:, at], 0, 1) for at in range(3)}
    world.answers["m"] = np.where(chosen.any(axis=1), 0, 1)
    records = [(0 if 0 in taken else 1, *taken) for taken in product((0, 1), repeat=3)]
    attacker = Attacker(tables_of(world.edition(1)), items, known_of(world), records)
    assert [len(attacker.certain(one)) for one in items] == [0] * 4


OPENS = item("g", 2)
TAKEN = Item("m", "m", (Answer(YES),), ("m",), conditional=True, gates=("g",))
OPTIONS = tuple(
    Item(f"m/{at}", "m", (Answer(YES), Answer(NO)), ("m",), silent=False, conditional=True, gates=("g",))
    for at in range(2)
)
REPORTED = Item(
    "indicator/x", "indicator/x", (Answer(YES), Answer(NO)), ("m",), silent=False, conditional=True, gates=("g",)
)
BEHIND_A_GATE = (OPENS, TAKEN, *OPTIONS, REPORTED)
# who took the first option counts in the indicator; who took none is outside of it
WAYS = [(1, 2, 2, 2, 2), (2, 2, 2, 2, 2), (0, 0, 0, 0, 0), (0, 0, 0, 1, 0), (0, 0, 1, 0, 1), (0, 1, 1, 1, 2)]
ALIKE = [0.3, 0.0, 0.7, 0.0, 0.0, 0.0]


def behind_a_gate(people, often):
    world = campaign(people, sites=12, items=BEHIND_A_GATE, possible=np.array(WAYS))
    ways = np.array(WAYS)[np.random.default_rng(people).choice(len(WAYS), people, p=often)]
    world.answers = {one.name: ways[:, at] for at, one in enumerate(BEHIND_A_GATE)}
    return world


def certain_of(tables, world):
    found = len(Attacker(tables, BEHIND_A_GATE, known_of(world), WAYS).certain(OPENS))
    may = np.array(WAYS)[:, 0] == world.answers["g"][:, None]
    inside = Attacker(tables, BEHIND_A_GATE, known_of(world, world.answers["g"]), WAYS, may)
    return found + sum(len(inside.certain(one)) for one in (TAKEN, *OPTIONS))


@pytest.mark.parametrize(
    ("people", "often"),
    [(60, [0.4, 0.05, 0.1, 0.15, 0.2, 0.1]), (90, ALIKE), (150, [0.5, 0.02, 0, 0.46, 0.01, 0.01])],
)
def test_what_is_shown_of_options_behind_a_gate_and_of_what_is_told_from_them_gives_nobody_away(people, often):
    world = behind_a_gate(people, often)
    tables = tables_of(world.edition(1))
    assert {table.item for table in tables} == {one.name for one in BEHIND_A_GATE}
    assert certain_of(tables, world) == 0


def test_the_same_attack_succeeds_on_exact_counts():
    world = behind_a_gate(90, ALIKE)
    assert certain_of(exact(tables_of(world.edition(1)), world), world) > 20
