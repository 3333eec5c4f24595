"""XML as it stands in a workbook, read as a stream of events: no tree is built, and no DTD or entity is let in."""

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from schemas.findings import SurveyInvalid
from schemas.xlsform.book import refused
from schemas.xlsform.container import damaged

MOST_ELEMENTS = 1_500_000
DEEPEST = 50
LONGEST_TAG = 500_000  # expat begins a tag anew with every piece until it is whole
Attributes = Mapping[str, str]


class Listener:
    """What hears the elements of a part, by their names without namespace. `enough` ends the reading early."""

    enough = False

    def opened(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Characters between tags; one run may come in several pieces."""


def listen(pieces: Iterable[bytes], listener: Listener) -> None:
    """Tell the listener the elements; raises SurveyInvalid for XML that is broken, hostile or without end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    left, depth = MOST_ELEMENTS, 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal left, depth
        left, depth = left - 1, depth + 1
        if depth > DEEPEST:
            raise damaged()
        if left < 0:
            message = "there is formatting far beyond the form; copy the filled cells alone into a new workbook"
            raise refused("xlsform.too_large", "", message)
        listener.opened(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.closed(name.rpartition(":")[2])

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _no_doctype
    _feed(parser, pieces, listener)


def _feed(parser: expat.XMLParserType, pieces: Iterable[bytes], listener: Listener) -> None:
    given = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            given += len(piece)
            if given - parser.CurrentByteIndex > LONGEST_TAG:
                raise damaged()
            if listener.enough:
                return
        parser.Parse(b"", True)
    except SurveyInvalid:
        raise
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged() from None


def _no_doctype(*_: object) -> None:
    raise refused(
        "xlsform.hostile", "", "the workbook's XML declares entities, which no Excel does; save it anew in Excel"
    )
