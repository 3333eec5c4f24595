"""Nobody can be cut in parts: what linear programs leave open is looked at once more with whole people.

Two rounded figures beside a withheld count may leave it a threshold of values in fractions, and one or two fewer in people. Here
every arrangement of the people in the withheld cells of one group is tried, or integer programs are solved (SciPy's HiGHS) where
there are too many.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from server.analysis.worlds import Counts, Floats, Mask, Sum

MOST_ARRANGEMENTS = 200_000
"""Up to here all arrangements are tried at once, which is quicker than asking for them one by one."""
NEAR = 1e-9
BEYOND = 3
"""How many values above the threshold are tried, so that a few impossible ones below it do not matter."""


def leaves_enough(counts: Counts, hidden: Mask, size: int, sums: Sequence[Sum], at: int, least: int) -> bool:
    """Tell whether a withheld count could be any of at least `least` whole numbers, one of them `least` or more.

    counts: the true counts of one group by answer, of which those in `hidden` are withheld; size: its people, which anybody may
    know; sums: what its rounded figures tell; at: the answer in question.
    """
    cells = np.flatnonzero(hidden)
    if len(cells) < 2:
        return False  # the total gives a lone one away
    rest = size - int(np.where(hidden, 0, counts).sum())
    rows = [np.ones(len(cells)), *(each.weights[cells] for each in sums)]
    known = [float(each.weights @ np.where(hidden, 0, counts)) for each in sums]
    limits = [each.most - told for each, told in zip(sums, known, strict=True)]
    place = int(np.flatnonzero(cells == at)[0])
    if (rest + 1) ** (len(cells) - 1) <= MOST_ARRANGEMENTS:
        possible = _by_trying(np.array(rows[1:]), np.array(limits), len(cells), rest, place)
    else:
        possible = _by_programs(np.array(rows), limits, rest, place, least)
    return len(possible) >= least and max(possible) >= least


def _by_trying(weights: Floats, limits: Floats, cells: int, rest: int, place: int) -> set[int]:
    """Try every arrangement of the withheld people; the values that one cell takes in those that fit."""
    grid = np.indices((rest + 1,) * (cells - 1)).reshape(cells - 1, -1)
    grid = grid[:, grid.sum(axis=0) <= rest]
    people = np.vstack([grid, rest - grid.sum(axis=0)])
    fits = (weights @ people <= limits[:, None] + NEAR).all(axis=0)
    return {int(value) for value in np.unique(people[place, fits])}


def _by_programs(rows: Floats, limits: Sequence[float], rest: int, place: int, least: int) -> set[int]:
    """Ask for one value after the other whether any arrangement fits, until there are enough."""
    cells = rows.shape[1]
    constraints = LinearConstraint(rows, [float(rest), *([-np.inf] * len(limits))], [float(rest), *limits])
    possible: set[int] = set()
    for value in range(min(rest, least + BEYOND), -1, -1):
        floor, ceiling = np.zeros(cells), np.full(cells, float(rest))
        floor[place] = ceiling[place] = value
        whole = np.ones(cells)
        if milp(np.zeros(cells), integrality=whole, bounds=Bounds(floor, ceiling), constraints=constraints).success:
            possible.add(value)
        if len(possible) >= least and max(possible) >= least:
            break
    return possible
