"""The registry's files as marshmallow schemas: strict and bounded, an unknown key is an error."""

import re
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from schemas.fields import FlagField, NumberField, OwnField, TextField
from schemas.registry.entry import Entry
from schemas.registry.model import (
    Assumption,
    Benchmark,
    Framework,
    HelpLine,
    Law,
    Occasion,
    Ownership,
    Province,
    Sector,
    Target,
    UnionLevel,
    Ward,
)
from schemas.texts import UNWRITABLE, nfc

MOST_ENTRIES = 500
ENTRY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_NUMBER = re.compile(r"[0-9][0-9 ]{1,18}[0-9]\Z")


class DayField(OwnField[date]):
    """A day, written "2026-07-01" in quotes or without."""

    def _read(self, value: Any) -> date:
        if not isinstance(value, str) or not _DAY.match(value):
            raise ValidationError("day.shape|a day is written 2026-07-01")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError("day.none|there is no such day") from None


class LineField(OwnField[str]):
    """A short text in one language."""

    def _read(self, value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= 400 or UNWRITABLE.search(value):
            raise ValidationError(
                "line.shape|this is a text of at most 400 characters, in quotes where it looks like a number"
            )
        return nfc(value).strip()


class IdField(OwnField[str]):
    """The name of an entry, or a reference to one."""

    def _read(self, value: Any) -> str:
        if not isinstance(value, str) or not ENTRY_ID.match(value):
            raise ValidationError(
                'id.shape|an id has letters, digits, ".", "-" and "_", in quotes where it looks like a number'
            )
        return value


def _ids(least: int = 0, **options: Any) -> fields.List[str]:
    return fields.List(IdField(), validate=validate.Length(least, 40), **options)


def _one_of(*names: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(names), **options)


def _shaped(pattern: re.Pattern[str], message: str) -> fields.String:
    return fields.String(validate=validate.Regexp(pattern, error=message))


class EntrySchema(Schema):
    """What every entry says about itself."""

    id = IdField(required=True)
    valid_from = DayField(required=True)
    valid_to = DayField(load_default=None)
    source = _ids(1, required=True)
    confidence = _one_of("high", "medium", "low", required=True)
    checked_on = DayField(load_default=None)
    unsettled = _ids(1, load_default=())
    succeeded_by = IdField(load_default=None)
    note = TextField(load_default=None)


class LawSchema(EntrySchema):
    """A legal fact."""

    statement = TextField(required=True)
    answer = TextField(required=True)
    basis = TextField(required=True)
    audience = fields.List(
        _one_of("women", "men", "workers", "managers", "cadres"), required=True, validate=validate.Length(1, 5)
    )
    rests_on = _ids(1, required=True)
    beliefs = fields.List(TextField(), validate=validate.Length(0, 5))
    value = NumberField()


class FrameworkSchema(EntrySchema):
    """A law, decree, strategy or programme."""

    title = TextField(required=True)
    form = _one_of(
        "law", "decree", "directive", "strategy", "programme", "plan", "guidance", "convention", required=True
    )
    number = LineField()
    found = FlagField()


class MilestoneSchema(Schema):
    """A value by a year."""

    year = fields.Integer(required=True, strict=True, validate=validate.Range(2000, 2100))
    value = NumberField(required=True)
    sense = _one_of("at_least", "more_than", "about", "at_most", "less_than", required=True)
    upto = NumberField()


class PartSchema(Schema):
    """A measurable part of a target."""

    label = TextField(required=True)
    unit = _one_of(
        "share", "ratio", "times_a_year", "items_a_quarter", "per_100", "per_1000", "per_100000", required=True
    )
    milestones = fields.List(fields.Nested(MilestoneSchema), required=True, validate=validate.Length(1, 10))
    reading = TextField()


class TargetSchema(EntrySchema):
    """A target of a strategy or programme."""

    title = TextField(required=True)
    framework = IdField(required=True)
    measured_by = fields.List(_one_of("survey", "unit_form"), required=True, validate=validate.Length(0, 2))
    parts = fields.List(fields.Nested(PartSchema), validate=validate.Length(0, 10))
    indicators = _ids()
    packs = _ids()
    packs_beside = _ids()


class HelpLineSchema(EntrySchema):
    """A help line."""

    label = TextField(required=True)
    serves = TextField(required=True)
    cost = _one_of("free", "charged", "unknown", required=True)
    number = _shaped(_NUMBER, "number.shape|a telephone number has digits and single spaces, in quotes")
    area = IdField()
    called_on = DayField()
    required_for = _ids()


class FigureSchema(Schema):
    """One number of a study."""

    label = TextField(required=True)
    value = NumberField(required=True)
    unit = _one_of("share", "ratio", "hours_a_week", "people", "organisations", required=True)
    upto = NumberField()
    year = fields.Integer(strict=True, validate=validate.Range(1990, 2100))


class BenchmarkSchema(EntrySchema):
    """Figures from elsewhere."""

    title = TextField(required=True)
    study = TextField(required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True, validate=validate.Length(1, 30))
    caution = TextField()


class OccasionSchema(EntrySchema):
    """A day or span of the year."""

    title = TextField(required=True)
    start = _shaped(_MONTH_DAY, "month_day.shape|month and day are written 11-15")
    end = _shaped(_MONTH_DAY, "month_day.shape|month and day are written 11-15")
    theme = TextField()
    avoid_baseline = FlagField()


class ProvinceSchema(EntrySchema):
    """A province or city."""

    name = LineField(required=True)
    form = _one_of("city", "province", required=True)
    merged_from = fields.List(LineField(), required=True, validate=validate.Length(1, 5))


class WardSchema(EntrySchema):
    """A place below a province."""

    name = LineField(required=True)
    form = _one_of("ward", "commune", "special_zone", required=True)
    within = IdField(required=True)
    formerly = LineField()


class NamedSchema(EntrySchema):
    """A name in a list."""

    name = TextField(required=True)


class SectorSchema(NamedSchema):
    """A branch of the economy."""

    scheme = _one_of("VSIC2018", "VSIC2025", required=True)
    level = fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    within = IdField()


class UnionLevelSchema(NamedSchema):
    """A level of the unions' tree."""

    rank = fields.Integer(required=True, strict=True, validate=validate.Range(1, 9))
    within = IdField()


class AssumptionSchema(NamedSchema):
    """A working value."""

    values = fields.Dict(IdField(), NumberField(), required=True, validate=validate.Length(1, 20))


class SourceSchema(Schema):
    """Where something was read."""

    id = IdField(required=True)
    name = LineField(required=True)


class OpenPointSchema(Schema):
    """What nobody has settled."""

    id = IdField(required=True)
    question = TextField(required=True)
    to_do = TextField(required=True)


class RemarksSchema(Schema):
    """The words beside what may not be told as fact."""

    unverified = TextField(required=True)
    outdated = TextField(required=True)


# The kinds in the order in which commands show them: the file, its schema, what its entries become.
SHAPES: dict[str, tuple[type[EntrySchema], type[Entry]]] = {
    "laws": (LawSchema, Law),
    "frameworks": (FrameworkSchema, Framework),
    "targets": (TargetSchema, Target),
    "help_lines": (HelpLineSchema, HelpLine),
    "benchmarks": (BenchmarkSchema, Benchmark),
    "occasions": (OccasionSchema, Occasion),
    "provinces": (ProvinceSchema, Province),
    "wards": (WardSchema, Ward),
    "sectors": (SectorSchema, Sector),
    "ownership": (NamedSchema, Ownership),
    "union_levels": (UnionLevelSchema, UnionLevel),
    "assumptions": (AssumptionSchema, Assumption),
}
