"""Profiles: what anybody can know of a person beforehand. Her group on every axis, and the edition in which she was first counted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people each member of each axis has, by cohort. `people[axis]` is members x cohorts, in the order of `Axis.members`.

    `people[""]` is everybody, 1 x cohorts.

    `cohorts` are numbers of editions, oldest first: a cohort is who was counted for the first time in that edition.
    """

    cohorts: tuple[int, ...]
    people: Mapping[str, Ints]

    @property
    def total(self) -> int:
        """Count everybody."""
        return int(next(iter(self.people.values())).sum())


@dataclass(frozen=True, slots=True)
class Profiles:
    """P profiles. `member[axis]` holds a member's number for each (shape P), `cohort` the edition's number (P), `people` (P)."""

    member: Mapping[str, Ints]
    cohort: Ints
    people: Ints


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole counts of one item: `people` is P x categories, the rows as in the profiles."""

    item: str
    people: Ints


@dataclass(frozen=True, slots=True)
class Records:
    """Who answered what: K lines, each so many `people` (K) of a `profile` (K) who are counted in these `categories` (K x items).

    `items` are the names, in the order of the columns. A line with no people is a record that somebody could have: anybody, where
    its profile is -1, otherwise whoever is the same as that profile by the public dimensions that decide what is asked.
    """

    items: tuple[str, ...]
    categories: Ints
    profile: Ints
    people: Ints

    @classmethod
    def alone(cls, counts: Counts) -> "Records":
        """Write the counts of a single item (P x categories) as records."""
        profile, category = np.nonzero(counts.people)
        return cls((counts.item,), category[:, None], profile, counts.people[profile, category])

    def beside(self, possible: Ints, profile: Ints | None = None) -> "Records":
        """Add records that somebody could have (R x items), each somebody of a profile (R) where public dimensions decide."""
        return Records(
            self.items,
            np.concatenate([self.categories, possible.reshape(-1, len(self.items))]),
            np.concatenate([self.profile, np.full(len(possible), -1) if profile is None else profile]),
            np.concatenate([self.people, np.zeros(len(possible), dtype=np.int64)]),
        )
