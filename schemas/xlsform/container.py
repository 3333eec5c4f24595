"""The zip around an .xlsx, opened without trust: what its directory says is checked first, and what comes out is counted.

A few kilobytes can unpack to gigabytes; so nothing is unpacked but the parts that a form needs, piece by piece, up to a bound.
"""

import io
import zipfile
import zlib
from typing import IO

from schemas.words import say, sentence
from schemas.xlsform.book import refused

LARGEST_FILE = 20_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 400_000_000
PIECE = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError
)  # fmt: skip


class Container:
    """The parts of the workbook by name; all that is read from it together is bounded."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._sizes = {part.filename: part for part in archive.infolist()}
        self._left = MOST_UNPACKED

    def __contains__(self, name: object) -> bool:
        return name in self._sizes

    def pieces(self, name: str) -> "Pieces":
        """The part, piece by piece; raises SurveyInvalid for a part that is not there, damaged, locked or too large."""
        part = self._sizes.get(name)
        if part is None:
            raise refused(
                "xlsform.damaged", "", say("the workbook is damaged: its part {name} is missing", name=name[:60])
            )
        if part.flag_bits & 1:
            raise locked()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or part.file_size > MOST_UNPACKED:
            raise too_large()
        try:
            return Pieces(self, self._archive.open(part))
        except _BROKEN:
            raise damaged() from None

    def spend(self, amount: int) -> None:
        """Count what was unpacked."""
        self._left -= amount
        if self._left < 0:
            raise too_large()


class Pieces:
    """An iterator over a part's bytes that pays for each piece."""

    def __init__(self, container: Container, stream: IO[bytes]) -> None:
        self._container = container
        self._stream = stream

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        try:
            piece = self._stream.read(PIECE)
        except _BROKEN:
            raise damaged() from None
        if not piece:
            raise StopIteration
        self._container.spend(len(piece))
        return piece


def open_container(data: bytes) -> Container:
    """The container behind the bytes of an .xlsx; raises SurveyInvalid with what it is instead, and what to do."""
    check_size(data)
    if data.startswith(_OLE):
        raise (
            locked()
            if _ENCRYPTED in data
            else refused(
                "xlsform.old_excel", "", "this is an old Excel file under a new name; call it .xls, or save it as .xlsx"
            )
        )
    if not data.startswith(b"PK"):
        message = say("this is no Excel workbook{looks}; save it as .xlsx in Excel", looks=sentence(_looks(data)))
        raise refused("xlsform.no_workbook", "", message)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise damaged() from None
    _check_directory(archive)
    return Container(archive)


def check_size(data: bytes) -> None:
    """Refuse what is larger than a form can be."""
    if len(data) > LARGEST_FILE:
        message = say(
            "the file has {bytes:,} bytes, a form at most {most:,}; take pictures and other sheets out of it",
            bytes=len(data),
            most=LARGEST_FILE,
        )
        raise refused("xlsform.too_large", "", message)


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS:
        raise too_large()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise refused(
            "xlsform.macros", "", "the workbook carries macros, which are never run here; save it as plain .xlsx"
        )
    if "content.xml" in names and "mimetype" in names:
        raise refused("xlsform.no_workbook", "", "this is an OpenDocument sheet; save it as .xlsx")
    if "xl/workbook.bin" in names:
        raise refused("xlsform.no_workbook", "", "this is a binary workbook (.xlsb); save it as .xlsx")
    if "xl/workbook.xml" not in names and "[content_types].xml" not in names:
        raise refused("xlsform.no_workbook", "", "this is a zip file, but no Excel workbook; give the .xlsx itself")


def _looks(data: bytes) -> str:
    """What the bytes look like, for people who renamed a file."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return " but a web page"
    if start.startswith((b"<?xml", b"<")):
        return " but XML"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\x00" not in start and start.count(b",") + start.count(b";") > 3):
        return " but plain text (CSV perhaps) that was renamed"
    return ""


def damaged() -> Exception:
    """The finding for a file that broke on its way."""
    return refused("xlsform.damaged", "", "the workbook is damaged; open it in Excel, save it anew and try again")


def locked() -> Exception:
    """The finding for a file with a password."""
    return refused("xlsform.locked", "", "the workbook is locked with a password; save a copy without one")


def too_large() -> Exception:
    """The finding for a file that unpacks to more than a form can be."""
    return refused(
        "xlsform.too_large",
        "",
        "unpacked, the workbook is far larger than a form can be; copy its sheets into a new workbook",
    )
