"""The strongest attacker of all: runs the whole mechanism on every assignment there is, and keeps those that come out as printed.

Everything that decides is turned against itself: merging, the ladder of brackets, what is coarse or held back. Whether a family
was drawn to start one step higher is not known, so an assignment counts when either draw comes out as printed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product
from types import SimpleNamespace

import numpy as np

from server.analysis.edition.deciding import widths_of
from server.analysis.edition.families import families
from tests.support.answered import Answered


def assignments_of(campaign: Answered, records: Sequence[Sequence[int]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way in which the people of each kind (alike in their groups) could have these records; as numbers of records."""
    people = [np.count_nonzero(kinds_of(campaign) == kind) for kind in range(kinds_of(campaign).max() + 1)]
    return product(*(combinations_with_replacement(range(len(records)), many) for many in people))


def kinds_of(campaign: Answered) -> np.ndarray:
    lines = np.stack([*campaign.members.values(), campaign.cohort], axis=1)
    return np.unique(lines, axis=0, return_inverse=True)[1].ravel()


def outcomes(campaign: Answered, records, keys) -> dict[object, list[tuple[tuple[int, ...], ...]]]:
    """What is printed, and the assignments that could have printed it."""
    kinds, found = kinds_of(campaign), defaultdict(list)
    for other in assignments_of(campaign, records):
        numbers = np.zeros(len(kinds), dtype=int)
        for kind, held in enumerate(other):
            numbers[kinds == kind] = held
        answers = {item.name: np.array(records)[numbers, at] for at, item in enumerate(campaign.items)}
        for printed in {everything_printed(replace(campaign, answers=answers, key=key)) for key in keys}:
            found[printed].append(other)
    return found


def everything_printed(campaign: Answered) -> object:
    """All that leaves of all editions of a campaign, as one value that can be compared."""
    fresh = replace(campaign, printed=[], broken_down={})
    found = []
    for number in sorted(set(fresh.cohort.tolist())):
        for name, decision in fresh.edition(number).items():
            tables = tuple(str(table.document()) for table in decision.tables.values())
            found.append((number, name, decision.reason, decision.bracket, tables))
    return tuple(found)


def two_keys(campaign: Answered) -> tuple[bytes, bytes]:
    """One key with which nothing starts a step higher, and one with which the first family does, in the first edition."""
    family = families(campaign.items, campaign.axes, len(campaign.cohort))[0]
    ladder, found = campaign.policy.brackets(tied=family.tied), {}
    ground = SimpleNamespace(policy=campaign.policy, campaign="a-campaign", edition=1)
    for number in range(1000):
        key = str(number).encode()
        found.setdefault(widths_of(ground, family, key) == ladder, key)
    return found[True], found[False]


def given_away(campaign: Answered, records, item: int, keys) -> dict[object, int]:
    """Of every outcome: how many people answered an item the same in each assignment that could have led to it."""
    answer, sure = np.array(records)[:, item], {}
    for printed, assignments in outcomes(campaign, records, keys).items():
        alone = 0
        for kind in range(len(assignments[0])):
            answers = {int(answer[number]) for other in assignments for number in other[kind]}
            if len(answers) == 1:
                alone += len(assignments[0][kind])
        sure[printed] = alone
    return sure
