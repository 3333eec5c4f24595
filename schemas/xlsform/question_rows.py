"""A row of the survey sheet as a question of the document; every cell that cannot be used is told with what to do instead."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from schemas.kinds.kind import MEDIA_SLOTS
from schemas.questions import KINDS
from schemas.words import say, sentence
from schemas.xlsform.cell_positions import CellPositions
from schemas.xlsform.cells import (
    CellUnclear,
    plain_parameters,
    read_correct,
    read_dimension,
    read_parameters,
    read_quoted,
    read_range,
)
from schemas.xlsform.choice_rows import Choices, file_names, with_other
from schemas.xlsform.findings import Findings, short
from schemas.xlsform.formulas import read_formula
from schemas.xlsform.languages import shown
from schemas.xlsform.names import Seen, read_name
from schemas.xlsform.tables import SheetRow
from schemas.xlsform.type_cell import TypeCell

Question = dict[str, Any]
_TEXTS = ("label", "hint", "constraint_message", "explain")
_YES = frozenset(
    {
        "yes",
        "y",
        "true",
        "1",
        "x",
        "có",
        "co",
        "bắt buộc",
        "bat buoc",
        "required",
        "mandatory",
        "oui",
        "sí",
        "*",
        "✓",
        "✔",
    }
)
_NO = frozenset(
    {"", "no", "n", "false", "false()", "0", "không", "khong", "không bắt buộc", "tùy chọn", "tuỳ chọn", "optional"}
)
_BY_ITSELF = frozenset(
    {"field-list", "autocomplete", "search", "label", "list-nolabel"}
)  # what comes without being asked for
_RANGE = {"start": "1", "end": "10", "step": "1"}  # what XLSForm takes where parameters say nothing


@dataclass(slots=True)
class Form:
    """What is known while the survey sheet is read. `ours`: the workbook was written here, and nothing in it is by chance."""

    findings: Findings
    positions: CellPositions
    lists: dict[str, Choices]
    languages: list[str]
    ours: bool
    seen: Seen = field(default_factory=Seen)
    dropped: bool = False
    _with_other: list[Question] = field(default_factory=list)
    _without_other: set[str] = field(default_factory=set)

    def question(self, row: SheetRow, cell: TypeCell) -> Question | None:
        """The question in the row; None if it is none, and then the findings or a remark says why."""
        name = self._name(row, cell)
        if cell.refused:
            self.findings.error(cell.refused[0], row.at("type"), cell.refused[1])
        if name is None or cell.refused or not self.seen.is_new(name, row, self.findings):
            self.dropped = True
            return None
        self.positions.put("question", name, row)
        if "label" in KINDS[cell.type].needs and not row.text("label"):
            self._tell_unlabelled(row)
            return None
        question: Question = {"type": cell.type, "name": name}
        parameters = self._parameters(row, cell)
        if cell.list_name:
            self._choose_list(question, row, cell, parameters)
        question |= {key: self.in_first(text, row, key) for key in _TEXTS if (text := row.text(key))}
        question |= {key: file_names(files) for key in MEDIA_SLOTS if (files := row.text(key))}
        self._conditions(question, row)
        self._notations(question, row, parameters)
        if appearance := self.appearance(row, KINDS[cell.type].appearances, cell.type):
            question["appearance"] = appearance
        return question

    def _tell_unlabelled(self, row: SheetRow) -> None:
        """Nothing can be asked without words; unless something is wrong with the cell itself, that is told."""
        if not self.findings.has_finding(row.at("label")):
            message = "there is nothing to read here: write the question into the column label"
            self.findings.error("text.missing", row.at("label"), message)
        self.dropped = True

    def in_first(self, text: dict[str, str], row: SheetRow, key: str) -> dict[str, str]:
        """The text also in the survey's first language: where it is missing, another stands in, as the page does it elsewhere."""
        first = self.languages[0]
        if first in text:
            return text
        other = next((code for code in self.languages if code in text), next(iter(text)))
        message = say(
            "the text is missing in {language}; that in {other} stands in", language=shown(first), other=shown(other)
        )
        self.findings.remark("text.missing", row.at(key, other), message)
        return {first: text[other], **text}

    def _name(self, row: SheetRow, cell: TypeCell) -> str | None:
        if row.word("name") or cell.refused:
            return read_name(row, self.findings) if row.word("name") else None
        is_note = not KINDS[cell.type].valued
        name = f"{'note' if is_note else 'q'}_{row.number}"
        if not is_note and row.text("label"):
            self.findings.remark(
                "name.changed", row.at("name"), say("this row has no name; it is called {new}", new=name)
            )
        return name if is_note or row.text("label") else read_name(row, self.findings)

    def _parameters(self, row: SheetRow, cell: TypeCell) -> dict[str, str]:
        found = self.read(row, "parameters", read_parameters) or {}
        self._tell_numbers(row, "parameters")
        has_range = KINDS[cell.type].xlsform.parameters
        if has_range and {"min", "max"} & found.keys():
            self.findings.remark("xlsform.bounds", row.at("parameters"), "min and max are read as start and end")
        used = {"start", "end", "step", "min", "max"} if has_range else set()
        used |= {"randomize", "seed"} if cell.list_name else set()
        for name in sorted(found.keys() - used):
            self.findings.remark(
                "xlsform.parameter",
                row.at("parameters"),
                say("the parameter {name} has no effect here", name=short(name)),
            )
        return {name: value for name, value in found.items() if name in used}

    def _tell_numbers(self, row: SheetRow, key: str) -> None:
        """Say how numbers were read that are not written as here."""
        written = row.word(key)
        try:
            read = plain_parameters(written)
        except CellUnclear:  # which was told already
            return
        if read != written:
            message = say("numbers are written 0.5 and 1000000 here; this was read as {text}", text=short(read))
            self.findings.remark("xlsform.typography", row.at(key), message)

    def _choose_list(self, question: Question, row: SheetRow, cell: TypeCell, parameters: dict[str, str]) -> None:
        name = cell.list_name
        if name not in self.lists:
            if not self.findings.has_finding(row.at("type")):
                self._tell_list(name, row)
            self.dropped = True
            question["list"] = name
            return
        question["list"] = name
        if cell.or_other:
            self._with_other.append(question)
        else:
            self._without_other.add(name)
        randomize = parameters.get("randomize", "false")
        if randomize not in ("true", "false"):
            self.findings.error("xlsform.parameter", row.at("parameters"), "randomize is true or false")
        if randomize == "true" or row.flag("randomize", self.findings):
            question["randomize"] = True

    def _tell_list(self, name: str, row: SheetRow) -> None:
        near = "" if self.findings.full else next(iter(difflib.get_close_matches(name, self.lists, 1, 0.6)), "")
        known = ", ".join(short(known) for known in list(self.lists)[:10]) + (" …" if len(self.lists) > 10 else "")
        message = (
            say(
                "there is no choice list {name}; did you mean {near}? There are: {known}",
                name=short(name),
                near=near,
                known=known,
            )
            if near
            else say(
                "there is no choice list {name}; there are: {known}", name=short(name), known=known or sentence("none")
            )
        )
        self.findings.error("list.unknown", row.at("type"), message)

    def settle_others(self) -> None:
        """Give each or_other question a list that ends in `other`: the same list, unless somebody uses it without."""
        for question in self._with_other:
            name = question["list"]
            if name not in self.lists:
                continue
            own = f"{name}_or_other" if name in self._without_other else name
            self.lists[own] = with_other(self.lists[name], self.languages)
            question["list"] = own

    def _conditions(self, question: Question, row: SheetRow) -> None:
        """Expressions; a note and a calculation are never required, whatever the cell says."""
        said = row.word("required").casefold()
        kind = KINDS[question["type"]]
        if not kind.asked:
            if said not in _NO:
                self.findings.remark(
                    "xlsform.left_out",
                    row.at("required"),
                    say("a {type} has no answer that could be required", type=question["type"]),
                )
        elif said in _YES or (said == "true()" and not self.ours):
            question["required"] = True
        elif said not in _NO or (said == "false()" and self.ours):
            formula = read_formula(row, "required", self.findings)
            question |= {"required": formula} if formula else {}
        for key in ("relevant", "constraint", "choice_filter", "calculation"):
            if key == "calculation" and not kind.calculated:
                continue
            if formula := read_formula(row, key, self.findings, columns=key == "choice_filter"):
                question[key] = formula
            elif row.word(key):
                self.dropped = True
        if "constraint_message" in question and not row.word("constraint"):
            del question["constraint_message"]
            self.findings.remark(
                "xlsform.left_out",
                row.at("constraint_message"),
                "there is no constraint that this message could go with",
            )

    def _notations(self, question: Question, row: SheetRow, parameters: dict[str, str]) -> None:
        kind = KINDS[question["type"]]
        if kind.stepped or (kind.xlsform.parameters and parameters):
            bounds = self.read(row, "parameters", lambda _: read_range(_RANGE | parameters), always=True)
        elif kind.xlsform.parameters:
            bounds = None
        else:
            bounds = self.read(row, "range", lambda text: read_range(read_parameters(text)))
            self._tell_numbers(row, "range")
        if bounds:
            question["range"] = bounds
        if row.flag("sensitive", self.findings):
            question["sensitive"] = True
        if dimension := self.read(row, "dimension", read_dimension):
            question["dimension"] = dimension
        if correct := self.read(row, "correct", read_correct):
            question["correct"] = correct
        if row.raw("fact"):
            question["fact"] = read_quoted(row.raw("fact"))
        if row.word("specifies"):
            question["specifies"] = row.word("specifies")

    def read(self, row: SheetRow, key: str, reader: Callable[[str], Any], *, always: bool = False) -> Any:
        """What the reader makes of the cell; None if it is empty, or unclear (which is told)."""
        text = row.word(key)
        if not text and not always:
            return None
        try:
            return reader(text)
        except CellUnclear as unclear:
            self.findings.error("xlsform.notation", row.at(key), str(unclear))
            return None

    def appearance(self, row: SheetRow, known: frozenset[str], what: str) -> str | None:
        """The one appearance that is known here; the others only look different elsewhere and are told."""
        words = row.word("appearance").split()
        if any(word.startswith("search(") for word in words):
            message = "search() looks in other data; put the list on the choices sheet and use a choice_filter"
            self.findings.error("xlsform.search", row.at("appearance"), message)
            return None
        found = [word.lower() for word in words if word.lower() in known]
        if idle := [short(word) for word in words if word.lower() not in {*found[:1], *_BY_ITSELF}]:
            names = ", ".join(sorted(known)) or sentence("none")
            message = say(
                "{names} has no effect on a {type}; there are {known}",
                names=", ".join(idle[:5]),
                type=what,
                known=names,
            )
            self.findings.remark("xlsform.appearance", row.at("appearance"), message)
        return found[0] if found else None
