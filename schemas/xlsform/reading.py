"""From the bytes of a file to a Book, whichever Excel wrote them."""

from schemas.words import say, sentence
from schemas.xlsform.book import Book, refused
from schemas.xlsform.container import check_size
from schemas.xlsform.new_excel import read_new_excel
from schemas.xlsform.old_excel import read_old_excel

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_book(data: bytes, suffix: str) -> Book:
    """The workbook in the bytes; `suffix` is that of the file's name. Raises SurveyInvalid for what is none."""
    check_size(data)
    suffix = suffix.lower()
    if suffix == ".xlsm":
        raise refused("xlsform.macros", "", "a workbook with macros (.xlsm) is not read; save it as plain .xlsx")
    if suffix == ".xls" and not data.startswith(b"PK"):
        if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") not in data:
            return read_old_excel(data)
        return read_new_excel(data)
    if suffix in (".xlsx", ".xls"):
        return read_new_excel(data)
    message = say("a form is an .xlsx or .xls, not {ending}", ending=suffix[:20] or sentence("a file without ending"))
    raise refused("xlsform.no_workbook", "", message)
