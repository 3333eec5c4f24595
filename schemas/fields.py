"""The parts of a survey document as marshmallow fields: strict, bounded, and with sentences that an author can act on.

A sentence may open with a code and a bar ("expression.syntax|at character 3 …"); schemas.documents takes the two apart.
"""

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError, fields, validate

from schemas.expressions.hints import with_hint
from schemas.expressions.parsing import NAME, ExpressionInvalid, parse
from schemas.kinds.limits import LARGEST_NUMBER
from schemas.model import DatedKey, Dimension, Expression, Range, ScaleItem
from schemas.questions import refusal
from schemas.suggesting import meant_by
from schemas.texts import LANGUAGE, LONGEST_TEXT, UNWRITABLE, nfc
from schemas.words import coded, say

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
CHOICE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}\Z")
CHOICE_NAME_RULE = "a choice's name has letters a-z, digits, _ and -, no spaces or accents, and at most 64 of them"
RESERVED = frozenset({"site", "day", "language", "mode"})
# What every object in a browser already has under these names would be taken for an answer.
IN_EVERY_OBJECT = frozenset(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ __defineGetter__ "
    "__defineSetter__ __lookupGetter__ __lookupSetter__".split()
)
MOST_ITEMS = 200
MOST_COLUMNS = 20
LONGEST_VALUE = 200


T = TypeVar("T")


class OwnField(fields.Field[T]):
    """A field that only needs to see its own value."""

    def _read(self, value: Any) -> T:
        """What the document's value stands for; raises ValidationError."""
        raise ValidationError(say("key.wrong|{name} has no meaning here", name=type(value).__name__))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> T:
        return self._read(value)


class TextField(OwnField[Mapping[str, str]]):
    """A text in one or more languages."""

    def _read(self, value: Any) -> Mapping[str, str]:
        if not isinstance(value, Mapping) or not value:
            raise ValidationError("text.shape|a text is written as {vi: …, en: …}")
        wrong = {language: problem for language, text in value.items() if (problem := _text_problem(language, text))}
        if wrong:
            raise ValidationError({str(language)[:20]: [problem] for language, problem in wrong.items()})
        return {language: nfc(text).strip() for language, text in value.items()}


def _text_problem(language: object, text: object) -> str | None:
    if not isinstance(language, str) or not LANGUAGE.match(language):
        return "text.language|the key of a text is a language code such as vi or en"
    if not isinstance(text, str) or not text.strip():
        return "text.empty|this text is empty"
    if len(text) > LONGEST_TEXT:
        return say("text.too_long|a text has at most {longest_text:,} characters", longest_text=LONGEST_TEXT)
    return "text.control|this text contains control characters" if UNWRITABLE.search(text) else None


class ExpressionField(OwnField[Expression]):
    """An author's text, or {"text", "tree"} of a published document, whose tree must be that of its text.

    `columns`: bare names are allowed and mean what a choice has in that column.
    """

    def __init__(self, *, columns: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._columns = columns

    def _read(self, value: Any) -> Expression:
        published = isinstance(value, Mapping) and value.keys() == {"text", "tree"}
        text = value["text"] if published else value
        if not isinstance(text, str) or not text.strip():
            raise ValidationError('expression.shape|an expression is a text such as "${age} >= 18"')
        try:
            expression = parse(text, columns=self._columns)
        except ExpressionInvalid as broken:
            raise ValidationError(coded(broken.code, with_hint(str(broken), text))) from None
        if published and not _same(expression.tree, value["tree"]):
            raise ValidationError("expression.tree|the syntax tree is not that of the text beside it")
        return expression


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(_same, ours, theirs))
    return not isinstance(theirs, bool) and not isinstance(theirs, list | Mapping) and ours == theirs


class ColumnsField(OwnField[Mapping[str, str]]):
    """What a choice_filter may ask of a choice: {province: "79"}; texts only, so that "01" stays "01"."""

    def _read(self, value: Any) -> Mapping[str, str]:
        if not isinstance(value, Mapping) or len(value) > MOST_COLUMNS:
            raise ValidationError(
                say(
                    'column.shape|columns are written as {{province: "79"}}, at most {most_columns}',
                    most_columns=MOST_COLUMNS,
                )
            )
        for name, cell in value.items():
            if not isinstance(name, str) or not NAME.match(name) or name == "name":
                raise ValidationError("column.name|a column's name has letters a-z, digits and _, and is not «name»")
            if not isinstance(cell, str) or not 0 < len(cell) <= 200 or UNWRITABLE.search(cell):
                raise ValidationError(say("column.value|{name} is a text in quotes, at most 200 characters", name=name))
        return {name: nfc(cell) for name, cell in value.items()}


class KeysField(OwnField[tuple[DatedKey, ...]]):
    """The right answer: a choice's name, or several with the days on which each was right, one right after the other."""

    def _read(self, value: Any) -> tuple[DatedKey, ...]:
        if isinstance(value, str):
            return (DatedKey(value),)
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= 20:
            raise ValidationError(
                "correct.shape|the name of a choice, or [{choice: …, until: day}, {choice: …, from: day}]"
            )
        return tuple(self._key(item) for item in value)

    @staticmethod
    def _key(item: Any) -> DatedKey:
        if not isinstance(item, Mapping) or "choice" not in item or item.keys() - {"choice", "from", "until"}:
            raise ValidationError("correct.shape|each key is written as {choice: …, from: day, until: day}")
        start, until = item.get("from"), item.get("until")
        if not isinstance(item["choice"], str) or not all(day is None or is_day(day) for day in (start, until)):
            raise ValidationError('correct.day|a day is written as "2026-06-30"')
        return DatedKey(item["choice"], start, until)


def is_day(text: object) -> bool:
    """Whether the text is a calendar day as 2026-06-30."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class DayField(OwnField[str]):
    """A calendar day as ISO text."""

    def _read(self, value: Any) -> str:
        if not isinstance(value, str) or not is_day(value):
            raise ValidationError('day.shape|a day is written as "2026-06-30"')
        return value


class FlagField(OwnField[bool]):
    """true or false, and nothing that merely looks like it."""

    def _read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("key.wrong|this is true or false")
        return value


class RequiredField(ExpressionField):
    """true, false, or the condition under which an answer is needed."""

    def _read(self, value: Any) -> Any:
        return value if isinstance(value, bool) else super()._read(value)


class NumberField(OwnField[float]):
    """A finite number."""

    def _read(self, value: Any) -> float:
        if isinstance(value, str) and (meant := meant_by(value)):
            raise ValidationError(say("key.wrong|this is a number without quotes and marks: {meant}", meant=meant))
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValidationError("key.wrong|this is a number")
        if abs(value) > LARGEST_NUMBER:
            raise ValidationError("key.wrong|no number here has more than 15 digits")
        return value


class ValueField(OwnField[str]):
    """What a choice is called where its data go to, where that is no name: "-99"."""

    def _read(self, value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_VALUE or UNWRITABLE.search(value):
            raise ValidationError(
                say("choice.value|a value is a text in quotes, at most {most} characters", most=LONGEST_VALUE)
            )
        return nfc(value)


class ChoiceNameField(fields.String):
    """A choice's name: a value that expressions compare with, and so, as in XLSForm, it may be a number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Regexp(CHOICE_NAME, error=f"name.shape|{CHOICE_NAME_RULE}"), **kwargs)


class NameField(fields.String):
    """A name as expressions and result columns use it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=is_name, **kwargs)


def is_name(name: str) -> None:
    """Letters, digits and underscores."""
    if not NAME.match(name):
        raise ValidationError(
            "name.shape|a name has letters a-z, digits and _, no spaces or accents, and at most 64 of them"
        )
    if name in IN_EVERY_OBJECT:
        raise ValidationError(
            say("name.reserved|browsers keep something of their own under {name}; choose another name", name=name)
        )


def not_reserved(name: str) -> None:
    """A question may not be called like a column that every response has."""
    if name.lower() in RESERVED:
        raise ValidationError(
            say("name.reserved|{name} is the name of something that every response has; choose another", name=name)
        )


def is_type(name: str) -> None:
    """One of the types of question; the identifying ones are refused with the reason."""
    if reason := refusal(name):
        raise ValidationError(coded(*reason))


class RangeSchema(Schema):
    """The numbers that an answer may be."""

    start = NumberField(required=True)
    end = NumberField(required=True)
    step = NumberField(load_default=1)


class RangeField(OwnField[Range]):
    """{start, end, step}, start below end."""

    def _read(self, value: Any) -> Range:
        bounds = Range(**RangeSchema().load(value))
        if bounds.start >= bounds.end:
            raise ValidationError("range.order|start is below end")
        if bounds.step <= 0:
            raise ValidationError("range.order|step is a number above 0")
        return bounds


class DimensionField(OwnField[Dimension]):
    """true, or {bands: [18, 25, 35]} with the lower bounds of the bands."""

    def _read(self, value: Any) -> Dimension:
        if value is True:
            return Dimension()
        bands = value.get("bands") if isinstance(value, Mapping) and value.keys() == {"bands"} else None
        whole = isinstance(bands, list | tuple) and 1 <= len(bands) <= 20 and all(type(band) is int for band in bands)
        if not whole or list(bands or ()) != sorted(set(bands or ())):
            raise ValidationError(
                "dimension.shape|a dimension is true, or {bands: [18, 25, 35]} with rising whole numbers"
            )
        return Dimension(tuple(bands or ()))


class CrossingField(OwnField[tuple[str, str]]):
    """Two ways of breaking results down that are taken together: [gender, site]."""

    def _read(self, value: Any) -> tuple[str, str]:
        two = isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(name, str) for name in value)
        if not two or value[0] == value[1]:
            raise ValidationError("crossing.shape|a crossing is two different dimensions: [gender, site]")
        return value[0], value[1]


class ItemsField(fields.List[str]):
    """Names of questions; in a scale "-" before a name reverses it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.String(), validate=validate.Length(1, MOST_ITEMS), **kwargs)


def scale_item(text: str) -> ScaleItem:
    """The item behind "q_lead" or "-q_lead"."""
    return ScaleItem(text.removeprefix("-"), text.startswith("-"))
