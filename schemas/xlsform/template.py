"""The annotated template: a small working survey with an example of each type, comments on the headers, lists to choose from, and help.

What it asks stands in template.yaml, what it explains in template_help.yaml; here is only how the two become one workbook.
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from schemas.file_reading import read_bytes
from schemas.publishing import published
from schemas.survey import load_survey
from schemas.xlsform.book import letters
from schemas.xlsform.exporting import plans
from schemas.xlsform.writing import Plan, put, to_bytes, written

HELP = "help"
_LAST_ROW = 2_000
_YES_NO = '"yes,no"'
_FLAGS = (
    "required langnghe::sensitive langnghe::randomize langnghe_exclusive langnghe_off_scale langnghe_other langnghe::show_answers "
    "langnghe::quick verified"
).split()
_TITLE = Font(bold=True, size=13, color="1F4E79")

HelpTexts = Mapping[str, Any]


def template() -> bytes:
    """The template as an .xlsx, which imports as it is."""
    help_texts = _read("template_help.yaml")
    book = written(_plans())
    ranges = _write_help(book, help_texts)
    for sheet in book.worksheets:
        if sheet.title != HELP:
            _comment(sheet, help_texts["columns"])
            _offer(sheet, ranges)
    return to_bytes(book)


def _read(name: str) -> Any:
    return read_bytes(files("schemas.xlsform").joinpath(name).read_bytes(), as_json=False)


def _plans() -> Iterator[Plan]:
    """The sheets of the example. What an `other` choice opens goes without saying, so it is not said here either."""
    for plan in plans(published(load_survey(_read("template.yaml")))):
        plan.rows = [row for row in plan.rows if "langnghe::specifies" not in row]
        yield plan


def _both(text: HelpTexts) -> str:
    return f"{text['vi']}\n\n{text['en']}"


def _comment(sheet: Worksheet, columns: HelpTexts) -> None:
    for cell in sheet[1]:
        header = str(cell.value)
        base = "::".join(header.split("::")[: 2 if header.startswith("langnghe::") else 1])
        if base in columns:
            cell.comment = Comment(_both(columns[base]), "Lắng Nghe", width=360, height=150)


def _offer(sheet: Worksheet, ranges: Mapping[str, str]) -> None:
    """Lists to choose from; anything else may be typed too."""
    for cell in sheet[1]:
        source = ranges.get(str(cell.value)) or (_YES_NO if cell.value in _FLAGS else None)
        if source:
            validation = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
            validation.add(f"{letters(cell.column)}2:{letters(cell.column)}{_LAST_ROW}")
            sheet.add_data_validation(validation)


def _write_help(book: Workbook, help_texts: HelpTexts) -> dict[str, str]:
    """The help sheet; gives back where the types and appearances stand on it, for the lists to choose from."""
    sheet = book.create_sheet(HELP)
    for column, width in (("A", 28), ("B", 70), ("C", 70)):
        sheet.column_dimensions[column].width = width
    row = 1
    for line in help_texts["intro"]:
        _line(sheet, row, "", line)
        row += 1
    for column in ("B", "C"):
        sheet[f"{column}1"].font = _TITLE
    ranges = {}
    for header, key in (("type", "types"), ("appearance", "appearances")):
        row += 1
        _line(sheet, row, header, help_texts["headings"][key])
        for column in ("A", "B", "C"):
            sheet[f"{column}{row}"].font = _TITLE
        first = row + 1
        for name, text in help_texts[key].items():
            row += 1
            _line(sheet, row, name, text)
        ranges[header] = f"{HELP}!$A${first}:$A${row}"
        row += 1
    sheet.sheet_properties.tabColor = "7A4B00"
    return ranges


def _line(sheet: Worksheet, row: int, name: str, text: HelpTexts) -> None:
    for column, words in enumerate((name, text["vi"], text["en"]), 1):
        if words:
            put(sheet, row, column, words)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
