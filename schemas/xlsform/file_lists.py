"""Choices out of a small CSV file beside the form (select_one_from_file)."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from schemas.expressions.parsing import NAME
from schemas.fields import CHOICE_NAME
from schemas.xlsform.choice_rows import Choices
from schemas.xlsform.languages import code_of
from schemas.xlsform.ledger import Ledger, short
from schemas.xlsform.names import suggested
from schemas.xlsform.tables import Row, cleaned

MediaReader = Callable[[str], bytes | None]
LARGEST_LIST = 200_000
MOST_CHOICES = 200
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,79}\.csv\Z", re.IGNORECASE)


def list_name_of(file: str, taken: Mapping[str, object]) -> str:
    """The name of the list that a file gives."""
    name = suggested(PurePosixPath(file).stem, "list")
    return f"{name[:55]}_file" if name in taken else name


def read_list_file(
    row: Row, file: str, parameters: Mapping[str, str], media: MediaReader | None, ledger: Ledger, default_language: str
) -> Choices | None:
    """The file's choices; None, with the reason in the ledger, if there are none to be had."""
    if not _FILE.match(file):
        ledger.error(
            "xlsform.list_file", row.at("type"), f"choices come from a small .csv file, not from {short(file)}"
        )
        return None
    data = media(file) if media else None
    if data is None:
        message = f"the file {file} is missing; lay it into the folder media beside the form"
        ledger.error("xlsform.list_file", row.at("type"), message)
        return None
    problem, records = _records(data)
    if not problem:
        value, label = parameters.get("value", "name"), parameters.get("label", "label")
        problem, choices = _choices(records, value, label, default_language)
        if not problem:
            return choices
    ledger.error("xlsform.list_file", row.at("type"), f"the file {file}: {problem}")
    return None


def _records(data: bytes) -> tuple[str, list[dict[str, str]]]:
    if len(data) > LARGEST_LIST:
        return f"it has more than {LARGEST_LIST:,} bytes", []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "it is not UTF-8; in Excel, save it as «CSV UTF-8»", []
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as broken:
        return f"it is no CSV ({broken})", []
    headers = [cleaned(header) for header in lines[0]] if lines else []
    if len(set(headers)) != len(headers):
        return "two of its columns have the same name", []
    return "", [dict(zip(headers, line, strict=False)) for line in lines[1:] if any(map(str.strip, line))]


def _choices(records: list[dict[str, str]], value: str, label: str, default_language: str) -> tuple[str, Choices]:
    if not records or value not in records[0] or not any(header.split("::")[0] == label for header in records[0]):
        return f"its first line must name the columns {value} and {label}, and choices must follow", []
    if len(records) > MOST_CHOICES:
        return (
            f"it has {len(records):,} choices; at most {MOST_CHOICES} fit on a phone: ask in two steps, or in words",
            [],
        )
    choices: Choices = []
    names: set[str] = set()
    for record in records:
        name = cleaned(record[value])
        if not CHOICE_NAME.match(name) or name in names:
            return f"«{short(name)}» is no name, or stands twice; write for instance {suggested(name, 'c')}", []
        names.add(name)
        choices.append(_choice(record, name, value, label, default_language))
    return "", choices


def _choice(record: dict[str, str], name: str, value: str, label: str, default_language: str) -> dict[str, Any]:
    choice: dict[str, Any] = {"name": name, "label": {}}
    columns = {}
    for header, cell in record.items():
        base, _, language = header.partition("::")
        if not cell.strip() or header == value:
            continue
        if base == label:
            choice["label"][(code_of(language) if language else default_language) or default_language] = cell
        elif NAME.match(header) and header != "name":
            columns[header] = cell.strip()
    return choice | ({"columns": columns} if columns else {})
