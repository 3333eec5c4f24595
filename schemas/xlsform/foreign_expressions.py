"""All expressions of a form under the names of now: references, choices, foreign functions; what cannot be had is told by its cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from schemas.expressions.parsing import ExpressionInvalid, parse
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.choice_names import ChoiceNames, with_cells
from schemas.xlsform.expression_corrections import TYPOGRAPHY, mend_names, mend_signs
from schemas.xlsform.findings import MOST_SHOWN, Findings, short
from schemas.xlsform.foreign_functions import ELSEWHERE, LOSING, written_out
from schemas.xlsform.rewriting import ExpressionContext, RewriteNotes, Rewriter
from schemas.xlsform.scopes import GroupedRow, Scopes
from schemas.xlsform.tables import Key, SheetRow, SheetTable
from schemas.xlsform.tokens import Token, joined_text, meaningful, tokens_of

KEYS = ("relevant", "required", "constraint", "calculation", "choice_filter")
_IN_TEXTS = frozenset({"label", "hint", "constraint_message"})
_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
_YES_NO = frozenset({"", "yes", "y", "true", "true()", "1", "x", "có", "no", "n", "false", "false()", "0", "không"})
LONGEST = 2_200  # a little more than an expression may have, as signs that nobody sees may go


@dataclass(slots=True)
class Expressions:
    """Goes over the lines; `choices` is changed where a filter compares a column with an answer whose names changed."""

    lines: list[GroupedRow]
    scopes: Scopes
    names: Mapping[str, ChoiceNames]
    choices: list[SheetTable]
    findings: Findings
    _columns: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)
    _unreadable: dict[str, GroupedRow] = field(default_factory=dict)
    _why: dict[str, list[str]] = field(default_factory=dict)
    _used: dict[str, set[str]] = field(default_factory=dict)
    _unmended: int = 0

    def rows(self) -> list[SheetRow]:
        """The rows of the survey sheet, with what is left of them."""
        self._link_columns()
        for line in self.lines:
            for key in KEYS:
                self._cell(line, key)
        idle = self._idle()
        for line in self.lines:
            self._texts(line, idle)
        return [line.row for line in self.lines if line.row.word("name") not in idle or line.sort != "question"]

    def _cell(self, line: GroupedRow, key: str) -> None:
        """One expression of a row."""
        text = line.row.raw(key)
        if not text.strip() or len(text) > LONGEST or (key == "required" and line.row.word(key).casefold() in _YES_NO):
            return
        if self._unmended > MOST_SHOWN:  # the form is refused, and no more of them will be told
            return
        found = self._rewritten(text, self._place(line, key), columns=key == "choice_filter")
        self._used.setdefault(line.row.word("name"), set()).update(found.notes.used)
        if key == "calculation" and line.sort == "question" and (found.elsewhere or found.notes.gone):
            self._unreadable[line.row.word("name")] = line
            self._why[line.row.word("name")] = [*found.elsewhere, *found.notes.gone]
            if not found.notes.gone:
                return
        self._tell(found, line, key)
        if found.notes.unknown or (found.notes.gone and key != "calculation"):
            line.row = with_cells(line.row, {(key, ""): None})
        elif found.text != text:
            line.row = with_cells(line.row, {(key, ""): Cell(found.text)})

    def _place(self, line: GroupedRow, key: str) -> ExpressionContext:
        path = (*line.path, line.row.number) if line.sort == "begin" else line.path
        if key != "choice_filter":
            return ExpressionContext(path, line.list)
        columns: dict[str, Mapping[str, list[str]]] = {
            column.key[1]: {} for table in self.choices for column in table.columns if column.key[0] == "column"
        }
        names = self.names.get(line.list)
        columns |= {"name": names.changed if names else {}, **self._columns.get(line.list, {})}
        return ExpressionContext(path, "", columns)

    def _rewritten(self, text: str, place: ExpressionContext, *, columns: bool) -> "_Found":
        first = self._attempt(text, place, mend=False)
        if columns and (quoted := self._quoted(first.text, place)) != first.text:
            return replace(first, text=quoted, mended=True)
        if self.findings.full or len(first.text) > LONGEST or _parses(first.text, columns=columns):
            return first
        plain = text.translate(TYPOGRAPHY).strip().removeprefix("=")
        for decimals in (False, True):  # 0,5 may be two arguments, so that comes last
            mended = self._attempt(plain, place, mend=True, decimals=decimals)
            if _parses(mended.text, columns=columns):
                return replace(mended, mended=True)
        self._unmended += not first.elsewhere and not first.notes.gone
        return first

    def _quoted(self, text: str, place: ExpressionContext) -> str:
        """A filter in which what some choice has in a column stands beside it without its quotes."""
        tokens = tokens_of(text)
        pieces = meaningful(tokens)
        for before, sign, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
            for column, word in ((before, after), (after, before)):
                bare = word.kind == "name" and word.text not in place.columns and column.text in place.columns
                if sign.text in ("=", "!=") and bare and word.text in self._values(column.text):
                    word.kind, word.text = "string", f"'{word.text}'"
        return joined_text(tokens)

    def _values(self, column: str) -> set[str]:
        return {
            cell.text.strip()
            for table in self.choices
            for row in table.rows
            if (cell := row.cells.get(("column", column))) is not None
        }

    def _attempt(self, text: str, place: ExpressionContext, *, mend: bool, decimals: bool = False) -> "_Found":
        tokens = tokens_of(text)
        if mend and mend_signs(tokens, decimals=decimals):
            tokens = tokens_of(joined_text(tokens))
        tokens, functions = written_out(tokens)
        rewriter, notes = Rewriter(self.scopes, self.names), RewriteNotes()
        lists = rewriter.references(tokens, place, notes)
        if mend:
            mend_names(tokens, lists, place, self.scopes, self.names)
        rewriter.literals(tokens, lists, place)
        return _Found(joined_text(tokens), notes, functions, _elsewhere(tokens))

    def _tell(self, found: "_Found", line: GroupedRow, key: str) -> None:
        place, notes = line.row.at(key), found.notes
        for name in dict.fromkeys(notes.unknown):
            self._tell_unknown(name, place)
        if notes.gone and key != "calculation":
            message = say(
                "this hangs on {names}, which was left out; change it so that it does not", names=_listed(notes.gone)
            )
            self.findings.error("reference.left_out", place, message)
        for name in dict.fromkeys(notes.several):
            meant = self.scopes.find(name, line.path)[0]
            message = say(
                "several questions are called {name}; {new} is meant here, as far as can be told",
                name=name,
                new=meant and meant.name,
            )
            self.findings.remark("reference.several", place, message)
        for name in dict.fromkeys(notes.replaced):
            message = say(
                "{name} was left out; in its place stands {instead}", name=short(name), instead=self.scopes.gone[name]
            )
            self.findings.remark("expression.written_out", place, message)
        if losing := sorted(found.functions & LOSING):
            message = say(
                "no time of day is known here; of {names} the day remains",
                names=_listed([f"{name}()" for name in losing]),
            )
            self.findings.remark("expression.written_out", place, message)
        if exact := sorted(found.functions - LOSING):
            message = say(
                "{names} is written out in functions that there are here",
                names=_listed([f"{name}()" for name in exact]),
            )
            self.findings.remark("expression.written_out", place, message)
        if found.mended:
            message = say(
                "signs that other programs and keyboards write were read as those of an expression: {text}",
                text=short(found.text),
            )
            self.findings.remark("xlsform.typography", place, message)

    def _follow(self) -> None:
        """A calculation with one that cannot be had cannot be had either."""
        calculations = {
            line.row.word("name"): line
            for line in self.lines
            if line.sort == "question" and line.row.word("calculation")
        }
        waiting = True
        while waiting:
            waiting = False
            for name, line in calculations.items():
                if name not in self._unreadable and (needs := self._used.get(name, set()) & self._unreadable.keys()):
                    self._unreadable[name], self._why[name], waiting = line, sorted(needs), True

    def _idle(self) -> set[str]:
        """The calculations that cannot be had and that nothing needs; those that something needs are told."""
        self._follow()
        idle = set(self._unreadable)
        while needed := {name for user, used in self._used.items() if user not in idle for name in used & idle}:
            idle -= needed
        for name, line in self._unreadable.items():
            why = _listed(self._why[name])
            if name in idle:
                message = say(
                    "this calculation needs {names}, which is not to be had here; nothing hangs on it, and it was left out",
                    names=why,
                )
                self.findings.remark("expression.left_out", line.row.at("calculation"), message)
            elif any(reason in self.scopes.gone for reason in self._why[name]):
                message = say("this hangs on {names}, which was left out; change it so that it does not", names=why)
                self.findings.error("reference.left_out", line.row.at("calculation"), message)
                line.row = with_cells(line.row, {("calculation", ""): Cell("''")})
        return idle

    def _texts(self, line: GroupedRow, idle: set[str]) -> None:
        """The references in a row's texts; what was left out becomes the sign for what is not known."""
        changed: dict[Key, Cell | None] = {}
        for key, cell in line.row.cells.items():
            if key[0] in _IN_TEXTS and "${" in cell.text:
                text = _REFERENCE.sub(lambda found: self._shown(found, line, key, idle), cell.text)  # noqa: B023 - used at once
                if text != cell.text:
                    changed[key] = replace(cell, text=text)
        if changed:
            line.row = with_cells(line.row, changed)

    def _shown(self, found: re.Match[str], line: GroupedRow, key: Key, idle: set[str]) -> str:
        name = " ".join(found[1].split())
        meaning, _ = self.scopes.find(name, line.path)
        place = line.row.at(key[0], key[1])
        if meaning is not None and meaning.name not in idle:
            return found[0] if meaning.name == found[1].strip() else f"${{{meaning.name}}}"
        if meaning is not None or name in self.scopes.gone:
            message = say("{name} was left out, and «…» stands for it in this text", name=short(name))
            self.findings.remark("text.left_out", place, message)
            return "…"
        if name not in self.scopes.refused and name:
            self._tell_unknown(name, place)
        return found[0]

    def _tell_unknown(self, name: str, place: str) -> None:
        near = "" if self.findings.full else self.scopes.near(name)
        hint = say("; did you mean ${{{name}}}?", name=short(near)) if near else ""
        message = say("there is no question {name} that has an answer{hint}", name=short(name), hint=hint)
        self.findings.error("reference.unknown", place, message)

    def _link_columns(self) -> None:
        """Where a filter compares a column with an answer whose names changed, the column says the new names too."""
        for line in self.lines:
            text = line.row.raw("choice_filter")
            if line.list and text and len(text) <= LONGEST:
                for column, changed in self._links(text, line):
                    self._columns.setdefault(line.list, {}).setdefault(column, {}).update(changed)
        for table in self.choices if self._columns else ():
            table.rows = [self._linked(row) for row in table.rows]

    def _linked(self, row: SheetRow) -> SheetRow:
        cells: dict[Key, Cell | None] = {}
        for column, changed in self._columns.get(row.word("list"), {}).items():
            cell = row.cells.get(("column", column))
            new = changed.get(" ".join(cell.text.split())) if cell else None
            if new and cell:
                cells["column", column] = replace(cell, text=new[0])
        return with_cells(row, cells) if cells else row

    def _links(self, text: str, line: GroupedRow) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
        tokens = tokens_of(text.translate(TYPOGRAPHY))
        lists = Rewriter(self.scopes, self.names).references(tokens, ExpressionContext(line.path), RewriteNotes())
        pieces = meaningful(tokens)
        for before, sign, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
            if sign.text not in ("=", "!=", "==") and (sign.text != "," or before.kind != "reference"):
                continue
            for answer, column in ((before, after), (after, before)):
                names = self.names.get(lists.get(id(answer), ""))
                if names and names.changed and column.kind == "name" and column.text != "name":
                    yield column.text, names.changed


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression rewritten, and what came up."""

    text: str
    notes: RewriteNotes
    functions: set[str]
    elsewhere: list[str]
    mended: bool = False


def _elsewhere(tokens: list[Token]) -> list[str]:
    """The functions, and paths, that only other programs have."""
    pieces = meaningful(tokens)
    calls = [f"{one.text}()" for one, after in pairwise(pieces) if after.text == "(" and one.text in ELSEWHERE]
    return [*calls, *(token.text for token in pieces if token.kind == "path")]


def _parses(text: str, *, columns: bool) -> bool:
    try:
        parse(text, columns=columns)
    except ExpressionInvalid:
        return False
    return True


def _listed(names: list[str]) -> str:
    return ", ".join(short(name) for name in list(dict.fromkeys(names))[:8])
