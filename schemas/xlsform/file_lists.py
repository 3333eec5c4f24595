"""Choices out of a CSV file beside the form (select_one_from_file), as a table like the choices sheet."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from schemas.csv_tables import ENCODINGS, CsvTable, NoTable, read_csv
from schemas.documents import MOST_CHOICES
from schemas.words import say, sentence
from schemas.xlsform.book import Cell
from schemas.xlsform.findings import Findings, at, short
from schemas.xlsform.languages import code_of, unnamed
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import Key, SheetColumn, SheetRow, SheetTable, cleaned

MediaReader = Callable[[str], bytes | None]
LARGEST_LIST = 900_000
MOST_COLUMNS = 60
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,79}\.csv\Z", re.IGNORECASE)


def list_name_of(file: str, taken: Mapping[str, object]) -> str:
    """The name of the list that a file gives."""
    name = suggested(PurePosixPath(file).stem, "list")
    return f"{name[:55]}_file" if name in taken else name


def file_table(
    row: SheetRow,
    file: str,
    parameters: Mapping[str, str],
    media: MediaReader | None,
    findings: Findings,
    *,
    list_name: str,
    language: str,
) -> SheetTable | None:
    """The file as a table of choices; None, with the reason in the findings, if there are none to be had."""
    found = _found(row, file, media, findings)
    if found is None:
        return None
    found = _with_headings(found, file, findings)
    value, label = parameters.get("value", "name"), parameters.get("label", "label")
    problem = _problem(found, value, label)
    if problem:
        _refuse(row, say("the file {file}: {problem}", file=file, problem=sentence(problem)), findings)
        return None
    if found.encoding != "utf-8":
        message = say(
            "the file is written in {encoding} and was read so; in Excel, «CSV UTF-8» is safer",
            encoding=ENCODINGS[found.encoding],
        )
        findings.remark("xlsform.list_file", at(file), message)
    return _table(found, file, value, label, list_name, language)


def _found(row: SheetRow, file: str, media: MediaReader | None, findings: Findings) -> CsvTable | None:
    if not _FILE.match(file):
        _refuse(row, say("choices come from a .csv file, not from {file}", file=short(file)), findings)
        return None
    data = media(file) if media else None
    if data is None:
        _refuse(
            row, say("the file {file} is missing; lay it into the folder media beside the form", file=file), findings
        )
        return None
    if len(data) > LARGEST_LIST:
        _refuse(row, say("the file {file} has more than {most:,} bytes", file=file, most=LARGEST_LIST), findings)
        return None
    try:
        return read_csv(data)
    except NoTable as broken:
        reason = (
            "its letters cannot be read; in Excel, save it as «CSV UTF-8»"
            if broken.reason == "letters"
            else "it is no CSV"
        )
        _refuse(row, say("the file {file}: {problem}", file=file, problem=sentence(reason)), findings)
        return None


def _refuse(row: SheetRow, message: str, findings: Findings) -> None:
    findings.error("xlsform.list_file", row.at("type"), message)


def _problem(found: CsvTable, value: str, label: str) -> str:
    headers = _headers(found)
    if len(set(headers)) != len(headers):
        return "two of its columns have the same name, or a column has none"
    if len(headers) > MOST_COLUMNS:
        return say("it has more than {most} columns", most=MOST_COLUMNS)
    if value not in headers or not any(header.split("::")[0] == label for header in headers) or len(found.lines) < 2:
        return say(
            "its first line must name the columns {value} and {label}, and choices must follow",
            value=value,
            label=label,
        )
    if len(found.lines) - 1 > MOST_CHOICES:
        return say("it has {count:,} choices; there may be {most:,}", count=len(found.lines) - 1, most=MOST_CHOICES)
    return ""


def _with_headings(found: CsvTable, file: str, findings: Findings) -> CsvTable:
    """The table without columns that have no heading, which is told: nothing could name them."""
    headers = _headers(found)
    if all(headers):
        return found
    kept = [number for number, header in enumerate(headers) if header]
    bare = ", ".join(str(number + 1) for number, header in enumerate(headers) if not header)
    message = say("columns without a heading are not read: {names}", names=short(bare))
    findings.remark("xlsform.unknown_column", at(file), message)
    lines = [[line[number] if number < len(line) else "" for number in kept] for line in found.lines]
    return CsvTable(lines, found.encoding, found.top)


def _headers(found: CsvTable) -> list[str]:
    return [cleaned(header) for header in found.lines[0]] if found.lines else []


def _table(found: CsvTable, file: str, value: str, label: str, list_name: str, language: str) -> SheetTable:
    table = SheetTable(file, found.top)
    keys = [_key(header, value, label, language) for header in _headers(found)]
    table.columns = [
        SheetColumn(number, header, key)
        for number, (header, key) in enumerate(zip(_headers(found), keys, strict=True), 1)
    ]
    for number, line in enumerate(found.lines[1:], found.top + 1):
        cells = {key: Cell(text.strip()) for key, text in zip(keys, line, strict=False) if text.strip()}
        if cells:
            table.rows.append(SheetRow(table, number, {**cells, ("list", ""): Cell(list_name)}))
    return table


def _key(header: str, value: str, label: str, language: str) -> Key:
    base, _, spoken = header.partition("::")
    if header == value:
        return "name", ""
    if base == label:
        return "label", (code_of(spoken) or unnamed(spoken)) if spoken else language
    return "column", header
