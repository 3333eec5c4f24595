"""A sheet as a table: its first row says what the columns are, every other row answers by key and tells its place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.words import say, sentence
from schemas.xlsform.book import Cell, Sheet, letters
from schemas.xlsform.columns import TRANSLATED, UNKNOWN, Heading, heading
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.headings import header_row, joined_up, renamed
from schemas.xlsform.languages import code_of, country_of, shown, unnamed
from schemas.xlsform.shown_cells import read_cell

EVERY = "*"
_LONGEST_HEADER = 300
_FURTHEST_APART = 60
_MOST_MERGED = 20_000
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_TRUE = frozenset({"yes", "y", "true", "true()", "1", "x", "có"})
_FALSE = frozenset({"no", "n", "false", "false()", "0", "không", ""})
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column that means something: where it is, as what it is headed, and its key with a language ("" for none)."""

    number: int
    header: str
    key: Key


@dataclass(slots=True)
class SheetTable:
    """The columns and filled rows of one sheet; `top` is the row that names the columns."""

    name: str
    top: int = 1
    columns: list[SheetColumn] = field(default_factory=list)
    rows: "list[SheetRow]" = field(default_factory=list)

    def header(self, key: str, language: str = "") -> str:
        """The header under which the key stands; the key itself where there is none."""
        found = {column.key: column.header for column in self.columns}
        fitting = (found.get((key, code)) for code in (language, "", EVERY, *self.languages))
        return next((header for header in fitting if header), f"{key}::{language}" if language else key)

    @property
    def languages(self) -> list[str]:
        """The languages of its columns, in order."""
        codes = (column.key[1] for column in self.columns if column.key[0] in TRANSLATED)
        return list(dict.fromkeys(code for code in codes if code not in ("", EVERY)))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The filled cells of one row by key; columns of choices have the key ("column", their name)."""

    table: SheetTable
    number: int
    cells: Mapping[Key, Cell]

    def at(self, key: str = "", language: str = "") -> str:
        """The place of the row, or of a cell in it."""
        return at(self.table.name, self.number, self.table.header(key, language) if key else "")

    def raw(self, key: str) -> str:
        """The cell as it was typed; empty if there is nothing."""
        cell = self.cells.get((key, ""))
        return cell.text if cell else ""

    def word(self, key: str) -> str:
        """The cell without what nobody sees: spaces at its ends, doubled spaces, invisible characters."""
        return cleaned(self.raw(key))

    def kind(self, key: str) -> str:
        """What Excel took the cell for."""
        cell = self.cells.get((key, ""))
        return cell.kind if cell else ""

    def text(self, key: str) -> dict[str, str]:
        """The texts or file names by language."""
        return {code: cell.text for (name, code), cell in self.cells.items() if name == key and code}

    def extra(self) -> dict[str, str]:
        """What stands in the columns of a choice that are the author's own."""
        return {code: cell.text for (name, code), cell in self.cells.items() if name == "column"}

    def flag(self, key: str, findings: Findings) -> bool:
        """Yes or no."""
        said = self.word(key).casefold()
        if said not in _TRUE | _FALSE:
            message = say("this is yes or no, not «{text}»", text=short(said))
            findings.error("xlsform.flag", self.at(key), message)
        return said in _TRUE


def cleaned(text: str) -> str:
    """The text in NFC with plain single spaces."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def read_table(kind: str, sheet: Sheet, findings: Findings, default_language: str) -> SheetTable:
    """The sheet's columns and rows; what cannot be used is told. `kind` is its name in small letters."""
    table = SheetTable(sheet.name, header_row(kind, sheet))
    first = sheet.rows.get(table.top, {})
    headers = {number: cell for number, cell in sorted(first.items()) if cleaned(cell.text)}
    if not headers:
        message = "the first row of the sheet names its columns; it is empty"
        findings.error("xlsform.no_header", at(sheet.name, table.top), message)
        return table
    _tell_above(table, sheet, findings)
    _fill_merged(sheet)
    table.columns = list(_columns(kind, table, sheet, headers, findings, default_language))
    for number in sorted(sheet.rows):
        if number > table.top and (cells := dict(_cells(table, number, sheet.rows[number], findings))):
            table.rows.append(SheetRow(table, number, cells))
    _tell_areas(table, sheet, findings)
    return table


def _fill_merged(sheet: Sheet) -> None:
    """What stands in merged cells counts for each of their rows."""
    room = _MOST_MERGED
    for top, left, bottom, right in sheet.merged:
        cell = sheet.rows.get(top, {}).get(left)
        if cell is not None and left == right and 0 < bottom - top <= room:
            room -= bottom - top
            for number in range(top + 1, bottom + 1):
                if number in sheet.rows:
                    sheet.rows[number].setdefault(left, cell)


def _tell_above(table: SheetTable, sheet: Sheet, findings: Findings) -> None:
    if above := [number for number in sorted(sheet.rows) if number < table.top]:
        message = say("the columns are named in row {row}; what stands above is not read", row=table.top)
        findings.remark("xlsform.header", at(table.name, above[0]), message)


def _columns(
    kind: str, table: SheetTable, sheet: Sheet, headers: Mapping[int, Cell], findings: Findings, default_language: str
) -> Iterator[SheetColumn]:
    double_colon = any("::" in cell.text for cell in headers.values())
    seen: dict[Key, tuple[str, int]] = {}
    unknown = []
    written = [cleaned(cell.text) for cell in headers.values()]
    for (number, cell), header, meant in zip(headers.items(), written, renamed(kind, written), strict=True):
        if len(header) > _LONGEST_HEADER or cell.kind == "fault":
            message = say("«{header}» is no name of a column", header=short(header))
            findings.error("xlsform.header", at(table.name, table.top, letters(number)), message)
            continue
        found = heading(kind, meant, double_colon=double_colon)
        if meant != joined_up(header) and found != UNKNOWN:
            message = say("the column «{header}» is read as {meant}", header=short(header), meant=meant)
            findings.remark("xlsform.header", at(table.name, table.top, header), message)
        if found.left_out:
            message = say("this column is left out: {reason}", reason=sentence(found.left_out))
            findings.remark("xlsform.left_out", at(table.name, None, header), message)
        elif not found.key and not found.extra:
            unknown.append(header)
        elif (key := _key(found, default_language, at(table.name, table.top, header), findings)) in seen and _clash(
            sheet, table.top, seen[key][1], number
        ):
            message = say("the column «{header}» means the same; keep one", header=seen[key][0])
            findings.error("xlsform.column_twice", at(table.name, table.top, header), message)
        else:
            seen.setdefault(key, (header, number))
            yield SheetColumn(number, header, key)
    if unknown:
        listed = ", ".join(short(header) for header in unknown[:20]) + (" …" if len(unknown) > 20 else "")
        findings.remark(
            "xlsform.unknown_column", at(table.name), say("these columns are not read: {names}", names=listed)
        )


def _clash(sheet: Sheet, top: int, one: int, other: int) -> bool:
    """Whether two columns that mean the same say different things in some row, or stand too far apart to be one."""
    return other - one > _FURTHEST_APART or any(
        number > top and one in row and other in row and row[one].text.strip() != row[other].text.strip()
        for number, row in sheet.rows.items()
    )


def _key(found: Heading, default_language: str, place: str, findings: Findings) -> Key:
    """The key under which a column's cells are kept, with its language."""
    if found.extra:
        return "column", found.extra
    if found.key not in TRANSLATED:
        return found.key, ""
    if not found.language:
        return found.key, EVERY if found.key.endswith(("audio", "image")) else default_language
    if (code := code_of(found.language)) is not None:
        if country_of(found.language):
            message = say("this is the code of a country; the column is read as {language}", language=shown(code))
            findings.remark("xlsform.language", place, message)
        return found.key, code
    code = unnamed(found.language)
    message = say(
        "the language «{name}» is not known by that name; it is kept as a language of its own, {code}: write its code behind the name, "
        "as in «{name} (lg)»",
        name=short(found.language),
        code=code,
    )
    findings.remark("xlsform.language", place, message)
    return found.key, code


def _cells(table: SheetTable, number: int, row: Mapping[int, Cell], findings: Findings) -> Iterator[tuple[Key, Cell]]:
    for column in table.columns:
        cell = row.get(column.number)
        if cell is None or not cell.text.strip():
            continue
        key, language = column.key
        text = key in TRANSLATED and language != EVERY
        place = at(table.name, number, column.header)
        if (read := read_cell(cell, key, language, place, findings, text=text)) is not None:
            yield column.key, read


def _tell_areas(table: SheetTable, sheet: Sheet, findings: Findings) -> None:
    """Merged, hidden and calculated cells do not show what a program reads."""
    used = {column.number for column in table.columns}
    for top, left, bottom, right in sheet.merged:
        if top < table.top or not any(left <= column <= right for column in used):
            continue
        area = f"{letters(left)}{top}:{letters(right)}{bottom}"
        if bottom > top and left == right and used & {left} and _may_be_shared(table, left):
            message = say("the cells {area} are merged; what stands there counts for each of their rows", area=area)
            findings.remark("xlsform.merged", at(table.name, top), message)
            continue
        message = say(
            "the cells {area} are merged, and only the first of them has a value; unmerge them and fill in each",
            area=area,
        )
        tell = findings.error if bottom > top and bottom - top < _MOST_MERGED else findings.remark
        tell("xlsform.merged", at(table.name, top), message)
    hidden_rows, hidden_columns = set(sheet.hidden_rows), set(sheet.hidden_columns)
    if hidden := [row.number for row in table.rows if row.number in hidden_rows]:
        findings.remark("xlsform.hidden", at(table.name), say("hidden rows are read too: {rows}", rows=_some(hidden)))
    if columns := [column.header for column in table.columns if column.number in hidden_columns]:
        message = say("hidden columns are read too: {columns}", columns=_some(columns))
        findings.remark("xlsform.hidden", at(table.name), message)
    if sheet.hidden:
        findings.remark("xlsform.hidden", at(table.name), "this hidden sheet is read too")
    if formulas := [row.number for row in table.rows if any(cell.formula for cell in row.cells.values())]:
        message = say("formulas are read as the values that Excel last calculated; rows {rows}", rows=_some(formulas))
        findings.remark("xlsform.formula", at(table.name), message)


def _may_be_shared(table: SheetTable, number: int) -> bool:
    """Whether rows may well have the same in this column: the name of a list, or an author's own column."""
    return any(column.number == number and column.key[0] in ("list", "column") for column in table.columns)


def _some(things: "list[int] | list[str]") -> str:
    return ", ".join(short(str(thing)) for thing in things[:10]) + (" …" if len(things) > 10 else "")
