"""From rows to Arrow columns, by way of Arrow's own JSON reader.

Arrow's way from Python lists is not taken: it begins by importing pandas, which takes a second and some 60 MiB.
"""

import io
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import pyarrow as pa
from pyarrow import json as arrow_json

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class LakeRow:
    """A response as the lake knows it: without an id; with its answers stands what the survey calculates from them."""

    site: str
    day: date
    language: str
    mode: str
    answers: Mapping[str, Any]


def read_rows(rows: Sequence[LakeRow], kinds: Mapping[str, pa.DataType]) -> list[pa.Array]:
    """Read rows into plain columns: site, day, language, mode, and one for each of the questions in `kinds`.

    What another version of the survey allowed, and this one's columns cannot hold, is left empty.
    """
    plain = pa.struct([(name, _plain(kind)) for name, kind in kinds.items()])
    places = [("site", pa.string()), ("day", pa.int32()), ("language", pa.string()), ("mode", pa.string())]
    schema = pa.schema([*places, ("answers", plain)])
    try:
        table = _parsed((_document(row, row.answers) for row in rows), schema)
    except pa.ArrowInvalid:
        table = _parsed((_document(row, _fitting(row.answers, kinds)) for row in rows), schema)
    site, day, language, mode, answers = (column.combine_chunks() for column in table.columns)
    return [site, day.cast(pa.date32()), language, mode, *answers.flatten()]


def encoded(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Give a column its final type: words become entries of a dictionary."""
    if pa.types.is_dictionary(kind):
        return column.dictionary_encode()
    if pa.types.is_list(kind):
        return pa.ListArray.from_arrays(
            column.offsets, column.values.dictionary_encode(), type=kind, mask=column.is_null()
        )
    return column


def in_order(table: pa.Table, order: Sequence[int]) -> pa.Table:
    """Bring the rows of a table into an order, and the words of its dictionaries with them.

    A dictionary lists its words as they first came. Left as it was, its first words would name the row that once was first.
    """
    places = pa.Array.from_buffers(pa.int64(), len(order), [None, pa.py_buffer(array("q", order))])
    columns = [column.combine_chunks() for column in table.take(places).columns]
    return pa.Table.from_arrays([encoded(_spelled_out(one), one.type) for one in columns], schema=table.schema)


def _spelled_out(column: pa.Array) -> pa.Array:
    """Put the words themselves in the place of a dictionary's numbers."""
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    if pa.types.is_list(column.type):
        return pa.ListArray.from_arrays(column.offsets, column.values.dictionary_decode(), mask=column.is_null())
    return column


def concatenated(tables: Iterable[pa.Table]) -> pa.Table:
    """Join tables of one survey into one."""
    return pa.concat_tables(list(tables), promote_options="none").unify_dictionaries()


def _document(row: LakeRow, answers: Mapping[str, Any]) -> bytes:
    day = row.day.toordinal() - _EPOCH
    place = {"site": row.site, "day": day, "language": row.language, "mode": row.mode}
    return orjson.dumps({**place, "answers": answers}, option=orjson.OPT_APPEND_NEWLINE)


def _parsed(documents: Iterable[bytes], schema: pa.Schema) -> pa.Table:
    lines = b"".join(documents)
    reading = arrow_json.ReadOptions(use_threads=False, block_size=max(len(lines), 1))
    parsing = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    return arrow_json.read_json(io.BytesIO(lines), reading, parsing)


def _plain(kind: pa.DataType) -> pa.DataType:
    """Say as what a column is read before words become entries of a dictionary."""
    if pa.types.is_dictionary(kind):
        return pa.string()
    return pa.list_(pa.string()) if pa.types.is_list(kind) else kind


def _fitting(answers: Mapping[str, Any], kinds: Mapping[str, pa.DataType]) -> dict[str, Any]:
    """Keep of some answers what their columns can hold."""
    return {name: _FITS[_family(kinds[name])](value) for name, value in answers.items() if name in kinds}


def _family(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "list"
    return "number" if pa.types.is_floating(kind) else "integer" if pa.types.is_integer(kind) else "word"


def _as_number(value: object) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    return float(value) if isinstance(value, int | float) else None


def _as_integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None


def _as_word(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else None


def _as_list(value: object) -> list[str] | None:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else None


_FITS: dict[str, Callable[[object], Any]] = {
    "list": _as_list,
    "number": _as_number,
    "integer": _as_integer,
    "word": _as_word,
}
