"""Rows as other programs take them: what they note without asking, fields that nobody fills in, whole days. Each is told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.kinds.kind import XLSForm
from schemas.questions import KINDS
from schemas.texts import folded
from schemas.words import say, sentence
from schemas.xlsform.book import Cell
from schemas.xlsform.cells import CellUnclear, read_number
from schemas.xlsform.choice_names import with_cells
from schemas.xlsform.columns import DEFAULT
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.tables import Key, SheetRow
from schemas.xlsform.tokens import quoted
from schemas.xlsform.type_cell import TypeCell

_NO = frozenset({"", "no", "n", "false", "false()", "0", "không"})
_BIRTH = re.compile(r"\bsinh\b|\bbirth|\bborn\b|\bdob\b|naissance|nacimiento|nascimento|tanggal lahir")
_COARSE = frozenset({"year", "month-year"})


@dataclass(slots=True)
class ForeignRows:
    """Reads one row after another; `gone` are the names of rows that were left out, with what stands for them in expressions."""

    findings: Findings
    anonymous: bool = True
    gone: dict[str, str] = field(default_factory=dict)
    _default_remarked: bool = False

    def rows(self, row: SheetRow, cell: TypeCell) -> Iterator[tuple[SheetRow, TypeCell]]:
        """What becomes of the row: itself, another one or two, or none."""
        if cell.sort == "noted":
            self._left_out(row, cell)
            return
        if cell.sort != "question" or cell.refused:
            yield row, cell
            return
        row = self._without_useless(row, cell)
        given = row.word("calculation")
        locked = row.word("read_only").casefold() not in _NO
        row = with_cells(row, {("read_only", ""): None})
        kind = KINDS[cell.type]
        if kind.calculated:
            yield from self._calculate(row)
        elif given and (locked or kind.entry != "tap"):
            yield from self._calculated(row, cell)
        elif locked and kind.asked:
            message = "nobody can answer this, as it is read-only; it is a note here"
            self.findings.remark("xlsform.read_only", row.at("read_only"), message)
            yield _as("note", row, _EMPTY_FOR_NOTES)
        else:
            yield self._asked(row, cell)

    def _left_out(self, row: SheetRow, cell: TypeCell) -> None:
        message = say(
            "{type} asks nothing, and nothing is noted here about who answers; this row was left out",
            type=short(row.word("type")),
        )
        self.findings.remark("xlsform.noted", row.at("type"), message)
        if row.word("name"):
            self.gone[row.word("name")] = "today()" if cell.type in ("today", "start") else ""

    def _without_useless(self, row: SheetRow, cell: TypeCell) -> SheetRow:
        """What has no meaning for a row of this type, or for any."""
        useless: dict[Key, Cell | None] = {}
        if row.word("trigger"):
            self.findings.remark(
                "xlsform.trigger",
                row.at("trigger"),
                "what is worked out is always up to date here, and waits for no trigger",
            )
            useless[("trigger", "")] = None
        if row.word("default") and not KINDS[cell.type].calculated:
            if not self._default_remarked:
                message = say("this column is left out: {reason}", reason=sentence(DEFAULT))
                self.findings.remark("xlsform.left_out", at(row.table.name, None, row.table.header("default")), message)
            self._default_remarked = True
        if not KINDS[cell.type].asked and row.word("constraint"):
            message = say("a {type} has no answer that could be checked; this is left out", type=cell.type)
            self.findings.remark("xlsform.left_out", row.at("constraint"), message)
            useless |= {key: None for key in row.cells if key[0] in ("constraint", "constraint_message")}
        return with_cells(row, useless) if useless else row

    def _calculate(self, row: SheetRow) -> Iterator[tuple[SheetRow, TypeCell]]:
        """A calculation without a label, as its value is never shown by itself."""
        if not row.word("calculation") and row.word("default"):
            row = with_cells(row, {("calculation", ""): Cell(_literal(row.word("default")))})
        if not row.word("calculation"):
            message = "nothing is worked out here; this row was left out"
            self.findings.remark("xlsform.noted", row.at("calculation"), message)
            if row.word("name"):
                self.gone[row.word("name")] = "''"
            return
        yield _as("calculate", row)

    def _bare(self, row: SheetRow) -> SheetRow:
        """Without what a calculation cannot have; a label is told."""
        cells: dict[Key, Cell | None] = {key: None for key in row.cells if key[0] in _NOT_FOR_CALCULATIONS}
        return with_cells(row, cells)

    def _calculated(self, row: SheetRow, cell: TypeCell) -> Iterator[tuple[SheetRow, TypeCell]]:
        """A field that is filled in by the form: a calculation, and where it is a note, the note after it."""
        name = row.word("name")
        if not KINDS[cell.type].asked and row.text("label"):
            message = "what a note works out is a calculation of its own here, and the note comes after it"
            self.findings.remark("xlsform.calculation", row.at("calculation"), message)
            if name:
                yield _as("calculate", self._bare(row))
            note = {**_EMPTY_FOR_NOTES, ("name", ""): Cell(f"{name[:55]}_note")} if name else _EMPTY_FOR_NOTES
            yield _as("note", row, note)
            return
        message = say(
            "this {type} is worked out and not asked; it is a calculate here: to show its value write ${{{name}}} into a later note",
            type=cell.type,
            name=short(name),
        )
        self.findings.remark("xlsform.calculation", row.at("calculation"), message)
        yield _as("calculate", self._bare(row))

    def _asked(self, row: SheetRow, cell: TypeCell) -> tuple[SheetRow, TypeCell]:
        """A question that is asked."""
        if row.word("calculation"):
            message = (
                "an answer that stands there before anybody gave it would bend the results; the calculation is left out"
            )
            self.findings.remark("xlsform.left_out", row.at("calculation"), message)
            row = with_cells(row, {("calculation", ""): None})
        row, cell = _as_it_looks(row, cell)
        if (
            KINDS[cell.type].entry == "day"
            and self.anonymous
            and not set(row.word("appearance").lower().split()) & _COARSE
        ):
            row = self._coarser(row)
        if "label" in KINDS[cell.type].needs and not row.text("label") and row.text("hint"):
            row = self._labelled(row)
        return row, cell

    def _coarser(self, row: SheetRow) -> SheetRow:
        texts = " ".join([row.word("name").replace("_", " "), *row.text("label").values()])
        birth = _BIRTH.search(texts.casefold()) or _BIRTH.search(folded(texts))
        look = "year" if birth else "month-year"
        if birth:
            message = "a date of birth identifies; only the year is asked here (appearance year)"
        else:
            message = "a full date identifies; month and year are asked here (appearance month-year)"
        self.findings.remark("xlsform.date", row.at("appearance"), message)
        return with_cells(row, {("appearance", ""): Cell(" ".join([look, row.word("appearance")]).strip())})

    def _labelled(self, row: SheetRow) -> SheetRow:
        self.findings.remark("xlsform.label", row.at("hint"), "this question has no label; its hint is its label here")
        cells: dict[Key, Cell | None] = {}
        for key, found in row.cells.items():
            if key[0] == "hint":
                cells |= {key: None, ("label", key[1]): found}
        return with_cells(row, cells)


def _as_it_looks(row: SheetRow, cell: TypeCell) -> tuple[SheetRow, TypeCell]:
    """The row as the type of ours that XLSForm writes as another one with an appearance; else as it was."""
    looks = row.word("appearance").split()
    found = next((kind for kind in KINDS.values() if _is_meant(kind.xlsform, cell, looks)), None)
    if found is None:
        return row, cell
    rest = " ".join(word for word in looks if word.lower() != found.xlsform.appearance)
    return _as(found.name, row, {("appearance", ""): Cell(rest) if rest else None})


def _is_meant(written: XLSForm, cell: TypeCell, looks: list[str]) -> bool:
    return written.type == cell.type and written.appearance in [look.lower() for look in looks]


def _as(kind: str, row: SheetRow, cells: Mapping[Key, Cell | None] | None = None) -> tuple[SheetRow, TypeCell]:
    """The row as one of another type."""
    return with_cells(row, {**(cells or {}), ("type", ""): Cell(kind)}), TypeCell(type=kind)


_EMPTY_FOR_NOTES: dict[Key, Cell | None] = {
    (key, ""): None
    for key in "calculation constraint required choice_filter parameters appearance default range".split()
}
_NOT_FOR_CALCULATIONS = frozenset(
    "label hint constraint constraint_message required appearance parameters default choice_filter audio image range".split()
)


def _literal(text: str) -> str:
    """A value as an expression: a number, a text in quotes, or the expression that it is."""
    try:
        read_number(text)
    except CellUnclear:
        return text if "(" in text or "${" in text else quoted(text)
    return text
