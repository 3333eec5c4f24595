"""Tables in CSV as spreadsheets write them: any of their encodings and separators, empty columns, one form of letters."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1258": "Windows-1258", "cp1252": "Windows-1252"}
_WIDE_ENOUGH = 4  # bytes by which UTF-16 without its mark is known
_SEPARATORS = ",;\t|"
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+")


class NoTable(ValueError):
    """The bytes are no table; `reason` is "letters" if they cannot be read, "csv" if the quotes do not close."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The lines with all their cells in NFC and without columns that are empty from top to bottom.

    `top` is the number of the first of them in the file, `encoding` how its letters were written.
    """

    lines: list[list[str]]
    encoding: str
    top: int = 1


def read_csv(data: bytes) -> CsvTable:
    """The table in the bytes of a file; raises NoTable."""
    text, encoding = _decoded(data)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        lines = [[unicodedata.normalize("NFC", cell) for cell in cells] for cells in read]
    except csv.Error as broken:
        raise NoTable("csv", str(broken)) from None
    begin = next((number for number, line in enumerate(lines) if _says(line)), 0)
    return CsvTable(_without_empty_columns(lines[begin:]), encoding, begin + 1)


def _says(line: list[str]) -> bool:
    """Whether it is more than separators, or the line in which Excel says which separator it took."""
    return any(cell.strip() for cell in line) and not (len(line) <= 2 and line[0].strip().lower().startswith("sep="))


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 with or without a mark, UTF-16, else the code page of Vietnamese Windows, and if that has no such letter, the Western one."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    guesses = ["utf-16"] if wide else [*_bare_utf16(data), "utf-8-sig", "cp1258", "cp1252"]
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff"), encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    raise NoTable("letters")


def _bare_utf16(data: bytes) -> list[str]:
    """UTF-16 of Latin letters shows by its zeros: every other byte of the heading."""
    start = data[:64]
    if len(start) < _WIDE_ENOUGH or len(data) % 2:
        return []
    return [
        name
        for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2]))
        if zeros.count(0) > len(zeros) // 2
    ]


def _separator(text: str) -> str:
    """What divides the headings: Excel writes semicolons where the comma is in numbers, and may say so in a first line «sep=;»."""
    first = next((line for line in text[:20_000].splitlines() if line.strip(" ,;\t|")), "")
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _without_empty_columns(lines: list[list[str]]) -> list[list[str]]:
    filled = sorted({column for line in lines for column, cell in enumerate(line) if _UNSEEN.sub("", cell)})
    if filled == list(range(len(filled))):
        width = len(filled)
        return [line[:width] for line in lines]
    return [[line[column] if column < len(line) else "" for column in filled] for line in lines]
