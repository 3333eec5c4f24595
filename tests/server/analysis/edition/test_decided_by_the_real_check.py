"""With the real alibi check: what is decided of honest and of adversarial answers, alone and tied."""

import numpy as np
import pytest

from tests.support.answered import some_people
from tests.support.counted import AGES, axis, item

GENDER, AGE = axis("gender", ("female", "male")), axis("age", AGES, ordered=True)
GATE = item("gate", 2, silent=False)
HANGS = item("hangs", 3, silent=False, conditional=True, gates=("gate",))


def world_of(people, answered, items):
    world = some_people((GENDER, AGE), items, people)
    world.answers |= {name: np.asarray(values, dtype=np.int64) for name, values in answered.items()}
    return world


@pytest.mark.parametrize("people", [20, 60, 150])
def test_an_answer_that_gender_decides_never_reads_as_everybodys(people):
    world = world_of(people, {}, (item(answers=2, silent=False),))
    world.answers["q"] = (world.members["gender"] == 1).astype(int)
    decision = world.edition(1)["q"]
    assert decision.tables
    assert decision.how in {"lone", "exchange", "program"}
    for table in decision.tables.values():
        assert (table.low < np.array(table.groups.sizes)[:, None]).all()
        assert (table.high > 0).all()


def test_a_gate_and_what_hangs_on_it_are_decided_together():
    people = np.arange(80)
    gate = (people % 2).astype(int)
    hangs = np.where(gate == 0, people % 3, 3)
    found = world_of(80, {"gate": gate, "hangs": hangs}, (GATE, HANGS)).edition(1)
    assert {decision.how for decision in found.values()} <= {"lone", "exchange", "program"}
    assert len({decision.bracket for decision in found.values()}) == 1


def test_what_only_women_are_asked_is_checked_with_gender_known():
    women = item("w", 2, silent=False, conditional=True, gates=("gender",))
    world = world_of(120, {}, (item("gender", 2), women))
    world.answers["gender"] = world.members["gender"]
    world.answers["w"] = np.where(world.members["gender"] == 0, np.arange(120) % 2, 2)
    found = world.edition(1)
    assert "" in found["w"].tables
    assert "gender" not in found["w"].tables
    assert found["w"].how in {"lone", "exchange", "program"}
