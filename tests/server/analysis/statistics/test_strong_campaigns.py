"""Where some answers were replaced by others' before counting, a group's own shares are found again, with wider intervals."""

import numpy as np
import pytest

from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import Answer, Item
from server.analysis.grouping.groups import Groups
from server.analysis.reading.figures import read
from server.analysis.statistics.known import known_of
from server.analysis.statistics.scores import mean_of
from server.analysis.statistics.shares import share_of
from server.analysis.statistics.strong import true_of

REPLACED = 0.1
PEOPLE = (4000, 20000)
SHARES = np.array([[0.8, 0.15, 0.05], [0.1, 0.3, 0.6]])
ITEM = Item("claim", "claim", tuple(Answer(key, score=at) for at, key in enumerate("abc")), ("claim",), silent=False)


def parts(item=ITEM, chance=None):
    """Two groups of whom a tenth has the answer of a random person; and everybody."""
    chance = chance or np.random.default_rng(7)
    own = [chance.choice(3, n, p=shares) for n, shares in zip(PEOPLE, SHARES, strict=True)]
    everyone = np.concatenate(own)
    answers = [np.where(chance.random(len(one)) < REPLACED, chance.choice(everyone, len(one)), one) for one in own]
    counts = np.array([np.bincount(one, minlength=3) for one in answers])
    table = bracket(item, counts, Groups("gender", (("f",), ("m",)), PEOPLE), 5, 1)
    whole = bracket(item, counts.sum(axis=0, keepdims=True), Groups("", ((),), (sum(PEOPLE),)), 5, 1)
    everybody = known_of(item, whole, read(item, whole, whole))[0]
    return known_of(item, table, read(item, table, whole)), everybody


def share(one, key="a"):
    return share_of(one, one.mask((key,)), one.base)


def test_the_groups_own_shares_are_found_again():
    groups, everybody = parts()
    for group, shares in zip(groups, SHARES, strict=True):
        true = true_of(group, everybody, REPLACED)
        for key, expected in zip("abc", shares, strict=True):
            assert share(true, key).value == pytest.approx(expected, abs=0.02)
    assert abs(share(groups[0]).value - 0.8) > 0.04


def test_the_mean_of_a_group_is_found_again():
    groups, everybody = parts()
    found = mean_of(true_of(groups[0], everybody, REPLACED), {"a": 0.0, "b": 1.0, "c": 2.0})
    assert found.value == pytest.approx(SHARES[0] @ [0, 1, 2], abs=0.03)


def test_intervals_grow_and_hold_the_groups_own_shares():
    held, chance = [], np.random.default_rng(11)
    for _ in range(60):
        groups, everybody = parts(chance=chance)
        true = share(true_of(groups[0], everybody, REPLACED))
        held.append(true.within.low <= 0.8 <= true.within.high)
        assert true.error > share(groups[0]).error
    assert np.mean(held) > 0.9


def test_what_everybody_answered_stays_as_it_was_counted():
    _, everybody = parts()
    true = true_of(everybody, everybody, REPLACED)
    assert share(true).value == share(everybody).value
    assert share(true).error > share(everybody).error


def test_what_comes_from_several_answers_is_left_as_it_was_counted():
    item = Item("indicator/both", "indicator/both", ITEM.answers, ("claim", "other"), silent=False)
    groups, everybody = parts(item)
    assert true_of(groups[0], everybody, REPLACED) is groups[0]
