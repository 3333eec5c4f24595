"""The lake's columns: what a survey's answers look like as typed Arrow columns.

Every part of a campaign has the columns of the campaign's own survey version. Words of one's own have no column, not even
one that says whether somebody wrote: beside a single remark it would name the response that the remark came with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.survey import Question, Survey

PLACE_COLUMNS = ("site", "day", "language", "mode")
WITHOUT_COLUMN = frozenset({"note", "text"})

_WORD = pa.dictionary(pa.int32(), pa.string())
_TYPES = {
    "select_one": _WORD,
    "acknowledge": _WORD,
    "select_multiple": pa.list_(_WORD),
    "integer": pa.int64(),
    "range": pa.float64(),
}
_ARITHMETIC = frozenset({"num", "+", "-", "*", "div", "mod", "neg"})
_NUMBER_FUNCTIONS = frozenset(
    {"count-selected", "int", "round", "min", "max", "sum", "number", "string-length", "random"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """A response as the lake knows it: without an id; with its answers stands what the survey calculates from them."""

    site: str
    day: date
    language: str
    mode: str
    answers: Mapping[str, Any]


class Columns:
    """The columns of one survey, and how rows become a table of them."""

    def __init__(self, survey: Survey) -> None:
        questions = [question for question in survey.questions if question.type not in WITHOUT_COLUMN]
        self._types = {question.name: _type_of(question, survey) for question in questions}
        places = [("site", _WORD), ("day", pa.date32()), ("language", _WORD), ("mode", _WORD)]
        answers = [(column_name(name), kind) for name, kind in self._types.items()]
        self.schema: pa.Schema = pa.schema([*places, *answers])

    def table(self, rows: Sequence[Row]) -> pa.Table:
        """Turn rows into a table, in the order in which they stand."""
        answers = [row.answers for row in rows]
        arrays = [
            _array([row.site for row in rows], _WORD),
            _array([row.day for row in rows], pa.date32()),
            _array([row.language for row in rows], _WORD),
            _array([row.mode for row in rows], _WORD),
            *(_array([answer.get(name) for answer in answers], kind) for name, kind in self._types.items()),
        ]
        return pa.Table.from_arrays(arrays, schema=self.schema)


def column_name(question: str) -> str:
    """Name the column of a question; four names are taken by where and when a response was given."""
    return f"{question}__answer" if question in PLACE_COLUMNS else question


def _type_of(question: Question, survey: Survey) -> pa.DataType:
    if question.type == "calculate":
        tree = question.calculation.tree if question.calculation else ["str", ""]
        return pa.float64() if _gives_number(tree, survey, frozenset({question.name})) else pa.string()
    return _TYPES.get(question.type, pa.string())


def _gives_number(tree: Any, survey: Survey, seen: frozenset[str]) -> bool:
    """Tell whether an expression always gives a number (or nothing), so that its column can be one of numbers."""
    head = tree[0]
    if head in _ARITHMETIC:
        return True
    if head == "ref":
        return _is_number(tree[1], survey, seen)
    if head != "call":
        return False
    if tree[1] == "if":
        return all(_gives_number(branch, survey, seen) for branch in tree[3:5])
    if tree[1] in {"coalesce", "once"}:
        return all(_gives_number(part, survey, seen) for part in tree[2:])
    return tree[1] in _NUMBER_FUNCTIONS


def _is_number(name: str, survey: Survey, seen: frozenset[str]) -> bool:
    question = survey.by_name.get(name)
    if question is None or name in seen:
        return False
    if question.type == "calculate" and question.calculation is not None:
        return _gives_number(question.calculation.tree, survey, seen | {name})
    return question.type in {"integer", "range"}


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Build a column; what another version of the survey allowed and this one cannot hold is left empty."""
    if pa.types.is_list(kind):
        values = [_as_list(value) for value in values]  # the letters of a word would pass for a list of choices
    try:
        return _built(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        fits = _FITS[_family(kind)]
        return _built([fits(value) for value in values], kind)


def _built(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)


def _family(kind: pa.DataType) -> str:
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
    "number": _as_number,
    "integer": _as_integer,
    "word": _as_word,
}


def concatenated(tables: Iterable[pa.Table]) -> pa.Table:
    """Join tables of one survey into one."""
    return pa.concat_tables(list(tables), promote_options="none").unify_dictionaries()
