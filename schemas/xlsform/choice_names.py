"""Names of choices as they come: -99, «Có», 24/7, the same one twice. Each gets a name that works here, and keeps its own as its value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from schemas.expressions.parsing import NAME
from schemas.fields import CHOICE_NAME
from schemas.texts import folded
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.cells import write_quoted
from schemas.xlsform.findings import Findings, short
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import Key, SheetRow, SheetTable, cleaned

_LIST, _NAME, _VALUE = ("list", ""), ("name", ""), ("value", "")
_WORDS = (("<=", "le"), (">=", "ge"), ("≤", "le"), ("≥", "ge"), ("<", "lt"), (">", "gt"), ("%", "pct"), ("+", "plus"))
_NUMBER = re.compile(r"[-\u2212]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\Z")


@dataclass(slots=True)
class ChoiceNames:
    """What the choices of one list are called now. `changed`: by the name that their author gave, all that it became."""

    name: str
    all: dict[str, str] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, str]:
        """The changed names that stood for numbers, by what they are now."""
        return {new[0]: plain_number(old) for old, new in self.changed.items() if _NUMBER.match(old)}

    def now(self, written: str) -> list[str]:
        """What the choice of this name is called."""
        return self.changed.get(written) or [written]


def plain_number(text: str) -> str:
    """A number with a plain sign."""
    return text.replace("\u2212", "-")


def safe_name(name: str, row: int) -> str:
    """A name for a choice that is as near as can be to what stood there."""
    if _NUMBER.match(name) and name[0] in "-\u2212":
        name = f"minus{name[1:]}"
    for sign, word in _WORDS:
        name = name.replace(sign, word)
    plain = re.sub(r"[^a-z0-9_-]+", "_", folded(name)).strip("_-")[:60].rstrip("_-")
    return plain or f"c{row}"


def list_names(table: SheetTable, findings: Findings) -> dict[str, str]:
    """What the lists are called now, by the names that stand on the sheet; the rows are changed with them."""
    names: dict[str, str] = {}
    written: dict[str, SheetRow] = {}
    for row in table.rows:
        written.setdefault(row.word("list"), row)
    written.pop("", None)
    taken, numbers = {folded(name) for name in written if NAME.match(name)}, dict[str, int]()
    for name, first in written.items():
        names[name] = name if NAME.match(name) else _free(suggested(name, "list"), taken, numbers)
        if names[name] != name:
            message = say(
                "the list «{name}» is called {new} here, on the survey sheet too", name=short(name), new=names[name]
            )
            findings.remark("name.changed", first.at("list"), message)
    table.rows = [
        with_cells(row, {_LIST: Cell(names[row.word("list")])}) if row.word("list") else row for row in table.rows
    ]
    return names


def name_choices(table: SheetTable, findings: Findings, *, twice: bool) -> dict[str, ChoiceNames]:
    """Gives every choice a name that works; `twice`: the form says that names may stand twice in a list."""
    lists: dict[str, list[SheetRow]] = {}
    for row in table.rows:
        lists.setdefault(row.word("list"), []).append(row)
    found: dict[str, ChoiceNames] = {}
    kept: dict[int, SheetRow] = {}  # by the rows themselves, as two sheets may have rows of one number
    for name, rows in lists.items():
        if name:
            naming = _Naming(ChoiceNames(name), findings, twice)
            kept |= naming.rows(rows)
            found[name] = naming.names
        else:
            kept |= {id(row): row for row in rows}
    table.rows = [kept[id(row)] for row in table.rows if id(row) in kept]
    return found


@dataclass(slots=True)
class _Naming:
    """The naming of one list."""

    names: ChoiceNames
    findings: Findings
    twice: bool
    _taken: set[str] = field(default_factory=set)
    _given: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)
    _first: dict[str, SheetRow] = field(default_factory=dict)
    _renamed: list[str] = field(default_factory=list)
    _bare: dict[str, str] = field(default_factory=dict)

    def rows(self, rows: list[SheetRow]) -> dict[int, SheetRow]:
        """The rows under their new names, by what they were; those that only repeat another are left out."""
        sound = [row.word("name") for row in rows if CHOICE_NAME.match(row.word("name"))]
        self._taken = {folded(name) for name in sound}
        kept = {id(row): named for row in rows if (named := self._row(row)) is not None}
        for bare, name in self._bare.items():
            if bare not in self.names.all:
                self.names.changed[bare] = [name]
        if self._renamed:
            message = say(
                "names of choices in the list {list} were changed: {pairs}; expressions follow, exported data keep the names as written",
                list=self.names.name,
                pairs=", ".join(self._renamed[:10])
                + (f" … (+{len(self._renamed) - 10:,})" if len(self._renamed) > 10 else ""),
            )
            self.findings.remark("name.changed", rows[0].at("name"), message)
        return kept

    def _row(self, row: SheetRow) -> SheetRow | None:
        written = row.word("name")
        label = next((cleaned(text) for text in row.text("label").values() if cleaned(text)), "")
        if not written and not label:
            return row if row.cells.keys() - {_LIST} else None
        earlier = self._first.get(written) if written else None
        if earlier is not None and dict(earlier.cells) == dict(row.cells):
            message = say("this choice stands in row {row} already; it was left out", row=earlier.number)
            self.findings.remark("xlsform.left_out", row.at("name"), message)
            return None
        self._first.setdefault(written, row)
        if earlier is not None and not self.twice and earlier.extra() == row.extra():
            return row  # one of the two is a slip, and nobody can know which
        name = self._new(written or label, row.number, again=earlier is not None)
        self._note(written, name, label)
        if row.kind("name") == "number" and (bare := written.lstrip("0")) != written:  # 7 that Excel shows as 007
            self._bare[bare or "0"] = name
        if name == written:
            return row
        value = {_VALUE: Cell(write_quoted(written))} if written and not row.word("value") else {}
        return with_cells(row, {_NAME: Cell(name), **value})

    def _new(self, written: str, row: int, *, again: bool) -> str:
        if CHOICE_NAME.match(written) and not again and folded(written) not in self._given:
            return written
        return _free(safe_name(written, row), self._taken, self._numbers)

    def _note(self, written: str, name: str, label: str) -> None:
        self._given.add(folded(name))
        if written in self.names.all:
            self.names.changed.setdefault(written, [self.names.all[written]]).append(name)
        else:
            self.names.all[written or name] = name
            if written and name != written:
                self.names.changed[written] = [name]
        if label:
            self.names.labels.setdefault(folded(label), written or name)
        if name != written:
            self._renamed.append(f"{name} ← {short(written or label)}")


def _free(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The name, or the first number behind it that is free; `numbers` knows how far the count has come."""
    free, number = name, numbers.get(name, 1)
    while folded(free) in taken:
        number += 1
        free = f"{name[:55]}_{number}"
    taken.add(folded(free))
    numbers[name] = number
    return free


def with_cells(row: SheetRow, cells: Mapping[Key, Cell | None]) -> SheetRow:
    """The row with other cells; None empties one."""
    changed = {**row.cells, **cells}
    return replace(row, cells={key: cell for key, cell in changed.items() if cell is not None})
