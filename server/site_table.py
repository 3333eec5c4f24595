"""A table of sites: read tolerantly, as spreadsheets write it, and checked strictly, with every fault named at once."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.csv_tables import NoTable, read_csv
from schemas.findings import SurveyInvalid
from schemas.messages import SHORT_NAME
from schemas.plain_tables import PlainTable
from schemas.words import Message, say, sentence
from server.failures import Failure

LARGEST_FILE = 8 * 1024 * 1024
LARGEST_WORKBOOK = 5 * 1024 * 1024  # it cannot be packed any further, and has to fit into the form that brings it back
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
COUNTS = ("women", "men")
REQUIRED = ("site", "name", "unit", "women", "men")
ARCHIVE, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how an .xlsx begins, and an .xls or one with a password
HOLDS_TOO_MUCH = "The workbook holds more than a table of workplaces can. Keep only the sheet with the table, or save it as CSV UTF-8."
IS_OLD = "This is a workbook of an old Excel (.xls). Save it as .xlsx."
NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with the whole table (row 0)."""

    row: int
    column: str
    message: str

    def __str__(self) -> Message:
        message = sentence(self.message)
        if not self.row:
            return say("{where}: {message}", where=sentence("the file"), message=message)
        return say("row {row}, column {column}: {message}", row=self.row, column=self.column, message=message)


class CannotImport(Failure, ValueError):
    """A table that was not taken in, with every fault in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(say("Nothing was imported: mend the faults above ({count}).", count=len(faults)))
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
    """Read and check a file, CSV or .xlsx; raises CannotImport with every fault."""
    return sites_in(_bytes_of(path))


def sites_in(raw: bytes) -> list[SiteRow]:
    """Read and check the bytes of a file, CSV or .xlsx by what they begin with; raises CannotImport with every fault."""
    table = _table(raw)
    columns = _columns(table.lines[0], table.top)
    rows: list[SiteRow] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table.lines[1:], start=table.top + 1):
        if not any(cells):
            continue
        if spoilt := _spoilt(table, number, columns):
            faults.extend(spoilt)
        elif found := _row(number, cells, columns, faults):
            rows.append(found)
    faults.extend(_repeated(rows))
    if not rows and not faults:
        faults.append(Fault(0, "", "There is no site below the headings."))
    if faults:
        raise CannotImport(sorted(faults, key=lambda fault: fault.row))
    return rows


def _spoilt(table: PlainTable, number: int, columns: dict[str, int]) -> list[Fault]:
    """Name the cells of a row in which Excel has no usable value, or a fraction where people are counted."""
    found = []
    for name, index in columns.items():
        if message := table.unusable.get((number, index)):
            found.append(Fault(number, name, message))
        elif name in COUNTS and (number, index) in table.fractions:
            found.append(Fault(number, name, "This has to be a whole number of people."))
    return found


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise CannotImport([Fault(0, "", say("{file} cannot be read: it is no file.", file=path))])
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CannotImport(
            [Fault(0, "", say("{file} cannot be read: {reason}.", file=path, reason=error.strerror))]
        ) from None


def _table(raw: bytes) -> PlainTable:
    """Read the table's lines, within bounds."""
    is_workbook = raw.startswith((ARCHIVE, OLD_EXCEL))
    most = LARGEST_WORKBOOK if is_workbook else LARGEST_FILE
    if len(raw) > most:
        raise CannotImport([Fault(0, "", say("It is larger than {most} MiB.", most=most // 1024 // 1024))])
    read = _workbook(raw) if is_workbook else _csv(raw)
    if not read.lines:
        raise CannotImport([Fault(0, "", "It is empty.")])
    if len(read.lines) > MOST_ROWS + 1:
        raise CannotImport([Fault(0, "", say("It has more than {most} rows.", most=MOST_ROWS))])
    read.lines = [[_tidy(cell) for cell in cells] for cells in read.lines]
    return read


def _csv(raw: bytes) -> PlainTable:
    try:
        read = read_csv(raw)
    except NoTable as broken:
        message = say("It is not a CSV table: {reason}.", reason=broken.detail)
        if broken.reason == "letters":
            message = sentence("Its letters cannot be read: save it as CSV UTF-8.")
        raise CannotImport([Fault(0, "", message)]) from None
    return PlainTable(read.lines, read.top)


def _workbook(raw: bytes) -> PlainTable:
    from schemas.xlsform.first_sheet import read_table  # noqa: PLC0415 - half a second that only Excel needs

    try:
        return read_table(raw)
    except SurveyInvalid as refused:
        [finding] = refused.findings
        known = {"xlsform.too_large": HOLDS_TOO_MUCH, "xlsform.old_excel": IS_OLD}
        message = known.get(finding.code, finding.message)
        raise CannotImport([Fault(0, "", message)]) from None


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _plain(heading: str) -> str:
    """Spell a heading without accents, so that «Đơn vị» and «don_vi» are one."""
    letters = unicodedata.normalize("NFD", heading.casefold().replace("đ", "d").replace("_", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _columns(headings: Sequence[str], top: int) -> dict[str, int]:
    known = {spelling: name for name, spellings in HEADINGS.items() for spelling in spellings}
    named = [known.get(_plain(heading)) for heading in headings]
    faults = [
        Fault(top, heading, say("This column is not known; known are {names}.", names=", ".join(HEADINGS)))
        for heading, name in zip(headings, named, strict=True)
        if name is None and heading
    ]
    faults += [Fault(top, name, "This column is missing.") for name in REQUIRED if name not in named]
    faults += [Fault(top, name, "This column is there twice.") for name in HEADINGS if named.count(name) > 1]
    if faults:
        raise CannotImport(faults)
    return {name: index for index, name in enumerate(named) if name}


def _row(number: int, cells: Sequence[str], columns: dict[str, int], faults: list[Fault]) -> SiteRow | None:
    before = len(faults)
    beyond = next((index for index, cell in enumerate(cells) if cell and index not in columns.values()), None)
    if beyond is not None:
        faults.append(Fault(number, str(beyond + 1), "This cell has no heading above it."))
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
        yield Fault(number, "unit_level", say("A level is one of {names}.", names=", ".join(LEVELS)))


def _people(number: int, column: str, text: str, faults: list[Fault]) -> int:
    if not NUMBER.fullmatch(text):
        faults.append(Fault(number, column, "This has to be a whole number of people."))
        return 0
    people = int(re.sub(r"\D", "", text))
    if people > MOST_PEOPLE:
        faults.append(Fault(number, column, say("This is more than {most:,} people.", most=MOST_PEOPLE)))
    return people


def _repeated(rows: Sequence[SiteRow]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.site in first:
            message = say("The site {site} stands in row {row} already.", site=row.site, row=first[row.site])
            yield Fault(row.row, "site", message)
        first.setdefault(row.site, row.row)
