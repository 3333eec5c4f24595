"""Groups as sections: nested ones side by side, with the conditions of all around them; what stands in no group gets sections too."""

from dataclasses import dataclass, field, replace
from typing import Any

from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.questions import KINDS
from schemas.words import say, sentence
from schemas.xlsform.findings import short
from schemas.xlsform.formulas import joined, read_formula
from schemas.xlsform.names import read_name, suggested
from schemas.xlsform.question_rows import Form, Question
from schemas.xlsform.tables import SheetRow, SheetTable
from schemas.xlsform.type_cell import TypeCell, read_type

Section = dict[str, Any]
DEEPEST = 12
LONGEST = 500  # as many questions as a section may have
_LAYOUT = frozenset({"table-list"})
_NO_LABELS = frozenset({"list-nolabel", "nolabel"})


@dataclass(slots=True)
class Group:
    """An open group, with everything that it has from the groups around it."""

    row: SheetRow
    name: str
    title: dict[str, str] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    sensitive: bool = False
    randomize: bool = False
    appearance: str | None = None
    list: str = ""  # of the grid that it is a part of


class Sections:
    """Reads the survey sheet from top to bottom and collects the sections."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._open: list[Group] = []
        self._last: Group | None = None
        self._grid: Group | None = None
        self._names: set[str] = set()
        self._seen_groups: set[str] = set()
        self.sections: list[Section] = []

    def read(self, table: SheetTable) -> None:
        """Every row of the sheet."""
        self._seen_groups = {row.word("name") for row in table.rows if row.word("type").lower().startswith("begin")}
        for row in table.rows:
            self._row(row)
        for group in self._open:
            self._form.findings.error(
                "xlsform.group", group.row.at("type"), "this group never ends; an end_group is missing"
            )
        self._form.settle_others()

    def _row(self, row: SheetRow) -> None:
        findings = self._form.findings
        if row.word("disabled") and row.flag("disabled", findings):
            findings.remark("xlsform.left_out", row.at("disabled"), "this row is disabled and was left out")
            self._form.dropped = True
            return
        if not row.word("type"):
            if row.word("name") or row.text("label"):
                findings.error(
                    "xlsform.no_type", row.at("type"), "a type is needed here, such as select_one LIST, integer or note"
                )
            return
        cell = read_type(row.word("type"))
        if cell.sort in ("begin", "end"):
            self._grid = None
        if cell.sort == "begin":
            self._begin(row, cell)
        elif cell.sort == "end":
            self._end(row)
        else:
            self._question(row, cell)

    def _begin(self, row: SheetRow, cell: TypeCell) -> None:
        form, around = self._form, self._open[-1] if self._open else None
        if cell.refused:
            form.findings.error(cell.refused[0], row.at("type"), cell.refused[1])
        name = (read_name(row, form.findings, "section") if row.word("name") else None) or f"section_{row.number}"
        group = Group(row, name)
        own = form.in_first(text, row, "label") if (text := row.text("label")) else {}
        if around and len(self._open) >= DEEPEST:
            message = say("groups stand at most {deepest} deep in one another", deepest=DEEPEST)
            form.findings.error("xlsform.group", row.at("type"), message)
            around = None
        outer = around.title if around else {}
        group.title = {
            code: " – ".join(part[code].strip() for part in (outer, own) if code in part) for code in {**outer, **own}
        }
        group.conditions = list(around.conditions) if around else []
        if formula := read_formula(row, "relevant", form.findings):
            group.conditions.append(formula)
        group.sensitive = row.flag("sensitive", form.findings) or bool(around and around.sensitive)
        group.randomize = row.flag("randomize", form.findings)
        group.appearance = form.appearance(row, _LAYOUT, "group") if not cell.refused else None
        if unused := [key for key in ("hint", "constraint_message", "audio", "image") if row.text(key)]:
            form.findings.remark(
                "xlsform.left_out", row.at(unused[0]), "a group has a title and no more; put this into a note"
            )
        self._check_joined(group)
        self._open.append(group)

    def _check_joined(self, group: Group) -> None:
        if len(group.conditions) > 1:
            try:
                parse(joined(group.conditions))
            except ExpressionInvalid as broken:
                message = say("together with the groups around: {problem}", problem=sentence(broken.args[0]))
                self._form.findings.error(broken.code, group.row.at("relevant"), message)
                group.conditions.pop()

    def _end(self, row: SheetRow) -> None:
        if not self._open:
            message = "there is no open group that could end here; this row was left out"
            self._form.findings.remark("xlsform.group", row.at("type"), message)
            return
        self._open.pop()

    def _question(self, row: SheetRow, cell: TypeCell) -> None:
        looks = row.word("appearance").lower().split()
        if cell.list_name and "label" in looks:
            self._begin_grid(row, cell)
            return
        if self._grid and (self._grid.list != cell.list_name or not _NO_LABELS & set(looks)):
            self._grid = None
        question = self._form.question(row, cell)
        if question is not None:
            self._section(row, question)["questions"].append(question)

    def _begin_grid(self, row: SheetRow, cell: TypeCell) -> None:
        """ODK's grid: a row that only shows the choices as headings, and below it rows that show none."""
        message = "this row only shows the choices as headings; with the rows below it is a matrix here"
        self._form.findings.remark("xlsform.grid", row.at("appearance"), message)
        self._form.dropped = True
        around = self._open[-1] if self._open else None
        own = row.text("label")
        if around is None:
            self._grid = Group(row, row.word("name") or f"matrix_{row.number}", own)
        else:
            self._grid = replace(around, title=around.title or own)
        self._grid.appearance, self._grid.list = "table-list", cell.list_name

    def _section(self, row: SheetRow, question: Question) -> Section:
        """The section that the open group is, begun anew if another one came between, or if a matrix cannot hold the question."""
        group = self._grid or (self._open[-1] if self._open else None)
        here = self.sections[-1] if self.sections else None
        fits = here is not None and ("appearance" not in here or _fits(question, here["questions"]))
        if here is not None and group is self._last and fits and len(here["questions"]) < LONGEST:
            return here
        self._last = group
        name = self._free_name(group.name if group else "questions", row, clash=group is None)
        section: Section = {"name": name, "questions": []}
        if group:
            section |= {
                key: value
                for key in ("title", "sensitive", "randomize", "appearance")
                if (value := getattr(group, key))
            }
            if "appearance" in section and not _fits(question, []):
                del section["appearance"]
            if group.conditions:
                section["relevant"] = joined(group.conditions)
        self.sections.append(section)
        self._form.positions.put("section", name, group.row if group else row)
        return section

    def _free_name(self, wanted: str, row: SheetRow, *, clash: bool) -> str:
        name, number = wanted, 1
        while name in self._names or ((number > 1 or clash) and name in self._seen_groups):
            number += 1
            name = f"{suggested(wanted, 'section')[:55]}_{number}"
        if number > 1 and not clash:
            message = say(
                "the group {name} goes on here, after another one; this part is called {new}",
                name=short(wanted),
                new=name,
            )
            self._form.findings.remark("xlsform.group", row.at(), message)
        self._names.add(name)
        return name


def _fits(question: Question, others: list[Question]) -> bool:
    """Whether a matrix can hold the question beside those that it has."""
    alike = all(other.get("list") == question.get("list") for other in others)
    return KINDS[question["type"]].chooses == "one" and alike and "choice_filter" not in question
