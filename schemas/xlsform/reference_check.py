"""A second opinion: pyxform, the reference reader of XLSForm, looks at the same cells once nothing of ours is left to say."""

import re

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from schemas.words import say
from schemas.xlsform.book import Book
from schemas.xlsform.findings import Findings, at
from schemas.xlsform.tables import cleaned

_SHEETS = ("survey", "choices", "settings")
_ROW = re.compile(r"\brow ?: ?'?(\d+)|\brow (\d+)", re.IGNORECASE)
_OURS = "langnghe"


def ask_pyxform(book: Book, findings: Findings) -> None:
    """Tell what pyxform objects to: the form is read all the same, but other programs may not take it."""
    parts = {name: _records(book, name) for name in _SHEETS if name in book.sheets}
    whole = {name: records for name, (records, _) in parts.items()}
    headers = {f"{name}_header": [dict.fromkeys(header)] for name, (_, header) in parts.items()}
    try:
        workbook_to_json(DefinitionData(**whole, **headers, sheet_names=list(parts)), form_name="data")
    except (PyXFormError, KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError) as objection:
        said = (
            " ".join(str(objection).split())[:400]
            if isinstance(objection, PyXFormError)
            else "it cannot read this form"
        )
        row = _ROW.search(said)
        place = at("survey", int(row[1] or row[2])) if row else at("survey")
        message = say("pyxform, the reference reader of XLSForm, objects: {objection}", objection=said)
        findings.remark("xlsform.pyxform", place, message)


def _records(book: Book, name: str) -> tuple[list[dict[str, str]], list[str]]:
    """The sheet as pyxform's own reader would give it: one record a row, empty ones too, so that its numbers fit."""
    sheet = book.sheets[name]
    headers = {
        number: cleaned(cell.text)
        for number, cell in sheet.rows.get(1, {}).items()
        if cleaned(cell.text) and not cleaned(cell.text).lower().startswith(_OURS)
    }
    if name == "settings":
        headers = {number: header for number, header in headers.items() if "::" not in header}
    last = max(sheet.rows, default=1)
    records = []
    for number in range(2, last + 1):
        cells = sheet.rows.get(number, {})
        records.append({header: cleaned(cells[at_].text) for at_, header in headers.items() if at_ in cells})
    return records, list(headers.values())
