"""Merging, the ladder and what is held back as signals: every assignment is put through the whole mechanism, and nobody is given away."""

import numpy as np
import pytest

from server.analysis.policy import Policy
from tests.attacks.results.inversion import given_away, two_keys
from tests.support.answered import Answered, passing
from tests.support.counted import axis, item

GENDER = axis("gender", ("female", "male"))
YES_NO = item("q", 2, silent=False)
GATE, HANGS = item("g", 2, silent=False), item("d", 1, silent=False, conditional=True, gates=("g",))
ASKED = [(0, 0), (1, 1)]


def kinds(sizes, items, **more):
    people = sum(sizes)
    answers = {one.name: np.zeros(people, dtype=int) for one in items}
    gender = np.repeat(np.arange(len(sizes)), sizes)
    return Answered((GENDER,), items, {"gender": gender}, answers, np.ones(people, dtype=int), Policy(k=5), **more)


@pytest.mark.parametrize("sizes", [(10, 10), (7, 13), (5, 15), (12, 12)])
def test_of_an_answer_by_two_groups(sizes):
    campaign = kinds(sizes, (YES_NO,))
    assert set(given_away(campaign, [(0,), (1,)], 0, two_keys(campaign)).values()) == {0}


@pytest.mark.parametrize("sizes", [(10, 10), (8, 14)])
def test_of_a_gate_whose_sections_are_merged_or_held_back_by_how_many_were_asked(sizes):
    campaign = kinds(sizes, (GATE, HANGS), possible=np.array(ASKED))
    assert set(given_away(campaign, ASKED, 0, two_keys(campaign)).values()) == {0}


def test_the_same_attack_succeeds_where_counts_are_exact():
    campaign = kinds((10, 10), (YES_NO,), check=passing)
    campaign.policy = Policy(k=5, ladder=(1,))
    found = given_away(campaign, [(0,), (1,)], 0, (b"any",))
    assert max(found.values()) == 20
    assert sum(people > 0 for people in found.values()) > 10
