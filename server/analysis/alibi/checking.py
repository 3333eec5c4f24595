"""The alibi check of one item with all that is tied to it, stage by stage, within a budget.

Passed means: for everybody there is a world of whole people, in the same groups, in which every table of these items, of every
edition, reads the same, and somebody of her profile answered otherwise. What is undecided has not passed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from server.analysis.alibi import programs
from server.analysis.alibi.changes import most_common, without_exchange, without_lone_change
from server.analysis.alibi.records import Records
from server.analysis.alibi.tied import moving_along, out_of_sight
from server.analysis.alibi.worlds import World, build
from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints, Profiles
from server.analysis.grouping.groups import Groups

How = Literal["lone", "exchange", "program", "undecided"]
STAGES: tuple[How, ...] = ("lone", "exchange", "program", "undecided")

COMMON = 20
"""So many of the most common records are open to the people of a small program, beside those of the classes in question."""
SMALL_SECONDS = 2.0
"""What one solving of a small program may take."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work one check may be. `clock` gives seconds from anywhere, never backwards.

    `seconds`: for the whole check. `block`: cells of an array at a time. `free`: how many classes small programs set free.
    `variables`: the largest program that is begun. `programs`: false where there is time for the two quick stages only.
    """

    clock: Callable[[], float]
    seconds: float = 20.0
    block: int = 2_000_000
    free: int = 50
    variables: int = 60_000
    programs: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check came to. `how`: the last stage that was needed; `undecided`: the budget ended before any conclusion.

    `left`: people without an alibi. `settled`: how many classes each stage found an alibi for. Not passed by `program`: it is
    certain that the answer of these people follows from what would be printed.
    """

    passed: bool
    how: How
    left: int
    seconds: float
    settled: Mapping[How, int] = field(default_factory=dict)


def check(
    family: Sequence[Item],
    records: Records,
    profiles: Profiles,
    groups: Mapping[str, Groups],
    tables: Sequence[Table],
    budget: Budget,
) -> Verdict:
    """Check an item, or items that are tied, against all their tables of all editions.

    `records`: who answered what, the family's items together (`Records.alone` for a single item). `profiles.member[axis]` numbers
    `groups[axis].members`, which are so fine that every table's groups are made of whole ones; `profiles` may hold more: a public
    dimension that decides what is asked stands there by its name with each of its members apart. `tables`: every table of these
    items that anybody can have, of whatever axis and edition. Raises ValueError for tables that are not of these counts.
    """
    watch = _Watch(budget)
    named = {item.name: item for item in family}
    settled: dict[How, int] = {}
    needed = 0
    for item in family:
        if len(item.categories) - item.conditional < 2:
            continue  # there is but one way to be asked it, and nothing to tell of anybody
        if out_of_sight(item, moving_along(item, named), named, frozenset(profiles.member)):
            return Verdict(False, "undecided", int(profiles.people.sum()), watch.spent(), settled)
        how, left = _stages(build(item, named, records, profiles, groups, tables), watch, settled)
        if left:
            return Verdict(False, how, left, watch.spent(), settled)
        needed = max(needed, STAGES.index(how))
    return Verdict(True, STAGES[needed], 0, watch.spent(), settled)


class _Watch:
    """The budget as it runs down."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._began = budget.clock()

    def spent(self) -> float:
        """Give the seconds since the check began."""
        return self.budget.clock() - self._began

    def left(self) -> float:
        """Give the seconds that remain."""
        return self.budget.seconds - self.spent()

    def late(self) -> bool:
        """Tell whether none remain."""
        return self.left() <= 0


def _stages(world: World, watch: _Watch, settled: dict[How, int]) -> tuple[How, int]:
    """Go from stage to stage until everybody has an alibi; give the last one, and how many people have none."""
    budget, left = watch.budget, world.unanimous()
    stages: tuple[tuple[How, Callable[[Ints], Ints]], ...] = (
        ("lone", lambda classes: without_lone_change(world, classes, budget.block)),
        ("exchange", lambda classes: without_exchange(world, classes, budget.block, watch.late)),
        ("program", lambda classes: _between_two(world, classes, watch)),
        ("program", lambda classes: _few_free(world, classes, watch)),
    )
    for how, remaining in stages if budget.programs else stages[:2]:
        before, left = len(left), remaining(left) if len(left) else left
        settled[how] = settled.get(how, 0) + before - len(left)
        if not len(left):
            return how, 0
    found = programs.Found(left, concluded=False)
    if budget.programs and int(world.allowed.sum(axis=1)[world.state].sum()) <= budget.variables:
        found = programs.search(world, left, np.arange(len(world.state)), np.arange(len(world.label)), watch.left)
    settled["program"] = settled.get("program", 0) + len(left) - len(found.left)
    return ("program" if found.concluded else "undecided"), int(world.sizes[found.left].sum())


def _between_two(world: World, classes: Ints, watch: _Watch) -> Ints:
    """Let people change between two answers only; each solving takes little or is given up."""
    return programs.between_two(world, classes, watch.budget.variables, lambda: min(watch.left(), SMALL_SECONDS))


def _few_free(world: World, classes: Ints, watch: _Watch) -> Ints:
    """Set some classes free around each that is left; pointless where the program over everybody is as small."""
    budget, left = watch.budget, classes
    if len(world.state) <= 2 * budget.free:
        return left
    common = most_common(world, COMMON)
    for one in classes:
        if one in left and not watch.late():
            free = programs.nearest(world, np.array([one]), budget.free)
            wanted = left[np.isin(left, free)]
            records = np.union1d(common, world.record[np.isin(world.kind, wanted)])
            found = programs.search(world, wanted, free, records, lambda: min(watch.left(), SMALL_SECONDS))
            left = left[~np.isin(left, wanted) | np.isin(left, found.left)]
    return left
