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
class Together:
    """Joint counts of some items, as K lines: so many `people` (K) of a `profile` (K) are counted in these `categories` (K x items).

    `items` are the names, in the order of the columns. Lines with nobody are left out.
    """

    items: tuple[str, ...]
    categories: Ints
    profile: Ints
    people: Ints
