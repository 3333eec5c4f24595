"""A bracketed table: all that the outside may know of one item by one axis, and all that figures may be made from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from server.analysis.counting.profiles import Ints
from server.analysis.grouping.groups import Groups


@dataclass(frozen=True, slots=True)
class Table:
    """Brackets of one item over the groups of one axis.

    `low` and `high` are groups x categories (`Item.categories`), both ends included, in people. `bracket` is the width that was
    chosen on the ladder; large groups have wider ones. `asked_low`, `asked_high` (groups): the bracket of how many were asked; both
    are the group's size where everybody was. `edition` is the edition whose people are counted here: an item that was not refreshed
    keeps its earlier table.
    """

    item: str
    groups: Groups
    bracket: int
    low: Ints
    high: Ints
    asked_low: Ints
    asked_high: Ints
    edition: int

    @property
    def by(self) -> str:
        """Name the axis; empty for everybody."""
        return self.groups.axis

    def document(self) -> dict[str, Any]:
        """Write it as JSON."""
        arrays = {name: getattr(self, name).tolist() for name in ("low", "high", "asked_low", "asked_high")}
        groups = {"axis": self.groups.axis, "members": self.groups.members, "sizes": self.groups.sizes}
        return {"item": self.item, "groups": groups, "bracket": self.bracket, "edition": self.edition, **arrays}

    @classmethod
    def read(cls, document: dict[str, Any]) -> "Table":
        """Read what `document` wrote."""
        parts = document["groups"]
        groups = Groups(parts["axis"], tuple(tuple(one) for one in parts["members"]), tuple(parts["sizes"]))
        low, high, asked_low, asked_high = (
            np.array(document[name], dtype=np.int64) for name in ("low", "high", "asked_low", "asked_high")
        )
        return cls(document["item"], groups, document["bracket"], low, high, asked_low, asked_high, document["edition"])
