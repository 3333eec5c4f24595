"""A sheet as a table: its first row says what the columns are, every other row answers by key and tells its place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.xlsform.book import Cell, Sheet, letters
from schemas.xlsform.columns import TRANSLATED, heading
from schemas.xlsform.languages import code_of
from schemas.xlsform.ledger import Ledger, at, short

EVERY = "*"
_LONGEST_HEADER = 300
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_TRUE = frozenset({"yes", "y", "true", "true()", "1", "x", "có"})
_FALSE = frozenset({"no", "n", "false", "false()", "0", "không", ""})
_DATES_WELCOME = frozenset({"version", "checked_on"})
_EXPRESSIONS = frozenset(
    "relevant required constraint calculation choice_filter share base first second ratio_of ratio_to".split()
)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that means something: where it is, as what it is headed, and its key with a language ("" for none)."""

    number: int
    header: str
    key: Key


@dataclass(slots=True)
class Table:
    """The columns and filled rows of one sheet."""

    name: str
    columns: list[Column] = field(default_factory=list)
    rows: "list[Row]" = field(default_factory=list)

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
class Row:
    """The filled cells of one row by key; columns of choices have the key ("column", their name)."""

    table: Table
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

    def flag(self, key: str, ledger: Ledger) -> bool:
        """Yes or no."""
        said = self.word(key).casefold()
        if said not in _TRUE | _FALSE:
            ledger.error("xlsform.flag", self.at(key), f"this is yes or no, not «{short(said)}»")
        return said in _TRUE


def cleaned(text: str) -> str:
    """The text in NFC with plain single spaces."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def read_table(kind: str, sheet: Sheet, ledger: Ledger, default_language: str) -> Table:
    """The sheet's columns and rows; what cannot be used is told. `kind` is its name in small letters."""
    table = Table(sheet.name)
    headers = {number: cell for number, cell in sorted(sheet.rows.get(1, {}).items()) if cleaned(cell.text)}
    if not headers:
        ledger.error(
            "xlsform.no_header", at(sheet.name, 1), "the first row of the sheet names its columns; it is empty"
        )
        return table
    table.columns = list(_columns(kind, table.name, headers, ledger, default_language))
    for number in sorted(sheet.rows):
        if number > 1 and (cells := dict(_cells(table, number, sheet.rows[number], ledger))):
            table.rows.append(Row(table, number, cells))
    _tell_areas(table, sheet, ledger)
    return table


def _columns(
    kind: str, name: str, headers: Mapping[int, Cell], ledger: Ledger, default_language: str
) -> Iterator[Column]:
    double_colon = any("::" in cell.text for cell in headers.values())
    seen: dict[Key, str] = {}
    unknown = []
    for number, cell in headers.items():
        header = cleaned(cell.text)
        if len(header) > _LONGEST_HEADER or cell.kind == "fault":
            ledger.error("xlsform.header", at(name, 1, letters(number)), f"«{short(header)}» is no name of a column")
            continue
        found = heading(kind, header, double_colon=double_colon)
        if found.left_out:
            ledger.remark("xlsform.left_out", at(name, None, header), f"this column is left out: {found.left_out}")
        elif not found.key and not found.extra:
            unknown.append(header)
        elif (key := _key(found.key, found.language, found.extra, default_language)) is None:
            message = f"which language is «{short(found.language)}»? Write the code too: «{short(header)} (vi)»"
            ledger.error("xlsform.language", at(name, 1, header), message)
        elif key in seen:
            ledger.error(
                "xlsform.column_twice", at(name, 1, header), f"the column «{seen[key]}» means the same; keep one"
            )
        else:
            seen[key] = header
            yield Column(number, header, key)
    if unknown:
        listed = ", ".join(short(header) for header in unknown[:20]) + (" …" if len(unknown) > 20 else "")
        ledger.remark("xlsform.unknown_column", at(name), f"these columns are not read: {listed}")


def _key(key: str, language: str, extra: str, default_language: str) -> Key | None:
    if extra:
        return "column", extra
    if key not in TRANSLATED:
        return key, ""
    if not language:
        return key, EVERY if key.endswith(("audio", "image")) else default_language
    code = code_of(language)
    return (key, code) if code else None


def _cells(table: Table, number: int, row: Mapping[int, Cell], ledger: Ledger) -> Iterator[tuple[Key, Cell]]:
    for column in table.columns:
        cell = row.get(column.number)
        if cell is None or not cell.text.strip():
            continue
        problem = _problem(cell, column.key[0])
        if problem:
            ledger.error("xlsform.cell", at(table.name, number, column.header), problem)
        elif cell.kind == "truth" and column.key[0] in _EXPRESSIONS:
            yield column.key, Cell(f"{cell.text}()")
        else:
            yield column.key, cell


def _problem(cell: Cell, key: str) -> str | None:
    """Why the cell cannot be used as it is."""
    if cell.kind == "fault":
        hint = " (an expression is typed into a cell that is formatted as text, without a leading «=»)"
        return f"Excel shows {cell.text} here; mend the cell{hint if key in _EXPRESSIONS else ''}"
    if cell.kind == "uncalculated":
        return "here stands a formula that was never calculated; open and save the file in Excel, or type the value"
    if cell.kind == "date" and key not in _DATES_WELCOME:
        return f"Excel made a date of this cell ({cell.text}); format it as text and type it again"
    if cell.kind == "truth" and key in ("name", "list", "type", "label", "column"):
        return "Excel made TRUE or FALSE of this cell; format it as text and type it again, as a name such as yes or no"
    return None


def _tell_areas(table: Table, sheet: Sheet, ledger: Ledger) -> None:
    """Merged, hidden and calculated cells do not show what a program reads."""
    used = {column.number for column in table.columns}
    for top, left, bottom, right in sheet.merged:
        if not any(left <= column <= right for column in used):
            continue
        area = f"{letters(left)}{top}:{letters(right)}{bottom}"
        message = f"the cells {area} are merged, and only the first of them has a value; unmerge them and fill in each"
        tell = ledger.error if bottom > top and bottom - top < 1_000 else ledger.remark
        tell("xlsform.merged", at(table.name, top), message)
    hidden_rows, hidden_columns = set(sheet.hidden_rows), set(sheet.hidden_columns)
    if hidden := [row.number for row in table.rows if row.number in hidden_rows]:
        ledger.remark("xlsform.hidden", at(table.name), f"hidden rows are read too: {_some(hidden)}")
    if columns := [column.header for column in table.columns if column.number in hidden_columns]:
        ledger.remark("xlsform.hidden", at(table.name), f"hidden columns are read too: {_some(columns)}")
    if sheet.hidden:
        ledger.remark("xlsform.hidden", at(table.name), "this hidden sheet is read too")
    if formulas := [row.number for row in table.rows if any(cell.formula for cell in row.cells.values())]:
        message = f"formulas are read as the values that Excel last calculated; rows {_some(formulas)}"
        ledger.remark("xlsform.formula", at(table.name), message)


def _some(things: "list[int] | list[str]") -> str:
    return ", ".join(short(str(thing)) for thing in things[:10]) + (" …" if len(things) > 10 else "")
