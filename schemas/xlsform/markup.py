"""XML as it stands in a workbook, read as a stream of events: no tree is built, and no DTD or entity is let in."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from schemas.xlsform.book import refused
from schemas.xlsform.container import damaged

MOST_ELEMENTS = 1_500_000
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
    left = MOST_ELEMENTS

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            message = "there is formatting far beyond the form; copy the filled cells alone into a new workbook"
            raise refused("xlsform.too_large", "", message)
        listener.opened(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda name: listener.closed(name.rpartition(":")[2])
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _no_doctype
    _feed(parser.Parse, pieces, listener)


def _feed(parse: Callable[[bytes, bool], int], pieces: Iterable[bytes], listener: Listener) -> None:
    try:
        for piece in pieces:
            parse(piece, False)
            if listener.enough:
                return
        parse(b"", True)
    except (expat.ExpatError, ValueError) as broken:
        if isinstance(broken, expat.ExpatError):
            raise damaged() from None
        raise


def _no_doctype(*_: object) -> None:
    raise refused(
        "xlsform.hostile", "", "the workbook's XML declares entities, which no Excel does; save it anew in Excel"
    )
