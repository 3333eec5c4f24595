"""What moves along with an answer, and what is known beforehand because it decides who is asked what."""

from collections.abc import Mapping

from server.analysis.counting.items import Item


def moving_along(target: Item, family: Mapping[str, Item]) -> frozenset[str]:
    """Name the items that may have to be otherwise when `target` is: itself, what hangs on it, and what is worked out together."""
    moving = {target.name}
    while True:
        more = {
            name
            for name, item in family.items()
            if name not in moving and (moving & set(item.gates) or any(_one_piece(item, family[one]) for one in moving))
        }
        if not more:
            return frozenset(moving)
        moving |= more


def deciding(moving: frozenset[str], family: Mapping[str, Item]) -> frozenset[str]:
    """Name what decides, directly or by way of other gates, whether any of these items is asked, but for themselves."""
    found: set[str] = set()
    waiting = [gate for name in moving for gate in family[name].gates]
    while waiting:
        gate = waiting.pop()
        if gate not in found and gate not in moving:
            found.add(gate)
            waiting += family[gate].gates if gate in family else ()
    return frozenset(found)


def bound(moving: frozenset[str], family: Mapping[str, Item]) -> frozenset[str]:
    """Name the moving items whose answers are not free of each other: gates of others, and pieces of one whole."""
    items = [family[name] for name in moving]
    gates = {gate for item in items for gate in item.gates} & moving
    pieces = {one.name for one in items for other in items if one.name != other.name and _one_piece(one, other)}
    return frozenset(gates | pieces)


def out_of_sight(target: Item, moving: frozenset[str], family: Mapping[str, Item], public: frozenset[str]) -> bool:
    """Tell whether something that moves along is asked for a reason that cannot be seen here; then nothing can be concluded."""
    unseen = {gate for name in moving - {target.name} for gate in family[name].gates}
    return bool(unseen - set(family) - public)


def _one_piece(one: Item, other: Item) -> bool:
    """Tell whether two items are worked out of the same answers: an index and its items, options of one question."""
    return bool(set(one.columns) & set(other.columns)) and (one.index or other.index or one.subject == other.subject)
