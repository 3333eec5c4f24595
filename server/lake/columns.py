"""The lake's columns: what a survey's answers look like as typed Arrow columns.

Every part of a campaign has the columns of the campaign's own survey version. Words of one's own have no column, not even
one that says whether somebody wrote: beside a single remark it would name the response that the remark came with.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from schemas.kinds.kind import Column
from schemas.questions import kind_of
from schemas.survey import Question, Survey
from server.lake.rows import LakeRow, encoded, read_rows

PLACE_COLUMNS = ("site", "day", "language", "mode")

_WORD = pa.dictionary(pa.int32(), pa.string())
_TYPES: Mapping[Column, pa.DataType] = {
    "word": _WORD,
    "words": pa.list_(_WORD),
    "whole": pa.int64(),
    "number": pa.float64(),
}
NOTHING = ["str", ""]  # how an expression says that there is no number
_ARITHMETIC = frozenset({"num", "+", "-", "*", "div", "mod", "neg"})
_NUMBER_FUNCTIONS = frozenset(
    {"abs", "count-selected", "int", "round", "min", "max", "sum", "number", "string-length", "random"}
)


class Columns:
    """The columns of one survey, and how rows become a table of them."""

    def __init__(self, survey: Survey) -> None:
        questions = [question for question in survey.questions if kind_of(question).stored]
        self._types = {question.name: _type_of(question, survey) for question in questions}
        places = [("site", _WORD), ("day", pa.date32()), ("language", _WORD), ("mode", _WORD)]
        answers = [(column_name(name), kind) for name, kind in self._types.items()]
        self.schema: pa.Schema = pa.schema([*places, *answers])

    def table(self, rows: Sequence[LakeRow]) -> pa.Table:
        """Turn rows into a table, in the order in which they stand."""
        if not rows:
            return self.schema.empty_table()
        columns = read_rows(rows, self._types)
        return pa.Table.from_arrays(
            [encoded(one, kind) for one, kind in zip(columns, self.schema.types, strict=True)], schema=self.schema
        )


def column_name(question: str) -> str:
    """Name the column of a question; four names are taken by where and when a response was given."""
    return f"{question}__answer" if question in PLACE_COLUMNS else question


def _type_of(question: Question, survey: Survey) -> pa.DataType:
    if question.calculation is not None:
        return (
            pa.float64()
            if _gives_number(question.calculation.tree, survey, frozenset({question.name}))
            else pa.string()
        )
    return _TYPES[kind_of(question).column]


def _gives_number(tree: Any, survey: Survey, seen: frozenset[str]) -> bool:
    """Tell whether an expression always gives a number (or nothing), so that its column can be one of numbers."""
    head = tree[0]
    if head in _ARITHMETIC or tree == NOTHING:
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
    if question.calculation is not None:
        return _gives_number(question.calculation.tree, survey, seen | {name})
    return kind_of(question).numeric
