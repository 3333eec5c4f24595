"""A release as a file for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would take for a formula.

In Vietnamese the file has semicolons and decimal commas, as spreadsheets set to Vietnamese expect; in English commas and points.
"""

import csv
import io

from server.analysis.release import Cell, Column, Release
from server.console.tongue import gettext
from server.console.wording import label_of, label_of_row
from server.texts import language

BYTE_ORDER_MARK = "\ufeff"
TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIGURES = ("count", "share", "value", "low", "high")
Field = str | int


def csv_of(release: Release) -> str:
    """Write a release as a file."""
    in_vietnamese = language() == "vi"
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";" if in_vietnamese else ",", lineterminator="\r\n")
    fields = _fields(release)
    writer.writerow([gettext("Row"), gettext("People (n)"), *_heads(release, fields), gettext("Withheld")])
    for row in release.rows:
        figures = [_figure(getattr(row.cells[at], name), name, row.cells[at], in_vietnamese) for at, name in fields]
        withheld = sum(cell.hides for cell in row.cells)
        writer.writerow([harmless(label_of_row(row)), "" if row.base is None else row.base, *figures, withheld or ""])
    return BYTE_ORDER_MARK + lines.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(TAKEN_FOR_FORMULAS) else text


def file_name(release: Release) -> str:
    """Name the file: plain letters only, whatever a survey is called."""
    parts = (release.campaign, release.kind, release.subject, release.by or "")
    plain = "-".join(part for part in parts if part)
    return (
        "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in plain)
        + ".csv"
    )


def _fields(release: Release) -> list[tuple[int, str]]:
    """List what there is to write: columns and figures that some row has."""
    return [
        (at, name)
        for at in range(len(release.columns))
        for name in FIGURES
        if any(getattr(row.cells[at], name) is not None for row in release.rows)
    ]


def _heads(release: Release, fields: list[tuple[int, str]]) -> list[str]:
    words = {
        "count": gettext("people"),
        "share": "%",
        "value": gettext("value"),
        "low": gettext("95% from"),
        "high": gettext("95% to"),
    }
    return [harmless(_head(release.columns[at], str(words[name]), len(release.columns))) for at, name in fields]


def _head(column: Column, word: str, columns: int) -> str:
    return word if columns == 1 else f"{label_of(column)}: {word}"


def _figure(figure: float | None, name: str, cell: Cell, in_vietnamese: bool) -> Field:
    if figure is None or isinstance(figure, int):
        return "" if figure is None else figure
    in_percent = name == "share" or (name in {"low", "high"} and cell.value is None)
    text = f"{round(figure * 100, 2) if in_percent else round(figure, 4):g}"
    return text.replace(".", ",") if in_vietnamese else text
