"""The alibi check of one item with all that is tied to it, stage by stage, within a budget.

Passed means: for everybody there is an assignment of whole people, in the same groups, in which every table of these items, of every
edition, reads the same, and somebody of her profile answered otherwise. What is undecided has not passed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from server.analysis.alibi import programs
from server.analysis.alibi.assignments import Assignment, build
from server.analysis.alibi.budget import Budget, Watch
from server.analysis.alibi.changes import without_exchange, without_lone_change
from server.analysis.alibi.rearranging import without_rearranging
from server.analysis.alibi.tied import moving_along, out_of_sight
from server.analysis.brackets.table import Table
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Ints, Profiles, Records
from server.analysis.grouping.groups import Groups

How = Literal["lone", "exchange", "program", "undecided"]
STAGES: tuple[How, ...] = ("lone", "exchange", "program", "undecided")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check came to. `without`: of each item that has not passed, how many people have no alibi; passed, where there is none.

    `stages`: of each item that was checked the last stage that was needed; `undecided`: the budget ended before any conclusion. Not
    passed by `program`: it is certain that the answers of these people follow from what would be printed. `work`: cells looked at.
    `cut_short`: the clock ended it.
    """

    without: Mapping[str, int]
    stages: Mapping[str, How]
    work: int
    cut_short: bool = False

    @property
    def passed(self) -> bool:
        """Tell whether everybody has an alibi for every item."""
        return not self.without

    @property
    def how(self) -> How:
        """Give the last stage that was needed for all items together."""
        return max(self.stages.values(), key=STAGES.index, default="lone")


def check(
    family: Sequence[Item],
    records: Records,
    profiles: Profiles,
    groups: Mapping[str, Groups],
    tables: Sequence[Table],
    budget: Budget,
    only: Collection[str] | None = None,
) -> Verdict:
    """Check an item, or items that are tied, against all their tables of all editions.

    `records`: who answered what, the family's items together (`Records.alone` for a single item). `profiles.member[axis]` numbers
    `groups[axis].members`, which are so fine that every table's groups are made of whole ones; `profiles` may hold more: a public
    dimension that decides what is asked stands there by its name with each of its members apart. `tables`: every table of these
    items that anybody can have, of whatever axis and edition. `only`: the items to be checked, all unless they are named. Raises
    ValueError for tables that are not of these counts.
    """
    watch, named = Watch(budget), {item.name: item for item in family}
    without: dict[str, int] = {}
    stages: dict[str, How] = {}
    for item in family:
        if len(item.categories) - item.conditional < 2 or (only is not None and item.name not in only):
            continue  # with one way to be asked there is nothing to tell of anybody
        left = int(profiles.people.sum())
        stages[item.name] = "undecided"
        if not out_of_sight(item, moving_along(item, named), named, frozenset(profiles.member)):
            stages[item.name], left = _stages(build(item, named, records, profiles, groups, tables), watch)
        if left:
            without[item.name] = left
    return Verdict(without, stages, watch.done, watch.cut_short)


def _stages(assignment: Assignment, watch: Watch) -> tuple[How, int]:
    """Go from stage to stage until everybody has an alibi; give the last one, and how many people have none."""
    left = assignment.unanimous()
    stages: tuple[tuple[How, Callable[[Assignment, Ints, Watch], Ints]], ...] = (
        ("lone", without_lone_change),
        ("exchange", without_exchange),
        ("exchange", without_rearranging),
    )
    for how, remaining in stages:
        left = remaining(assignment, left, watch) if len(left) else left
        if not len(left):
            return how, 0
    found = programs.Found(left, concluded=False)
    if assignment.variables <= watch.budget.variables and not watch.over:
        found = programs.search(assignment, left, watch)
    return ("program" if found.concluded else "undecided"), int(assignment.sizes[found.left].sum())
