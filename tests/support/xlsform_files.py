"""Workbooks for tests: as authors make them with openpyxl, and as attackers make them, part by part."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from schemas.findings import SurveyInvalid
from schemas.xlsform.importing import Imported, import_with_remarks

Rows = list[list[Any]]

VI, EN = "label::Tiếng Việt (vi)", "label::English (en)"
SETTINGS: Rows = [["form_title", "form_id"], ["Thử", "thu"]]
YESNO: Rows = [["list_name", "name", VI], ["yesno", "yes", "Có"], ["yesno", "no", "Không"]]
_CONTENTS = '<workbook xmlns:r="r"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>'
_RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
HEADER_ROW = (
    "<row>"
    + "".join(f'<c t="inlineStr"><is><t>{header}</t></is></c>' for header in ("type", "name", "label"))
    + "</row>"
)


def workbook(**sheets: Rows) -> Workbook:
    """A workbook with these sheets; a name's underscores at its end are dropped."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def form(*questions: list[Any], choices: Rows | None = None, settings: Rows | None = None, **sheets: Rows) -> bytes:
    """A form whose survey sheet begins with its header row."""
    return saved(workbook(survey=list(questions), choices=choices or YESNO, settings=settings or SETTINGS, **sheets))


def package(sheet: Iterable[str] | str, *, shared: str = "<sst/>", **parts: str) -> bytes:
    """An .xlsx made of its bare parts, with the XML of the survey sheet as given."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        whole = {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": _CONTENTS,
            "xl/_rels/workbook.xml.rels": _RELATIONS,
            "xl/sharedStrings.xml": shared,
        }
        for name, text in {**whole, **parts}.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in [sheet] if isinstance(sheet, str) else sheet:
                part.write(piece.encode())
    return file.getvalue()


def rows(*inner: str) -> Iterable[str]:
    """The XML of a sheet with these rows below its header, in pieces."""
    return ["<worksheet><sheetData>", HEADER_ROW, *inner, "</sheetData></worksheet>"]


def read(data: bytes, **more: Any) -> Imported:
    """The imported form with its remarks."""
    return import_with_remarks(data, **more)


def complaints(data: bytes, **more: Any) -> list[str]:
    """What an author is told of a form that is refused, as place and message; empty if it is not."""
    try:
        import_with_remarks(data, **more)
    except SurveyInvalid as refused:
        return [str(finding) for finding in refused.findings]
    return []


def codes(data: bytes, **more: Any) -> set[str]:
    """The codes of the same."""
    try:
        import_with_remarks(data, **more)
    except SurveyInvalid as refused:
        return {finding.code for finding in refused.findings}
    return set()


def remarks(data: bytes, **more: Any) -> str:
    """All that is told of a form that is taken, in one text."""
    return "\n".join(str(finding) for finding in import_with_remarks(data, **more).remarks)
