"""`Release`: a table after disclosure control, and the only thing that pages, charts and exports accept.

Only the gate can make one. A withheld cell holds nothing, so that no template can show by accident what was hidden. Keys
that begin with `@` are ours and have no label here; whoever shows them has the words.
"""

from dataclasses import dataclass, field
from typing import Literal

from schemas.texts import Text

Kind = Literal["distribution", "likert", "scale", "indicator", "breakdown", "overview"]
Mark = Literal["", "withheld", "at_most", "at_least", "absent", "unworked"]

ALL, UNANSWERED, NOT_ASKED, TOP_TWO, MEAN = "@all", "@unanswered", "@not_asked", "@top_two", "@mean"
LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE = "@lower_quartile", "@median", "@upper_quartile"

YEARS, FRACTIONS = "year:", "part:"
"""How the keys of bands begin that are not written as those of whole numbers: of years, and of numbers with decimals."""

_GATE = object()


class NotThroughTheGate(TypeError):
    """Somebody tried to make a table without disclosure control."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with its 95 % interval. `value` is a mean or a quartile; `at_most` and `at_least` bound a share.

    `rounded`: no more is known of the figure than that it is about this, since counts behind it are withheld. `unworked`:
    there is no figure, whatever people answer.
    """

    count: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    mark: Mark = ""
    value: float | None = None
    rounded: bool = False

    @property
    def hides(self) -> bool:
        """Tell whether nothing, or only a bound, is shown of a figure that there is."""
        return self.mark in {"withheld", "at_most", "at_least"}


WITHHELD = Cell(mark="withheld")
ABSENT = Cell(mark="absent")
UNWORKED = Cell(mark="unworked")


@dataclass(frozen=True, slots=True)
class Member:
    """An answer or a place by its key and its label; ours (`@unanswered`) have no label."""

    key: str
    label: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is about. `score` is a Likert choice's; `off_scale` stands apart."""

    key: str
    label: Text = field(default_factory=dict)
    score: float | None = None
    off_scale: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of cells. `base` is whom its shares are shares of (None: withheld); small groups are merged `members`."""

    key: str
    label: Text
    cells: tuple[Cell, ...]
    base: int | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A table that may leave."""

    id: str
    campaign: str
    kind: Kind
    subject: str
    by: str | None
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: int | None
    threshold: int
    step: int
    notes: tuple[str, ...] = ()
    passed: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse whatever did not come through the gate, and forget the proof."""
        if self.passed is not _GATE:
            raise NotThroughTheGate("Only server.analysis.gate makes releases.")
        object.__setattr__(self, "passed", None)

    @property
    def withheld_cells(self) -> int:
        """Count the cells of which nothing, or only a bound, is shown."""
        return sum(cell.hides for row in self.rows for cell in row.cells)
