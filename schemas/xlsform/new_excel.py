"""An .xlsx as a Book: only the sheets of a form are read, as a stream, and within bounds of size, time and memory.

openpyxl could read them too, but forgets what an author has to know (merged, hidden, never calculated, faulty cells) and has no bounds.
So does calamine: the README of this folder has what was measured.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from schemas.words import say
from schemas.xlsform.book import (
    MOST_COLUMNS,
    MOST_ROWS,
    Allowance,
    Area,
    Book,
    Cell,
    Kind,
    Sheet,
    refused,
    wanted_sheets,
)
from schemas.xlsform.container import Container, damaged, open_container
from schemas.xlsform.findings import at
from schemas.xlsform.markup import Attributes, Listener, listen
from schemas.xlsform.parts import (
    Contents,
    Relations,
    ZipEntry,
    read_contents,
    read_formats,
    read_strings,
    unescaped,
)

MOST_EMPTY = 2_000
LONGEST_CELL = 40_000  # Excel itself takes 32,767 characters
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_FILLED = (b"<v>", b":v>", b"<is>", b":is>", b"<v ", b"<is ")
_ELAPSED = re.compile(r"\[h+\]", re.IGNORECASE)  # hours that go on counting beyond a day


def read_new_excel(data: bytes) -> Book:
    """The form's sheets in the bytes of an .xlsx; raises SurveyInvalid with the reason if they cannot be had."""
    container = open_container(data)
    contents, relations = read_contents(container)
    wanted, unread, alone = wanted_sheets([entry.name for entry in contents.entries])
    entries = {entry.name: entry for entry in contents.entries}
    chosen = {key: entries[name] for key, name in wanted.items()}
    return Book(_sheets(container, contents, relations, chosen), unread, alone)


def read_first_sheet(data: bytes) -> Sheet:
    """The first sheet of an .xlsx that is not hidden, whatever its name; raises SurveyInvalid like `read_new_excel`."""
    container = open_container(data)
    contents, relations = read_contents(container)
    shown = next((entry for entry in contents.entries if not entry.hidden), None)
    if shown is None:
        raise damaged()
    return _sheets(container, contents, relations, {"": shown})[""]


def _sheets(
    container: Container, contents: Contents, relations: Relations, chosen: Mapping[str, ZipEntry]
) -> dict[str, Sheet]:
    strings = read_strings(container, relations)
    formats = read_formats(container, relations)
    epoch = CALENDAR_MAC_1904 if contents.from_1904 else CALENDAR_WINDOWS_1900
    allowance = Allowance()
    sheets = {}
    for key, entry in chosen.items():
        reader = _SheetReader(Sheet(entry.name, entry.hidden), strings, formats, epoch, allowance)
        _read(container.pieces(relations.targets.get(entry.relation, "")), reader)
        sheets[key] = reader.sheet
    return sheets


def _read(pieces: Iterable[bytes], reader: "_SheetReader") -> None:
    pieces = iter(pieces)
    listen(pieces, reader)
    # Formatting may run down to the last row: from here on it is only made sure that nothing is filled in.
    before = b""
    for piece in pieces:
        joined = before + piece
        if any(mark in joined for mark in _FILLED):
            raise reader.gap()
        before = piece[-8:]


class _SheetReader(Listener):
    """Hears the XML of one sheet and fills in its Sheet."""

    def __init__(
        self, sheet: Sheet, strings: list[str], formats: list[str], epoch: datetime, allowance: Allowance
    ) -> None:
        self.sheet = sheet
        self.last_filled = 0
        self._strings, self._formats, self._epoch, self._allowance = strings, formats, epoch, allowance
        self._row = self._column = 0
        self._type, self._format, self._formula = "n", "", False
        self._value: list[str] = []
        self._inside, self._length = False, 0

    @property
    def enough(self) -> bool:  # type: ignore[override]
        """Whether so many empty rows came that the form must be over."""
        return self._row - self.last_filled > MOST_EMPTY

    def gap(self) -> Exception:
        """The finding for what is filled in below all those empty rows."""
        message = say(
            "more than {most:,} empty rows follow, and then more is filled in; delete the empty rows", most=MOST_EMPTY
        )
        return refused("xlsform.gap", at(self.sheet.name, self.last_filled), message)

    def opened(self, name: str, attributes: Attributes) -> None:
        """Where the following text belongs."""
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self._inside = True
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._type = "skipped"
        elif name == "row":
            self._open_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide(_whole(attributes.get("min", "")), _whole(attributes.get("max", "")))

    def text(self, words: str) -> None:
        """A piece of a value."""
        if self._inside:
            self._value.append(words)
            self._length += len(words)
            if self._length > LONGEST_CELL:
                raise damaged()

    def closed(self, name: str) -> None:
        """A value, or the whole cell, is complete."""
        if name in ("v", "t"):
            self._inside = False
        elif name == "c" and (self._value or self._formula):
            cell = self._cell("".join(self._value))
            if cell and cell.text.strip():
                if self.enough:
                    raise self.gap()
                self._allowance.pay(cell.text, self.sheet.name)
                self.sheet.rows.setdefault(self._row, {})[self._column] = cell
                self.last_filled = max(self.last_filled, self._row)

    def _open_row(self, attributes: Attributes) -> None:
        self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if not 0 < self._row <= MOST_ROWS:
            raise damaged()
        if attributes.get("hidden") in ("1", "true") and len(self.sheet.hidden_rows) < MOST_EMPTY:
            self.sheet.hidden_rows.append(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if reference := attributes.get("r"):
            self._column = _place(reference)[1]
        if not 0 < self._column <= MOST_COLUMNS or not self._row:
            raise damaged()
        style = _whole(attributes.get("s", "0"))
        self._format = self._formats[style] if style < len(self._formats) else ""
        self._type = attributes.get("t", "n")
        self._formula, self._inside, self._value, self._length = False, False, [], 0

    def _cell(self, value: str) -> Cell | None:
        if not value and self._type not in ("str", "inlineStr"):
            return Cell("?", "uncalculated", formula=True) if self._formula else None
        if self._type == "s":
            number = _whole(value)
            if number >= len(self._strings):
                raise damaged()
            return Cell(self._strings[number], "text")
        cells: dict[str, tuple[str, Kind]] = {
            "b": ("true" if value.strip() == "1" else "false", "truth"),
            "e": (value[:20], "fault"),
            "d": (value[:40].removesuffix("T00:00:00"), "date"),
        }
        if self._type in ("str", "inlineStr", "skipped"):
            return Cell(unescaped(value), "text", self._formula)
        if self._type in cells:
            return Cell(*cells[self._type], self._formula)
        return number_cell(value, self._formula, self._format, self._epoch)

    def _hide(self, first: int, last: int) -> None:
        if len(self.sheet.hidden_columns) < MOST_EMPTY:
            self.sheet.hidden_columns.extend(range(first, min(last, first + MOST_EMPTY) + 1))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if last and len(self.sheet.merged) < MOST_EMPTY:
            area: Area = (*_place(first), *_place(last))
            self.sheet.merged.append(area)


def number_cell(value: str, formula: bool, code: str, epoch: datetime) -> Cell:
    """A number, 1 for 1.0, or the day that it stands for, with the format in which its author sees it."""
    try:
        number = float(value)
        if code and _ELAPSED.search(code) and number >= 1:
            seconds = round(number * 86_400)
            return Cell(f"{seconds // 3_600}:{seconds // 60 % 60:02}", "date", formula, code)
        if code and is_date_format(code):
            return Cell(str(from_excel(number, epoch)).removesuffix(" 00:00:00"), "date", formula, code)
        whole = number.is_integer() and abs(number) < 1e15
        return Cell(str(int(number)) if whole else repr(number), "number", formula, code)
    except (ValueError, OverflowError):
        return Cell(value[:40], "fault", formula)


def _place(reference: str) -> tuple[int, int]:
    """Row and column behind "B12"."""
    found = _REFERENCE.match(reference)
    if not found:
        raise damaged()
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _whole(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 9:
        raise damaged()
    return int(text)
