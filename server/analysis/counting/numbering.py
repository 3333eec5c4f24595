"""Numbers for profiles: each combination of groups and cohort that people have, told by a few whole numbers that engines can group by.

A key packs several small numbers into one of at most 62 bits; a campaign with very many axes has several keys.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np

from server.analysis.counting.profiles import Ints, Profiles

MOST = 2**62
MOST_LISTED = 4_000_000
COHORT_PART = "@cohort"


@dataclass(frozen=True, slots=True)
class Part:
    """One small number of a profile: its name, how it is read from a table of people, and how many values it can have."""

    name: str
    value: Callable[[Any], Any]
    values: int


@dataclass(frozen=True, slots=True)
class Packing:
    """Which parts are packed into which key, first to last."""

    keys: tuple[tuple[Part, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name the keys."""
        return tuple(f"key{at}" for at in range(len(self.keys)))

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


def packing(parts: Sequence[Part]) -> Packing:
    """Put parts into as few keys as they fit in."""
    keys: list[list[Part]] = [[]]
    room = MOST
    for part in parts:
        if part.values > room:
            keys.append([])
            room = MOST
        keys[-1].append(part)
        room //= part.values
    return Packing(tuple(tuple(key) for key in keys))


def _packed(table: Any, parts: Sequence[Part]) -> Any:
    total: Any = ibis.literal(0, "int64")
    for part in parts:
        total = total * part.values + part.value(table).cast("int64")
    return total.cast("int64")


class Numbering:
    """The profiles' numbers, by their keys."""

    def __init__(self, keys: Sequence[Ints]) -> None:
        self._known: list[Ints] = []
        self._numbers = self._together(keys, learn=True)
        self._order = np.argsort(self._numbers, kind="stable")
        self._sorted = self._numbers[self._order]
        self._direct = np.zeros(0, dtype=np.int64)
        if self._sorted[-1] < MOST_LISTED:  # a list by key is some twenty times as fast as a search
            self._direct = np.full(int(self._sorted[-1]) + 1, -1, dtype=np.int64)
            self._direct[self._sorted] = self._order

    def of(self, keys: Sequence[Ints]) -> Ints:
        """Give the number of the profile that each row of keys belongs to; all of them are known."""
        numbers = self._together(keys, learn=False)
        return self._direct[numbers] if len(self._direct) else self._order[np.searchsorted(self._sorted, numbers)]

    def _together(self, keys: Sequence[Ints], *, learn: bool) -> Ints:
        """Make one number of several keys: by their places among all there are, two keys at a time."""
        total = keys[0]
        for at, key in enumerate(keys[1:]):
            first, second = self._place(total, 2 * at, learn=learn), self._place(key, 2 * at + 1, learn=learn)
            total = first * len(self._known[2 * at + 1]) + second
        return total

    def _place(self, values: Ints, at: int, *, learn: bool) -> Ints:
        if learn:
            self._known.append(np.unique(values))
        return np.searchsorted(self._known[at], values).astype(np.int64)


def profiles_of(
    packed: Packing, keys: Sequence[Ints], people: Ints, axes: Sequence[str], cohorts: Sequence[int]
) -> Profiles:
    """Make profiles of the distinct keys and how many people have each."""
    parts = packed.unpacked(keys)
    member: Mapping[str, Ints] = {axis: parts[axis] - 1 for axis in axes}
    return Profiles(member, np.array(cohorts, dtype=np.int64)[parts[COHORT_PART]], people)
