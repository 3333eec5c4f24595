"""Families: items that are checked together, because one answer tells something of another (DISCLOSURE.md, rules 3, 5, 6).

In: the items of a survey, the axes, how many people answered. Out: families in the order of their first items.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from server.analysis.counting.axes import Axis
from server.analysis.counting.items import Item

INDEX_ALONE = 150
"""From so many people on, a property worked out from several answers is checked by itself."""


@dataclass(frozen=True, slots=True)
class Family:
    """Items that share one width of brackets and one verdict.

    `tied`: by relevance, or sensitive; brackets are wider from the start. `public`: what a dimension asks; everybody is taken to
    know it, so that nothing is checked. `public_gates`: dimensions that decide whether these items are asked.
    """

    items: tuple[Item, ...]
    tied: bool = False
    public: bool = False
    public_gates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name it by its first item."""
        return self.items[0].name


def families(items: Sequence[Item], axes: Sequence[Axis], people: int) -> tuple[Family, ...]:
    """Sort items into families, by their gates, and by what an index is worked out from while fewer than 150 people answered.

    Two questions that hang on a dimension only are not tied to each other: what everybody knows ties nothing.
    """
    public = {axis.columns[0] for axis in axes if len(axis.columns) == 1}
    gates = {gate for item in items for gate in item.gates}
    head = {item.name: item.name for item in items}
    order = {item.name: at for at, item in enumerate(items)}

    def first(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for item in items:
        for other in _tied_to(item, items, public, people):
            one, two = sorted((first(item.name), first(other)), key=order.__getitem__)
            head[two] = one
    members: dict[str, list[Item]] = {}
    for item in items:
        members.setdefault(first(item.name), []).append(item)
    return tuple(_family(tuple(found), gates, public) for found in members.values())


def _tied_to(item: Item, items: Sequence[Item], public: set[str], people: int) -> list[str]:
    """Name the items to which an item is tied by its gates or as an index, without those that are public."""
    if item.name in public:
        return []
    found = [one.name for one in items if one.name in item.gates]
    if item.index and people < INDEX_ALONE:
        found += [one.name for one in items if set(one.columns) & set(item.columns)]
    return [name for name in found if name not in public]


def _family(items: tuple[Item, ...], gates: set[str], public: set[str]) -> Family:
    return Family(
        items,
        tied=any(item.sensitive or item.gates or item.name in gates for item in items),
        public=all(item.name in public for item in items),
        public_gates=tuple(sorted({gate for item in items for gate in item.gates if gate in public})),
    )
