"""A form as other programs take it, made into one that this one takes: names that work, expressions that follow them, rows that ask.

Nothing here guesses. What cannot mean the same is left as it is, for the reading that follows to refuse by its cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from schemas.questions import KINDS
from schemas.texts import folded
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.cells import CellUnclear, read_parameters
from schemas.xlsform.choice_names import ChoiceNames, list_names, name_choices, with_cells
from schemas.xlsform.column_names import name_columns
from schemas.xlsform.columns import TRANSLATED
from schemas.xlsform.file_lists import MediaReader, file_table, list_name_of
from schemas.xlsform.findings import Findings, at
from schemas.xlsform.foreign_expressions import Expressions
from schemas.xlsform.foreign_rows import ForeignRows
from schemas.xlsform.form_settings import is_true
from schemas.xlsform.kobo_rows import Kobo
from schemas.xlsform.plain_text import MOST, may_be_marked, plain
from schemas.xlsform.scopes import GroupedRow, Scopes, name_questions
from schemas.xlsform.sheet_names import letters_of
from schemas.xlsform.tables import Key, SheetRow, SheetTable
from schemas.xlsform.type_cell import TypeCell, read_type

_TYPE = ("type", "")
_MOST_WORDS = 20
_SHEETS = ("survey", "choices", "settings")
Typed = tuple[SheetRow, TypeCell]


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a form before its rows are read. `ours`: the workbook was written here, so that its texts are what they are."""

    language: str
    anonymous: bool
    ours: bool
    media: MediaReader | None = None


def adapt(tables: dict[str, SheetTable], form: Form, findings: Findings) -> None:
    """Change the rows of the tables, and add a table for each file of choices."""
    if not form.ours:
        _without_markup(tables, findings)
    choices = _choices(tables, findings)
    lists = list_names(choices, findings)
    survey, scopes = tables["survey"], Scopes()
    files = _files(survey, set(lists.values()), form, findings)
    name_columns(survey, [choices, *files], findings)
    by_list: dict[str, list[SheetRow]] = {}
    for row in choices.rows:
        by_list.setdefault(row.word("list"), []).append(row)
    settings = tables.get("settings")
    twice = bool(settings and settings.rows and is_true(settings.rows[0].word("choices_twice")))
    names: dict[str, ChoiceNames] = {}
    for table in (choices, *files):
        names |= name_choices(table, findings, twice=twice)
    if choices.rows or "choices" in tables:
        tables["choices"] = choices
    tables |= {f"file {table.name} {number}": table for number, table in enumerate(files)}
    lines = _lines(_typed_rows(survey, by_list, lists, scopes, findings, anonymous=form.anonymous), scopes)
    name_questions(lines, scopes, findings)
    survey.rows = Expressions(lines, scopes, names, [choices, *files], findings).rows()


def _files(survey: SheetTable, taken: set[str], form: Form, findings: Findings) -> list[SheetTable]:
    """The files of choices that rows name; the rows name their lists now."""
    tables: list[SheetTable] = []
    known: dict[tuple[str, str, str], str] = {}
    for number, row in enumerate(survey.rows):
        cell = read_type(row.word("type"))
        if not cell.from_file or is_true(row.word("disabled")):
            continue
        try:
            parameters = read_parameters(row.word("parameters")) if row.word("parameters") else {}
        except CellUnclear:
            parameters = {}
        key = (cell.list_name, parameters.get("value", ""), parameters.get("label", ""))
        if key not in known:
            known[key] = list_name_of(cell.list_name, dict.fromkeys([*taken, *known.values()]))
            table = file_table(
                row, cell.list_name, parameters, form.media, findings, list_name=known[key], language=form.language
            )
            tables += [table] if table else []
        written = " ".join([cell.type, known[key], *(["or_other"] if cell.or_other else [])])
        rest = " ".join(f"{name}={said}" for name, said in parameters.items() if name not in ("value", "label"))
        survey.rows[number] = with_cells(
            row, {_TYPE: Cell(written), ("parameters", ""): Cell(rest) if rest or not parameters else None}
        )
    return tables


def _choices(tables: dict[str, SheetTable], findings: Findings) -> SheetTable:
    """The choices sheet, with the lists of the sheet external_choices behind its own."""
    choices = tables.get("choices") or SheetTable("choices")
    external = tables.pop("external_choices", None)
    if external and external.rows:
        message = "the lists of this sheet are read as if they stood on the choices sheet"
        findings.remark("xlsform.sheet", at(external.name), message)
        known = {column.key for column in choices.columns}
        choices.columns += [column for column in external.columns if column.key not in known]
        choices.rows = [*choices.rows, *(replace(row, number=row.number) for row in external.rows)]
    return choices


def _typed_rows(
    survey: SheetTable,
    by_list: Mapping[str, list[SheetRow]],
    lists: Mapping[str, str],
    scopes: Scopes,
    findings: Findings,
    *,
    anonymous: bool,
) -> Iterable[Typed]:
    """The rows that ask something, with what they are."""
    plain = {" ".join(name.split()): now for name, now in lists.items()}
    known = {folded(name): now for name, now in plain.items()} | plain  # `m` and `M` may be two lists
    kobo, foreign_rows = Kobo(findings, by_list, scopes.gone), ForeignRows(findings, anonymous, scopes.gone)
    for row in (_with_list(row, known) for row in survey.rows):
        if not row.word("type") or (row.word("disabled") and is_true(row.word("disabled"))):
            yield row, TypeCell("other")
            continue
        for plain_row, cell in kobo.rows(row, read_type(row.word("type"))):
            yield from foreign_rows.rows(plain_row, cell)
    kobo.finish()


def _with_list(row: SheetRow, known: Mapping[str, str]) -> SheetRow:
    """The row whose type names a list that is called otherwise now, or whose name has blanks."""
    words = row.word("type").split(" ")
    if len(words) > _MOST_WORDS:
        return row
    for first in range(1, min(len(words), 4)):
        for last in range(len(words), first, -1):
            now = _now(known, " ".join(words[first:last]))
            if now and read_type(" ".join([*words[:first], now, *words[last:]])).list_name == now:
                if words[first:last] != [now]:
                    return with_cells(row, {_TYPE: Cell(" ".join([*words[:first], now, *words[last:]]))})
                return row
    if (near := _by_letters(words, known)) is not None:
        return with_cells(row, {_TYPE: Cell(near)})
    for column in ("score_list", "rank_list", "matrix_list"):
        now = _now(known, row.word(column))
        if now and now != row.word(column):
            row = with_cells(row, {(column, ""): Cell(now)})
    return row


def _now(known: Mapping[str, str], name: str) -> str | None:
    """What a list is called now: the one of this very name, else the one whose name differs in case alone."""
    return known.get(name) or known.get(folded(name))


def _by_letters(words: list[str], known: Mapping[str, str]) -> str | None:
    """A choosing type with the list whose name has the same letters: «có không» is co_khong."""
    lower = [word.lower() for word in words]
    if lower[0] not in KINDS or not KINDS[lower[0]].chooses or len(words) == 1:
        return None
    tail = ["or_other"] if lower[-1] == "or_other" else []
    letters = letters_of("".join(words[1 : len(words) - len(tail)]))
    meant = {now for name, now in known.items() if letters and letters_of(name) == letters}
    return " ".join([lower[0], *meant, *tail]) if len(meant) == 1 else None


def _lines(rows: Iterable[Typed], scopes: Scopes) -> list[GroupedRow]:
    """The rows with the groups around them."""
    lines, path = [], list[int]()
    for row, cell in rows:
        if cell.sort == "end" and path:
            path.pop()
        if cell.refused and row.word("name"):
            scopes.refused.add(row.word("name"))
        lines.append(
            GroupedRow(
                row,
                "question" if cell.sort == "question" and not cell.refused else cell.sort,
                tuple(path),
                cell.list_name,
            )
        )
        if cell.sort == "begin":
            path.append(row.number)
    return lines


def _without_markup(tables: Mapping[str, SheetTable], findings: Findings) -> None:
    """Texts without Markdown and HTML, told once for each sheet."""
    left = MOST
    for name in _SHEETS:
        if (table := tables.get(name)) is None:
            continue
        places = []
        for number, row in enumerate(table.rows):
            cells: dict[Key, Cell | None] = {}
            for key, cell in row.cells.items():
                if key[0] in TRANSLATED and may_be_marked(cell.text) and left > 0:
                    left -= len(cell.text)
                    if (text := plain(cell.text)) != cell.text:
                        cells[key] = replace(cell, text=text)
            if cells:
                table.rows[number] = with_cells(row, cells)
                places.append(row.number)
        if places:
            rows = ", ".join(map(str, places[:20])) + (f" … (+{len(places) - 20:,})" if len(places) > 20 else "")
            message = say(
                "texts are plain here: signs of Markdown or HTML were taken out, and what they say stays; rows {rows}",
                rows=rows,
            )
            findings.remark("xlsform.markup", at(table.name), message)
