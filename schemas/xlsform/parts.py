"""The parts of a workbook around its sheets: which sheets there are, the strings they share, how cells show their numbers."""

import posixpath
import re
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from schemas.xlsform.book import MOST_CHARACTERS, refused
from schemas.xlsform.container import Container, damaged, too_large
from schemas.xlsform.markup import Attributes, Listener, listen
from schemas.xlsform.number_formats import is_plain

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_STRINGS = 500_000
_MOST_FORMATS = 5_000
_MOST_STYLES = 70_000
_MOST_SHEETS = 1_000


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot carry as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass
class ZipEntry:
    """A sheet in the workbook's table of contents."""

    name: str
    relation: str
    hidden: bool


@dataclass
class Contents(Listener):
    """xl/workbook.xml: the sheets in order, and from which year days are counted."""

    entries: list[ZipEntry] = field(default_factory=list)
    from_1904: bool = False

    def opened(self, name: str, attributes: Attributes) -> None:
        """Note each sheet."""
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            if len(self.entries) == _MOST_SHEETS:
                raise too_large()
            self.entries.append(ZipEntry(attributes.get("name", ""), relation, hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


@dataclass
class Relations(Listener):
    """xl/_rels/workbook.xml.rels: where each sheet lies."""

    targets: dict[str, str] = field(default_factory=dict)
    by_type: dict[str, str] = field(default_factory=dict)

    def opened(self, name: str, attributes: Attributes) -> None:
        """Note each target, as a path inside the container; what lies outside is no part of the workbook."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            if len(self.targets) > 10 * _MOST_SHEETS:
                raise too_large()
            path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = path
            self.by_type[attributes.get("Type", "").rpartition("/")[2]] = path


class SharedStrings(Listener):
    """xl/sharedStrings.xml: the texts that cells point to; formatting inside a text and reading aids are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._inside = self._phonetic = False
        self._left = MOST_CHARACTERS

    def opened(self, name: str, _: Attributes) -> None:
        """Texts stand in t, but not in those of rPh."""
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._inside = not self._phonetic

    def text(self, words: str) -> None:
        """Collect, within bounds."""
        if self._inside:
            self._left -= len(words)
            if self._left < 0:
                raise refused("xlsform.too_large", "", "the workbook holds more text than any survey can")
            self._parts.append(words)

    def closed(self, name: str) -> None:
        """One string is whole."""
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._parts)))
            if len(self.strings) > _MOST_STRINGS:
                raise refused("xlsform.too_large", "", "the workbook holds more texts than any survey can")


class Styles(Listener):
    """xl/styles.xml: the format of numbers that each cell style has; empty for the plain one."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._among_cells = False
        self.codes: list[str] = []

    def opened(self, name: str, attributes: Attributes) -> None:
        """Note the number formats, then which format each cell style has."""
        if name == "numFmt" and len(self._formats) < _MOST_FORMATS:
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self._among_cells = True
        elif name == "xf" and self._among_cells and len(self.codes) < _MOST_STYLES:
            self.codes.append(self._code(attributes.get("numFmtId", "0")))

    def closed(self, name: str) -> None:
        """Other lists of formats follow, which are not those of cells."""
        if name == "cellXfs":
            self._among_cells = False

    def _code(self, number: str) -> str:
        code = self._formats.get(number) or (BUILTIN_FORMATS.get(int(number[:9])) if number.isdecimal() else None)
        return "" if code is None or is_plain(code) else code


def read_contents(container: Container) -> tuple[Contents, Relations]:
    """The table of contents and where its sheets lie."""
    contents, relations = Contents(), Relations()
    listen(container.pieces("xl/workbook.xml"), contents)
    listen(container.pieces("xl/_rels/workbook.xml.rels"), relations)
    if not contents.entries:
        raise damaged()
    return contents, relations


def read_strings(container: Container, relations: Relations) -> list[str]:
    """The shared strings; a workbook may have none."""
    found = SharedStrings()
    path = relations.by_type.get("sharedStrings", "")
    if path in container:
        listen(container.pieces(path), found)
    return found.strings


def read_formats(container: Container, relations: Relations) -> list[str]:
    """For each cell style the format of its numbers."""
    found = Styles()
    path = relations.by_type.get("styles", "")
    if path in container:
        listen(container.pieces(path), found)
    return found.codes
