"""Keys of profiles: each combination of groups and cohort that people have, packed into a few whole numbers that engines can group by.

A key packs several small numbers into one of at most 62 bits; a campaign with very many axes has several keys.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np

from server.analysis.counting.profiles import Ints, Profiles

MOST = 2**62
COHORT_PART = "@cohort"


@dataclass(frozen=True, slots=True)
class PackedNumber:
    """One small number of a profile: its name, how it is read from a table of people, and how many values it can have."""

    name: str
    value: Callable[[Any], Any]
    values: int


@dataclass(frozen=True, slots=True)
class Packing:
    """Which parts are packed into which key, first to last."""

    keys: tuple[tuple[PackedNumber, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name the keys; no question has such a name."""
        return tuple(f"@key{at}" for at in range(len(self.keys)))

    def columns(self, table: Any) -> dict[str, Any]:
        """Give the keys of a table of people, by name."""
        return {name: _packed(table, parts) for name, parts in zip(self.names, self.keys, strict=True)}

    def unpacked(self, keys: Sequence[Ints]) -> dict[str, Ints]:
        """Give the parts by name, from columns of keys."""
        found: dict[str, Ints] = {}
        for parts, packed in zip(self.keys, keys, strict=True):
            rest = packed
            for part in reversed(parts):
                found[part.name] = rest % part.values
                rest = rest // part.values
        return found


def packing(parts: Sequence[PackedNumber]) -> Packing:
    """Put parts into as few keys as they fit in."""
    keys: list[list[PackedNumber]] = [[]]
    room = MOST
    for part in parts:
        if part.values > room:
            keys.append([])
            room = MOST
        keys[-1].append(part)
        room //= part.values
    return Packing(tuple(tuple(key) for key in keys))


def _packed(table: Any, parts: Sequence[PackedNumber]) -> Any:
    total: Any = ibis.literal(0, "int64")
    for part in parts:
        total = total * part.values + part.value(table).cast("int64")
    return total.cast("int64")


def profiles_of(packed: Packing, keys: Sequence[Ints], people: Ints, cohorts: Sequence[int]) -> Profiles:
    """Make profiles of the distinct keys and how many people have each."""
    parts = packed.unpacked(keys)
    cohort = np.array(cohorts, dtype=np.int64)[parts.pop(COHORT_PART)]
    return Profiles({axis: member - 1 for axis, member in parts.items()}, cohort, people)


def distinct(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Number the distinct rows of some columns, in their order: where each first stands, and the number of every row."""
    order = np.lexsort(columns[::-1])
    new = np.logical_or.reduce([np.diff(one[order], prepend=one[order[:1]] - 1) != 0 for one in columns])
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return order[new], number


def places(keys: Sequence[Ints], known: Sequence[Ints]) -> Ints:
    """Give the place of each row of keys among the known rows, which stand in their order, each once."""
    rank, ranks = keys[0], known[0]
    for key, other in zip(keys[1:], known[1:], strict=True):
        ones, others = np.unique(ranks), np.unique(other)
        rank = np.searchsorted(ones, rank) * len(others) + np.searchsorted(others, key)
        ranks = np.searchsorted(ones, ranks) * len(others) + np.searchsorted(others, other)
    return np.searchsorted(ranks, rank)
