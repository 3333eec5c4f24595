"""A file that is no plain workbook is refused in one sentence that says what it is and what to do."""

import io
import zipfile
from contextlib import suppress

import pytest

from schemas.findings import SurveyInvalid
from schemas.xlsform.importing import import_xlsform
from tests.support.xlsform_files import VI, codes, complaints, form, package, rows, saved, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = form(["type", "name", VI], ["integer", "age", "Tuổi?"])


def archive(**parts):
    """A zip with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return file.getvalue()


def with_part(name, text):
    """The good form with one part more, or another one in its place."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(file, "w") as made:
        for part in old.namelist():
            if part != name:
                made.writestr(part, old.read(part))
        made.writestr(name, text)
    return file.getvalue()


def encrypted():
    """The good form with the flag of encryption on its parts."""
    data = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def flipped(place):
    """The good form with one byte turned over."""
    return GOOD[:place] + bytes([GOOD[place] ^ 0x55]) + GOOD[place + 1 :]


REFUSED = {
    "nothing": (b"", ".xlsx", "no Excel workbook"),
    "a CSV that was renamed": ("type,name,label\ninteger,age,Tuổi\n".encode(), ".xlsx", "plain text (CSV perhaps)"),
    "a CSV in UTF-16": ("type,name".encode("utf-16"), ".xlsx", "plain text"),
    "a web page": (b"<html><table></table></html>", ".xls", "a web page"),
    "a file with a password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), ".xlsx", "locked with a password"),
    "the same, called xls": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), ".xls", "locked with a password"),
    "an old file under a new name": (OLE + b"\0" * 600, ".xlsx", "old Excel file under a new name"),
    "an old file that is broken": (OLE + b"\0" * 600, ".xls", "damaged"),
    "an old file that is noise": (OLE + bytes(range(256)) * 40, ".xls", "damaged"),
    "macros by name": (GOOD, ".xlsm", "macros"),
    "macros inside": (with_part("xl/vbaProject.bin", "x"), ".xlsx", "macros"),
    "an OpenDocument sheet": (archive(mimetype="x", **{"content.xml": "<x/>"}), ".xlsx", "OpenDocument"),
    "a binary workbook": (archive(**{"xl/workbook.bin": "x"}), ".xlsx", "binary workbook"),
    "another zip": (archive(a="b"), ".xlsx", "no Excel workbook"),
    "half a file": (GOOD[: len(GOOD) // 2], ".xlsx", "damaged"),
    "a flipped byte": (flipped(GOOD.find(b"xl/worksheets/sheet1.xml") + 60), ".xlsx", "damaged"),
    "locked parts": (encrypted(), ".xlsx", "locked with a password"),
    "a part that is no XML": (with_part("xl/workbook.xml", "not <xml"), ".xlsx", "damaged"),
    "a part in another encoding": (with_part("xl/workbook.xml", '<?xml version="1.0" encoding="x-none"?><workbook/>'), ".xlsx", "damaged"),
    "no sheets": (with_part("xl/workbook.xml", "<workbook/>"), ".xlsx", "damaged"),
    "a sheet that is elsewhere": (with_part("xl/_rels/workbook.xml.rels", "<Relationships/>"), ".xlsx", "is missing"),
    "very many parts": (archive(**{f"p{n}": "" for n in range(3_000)}), ".xlsx", "far larger"),
    "a text document": (GOOD, ".docx", "a form is an .xlsx or .xls"),
    "a cell beyond the last column": (package(rows('<row r="2"><c r="XFE2"><v>1</v></c></row>')), ".xlsx", "damaged"),
    "a row beyond the last": (package(rows('<row r="2000000"><c><v>1</v></c></row>')), ".xlsx", "damaged"),
    "a shared text that is not there": (package(rows('<row><c t="s"><v>9</v></c></row>')), ".xlsx", "damaged"),
    "entities that multiply": (
        package(['<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', *rows("<row><c><v>&b;</v></c></row>")]), ".xlsx",
        "declares entities",
    ),
    "an entity from a file": (
        package(['<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>', *rows("<row><c><v>&a;</v></c></row>")]), ".xlsx",
        "declares entities",
    ),
    "more after very many empty rows": (
        package(rows(*[f'<row r="{n}"/>' for n in range(2, 3_500)], '<row r="3500"><c><v>1</v></c></row>', "<row/>" * 20_000)), ".xlsx",
        "more than 2,000 empty rows follow",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "suffix", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_one_sentence(data, suffix, words):
    lines = complaints(data, suffix=suffix)
    assert len(lines) == 1
    assert words in lines[0]


@pytest.mark.parametrize("place", range(40, len(GOOD), 97))
def test_no_flipped_byte_brings_the_reader_down(place):
    for suffix in (".xlsx", ".xls"):
        with suppress(SurveyInvalid):
            import_xlsform(flipped(place), suffix=suffix)


def test_a_workbook_without_a_survey_sheet_is_told_which_sheets_it_has():
    lines = complaints(saved(workbook(Tháng1=[["type"]], Tháng2=[["name"]])))
    assert lines == ["a sheet named survey is needed; there are: Tháng1, Tháng2"]


def test_a_lone_sheet_is_the_survey_whatever_its_name():
    book = workbook(Sheet1=[["type", "name", VI], ["wrong", "a", "?"]])
    assert any(line.startswith("sheet Sheet1, row 2, column type") for line in complaints(saved(book)))


def test_a_survey_sheet_without_headers_is_told():
    assert codes(package(["<worksheet><sheetData/></worksheet>"])) == {"xlsform.no_header"}
    assert codes(form([], ["integer", "age", "Tuổi?"])) == {"xlsform.no_header"}
    assert codes(form(["name", VI], ["age", "Tuổi?"])) == {"xlsform.no_header"}


def test_at_most_a_hundred_problems_are_told_and_the_rest_counted():
    lines = complaints(form(["type", "name", VI], *[["wrong", f"q{n}", "?"] for n in range(250)]))
    assert len(lines) == 101
    assert lines[-1] == "and 150 more"
