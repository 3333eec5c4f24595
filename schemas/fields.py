"""The parts of a survey document as marshmallow fields: strict, bounded, and with sentences that an author can act on.

A sentence may open with a code and a bar ("expression.syntax|at character 3 …"); schemas.documents takes the two apart.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError, fields, validate

from schemas.expressions.parsing import NAME, ExpressionInvalid, parse
from schemas.model import Dimension, Expression, Range, ScaleItem
from schemas.questions import refusal
from schemas.texts import LANGUAGE, LONGEST_TEXT, UNWRITABLE, nfc

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
RESERVED = frozenset({"site", "day", "language", "mode"})
MOST_ITEMS = 200


T = TypeVar("T")


class OwnField(fields.Field[T]):
    """A field that only needs to see its own value."""

    def _read(self, value: Any) -> T:
        """What the document's value stands for; raises ValidationError."""
        raise ValidationError(f"key.wrong|{type(value).__name__} has no meaning here")

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
        return f"text.too_long|a text has at most {LONGEST_TEXT:,} characters"
    return "text.control|this text contains control characters" if UNWRITABLE.search(text) else None


class ExpressionField(OwnField[Expression]):
    """An author's text, or {"text", "tree"} of a published document, whose tree must be that of its text."""

    def _read(self, value: Any) -> Expression:
        published = isinstance(value, Mapping) and value.keys() == {"text", "tree"}
        text = value["text"] if published else value
        if not isinstance(text, str) or not text.strip():
            raise ValidationError('expression.shape|an expression is a text such as "${age} >= 18"')
        try:
            expression = parse(text)
        except ExpressionInvalid as broken:
            raise ValidationError(f"{broken.code}|{broken}") from None
        if published and not _same(expression.tree, value["tree"]):
            raise ValidationError("expression.tree|the syntax tree is not that of the text beside it")
        return expression


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(_same, ours, theirs))
    return not isinstance(theirs, bool) and not isinstance(theirs, list | Mapping) and ours == theirs


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
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12 or math.isnan(value):
            raise ValidationError("key.wrong|this is a number")
        return value


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


def not_reserved(name: str) -> None:
    """A question may not be called like a column that every response has."""
    if name.lower() in RESERVED:
        raise ValidationError(f"name.reserved|{name} is the name of something that every response has; choose another")


def is_type(name: str) -> None:
    """One of the types of question; the identifying ones are refused with the reason."""
    if reason := refusal(name):
        raise ValidationError("|".join(reason))


class RangeSchema(Schema):
    """The numbers that an answer may be."""

    start = NumberField(required=True)
    end = NumberField(required=True)
    step = NumberField(load_default=1)


class RangeField(OwnField[Range]):
    """{start, end, step}, start below end."""

    def _read(self, value: Any) -> Range:
        bounds = Range(**RangeSchema().load(value))
        if bounds.start >= bounds.end or bounds.step <= 0 or (bounds.end - bounds.start) / bounds.step > 10_000:
            raise ValidationError("range.order|start is below end, and step is positive and not tiny")
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


class ItemsField(fields.List[str]):
    """Names of questions; in a scale "-" before a name reverses it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.String(), validate=validate.Length(1, MOST_ITEMS), **kwargs)


def scale_item(text: str) -> ScaleItem:
    """The item behind "q_lead" or "-q_lead"."""
    return ScaleItem(text.removeprefix("-"), text.startswith("-"))
