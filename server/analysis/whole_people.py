"""Nobody can be cut in parts: what linear programs leave open is looked at once more with whole people.

Two rounded figures beside a withheld count may leave it a threshold of values in fractions, and one or two fewer in people. Here
each value is tried by an integer program over the withheld cells of one group (SciPy's HiGHS), until enough of them are possible.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from server.analysis.worlds import Counts, Mask, Sum

BEYOND = 3
"""How many values above the threshold are tried, so that a few impossible ones below it do not matter."""


def leaves_enough(counts: Counts, hidden: Mask, size: int, sums: Sequence[Sum], at: int, least: int) -> bool:
    """Tell whether a withheld count could be any of at least `least` whole numbers, one of them `least` or more.

    counts: the true counts of one group by answer, of which those in `hidden` are withheld; size: its people, which anybody may
    know; sums: what its rounded figures tell; at: the answer in question.
    """
    cells = np.flatnonzero(hidden)
    rest = size - int(np.where(hidden, 0, counts).sum())
    rows = [np.ones(len(cells)), *(each.weights[cells] for each in sums)]
    known = [float(each.weights @ np.where(hidden, 0, counts)) for each in sums]
    low = [float(rest), *([-np.inf] * len(sums))]
    high = [float(rest), *(each.most - told for each, told in zip(sums, known, strict=True))]
    constraints = LinearConstraint(np.array(rows), low, high)
    place = int(np.flatnonzero(cells == at)[0])
    possible = [
        value
        for value in range(min(rest, least + BEYOND) + 1)
        if _feasible(constraints, len(cells), rest, place, value)
    ]
    return len(possible) >= least and max(possible) >= least


def _feasible(constraints: LinearConstraint, cells: int, rest: int, place: int, value: int) -> bool:
    floor, ceiling = np.zeros(cells), np.full(cells, float(rest))
    floor[place] = ceiling[place] = value
    found = milp(np.zeros(cells), integrality=np.ones(cells), bounds=Bounds(floor, ceiling), constraints=constraints)
    return bool(found.success)
