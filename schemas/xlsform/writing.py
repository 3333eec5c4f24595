"""Sheets to be written: rows by header first, then one workbook in which people like to work."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HEADER = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F4E79")
_OURS_FILL = PatternFill("solid", fgColor="7A4B00")
_GROUP = PatternFill("solid", fgColor="E3ECF5")
_WIDE = ("label", "hint", "constraint_message", "relevant", "constraint", "calculation", "title", "note", "explain")
_WIDE_OURS = ("consent", "about", "closing", "population", "share", "base", "items")


@dataclass(slots=True)
class Plan:
    """A sheet in the making: the headers in order, and each row's values by header."""

    name: str
    headers: list[str]
    rows: list[Mapping[str, Value]] = field(default_factory=list)

    def used(self) -> list[str]:
        """The headers under which something stands; the first two always."""
        filled = {header for row in self.rows for header in row}
        return [header for number, header in enumerate(self.headers) if number < 2 or header in filled]


def written(plans: Iterable[Plan]) -> Workbook:
    """The workbook with one sheet for each plan: headers frozen, columns wide enough, long texts wrapped."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Lắng Nghe"
    for plan in plans:
        _write(book.create_sheet(plan.name), plan)
    return book


def to_bytes(book: Workbook) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def escaped(text: str) -> str:
    """Characters that XML cannot carry, in Excel's own notation."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """A value into a cell: texts stay texts, even those that look like formulas or errors."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = escaped(value)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = "@"
    elif isinstance(value, float) and value.is_integer():
        put(sheet, row, column, repr(value))  # 1.0 as a number would come back as 1
    else:
        cell.value = value
        cell.alignment = Alignment(vertical="top")


def _write(sheet: Worksheet, plan: Plan) -> None:
    headers = plan.used()
    for number, header in enumerate(headers, 1):
        put(sheet, 1, number, header)
        cell = sheet.cell(1, number)
        cell.font, cell.fill = _HEADER, _OURS_FILL if header.startswith("langnghe") else _FILL
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = _width(header), "@"  # so that Excel makes no dates of what is typed below
    for number, row in enumerate(plan.rows, 2):
        for place, header in enumerate(headers, 1):
            if header in row:
                put(sheet, number, place, row[header])
        if str(row.get("type", "")).startswith(("begin_", "end_")):
            for place in range(1, len(headers) + 1):
                sheet.cell(number, place).fill = _GROUP
    sheet.freeze_panes = "C2" if len(headers) > 2 else "A2"


def _width(header: str) -> int:
    words = header.removeprefix("langnghe::").split("::")
    if words[0] in (*_WIDE, *_WIDE_OURS):
        return 42
    return 24 if words[0] in ("type", "name", "list_name") else max(12, min(len(header) + 3, 30))
