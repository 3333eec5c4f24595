"""An .xls (Excel 97–2003) as a Book, through xlrd; whatever xlrd stumbles over is answered as a damaged file."""

import io
from datetime import datetime

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from schemas.findings import SurveyInvalid
from schemas.words import say
from schemas.xlsform.book import Allowance, Book, Cell, Sheet, refused, wanted_sheets
from schemas.xlsform.container import check_size, damaged, locked
from schemas.xlsform.new_excel import number_cell
from schemas.xlsform.number_formats import is_plain

LARGEST_OLD_FILE = 8_000_000


def read_old_excel(data: bytes) -> Book:
    """The form's sheets in the bytes of an .xls; raises SurveyInvalid with the reason if they cannot be had."""
    check_size(data)
    if len(data) > LARGEST_OLD_FILE:
        message = say("an .xls has at most {most:,} bytes here; save it as .xlsx", most=LARGEST_OLD_FILE)
        raise refused("xlsform.too_large", "", message)
    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True, formatting_info=True
        )
        wanted, unread, alone = wanted_sheets(book.sheet_names())
        allowance = Allowance()
        sheets = {key: _sheet(book, name, allowance) for key, name in wanted.items()}
    except SurveyInvalid:
        raise
    except Exception as broken:  # noqa: BLE001 - xlrd raises whatever it stumbles over in a hostile file
        raise (locked() if "encrypt" in str(broken).lower() else damaged()) from None
    return Book(sheets, unread, alone)


def _sheet(book: xlrd.Book, name: str, allowance: Allowance) -> Sheet:
    source = book.sheet_by_name(name)
    sheet = Sheet(name, hidden=source.visibility != 0)
    epoch = CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900
    for row in range(source.nrows):
        filled = {}
        for column, found in enumerate(source.row(row), 1):
            cell = _cell(found, epoch, _format(book, found))
            if cell and cell.text.strip():
                allowance.pay(cell.text, name)
                filled[column] = cell
        if filled:
            sheet.rows[row + 1] = filled
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    book.unload_sheet(name)
    return sheet


def _format(book: xlrd.Book, found: xlrd.sheet.Cell) -> str:
    style = found.xf_index
    known = (
        book.format_map.get(book.xf_list[style].format_key) if style is not None and style < len(book.xf_list) else None
    )
    return known.format_str if known and not is_plain(known.format_str) else ""


def _cell(found: xlrd.sheet.Cell, epoch: datetime, code: str) -> Cell | None:
    if found.ctype == xlrd.XL_CELL_TEXT:
        return Cell(str(found.value))
    if found.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return number_cell(repr(found.value), formula=False, code=code, epoch=epoch)
    if found.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("true" if found.value else "false", "truth")
    if found.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(found.value, "#N/A"), "fault")
    return None
