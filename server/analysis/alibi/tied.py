"""What moves along with an answer, and what is known beforehand because it decides who is asked what."""

from collections.abc import Mapping, Sequence

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


def blocks(target: Item, moving: frozenset[str], family: Mapping[str, Item]) -> tuple[tuple[str, ...], ...]:
    """TableConstraint what moves into blocks. Whoever is asked the same can have the answers of one block beside those of any other.

    First comes the target with all that decides who is asked what; every other block is an item, or the pieces of one whole.
    """
    gates = {gate for name in moving for gate in family[name].gates} & moving
    return _parted({target.name} | gates, [name for name in family if name in moving], family)


def blocks_of(family: Mapping[str, Item]) -> tuple[tuple[str, ...], ...]:
    """TableConstraint a whole family in the same way."""
    gates = {gate for item in family.values() for gate in item.gates} & set(family)
    return _parted(gates, list(family), family)


def _parted(begun: set[str], names: Sequence[str], family: Mapping[str, Item]) -> tuple[tuple[str, ...], ...]:
    found = [_with_pieces(begun, names, family)] if begun else []
    rest = [name for name in names if not begun or name not in found[0]]
    while rest:
        found.append(_with_pieces({rest[0]}, rest, family))
        rest = [name for name in rest if name not in found[-1]]
    return tuple(tuple(name for name in names if name in block) for block in found)


def _with_pieces(begun: set[str], names: Sequence[str], family: Mapping[str, Item]) -> set[str]:
    while True:
        more = {
            name for name in names if name not in begun and any(_one_piece(family[name], family[one]) for one in begun)
        }
        if not more:
            return begun
        begun = begun | more


def out_of_sight(target: Item, moving: frozenset[str], family: Mapping[str, Item], public: frozenset[str]) -> bool:
    """Tell whether something that moves along is asked for a reason that cannot be seen here; then nothing can be concluded."""
    unseen = {gate for name in moving - {target.name} for gate in family[name].gates}
    return bool(unseen - set(family) - public)


def is_worked_out(item: Item) -> bool:
    """Tell whether an item is no question, but told from the answers to some."""
    return item.subject not in item.columns


def _one_piece(one: Item, other: Item) -> bool:
    """Tell whether two items are worked out of the same answers: an indicator and its questions, options of one question."""
    worked_out = is_worked_out(one) or is_worked_out(other) or one.subject == other.subject
    return worked_out and bool(set(one.columns) & set(other.columns))
