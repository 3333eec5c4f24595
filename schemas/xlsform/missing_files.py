"""Pictures and sounds that a form names and that are not there: left out, and told by their cells.

A form travels as one workbook, and its files stay behind; the questions can be read all the same. Whether one of them
cannot be answered without its picture only its author knows, so each is told.
"""

from collections.abc import Iterator
from typing import Any

from schemas.findings import place, warning
from schemas.kinds.kind import MEDIA_SLOTS
from schemas.media import FILE_NAME
from schemas.words import say
from schemas.xlsform.cell_positions import CellPositions
from schemas.xlsform.file_lists import MediaReader
from schemas.xlsform.findings import Findings, short


def leave_out(document: dict[str, Any], media: MediaReader, positions: CellPositions, findings: Findings) -> None:
    """Take the names of files that `media` does not have out of the document."""
    there: dict[str, bool] = {}
    for where, part in _parts(document):
        for slot in MEDIA_SLOTS:
            files = part.get(slot, {})
            for language, name in list(files.items()):
                fits = FILE_NAME[slot.rpartition("_")[2]].match(name)
                if name not in there:
                    there[name] = fits is not None and media(name) is not None
                if there[name] and fits:
                    continue
                message = say(
                    "the file {name} is not in the folder media beside the form, and was left out; where people need it to answer, "
                    "lay it there under a name of letters a-z, digits, - and _, and import the form again",
                    name=short(name),
                )
                finding = warning("media.left_out", place(where, slot, language if language != "*" else ""), message)
                findings.remark("media.left_out", positions.with_cell(finding).place, message)
                del files[language]
            if slot in part and not files:
                del part[slot]


def _parts(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All that may name files, with its place."""
    for name, choices in document.get("choice_lists", {}).items():
        for choice in choices:
            yield place(f"choice list {name}", f"choice {choice.get('name', '')}"), choice
    for section in document["sections"]:
        for question in section["questions"]:
            yield place(f"section {section['name']}", f"question {question.get('name', '')}"), question
