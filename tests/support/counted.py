"""Axes, items and counts for tests of groups, brackets and decisions, made by hand in a line."""

from collections.abc import Mapping, Sequence

import numpy as np

from server.analysis.counting.axes import SITE, UNIT, Axis, Member
from server.analysis.counting.items import Answer, Item
from server.analysis.counting.profiles import Sizes
from server.analysis.grouping.groups import EVERYBODY, Groups

AGES = ("u25", "a25", "a35", "a45", "a55")


def axis(name: str, keys: Sequence[str], *, ordered: bool = False, parent_of: Mapping[str, str] | None = None) -> Axis:
    """An axis that one column decides; its last member is who gave no answer."""
    return Axis(name, (name,), tuple(Member(key) for key in (*keys, "@unanswered")), ordered, parent_of or {})


def places(unit_of: Mapping[str, str]) -> tuple[Axis, Axis]:
    """Units and the workplaces inside them."""
    units = list(dict.fromkeys(unit_of.values()))
    return axis(UNIT, units), axis(SITE, list(unit_of), parent_of=unit_of)


def crossing(first: Axis, second: Axis) -> Axis:
    """Two axes crossed: a member for each pair of members."""
    pairs = [(one.key, other.key) for one in first.members for other in second.members]
    inside = 1 if second.is_place else 0
    return Axis(
        f"{first.name}.{second.name}",
        (first.name, second.name),
        tuple(Member("/".join(pair)) for pair in pairs),
        parent_of={"/".join(pair): pair[inside] for pair in pairs},
    )


def sizes_of(axes: Sequence[Axis], people: Mapping[str, Mapping[str, int]]) -> Sizes:
    """Sizes of members (axis -> member -> people), everybody counted for the first time in edition 1."""
    return Sizes(
        (1,),
        {one.name: np.array([[people[one.name].get(member.key, 0)] for member in one.members]) for one in axes},
    )


def item(name: str = "q", answers: int = 5, **more: object) -> Item:
    """An item with so many answers."""
    return Item(name, name, tuple(Answer(str(at)) for at in range(answers)), (name,), **more)  # type: ignore[arg-type]


def everybody(people: int) -> Groups:
    """Everybody as one group."""
    return Groups(EVERYBODY, ((),), (people,))


def groups(name: str, *sizes: int) -> Groups:
    """Groups of one member each."""
    return Groups(name, tuple((f"{name}{at}",) for at in range(len(sizes))), sizes)
