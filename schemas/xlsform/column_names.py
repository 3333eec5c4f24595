"""Columns of choices whose names no expression can carry: «tỉnh = ${tinh}» is read as tinh = ${tinh}, and told."""

from collections import Counter
from dataclasses import replace

from schemas.expressions.parsing import NAME
from schemas.words import say
from schemas.xlsform.book import Cell
from schemas.xlsform.choice_names import with_cells
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import SheetTable
from schemas.xlsform.tokens import joined_text, tokens_of

LONGEST = 2_000
_FILTER = ("choice_filter", "")


def name_columns(survey: SheetTable, choices: list[SheetTable], findings: Findings) -> None:
    """Give such columns names that will do, where a filter asks for them; the filters follow."""
    taken = {column.key[1] for table in choices for column in table.columns if column.key[0] == "column"}
    unusable = {name for name in taken if not NAME.match(name)}
    proposed = {name: suggested(name) for name in unusable}
    often = Counter(proposed.values())
    new = {old: name for old, name in proposed.items() if name not in taken and often[name] == 1}
    used: dict[str, str] = {}
    for number, row in enumerate(survey.rows if new else ()):
        text = row.raw("choice_filter")
        tokens = tokens_of(text) if len(text) <= LONGEST else []
        for token in tokens:
            if token.kind == "name" and token.text in new:
                used[token.text] = new[token.text]
                token.text = new[token.text]
        if joined_text(tokens) != text and tokens:
            survey.rows[number] = with_cells(row, {_FILTER: Cell(joined_text(tokens))})
    for table in choices if used else ():
        _rename(table, used, findings)


def _rename(table: SheetTable, new: dict[str, str], findings: Findings) -> None:
    for number, column in enumerate(table.columns):
        if column.key[0] != "column" or column.key[1] not in new:
            continue
        key = ("column", new[column.key[1]])
        message = say("the column «{old}» is called {new} here, in filters too", old=short(column.header), new=key[1])
        findings.remark("name.changed", at(table.name, table.top, column.header), message)
        table.columns[number] = replace(column, key=key)
        table.rows = [
            with_cells(row, {column.key: None, key: cell}) if (cell := row.cells.get(column.key)) is not None else row
            for row in table.rows
        ]
