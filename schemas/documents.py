"""From a survey document (an author's, or a published one) to the frozen Survey; unknown keys are errors, all named at once."""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from schemas import fields as own
from schemas.model import Choice, Indicator, Question, Scale, Section, SupportLine, Survey, Target
from schemas.questions import KINDS
from schemas.texts import LANGUAGE

SURVEY_KINDS = ("survey", "quiz", "event", "unit_form", "feedback", "nomination")


class StrictSchema(Schema):
    """A key that is not named here is an error."""

    class Meta:
        """How marshmallow is told so."""

        unknown = RAISE


class ChoiceSchema(StrictSchema):
    """One choice of a list."""

    name = own.NameField(required=True)
    label = own.TextField(required=True)
    score = own.NumberField()
    exclusive = own.FlagField()
    off_scale = own.FlagField()


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
    range = own.RangeField()
    dimension = own.DimensionField()
    randomize = own.FlagField()
    sensitive = own.FlagField()
    correct = fields.String()
    fact = fields.String(validate=validate.Length(1, 40))

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def keys_fit_the_type(self, _: Any, original: Any, **__: object) -> None:
        """Keys that the type needs or does not know."""
        type_name = original.get("type") if isinstance(original, Mapping) else None
        kind = KINDS.get(type_name) if isinstance(type_name, str) else None
        if kind is None:
            return
        wrong = {key: [f"key.missing|{type_name} needs this key"] for key in kind.needs - original.keys()}
        wrong |= {
            key: [f"key.not_here|{type_name} has no {key}"]
            for key in original.keys() & self.fields.keys()
            if key not in kind.keys
        }
        if (given := original.get("appearance")) is not None and kind.appearances and given not in kind.appearances:
            wrong["appearance"] = [f"appearance.unknown|{type_name} may look: {', '.join(sorted(kind.appearances))}"]
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


class IndicatorSchema(StrictSchema):
    """One figure of the report, in exactly one of three forms."""

    name = own.NameField(required=True)
    title = own.TextField(required=True)
    share = own.ExpressionField()
    mean = fields.String()
    top_two = own.ItemsField()
    base = own.ExpressionField()
    target = fields.Nested(TargetSchema)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def has_one_form(self, _: Any, original: Any, **__: object) -> None:
        """Either a share, or a mean, or the top two."""
        if isinstance(original, Mapping) and len(original.keys() & {"share", "mean", "top_two"}) != 1:
            raise ValidationError("indicator.form|an indicator has exactly one of share, mean and top_two")


class SupportSchema(StrictSchema):
    """Where a person can turn."""

    label = own.TextField(required=True)
    phone = fields.String(
        required=True, validate=validate.Regexp(r"[0-9+() .-]{2,30}\Z", error="phone.shape|a phone number")
    )
    note = own.TextField()
    verified = own.FlagField()


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
        values=fields.List(fields.Nested(ChoiceSchema), validate=validate.Length(1, 200)),
        validate=validate.Length(max=200),
    )
    sections = fields.List(fields.Nested(SectionSchema), required=True, validate=validate.Length(1, 100))
    scales = fields.List(fields.Nested(ScaleSchema), validate=validate.Length(max=100))
    indicators = fields.List(fields.Nested(IndicatorSchema), validate=validate.Length(max=100))


def load_document(document: object) -> Survey:
    """The survey behind the document; raises ValidationError with marshmallow's tree of messages."""
    data: dict[str, Any] = SurveySchema().load(document)  # type: ignore[arg-type]
    lists = {
        name: tuple(Choice(**choice) for choice in choices) for name, choices in data.pop("choice_lists", {}).items()
    }
    return Survey(
        **{
            **data,
            "languages": tuple(data["languages"]),
            "support": tuple(SupportLine(**line) for line in data.get("support", ())),
            "sections": tuple(_section(section, lists) for section in data["sections"]),
            "scales": tuple(_scale(scale) for scale in data.get("scales", ())),
            "indicators": tuple(_indicator(indicator) for indicator in data.get("indicators", ())),
        },
        choice_lists=lists,
    )


def _section(data: dict[str, Any], lists: Mapping[str, tuple[Choice, ...]]) -> Section:
    questions = tuple(_question(question, data["name"], lists) for question in data["questions"])
    return Section(
        name=data["name"],
        title=data.get("title"),
        sensitive=data.get("sensitive", False),
        relevant=data.get("relevant"),
        appearance=data.get("appearance"),
        randomize=data.get("randomize", False),
        questions=questions,
    )


def _question(data: dict[str, Any], section: str, lists: Mapping[str, tuple[Choice, ...]]) -> Question:
    list_name = data.pop("list", None)
    choices = lists.get(list_name, ()) if list_name else ()
    return Question(**{"label": {}, **data}, section=section, list_name=list_name, choices=choices)


def _scale(data: dict[str, Any]) -> Scale:
    return Scale(**{**data, "items": tuple(own.scale_item(item) for item in data["items"])})


def _indicator(data: dict[str, Any]) -> Indicator:
    kind = next(form for form in ("share", "mean", "top_two") if form in data)
    target = data.get("target")
    return Indicator(
        name=data["name"],
        title=data["title"],
        kind=kind,
        expression=data.get("share"),
        scale=data.get("mean"),
        items=tuple(data.get("top_two", ())),
        base=data.get("base"),
        target=Target(**target) if target else None,
    )
