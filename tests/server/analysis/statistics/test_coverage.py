"""Of many groups drawn from one population, the intervals of nineteen in twenty or more hold what is true of the population."""

import numpy as np
import pytest

from server.analysis.brackets.widths import bracket
from server.analysis.edition.figures import Missing
from server.analysis.grouping.groups import Groups
from server.analysis.reading.figures import read
from server.analysis.statistics.estimates import difference
from server.analysis.statistics.known import known_of
from server.analysis.statistics.scores import mean_of
from server.analysis.statistics.shares import share_of
from tests.support.known import SCORES, likert

TIMES = 200
SHARES = np.array([0.08, 0.15, 0.2, 0.35, 0.15, 0.05, 0.02])
AGREE, TOP = SHARES[3], SHARES[3:5].sum() / SHARES[:5].sum()
MEAN = SHARES[:5] @ [1, 2, 3, 4, 5] / SHARES[:5].sum()


def drawn(people, chance):
    """Two of four groups of one size, with brackets of 5 people."""
    item, _ = likert([1] * 5)
    counts = chance.multinomial(people, SHARES, size=4)
    groups = Groups("team", tuple((str(at),) for at in range(4)), (people,) * 4)
    table = bracket(item, counts, groups, 5, 1)
    whole = bracket(item, counts.sum(axis=0, keepdims=True), Groups("", ((),), (4 * people,)), 5, 1)
    return known_of(item, table, read(item, table, whole))[:2]


@pytest.mark.parametrize("people", [12, 30, 150, 1000])
def test_intervals_hold_the_truth_in_nineteen_of_twenty_groups(people):
    chance = np.random.default_rng(people)
    held = {"share": [], "top two": [], "mean": [], "difference": []}
    for _ in range(TIMES):
        first, second = drawn(people, chance)
        share = share_of(first, first.mask(("a",)), first.base)
        tops = [share_of(one, one.mask(("a", "sa")), one.mask(SCORES)) for one in (first, second)]
        mean, points = mean_of(first, SCORES), difference(*tops)
        assert not any(isinstance(one, Missing) for one in (share, *tops, mean, points))
        held["share"].append(share.within.low <= AGREE <= share.within.high)
        held["top two"].append(tops[0].within.low <= TOP <= tops[0].within.high)
        held["mean"].append(mean.within.low <= MEAN <= mean.within.high)
        held["difference"].append(points.low <= 0 <= points.high)
    assert {name: np.mean(one) >= 0.93 for name, one in held.items()} == dict.fromkeys(held, True)
