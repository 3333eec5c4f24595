"""Names as expressions and result columns use them; for one that will not do, a like one that will."""

import re

from schemas.expressions.parsing import NAME
from schemas.fields import RESERVED
from schemas.texts import folded
from schemas.words import say
from schemas.xlsform.findings import Findings, short
from schemas.xlsform.tables import SheetRow


def suggested(name: str, letter: str = "q") -> str:
    """A valid name that is as near as can be."""
    plain = re.sub(r"[^a-z0-9_]+", "_", folded(name)).strip("_")[:60] or letter
    if not plain[0].isalpha() or plain in RESERVED:
        plain = f"{letter}{plain}" if plain[0].isdigit() else f"{letter}_{plain.strip('_')}"
    return plain


def read_name(row: SheetRow, findings: Findings, letter: str = "q") -> str | None:
    """The row's name, if it is one; else the error says which would do."""
    name = row.word("name")
    if not name:
        findings.error("xlsform.no_name", row.at("name"), "a name is needed here, of letters a-z, digits and _")
        return None
    if not NAME.match(name):
        message = say(
            "«{name}» is no name: it has letters a-z, digits and _, begins with a letter; write {near}, in expressions too",
            name=short(name),
            near=suggested(name, letter),
        )
        findings.error("name.shape", row.at("name"), message)
        return None
    return name


class Seen:
    """Names that were given already: two that differ only by capitals or accents would be mixed up."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, int]] = {}

    def is_new(self, name: str, row: SheetRow, findings: Findings) -> bool:
        """Whether nothing before has this name; else the error says where it stands."""
        earlier = self._rows.setdefault(folded(name), (name, row.number))
        if earlier == (name, row.number):
            return True
        message = say(
            "the name {name} stands in row {row} already; choose another", name=short(earlier[0]), row=earlier[1]
        )
        findings.error("name.twice", row.at("name"), message)
        return False
