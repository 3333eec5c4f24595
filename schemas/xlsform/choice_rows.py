"""The choices sheet as the document's choice lists; other columns become what a choice_filter may ask."""

from typing import Any

from schemas.expressions.parsing import NAME
from schemas.fields import CHOICE_NAME
from schemas.words import say
from schemas.xlsform.cell_positions import CellPositions
from schemas.xlsform.cells import CellUnclear, read_number, read_quoted
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.names import Seen
from schemas.xlsform.tables import SheetRow, SheetTable, cleaned

Choices = list[dict[str, Any]]
_FLAGS = ("exclusive", "off_scale", "other")
_OTHER = {"vi": "Khác", "en": "Other"}


def read_choices(
    table: SheetTable, findings: Findings, positions: CellPositions, languages: list[str]
) -> dict[str, Choices]:
    """The lists by name, in the order in which they begin."""
    lists: dict[str, Choices] = {}
    seen: dict[str, Seen] = {}
    wrong: dict[str, list[tuple[SheetRow, str]]] = {}
    _tell_useless_columns(table, findings)
    for row in table.rows:
        list_name, name = row.word("list"), row.word("name")
        if not list_name:
            if name or row.text("label"):
                findings.error("xlsform.no_list", row.at("list"), "the name of the list is needed in every row")
            continue
        choices = lists.setdefault(list_name, [])
        positions.put("list", list_name, row)
        if not CHOICE_NAME.match(name):
            wrong.setdefault(list_name, []).append((row, name))
            continue
        positions.put("choice", f"{list_name} {name}", row)
        if seen.setdefault(list_name, Seen()).is_new(name, row, findings):
            choices.append(_choice(row, name, findings))
    for list_name, rows in wrong.items():
        _tell_names(list_name, rows, findings)
    for list_name, choices in lists.items():
        _label(list_name, choices, languages, findings, table)
    return {name: choices for name, choices in lists.items() if choices}


def _choice(row: SheetRow, name: str, findings: Findings) -> dict[str, Any]:
    choice: dict[str, Any] = {"name": name}
    for key in ("label", "audio", "image"):
        if text := row.text(key):
            choice[key] = file_names(text) if key != "label" else text
    if row.word("score"):
        try:
            choice["score"] = read_number(row.word("score"))
        except CellUnclear as unclear:
            findings.error("xlsform.number", row.at("score"), str(unclear))
    if row.raw("value"):
        choice["value"] = read_quoted(row.raw("value"))
    choice |= {key: True for key in _FLAGS if row.flag(key, findings)}
    extra = {key: read_quoted(cell) for key, cell in row.extra().items() if NAME.match(key) and key != "name"}
    return choice | ({"columns": extra} if extra else {})


def file_names(by_language: dict[str, str]) -> dict[str, str]:
    """The names of media files; XLSForm may lead them with jr://images/."""
    return {
        language: cleaned(name).removeprefix("jr://").removeprefix("images/").removeprefix("audio/")
        for language, name in by_language.items()
    }


def _tell_names(list_name: str, rows: list[tuple[SheetRow, str]], findings: Findings) -> None:
    """All the rows of one list that have no name, in one message: there are often many."""
    numbers = ", ".join(str(row.number) for row, _ in rows[:20])
    message = say("in the list {list} these rows have no name: {rows}", list=short(list_name), rows=numbers)
    findings.error("xlsform.no_name", rows[0][0].at("name"), message)


def _label(list_name: str, choices: Choices, languages: list[str], findings: Findings, table: SheetTable) -> None:
    """A choice without a label is shown by its name, which is told."""
    first = languages[0]
    for choice in choices:
        if "label" in choice and first not in choice["label"]:
            choice["label"] = {first: next(iter(choice["label"].values())), **choice["label"]}
    bare = [choice for choice in choices if "label" not in choice]
    for choice in bare:
        choice["label"] = {languages[0]: choice.get("value") or choice["name"]}
    if bare:
        names = ", ".join(short(choice["name"]) for choice in bare[:10])
        message = say(
            "in the list {list} these choices have no label, and their names are shown: {names}",
            list=short(list_name),
            names=names,
        )
        findings.remark("xlsform.label", at(table.name), message)


def _tell_useless_columns(table: SheetTable, findings: Findings) -> None:
    useless = [
        code for key, code in (column.key for column in table.columns) if key == "column" and not NAME.match(code)
    ]
    if useless:
        listed = ", ".join(short(code) for code in useless[:20])
        message = say("these columns are not read, as no choice_filter could name them: {names}", names=listed)
        findings.remark("xlsform.unknown_column", at(table.name), message)


def with_other(choices: Choices, languages: list[str]) -> Choices:
    """The list for `or_other`: its choice `other`, appended if there is none, opens a text of its own."""
    if any(choice["name"] == "other" for choice in choices):
        return [{**choice, "other": True} if choice["name"] == "other" else choice for choice in choices]
    label = {code: _OTHER.get(code, _OTHER["en"]) for code in languages}
    return [*choices, {"name": "other", "label": label, "other": True}]
