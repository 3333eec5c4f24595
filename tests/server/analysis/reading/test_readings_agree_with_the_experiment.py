"""Readings agree with the formula written out cell by cell, as the experiment behind the rules had it."""

import numpy as np
import pytest
from scipy.stats import binom

from server.analysis.brackets.widths import bracket
from server.analysis.reading.figures import read
from tests.support.counted import everybody, groups, item


def written_out(low, high, people, shares):
    """Expect each count in its bracket under a binomial; then shift all by their room until they add up."""
    found = np.empty(len(low))
    for at in range(len(low)):
        counts = np.arange(low[at], high[at] + 1)
        chances = binom.pmf(counts, people, np.clip(shares[at], 0.003, 0.997))
        found[at] = counts @ chances / chances.sum()
    for _ in range(20):
        missing = people - found.sum()
        room = high - found if missing > 0 else found - low
        if abs(missing) > 1e-9:
            found = found + np.sign(missing) * room * min(1, abs(missing) / room.sum())
    return found


@pytest.mark.parametrize("width", [5, 10, 20])
@pytest.mark.parametrize("seed", range(5))
def test_readings_agree_with_the_formula_written_out(width, seed):
    chance = np.random.default_rng(seed)
    kind = item(answers=6)
    counts = np.stack([chance.multinomial(people, chance.dirichlet(np.ones(7) * 2)) for people in (14, 31, 77, 240)])
    one_way = bracket(kind, counts.sum(axis=0)[None], everybody(int(counts.sum())), width, 1)
    table = bracket(kind, counts, groups("job", 14, 31, 77, 240), width, 1)
    shares = read(kind, one_way, one_way)[0] / counts.sum()
    expected = [written_out(*line, shares) for line in zip(table.low, table.high, table.groups.sizes, strict=True)]
    assert read(kind, table, one_way) == pytest.approx(np.array(expected), abs=1e-6)
