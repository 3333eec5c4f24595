"""KoboToolbox's matrices, ratings and rankings, which other programs have as rows of their own, in XLSForm's plain rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.expressions.parsing import NAME
from schemas.questions import KINDS
from schemas.words import say, sentence
from schemas.xlsform.book import Cell
from schemas.xlsform.choice_names import safe_name, with_cells
from schemas.xlsform.findings import Findings, short
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import Key, SheetRow
from schemas.xlsform.type_cell import TypeCell, read_type

Typed = tuple[SheetRow, TypeCell]
_TYPE, _NAME, _LOOK = ("type", ""), ("name", ""), ("appearance", "")
_COLUMN = {"score": "score_list", "rank": "rank_list", "matrix": "matrix_list"}
_HEADER = {"score": "kobo--score-choices", "rank": "kobo--rank-items", "matrix": "kobo--matrix_list"}


@dataclass(slots=True)
class Kobo:
    """Reads the rows in order. `lists`: the rows of the choices sheet by list; `gone`: what stands for names that are no more."""

    findings: Findings
    lists: Mapping[str, list[SheetRow]]
    gone: dict[str, str]
    _open: SheetRow | None = None
    _sort: str = ""
    _list: str = ""
    _inside: list[Typed] = field(default_factory=list)
    _levels: int = 0

    def rows(self, row: SheetRow, cell: TypeCell) -> Iterator[Typed]:
        """What becomes of the row."""
        if cell.sort != "kobo":
            if self._open is not None and self._sort == "matrix" and self._list:
                self._inside.append((row, cell))
            else:
                yield row, cell
        elif cell.type.startswith("begin_"):
            yield from self._begin(row, cell.type.removeprefix("begin_"))
        elif cell.type.startswith("end_"):
            yield from self._end(row, cell.type.removeprefix("end_"))
        elif self._open is None or self._sort != cell.type:
            message = say(
                "«{type}» stands inside of begin_{sort} and end_{sort} only",
                type=short(row.word("type")),
                sort=cell.type,
            )
            self.findings.error("xlsform.group", row.at("type"), message)
        elif self._list:
            yield from self._row(row)

    def finish(self) -> None:
        """Tell what never ends."""
        if self._open is not None:
            message = say("this begin_{sort} never ends; an end_{sort} is missing", sort=self._sort)
            self.findings.error("xlsform.group", self._open.at("type"), message)

    def _begin(self, row: SheetRow, sort: str) -> Iterator[Typed]:
        self._open, self._sort, self._inside, self._levels = row, sort, [], 0
        self._list = row.word(_COLUMN[sort])
        if not self._list and sort == "matrix":
            self._tell(row, "an ordinary section with the questions inside of it, as no list of rows is named")
            yield _typed(row, "begin_group")
        elif not self._list:
            message = say(
                "the list of its choices is named in the column {column}, as KoboToolbox writes it; it is missing",
                column=_HEADER[sort],
            )
            self.findings.error("xlsform.kobo", row.at("type"), message)
        elif sort == "score":
            self._tell(row, "a section as a matrix")
            yield _typed(row, "begin_group", {_LOOK: Cell("table-list")})
        elif sort == "rank":
            self._tell(row, "one question of the type rank")
            yield _typed(row, f"rank {self._list}")
        else:
            self._tell(row, "sections as matrices, one for each of its columns")

    def _tell(self, row: SheetRow, what: str) -> None:
        message = say("this is {what} here", what=sentence(what))
        self.findings.remark("xlsform.kobo", row.at("type"), message)

    def _row(self, row: SheetRow) -> Iterator[Typed]:
        if self._sort == "score":
            yield _typed(row, f"select_one {self._list}")
            return
        name = self._open.word("name") if self._open else ""
        name = name if NAME.match(name) else suggested(name)
        if row.word("name"):
            self.gone[row.word("name")] = f"selected-at(${{{name}}}, {self._levels})"
        self._levels += 1

    def _end(self, row: SheetRow, sort: str) -> Iterator[Typed]:
        if self._open is None or self._sort != sort:
            message = say("there is no open begin_{sort} that could end here", sort=sort)
            self.findings.error("xlsform.group", row.at("type"), message)
            return
        if self._list and sort == "score":
            yield _typed(row, "end_group")
        elif sort == "matrix":
            yield from self._matrix(self._open, row) if self._list else [_typed(row, "end_group")]
        self._open = None

    def _matrix(self, head: SheetRow, end: SheetRow) -> Iterator[Typed]:
        """For each column of the matrix a section with a question for each of its rows."""
        rows = self.lists.get(self._list, [])
        if not rows:
            message = say("there is no choice list {name}", name=short(self._list))
            self.findings.error("list.unknown", head.at("matrix_list"), message)
            return
        for inner, cell in self._inside:
            is_choice = not cell.refused and cell.type in KINDS and KINDS[cell.type].chooses == "one"
            look = {_LOOK: Cell("table-list")} if is_choice else {_LOOK: None}
            name = {_NAME: Cell(f"{head.word('name')}_{inner.word('name')}")}
            yield _typed(head, "begin_group", {**name, **look, **_titled(head, inner)})
            for choice in rows:
                yield self._cell(head, inner, cell, choice)
            yield _typed(end, "end_group")

    @staticmethod
    def _cell(head: SheetRow, inner: SheetRow, cell: TypeCell, choice: SheetRow) -> Typed:
        name = f"{head.word('name')}_{safe_name(choice.word('name'), choice.number)}_{inner.word('name')}"
        labels: dict[Key, Cell | None] = {key: None for key in inner.cells if key[0] == "label"}
        labels |= {key: found for key, found in choice.cells.items() if key[0] == "label"}
        return with_cells(inner, {**labels, _NAME: Cell(name), _LOOK: None}), cell


def _titled(head: SheetRow, inner: SheetRow) -> dict[Key, Cell | None]:
    """The matrix's title with that of its column behind it."""
    titles: dict[Key, Cell | None] = {}
    for key in {**head.cells, **inner.cells}:
        if key[0] == "label":
            parts = [cell.text.strip() for row in (head, inner) if (cell := row.cells.get(key)) is not None]
            titles[key] = Cell(" – ".join(dict.fromkeys(parts)))
    return titles


def _typed(row: SheetRow, written: str, cells: Mapping[Key, Cell | None] | None = None) -> Typed:
    return with_cells(row, {_TYPE: Cell(written), **(cells or {})}), read_type(written)
