"""A table of sites: read tolerantly, as spreadsheets write it, and checked strictly, with every fault named at once."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.failures import Failure
from server.names import SHORT_NAME

LARGEST_FILE = 8 * 1024 * 1024
MOST_ROWS = 50_000
MOST_PEOPLE = 1_000_000
LEVELS = ("grassroots", "upper", "province", "sector", "confederation")
HEADINGS = {
    "site": ("site", "id", "ma", "ma noi lam viec", "ma doanh nghiep"),
    "name": ("name", "ten", "ten noi lam viec", "ten doanh nghiep"),
    "unit": ("unit", "don vi", "ma don vi", "cong doan"),
    "women": ("women", "female", "nu", "so nu", "lao dong nu"),
    "men": ("men", "male", "nam", "so nam", "lao dong nam"),
    "unit_name": ("unit name", "ten don vi", "ten cong doan"),
    "unit_level": ("unit level", "cap", "cap don vi"),
    "unit_parent": ("unit parent", "don vi cap tren", "cap tren"),
}
REQUIRED = ("site", "name", "unit", "women", "men")
NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with the whole table (row 0)."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}, column {self.column}" if self.row else "the file"
        return f"{where}: {self.message}"


class CannotImport(Failure, ValueError):
    """A table that was not taken in, with every fault in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"Nothing was imported: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One workplace as the table has it."""

    row: int
    site: str
    name: str
    unit: str
    women: int
    men: int
    unit_name: str
    unit_level: str
    unit_parent: str


def read_sites(path: Path) -> list[SiteRow]:
    """Read and check a CSV file; raises CannotImport with every fault."""
    table = _table(path)
    columns = _columns(table[0])
    rows: list[SiteRow] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], start=2):
        if any(cells):
            found = _row(number, cells, columns, faults)
            rows.extend([found] if found else [])
    faults.extend(_repeated(rows))
    if not rows and not faults:
        faults.append(Fault(0, "", "There is no site below the headings."))
    if faults:
        raise CannotImport(sorted(faults, key=lambda fault: fault.row))
    return rows


def _table(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise CannotImport([Fault(0, "", f"{path} cannot be read: it is no file.")])
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CannotImport([Fault(0, "", f"{path} cannot be read: {error.strerror}.")]) from None
    if len(raw) > LARGEST_FILE:
        raise CannotImport([Fault(0, "", f"It is larger than {LARGEST_FILE // 1024 // 1024} MiB.")])
    text = _decoded(raw)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        table = [[_tidy(cell) for cell in cells] for cells in read]
    except csv.Error as error:
        raise CannotImport([Fault(0, "", f"It is not a CSV table: {error}.")]) from None
    if not table:
        raise CannotImport([Fault(0, "", "It is empty.")])
    if len(table) > MOST_ROWS + 1:
        raise CannotImport([Fault(0, "", f"It has more than {MOST_ROWS} rows.")])
    return table


def _decoded(raw: bytes) -> str:
    """Decode what spreadsheets write: UTF-8 with or without a mark, UTF-16 with one, else the Vietnamese code page."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1258"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise CannotImport([Fault(0, "", "Its letters cannot be read: save it as CSV UTF-8.")])


def _delimiter(text: str) -> str:
    """Choose what the headings are divided by: Excel writes semicolons where the comma is in numbers."""
    headings = text.partition("\n")[0]
    return max(";,\t", key=headings.count)


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _plain(heading: str) -> str:
    """Spell a heading without accents, so that «Đơn vị» and «don_vi» are one."""
    letters = unicodedata.normalize("NFD", heading.casefold().replace("đ", "d").replace("_", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _columns(headings: Sequence[str]) -> dict[str, int]:
    known = {spelling: name for name, spellings in HEADINGS.items() for spelling in spellings}
    named = [known.get(_plain(heading)) for heading in headings]
    faults = [
        Fault(1, heading, f"This column is not known; known are {', '.join(HEADINGS)}.")
        for heading, name in zip(headings, named, strict=True)
        if name is None and heading
    ]
    faults += [Fault(1, name, "This column is missing.") for name in REQUIRED if name not in named]
    faults += [Fault(1, name, "This column is there twice.") for name in HEADINGS if named.count(name) > 1]
    if faults:
        raise CannotImport(faults)
    return {name: index for index, name in enumerate(named) if name}


def _row(number: int, cells: Sequence[str], columns: dict[str, int], faults: list[Fault]) -> SiteRow | None:
    before = len(faults)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        faults.append(Fault(number, str(len(columns) + 1), "This row has more cells than there are headings."))
    values = {name: cells[index] if index < len(cells) else "" for name, index in columns.items()}
    faults.extend(_faults_of(number, values))
    women, men = _people(number, "women", values["women"], faults), _people(number, "men", values["men"], faults)
    if len(faults) > before:
        return None
    return SiteRow(
        number,
        values["site"].casefold(),
        values["name"],
        values["unit"].casefold(),
        women,
        men,
        values.get("unit_name", ""),
        values.get("unit_level", ""),
        values.get("unit_parent", "").casefold(),
    )


def _faults_of(number: int, values: dict[str, str]) -> Iterator[Fault]:
    for name in ("site", "unit", "unit_parent"):
        value = values.get(name, "").casefold()
        if (value or name != "unit_parent") and not SHORT_NAME.match(value):
            yield Fault(number, name, "A short name has 1 to 64 letters a-z, digits, dots, hyphens or underscores.")
    if not values["name"]:
        yield Fault(number, "name", "The name is missing.")
    for name in ("name", "unit_name"):
        text = values.get(name, "")
        if len(text) > 200 or any(unicodedata.category(letter)[0] == "C" for letter in text):
            yield Fault(number, name, "A name has at most 200 letters, and none that cannot be seen.")
    if values.get("unit_level", "") not in ("", *LEVELS):
        yield Fault(number, "unit_level", f"A level is one of {', '.join(LEVELS)}.")


def _people(number: int, column: str, text: str, faults: list[Fault]) -> int:
    if not NUMBER.fullmatch(text):
        faults.append(Fault(number, column, "This has to be a whole number of people."))
        return 0
    people = int(re.sub(r"\D", "", text))
    if people > MOST_PEOPLE:
        faults.append(Fault(number, column, f"This is more than {MOST_PEOPLE} people."))
    return people


def _repeated(rows: Sequence[SiteRow]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.site in first:
            yield Fault(row.row, "site", f"The site {row.site} stands in row {first[row.site]} already.")
        first.setdefault(row.site, row.row)
