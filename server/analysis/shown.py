"""A table as it was given out, in the form in which the ledger remembers it: what is shown, and what is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from server.analysis.worlds import FREE, Counts, Mask

Figures = Mapping[str, float | int | str | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """Answers x groups. `groups` are sets of values of the dimension; `sizes` the people in them; `figures` means and such."""

    subject: str
    by: str
    step: int
    answers: tuple[tuple[str, ...], ...] = ()
    groups: tuple[tuple[str, ...], ...] = ((),)
    counts: tuple[tuple[int | None, ...], ...] = ()
    most: tuple[tuple[int, ...], ...] = ()
    least: tuple[tuple[int, ...], ...] = ()
    sizes: tuple[int, ...] = ()
    figures: tuple[Figures, ...] = ()
    notes: tuple[str, ...] = ()
    overlapping: bool = field(default=False)

    def document(self) -> dict[str, Any]:
        """Give what the ledger stores."""
        return {
            "answers": self.answers,
            "groups": self.groups,
            "counts": self.counts,
            "most": self.most,
            "least": self.least,
            "sizes": self.sizes,
            "figures": [dict(figures) for figures in self.figures],
            "notes": self.notes,
            "overlapping": self.overlapping,
        }

    @classmethod
    def read(cls, subject: str, by: str, step: int, document: Mapping[str, Any]) -> "Shown":
        """Read what the ledger stored."""
        nested = {name: tuple(map(tuple, document[name])) for name in ("answers", "groups", "counts", "most", "least")}
        return cls(
            subject,
            by,
            step,
            sizes=tuple(document["sizes"]),
            figures=tuple(document["figures"]),
            notes=tuple(document["notes"]),
            overlapping=document["overlapping"],
            **nested,
        )

    @property
    def shown(self) -> Mask:
        """Cells whose counts stand there, answers x groups."""
        return np.array([[count is not None for count in row] for row in self.counts], dtype=bool).reshape(
            len(self.counts), len(self.groups)
        )

    @property
    def withheld(self) -> bool:
        """Tell whether nothing of the table is shown, not even a bound."""
        most, least = self.bounds()
        return not (self.shown.any() or (most != FREE).any() or (least != FREE).any())

    def bounds(self) -> tuple[Counts, Counts]:
        """Give the printed bounds, answers x groups; -1 where there is none."""
        shape = (len(self.counts), len(self.groups))
        if not self.most:
            return np.full(shape, FREE), np.full(shape, FREE)
        return np.array(self.most, dtype=np.int64).reshape(shape), np.array(self.least, dtype=np.int64).reshape(shape)
