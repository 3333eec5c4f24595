"""Records: who answered what, all items of a family together, as one long list of whole counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from server.analysis.counting.profiles import Counts, Ints


@dataclass(frozen=True, slots=True)
class Records:
    """K lines, each: so many people of this profile gave these answers to the family's items.

    `items`: names, in the order of the columns of `categories` (K x items; numbers in `Item.categories`). `profile` (K) is a
    line's number in `Profiles`, `people` (K) how many. A line with no people is a record that somebody could have: anybody, where
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
        nobody = np.full(counts.people.shape[1], -1)
        every = np.arange(counts.people.shape[1])
        return cls(
            (counts.item,),
            np.concatenate([category, every])[:, None],
            np.concatenate([profile, nobody]),
            np.concatenate([counts.people[profile, category], np.zeros(len(every), dtype=np.int64)]),
        )

    @classmethod
    def together(cls, items: Sequence[str], combinations: Ints, people: Ints) -> "Records":
        """Write joint counts as records: `combinations` is R x items, `people` P x R."""
        profile, combination = np.nonzero(people)
        return cls(tuple(items), combinations[combination], profile, people[profile, combination])

    def beside(self, possible: Ints, profile: Ints | None = None) -> "Records":
        """Add records that somebody could have (R x items), each somebody of a profile (R) where public dimensions decide."""
        return Records(
            self.items,
            np.concatenate([self.categories, possible.reshape(-1, len(self.items))]),
            np.concatenate([self.profile, np.full(len(possible), -1) if profile is None else profile]),
            np.concatenate([self.people, np.zeros(len(possible), dtype=np.int64)]),
        )
