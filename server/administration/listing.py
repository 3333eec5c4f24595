"""Lists that can be searched, sorted, paged and downloaded, all by their address: nothing of it needs a script."""

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import Response, request

from schemas.texts import folded
from server.console.csv_files import BYTE_ORDER_MARK, harmless
from server.console.numbers import spell_count, spell_date
from server.web.languages import language

Row = TypeVar("Row")
Value = str | int | date | None
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its name in addresses and files, its heading, and what it says of a row."""

    name: str
    title: str
    value: Callable[[Row], Value]
    words: Callable[[Row], str] | None = None
    """What a person reads where that is not the value itself, such as the name of a state."""

    def text(self, row: Row) -> str:
        """Say the value as a person reads it."""
        if self.words is not None:
            return self.words(row)
        value = self.value(row)
        if isinstance(value, date):
            return spell_date(value)
        return spell_count(value) if isinstance(value, int) else value or ""


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """Rows as the address asks for them: `q` searches, `sort` names a column (`-` before it turns the order), `page` counts from 1."""

    columns: Sequence[Column[Row]]
    everything: Sequence[Row]

    @property
    def query(self) -> str:
        """Return what is searched for."""
        return request.args.get("q", "").strip()[:100]

    @property
    def sort(self) -> str:
        """Return the column that the rows are sorted by, with `-` before it where the order is turned; empty for the order of old."""
        asked = request.args.get("sort", "")
        return asked if asked.removeprefix("-") in {column.name for column in self.columns} else ""

    @cached_property
    def found(self) -> list[Row]:
        """Return all rows that are searched for, in the order that is asked for."""
        wanted = folded(self.query)
        rows = [row for row in self.everything if not wanted or self._holds(row, wanted)]
        column = next((one for one in self.columns if one.name == self.sort.removeprefix("-")), None)
        if column is not None:
            rows.sort(key=lambda row: _order(column.value(row)), reverse=self.sort.startswith("-"))
        return rows

    def _holds(self, row: Row, wanted: str) -> bool:
        return any(wanted in folded(column.text(row)) for column in self.columns)

    @property
    def pages(self) -> int:
        """Return how many pages there are, one at least."""
        return max(1, math.ceil(len(self.found) / A_PAGE))

    @property
    def page(self) -> int:
        """Return the page that is asked for, brought into what there is."""
        asked = request.args.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
        return min(max(1, number), self.pages)

    def shown(self) -> list[Row]:
        """Return the rows of this page."""
        return self.found[(self.page - 1) * A_PAGE : self.page * A_PAGE]

    def address(self, **changes: str | int) -> str:
        """Return the address of this list with something else asked for; what is empty is left out."""
        asked = {name: value for name, value in request.args.items() if name in ("q", "sort", "page")}
        query = urlencode({name: value for name, value in (asked | changes).items() if value != ""})
        return f"?{query}" if query else request.script_root + request.path

    def turned(self, column: Column[Row]) -> str:
        """Return the address of this list sorted by a column, the other way round where it is already."""
        return self.address(sort=f"-{column.name}" if self.sort == column.name else column.name, page="")

    def as_file(self, name: str) -> Response | None:
        """Return the rows that are searched for as a CSV file, where the address asks for one (`as=csv`)."""
        if request.args.get("as") != "csv":
            return None
        lines = io.StringIO()
        writer = csv.writer(lines, delimiter=";" if language() == "vi" else ",", lineterminator="\r\n")
        writer.writerow([harmless(column.title) for column in self.columns])
        for row in self.found:
            writer.writerow([_written(column, row) for column in self.columns])
        answer = Response(BYTE_ORDER_MARK + lines.getvalue(), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer


def _written(column: Column[Row], row: Row) -> str:
    value = column.value(row)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else harmless(column.text(row))


def _order(value: Value) -> tuple[int, int, str]:
    """Put what is missing last, numbers by size, days by time, texts by their letters without accents."""
    if value is None:
        return 1, 0, ""
    if isinstance(value, date):
        return 0, value.toordinal(), ""
    return (0, value, "") if isinstance(value, int) else (0, 0, folded(value))
