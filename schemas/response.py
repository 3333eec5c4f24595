"""One worker's answers as they are sealed: no name, no time of day, no device, no order; the list of fields is the promise."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from schemas.kinds.limits import MOST_CHOSEN
from schemas.messages import NAME

Mode = Literal["tablet", "hotspot", "link"]
AnswerValue = str | int | float | list[str]

QUESTION = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
MAX_ANSWERS = 1000
MAX_NUMBER = 2**53


class ResponseInvalid(ValueError):
    """The bytes are no response document; the message names the field at most, never what stood in it."""


@dataclass(frozen=True, slots=True)
class ResponseDocument:
    """What a worker answered, where and on which day (or in which week or month)."""

    campaign: str
    survey: str
    version: int
    site: str
    day: date
    mode: Mode
    language: str
    answers: Mapping[str, AnswerValue]

    def to_json(self) -> bytes:
        """The document as it is sealed: UTF-8, no spaces."""
        document = {
            "campaign": self.campaign,
            "survey": self.survey,
            "version": self.version,
            "site": self.site,
            "day": self.day.isoformat(),
            "mode": self.mode,
            "language": self.language,
            "answers": self.answers,
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "ResponseDocument":
        """The document behind the bytes, checked field by field; raises ResponseInvalid for anything else."""
        try:
            return _SCHEMA.load(json.loads(data.decode(), parse_constant=_refuse_constant))  # type: ignore[no-any-return]
        except ValidationError as error:
            raise ResponseInvalid(f"not a response document: {_places(error)}") from None
        except (ValueError, RecursionError):
            raise ResponseInvalid("not a response document: no JSON object") from None


def _refuse_constant(_: str) -> object:
    raise ValueError("not a number")


def _places(error: ValidationError) -> str:
    messages = error.messages if isinstance(error.messages, dict) else {}
    known = [name for name in messages if name in _SCHEMA.fields]
    return ", ".join(known) if known else "its shape"


def _is_value(value: object) -> bool:
    if isinstance(value, str):
        return _encodable(value)
    if isinstance(value, list):
        return 0 < len(value) <= MOST_CHOSEN and all(isinstance(item, str) and _encodable(item) for item in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MAX_NUMBER


def _encodable(text: str) -> bool:
    """Whether the text can be stored: no lone surrogate, no NUL (PostgreSQL takes neither)."""
    if text.isascii():
        return "\x00" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


class AnswersField(fields.Field[dict[str, AnswerValue]]):
    """Answers by question name: a text, a number, or the names of the choices taken."""

    def _deserialize(self, value: Any, *_: object, **__: object) -> dict[str, AnswerValue]:
        if not isinstance(value, dict) or len(value) > MAX_ANSWERS:
            raise ValidationError("Not answers by question name.")
        if not all(QUESTION.match(name) and _is_value(answer) for name, answer in value.items()):
            raise ValidationError("Not answers by question name.")
        return value


class ResponseSchema(Schema):
    """The response document. A field that is not named here cannot be sealed, sent or opened."""

    class Meta:
        """What is not named is an error."""

        unknown = RAISE

    campaign = fields.String(required=True, validate=validate.Regexp(NAME))
    survey = fields.String(required=True, validate=validate.Regexp(NAME))
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    site = fields.String(required=True, validate=validate.Regexp(NAME))
    day = fields.Date(required=True, format="iso")
    mode = fields.String(required=True, validate=validate.OneOf(["tablet", "hotspot", "link"]))
    language = fields.String(required=True, validate=validate.Regexp(LANGUAGE))
    answers = AnswersField(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: object) -> ResponseDocument:
        """The document itself."""
        return ResponseDocument(**data)


_SCHEMA = ResponseSchema()
