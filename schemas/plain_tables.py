"""A plain table, whichever file it came in: its lines as texts, and which of its cells cannot be taken as they look."""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""A row as the file counts it, from 1, and a column from 0."""


@dataclass(slots=True)
class PlainTable:
    """The lines of a table; `top` is the row of the first one in the file.

    `unusable` says of cells why they cannot be used. `fractions` are the cells that hold a number which is not whole: as a
    text, 1.234 would be taken for more than a thousand.
    """

    lines: list[list[str]]
    top: int = 1
    unusable: dict[Place, str] = field(default_factory=dict)
    fractions: set[Place] = field(default_factory=set)
