"""A release as a file for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would take for a formula.

In Vietnamese the file has semicolons and decimal commas, as spreadsheets set to Vietnamese expect; in English commas and points.
"""

import csv
import io
from collections.abc import Sequence

from server.analysis.edition.figures import Figure, Missing, Share, Span
from server.analysis.edition.release import Column, Release, Row
from server.console.figures import spell_share_text, why_missing
from server.console.release_parts import ReleasePart
from server.console.translation import gettext
from server.console.wording import base_size, base_words, label_of, label_of_row
from server.web.languages import language

BYTE_ORDER_MARK = "\ufeff"
TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIELDS = ("people", "value", "low", "high", "year", "source", "said")
Field = str | int


def csv_of(release: Release, part: ReleasePart) -> str:
    """Write a part of a release as a file."""
    in_vietnamese = language() == "vi"
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";" if in_vietnamese else ",", lineterminator="\r\n")
    fields = _fields(part)
    writer.writerow([gettext("Row"), gettext("People (n)"), gettext("Shares"), *_heads(release, part.rows, fields)])
    for row in part.rows:
        figures = [_written(_field(row.figures[at], name), in_vietnamese) for at, name in fields]
        writer.writerow([harmless(label_of_row(row)), harmless(base_size(row, release)), base_words(row), *figures])
    return BYTE_ORDER_MARK + lines.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(TAKEN_FOR_FORMULAS) else text


def file_name(release: Release, part: ReleasePart) -> str:
    """Name the file: plain letters only, whatever a survey is called."""
    parts = (release.campaign, release.kind, release.subject, release.by, part.name)
    plain = "-".join(one for one in parts if one)
    return (
        "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in plain)
        + ".csv"
    )


def _fields(part: ReleasePart) -> list[tuple[int, str]]:
    """List what there is to write: columns and figures that some row has."""
    rows = part.rows
    return [
        (at, name) for at in part.columns for name in FIELDS if any(_field(row.figures[at], name) != "" for row in rows)
    ]


def _field(figure: Figure, name: str) -> float | str:
    """Give one field of a figure; "said" is what stands instead of a number, or beside one that is but an end of a scale."""
    if name == "said":
        if isinstance(figure, Missing):
            return "" if figure.reason == "absent" else why_missing(figure)
        return spell_share_text(figure, 0) if isinstance(figure, Share) and figure.end else ""
    found = getattr(figure, name, None)
    if isinstance(found, Span):
        return f"{found.low}–{found.high}"
    if found is None:
        return ""
    return found * 100 if isinstance(figure, Share) else found  # type: ignore[no-any-return]


def _heads(release: Release, rows: Sequence[Row], fields: Sequence[tuple[int, str]]) -> list[str]:
    words = {
        "people": gettext("people"),
        "value": gettext("value"),
        "low": gettext("95% from"),
        "high": gettext("95% to"),
        "year": gettext("year"),
        "source": gettext("source"),
        "said": gettext("note"),
    }
    heads = []
    for at, name in fields:
        share = name == "value" and all(isinstance(row.figures[at], Share | Missing) for row in rows)
        heads.append(harmless(_head(release.columns[at], "%" if share else words[name], len(release.columns))))
    return heads


def _head(column: Column, word: str, columns: int) -> str:
    return word if columns == 1 else f"{label_of(column)}: {word}"


def _written(figure: float | str, in_vietnamese: bool) -> Field:
    if isinstance(figure, str):
        return harmless(figure)
    text = f"{round(figure, 4):g}" if abs(figure) < 100_000 else f"{figure:.0f}"
    return text.replace(".", ",") if in_vietnamese else text
