"""A workbook after it was read: sheets, rows and cells as plain values. What an Excel file was is forgotten here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.findings import SurveyInvalid, error
from schemas.xlsform.sheet_names import sheet_of

Kind = Literal["text", "number", "date", "truth", "fault", "uncalculated"]
Area = tuple[int, int, int, int]

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
MOST_FILLED = 400_000
MOST_CHARACTERS = 20_000_000
WANTED = frozenset(
    "survey choices settings external_choices entities osm langnghe_support langnghe_scales langnghe_indicators".split()
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: always as text, what Excel took it for, and in which format it shows a number ("" for none)."""

    text: str
    kind: Kind = "text"
    formula: bool = False
    format: str = ""


@dataclass(slots=True)
class Sheet:
    """The filled cells of a sheet, by row and column, both counted from 1; merged areas as top, left, bottom, right."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets that a form has, by their names in small letters, and the names of those that were left unread."""

    sheets: Mapping[str, Sheet]
    unread: tuple[str, ...] = ()
    alone: str = ""


class Allowance:
    """How much a workbook may hold in all; whoever fills a cell pays here."""

    def __init__(self) -> None:
        self.cells = MOST_FILLED
        self.characters = MOST_CHARACTERS

    def pay(self, text: str, sheet: str) -> None:
        """Take one filled cell off the allowance; raises SurveyInvalid when it is spent."""
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise refused("xlsform.too_large", f"sheet {sheet}", "the workbook holds more than any survey can")


def refused(code: str, place: str, message: str) -> SurveyInvalid:
    """The one finding that ends the reading."""
    return SurveyInvalid([error(code, place, message)])


def wanted_sheets(names: list[str]) -> tuple[dict[str, str], tuple[str, ...], str]:
    """The sheets to read (small name → name), the others, and the one that is the survey because it stands alone."""
    found: dict[str, str] = {}
    for name in names:
        key = name.strip().lower()
        if key in WANTED and key in found:
            message = "two sheets have this name; keep one of them"
            raise refused("xlsform.sheet_twice", f"sheet {name[:40]}", message)
        if key in WANTED:
            found[key] = name
    for key, others in _by_other_names(names).items():
        if key not in found and len(others) == 1:
            found[key] = others[0]
    alone = ""
    if "survey" not in found and len(names) == 1:
        alone = names[0]
        found = {"survey": alone}
    return found, tuple(name for name in names if name not in found.values()), alone


def _by_other_names(names: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        if (key := sheet_of(name)) is not None:
            found.setdefault(key, []).append(name)
    return found


def letters(column: int) -> str:
    """The column as Excel shows it: 1 is A, 27 is AA."""
    shown = ""
    while column:
        column, rest = divmod(column - 1, 26)
        shown = chr(65 + rest) + shown
    return shown
