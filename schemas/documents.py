"""The shape of a survey document, an author's or a published one; unknown keys are errors, all named at once."""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from schemas import fields as own
from schemas.media_fields import MediaField, MediaFilesField
from schemas.questions import KINDS
from schemas.texts import LANGUAGE
from schemas.words import say

SURVEY_KINDS = ("survey", "quiz", "event", "unit_form", "feedback", "nomination")
MODES = ("self_tablet", "self_phone", "unit_form")
MOST_QUESTIONS = 2_000
MOST_CHOICES = 5_000  # the communes of Viet Nam are 3,321
MOST_STEPS = 10_000  # between the ends of a slider
MOST_CHOICES_IN_ALL = 10_000
MOST_CROSSINGS = 3
INDICATOR_FORMS = frozenset({"share", "mean", "top_two", "average", "ratio", "compare"})


class StrictSchema(Schema):
    """A key that is not named here is an error."""

    class Meta:
        """How marshmallow is told so."""

        unknown = RAISE


class ChoiceSchema(StrictSchema):
    """One choice of a list."""

    name = own.ChoiceNameField(required=True)
    label = own.TextField(required=True)
    score = own.NumberField()
    exclusive = own.FlagField()
    off_scale = own.FlagField()
    other = own.FlagField()
    value = own.ValueField()
    columns = own.ColumnsField()
    audio = MediaField("audio")
    image = MediaField("image")


class QuestionSchema(StrictSchema):
    """One question; which keys it may have depends on its type (schemas.questions.KINDS)."""

    type = fields.String(required=True, validate=own.is_type)
    name = fields.String(required=True, validate=[own.is_name, own.not_reserved])
    label = own.TextField()
    hint = own.TextField()
    list = fields.String()
    appearance = fields.String()
    required = own.RequiredField()
    relevant = own.ExpressionField()
    constraint = own.ExpressionField()
    constraint_message = own.TextField()
    calculation = own.ExpressionField()
    choice_filter = own.ExpressionField(columns=True)
    range = own.RangeField()
    dimension = own.DimensionField()
    randomize = own.FlagField()
    sensitive = own.FlagField()
    correct = own.KeysField()
    explain = own.TextField()
    fact = fields.String(validate=validate.Length(1, 40))
    specifies = fields.String()
    audio = MediaField("audio")
    image = MediaField("image")
    hint_audio = MediaField("audio")
    hint_image = MediaField("image")
    constraint_audio = MediaField("audio")
    constraint_image = MediaField("image")

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def keys_fit_the_type(self, data: Any, original: Any, **__: object) -> None:
        """Keys that the type needs or does not know."""
        type_name = original.get("type") if isinstance(original, Mapping) else None
        kind = KINDS.get(type_name) if isinstance(type_name, str) else None
        if kind is None:
            return
        wrong = {
            key: [say("key.missing|{type_name} needs this key", type_name=type_name)]
            for key in kind.needs - original.keys()
        }
        wrong |= {
            key: [say("key.not_here|{type_name} has no {key}", type_name=type_name, key=key)]
            for key in original.keys() & self.fields.keys()
            if key not in kind.keys
        }
        if (given := original.get("appearance")) is not None and kind.appearances and given not in kind.appearances:
            wrong["appearance"] = [
                say(
                    "appearance.unknown|{type_name} may look: {appearances}",
                    type_name=type_name,
                    appearances=", ".join(sorted(kind.appearances)),
                )
            ]
        bounds = data.get("range")
        if kind.fixed_range and bounds and bounds != kind.fixed_range:
            wrong["range"] = [
                say(
                    "range.fixed|{type_name} goes from {start:g} to {end:g}",
                    type_name=type_name,
                    start=kind.fixed_range.start,
                    end=kind.fixed_range.end,
                )
            ]
        if kind.stepped and bounds and (bounds.end - bounds.start) / bounds.step > MOST_STEPS:
            message = say(
                "range.steps|a slider has at most {most:,} steps: make step larger, or ask an integer", most=MOST_STEPS
            )
            wrong["range"] = [message]
        if wrong:
            raise ValidationError(wrong)


class SectionSchema(StrictSchema):
    """Questions under one title."""

    name = own.NameField(required=True)
    title = own.TextField()
    sensitive = own.FlagField()
    relevant = own.ExpressionField()
    appearance = fields.String(
        validate=validate.OneOf(["table-list"], error="appearance.unknown|a section may look: table-list")
    )
    randomize = own.FlagField()
    questions = fields.List(fields.Nested(QuestionSchema), required=True, validate=validate.Length(1, 500))


class ScaleSchema(StrictSchema):
    """Items read as one score."""

    name = own.NameField(required=True)
    title = own.TextField(required=True)
    items = own.ItemsField(required=True)
    score = fields.String(required=True, validate=validate.OneOf(["mean", "percent_correct"]))


class TargetSchema(StrictSchema):
    """What a plan asks for, by when."""

    source = fields.String(required=True, validate=validate.Length(1, 500))
    year = fields.Integer(required=True, strict=True, validate=validate.Range(1990, 2100))
    value = own.NumberField(required=True)
    verified = own.FlagField()


class RatioSchema(StrictSchema):
    """Two amounts, added up over everybody before the one is divided by the other."""

    of = own.ExpressionField(required=True)
    to = own.ExpressionField(required=True)


class ComparisonSchema(StrictSchema):
    """Another indicator in two groups."""

    indicator = fields.String(required=True)
    first = own.ExpressionField(required=True)
    second = own.ExpressionField(required=True)
    form = fields.String(
        required=True,
        data_key="as",
        validate=validate.OneOf(["ratio", "difference"], error="key.wrong|this is ratio or difference"),
    )


class IndicatorSchema(StrictSchema):
    """One figure of the report, in exactly one of its forms."""

    name = own.NameField(required=True)
    title = own.TextField(required=True)
    share = own.ExpressionField()
    mean = fields.String()
    top_two = own.ItemsField()
    average = fields.String()
    ratio = fields.Nested(RatioSchema)
    compare = fields.Nested(ComparisonSchema)
    base = own.ExpressionField()
    target = fields.Nested(TargetSchema)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def has_one_form(self, _: Any, original: Any, **__: object) -> None:
        """A share, or a mean, or another of the forms; never two."""
        if isinstance(original, Mapping) and len(original.keys() & INDICATOR_FORMS) != 1:
            raise ValidationError(
                say(
                    "indicator.form|an indicator has exactly one of {indicator_forms}",
                    indicator_forms=", ".join(sorted(INDICATOR_FORMS)),
                )
            )


class SupportSchema(StrictSchema):
    """Where a person can turn."""

    label = own.TextField(required=True)
    phone = fields.String(
        required=True, validate=validate.Regexp(r"[0-9+() .-]{2,30}\Z", error="phone.shape|a phone number")
    )
    note = own.TextField()
    verified = own.FlagField()
    checked_on = own.DayField()


class PackSchema(StrictSchema):
    """For whom a ready-made survey is, and what it informs."""

    population = own.TextField()
    min_age = fields.Integer(strict=True, validate=validate.Range(15, 80))
    min_n = fields.Integer(strict=True, validate=validate.Range(1, 10_000))
    modes = fields.List(fields.String(validate=validate.OneOf(MODES)), validate=validate.Length(1, len(MODES)))
    targets = fields.List(fields.String(validate=validate.Length(1, 40)), validate=validate.Length(1, 50))
    seed_rows = fields.List(fields.String(validate=validate.Length(1, 10)), validate=validate.Length(1, 100))
    referral_required = own.FlagField()


class SurveySchema(StrictSchema):
    """The whole document."""

    id = fields.String(
        required=True, validate=validate.Regexp(own.IDENTIFIER, error="name.shape|letters, digits, - and _")
    )
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    kind = fields.String(load_default="survey", validate=validate.OneOf(SURVEY_KINDS))
    title = own.TextField(required=True)
    languages = fields.List(
        fields.String(validate=validate.Regexp(LANGUAGE, error="text.language|a language code such as vi or en")),
        required=True,
        validate=validate.Length(1, 20),
    )
    minutes = fields.Integer(strict=True, validate=validate.Range(1, 120))
    consent = own.TextField()
    about = own.TextField()
    closing = own.TextField()
    support = fields.List(fields.Nested(SupportSchema), validate=validate.Length(max=20))
    choice_lists = fields.Dict(
        keys=own.NameField(),
        values=fields.List(fields.Nested(ChoiceSchema), validate=validate.Length(1, MOST_CHOICES)),
        validate=validate.Length(max=200),
    )
    sections = fields.List(fields.Nested(SectionSchema), required=True, validate=validate.Length(1, 100))
    scales = fields.List(fields.Nested(ScaleSchema), validate=validate.Length(max=100))
    indicators = fields.List(fields.Nested(IndicatorSchema), validate=validate.Length(max=100))
    crossings = fields.List(own.CrossingField(), validate=validate.Length(max=MOST_CROSSINGS))
    show_answers = own.FlagField()
    quick = own.FlagField()
    pack = fields.Nested(PackSchema)
    media = MediaFilesField()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def is_bounded(self, _: Any, original: Any, **__: object) -> None:
        """A survey that nobody could answer, or no phone could hold, is refused whole."""
        if not isinstance(original, Mapping):
            return
        choice_lists = original.get("choice_lists")
        if isinstance(choice_lists, Mapping):
            total = sum(len(choices) for choices in choice_lists.values() if isinstance(choices, list))
            if total > MOST_CHOICES_IN_ALL:
                raise ValidationError(
                    say(
                        "survey.too_many_choices|a survey has at most {most_choices_in_all:,} choices in all",
                        most_choices_in_all=MOST_CHOICES_IN_ALL,
                    )
                )
        sections = original.get("sections")
        if not isinstance(sections, list):
            return
        lists = [section.get("questions") for section in sections if isinstance(section, Mapping)]
        if sum(len(questions) for questions in lists if isinstance(questions, list)) > MOST_QUESTIONS:
            raise ValidationError(
                say("survey.too_long|a survey has at most {most_questions:,} questions", most_questions=MOST_QUESTIONS)
            )
