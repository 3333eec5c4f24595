"""A survey as it is published: one canonical document, with every expression as text and syntax tree, and its fingerprint."""

import hashlib
from collections.abc import Mapping

from schemas.canonical import canonical_json
from schemas.model import (
    Choice,
    Dimension,
    Expression,
    Indicator,
    Question,
    Range,
    Scale,
    Section,
    SupportLine,
    Survey,
    Target,
)

Document = dict[str, object]


def published(survey: Survey) -> Document:
    """The document that the page, the collector and the server share; loading it gives the same survey again."""
    return _without_absent(
        id=survey.id,
        version=survey.version,
        kind=survey.kind,
        title=survey.title,
        languages=list(survey.languages),
        minutes=survey.minutes,
        consent=survey.consent,
        about=survey.about,
        closing=survey.closing,
        support=[_support(line) for line in survey.support],
        choice_lists={name: [_choice(choice) for choice in choices] for name, choices in survey.choice_lists.items()},
        sections=[_section(section) for section in survey.sections],
        scales=[_scale(scale) for scale in survey.scales],
        indicators=[_indicator(indicator) for indicator in survey.indicators],
    )


def fingerprint(document: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical document, in hex: two surveys are one and the same if their fingerprints are."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def _without_absent(**keys: object) -> Document:
    """What says nothing is left out: None, false, and empty lists and mappings."""
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in keys.items() if _says(value)}


def _says(value: object) -> bool:
    return value is not None and value is not False and value not in ([], {})


def _expression(expression: Expression | bool | None) -> object:
    if not isinstance(expression, Expression):
        return expression
    return {"text": expression.text, "tree": expression.tree}


def _support(line: SupportLine) -> Document:
    return _without_absent(label=line.label, phone=line.phone, note=line.note, verified=line.verified)


def _choice(choice: Choice) -> Document:
    return _without_absent(
        name=choice.name, label=choice.label, score=choice.score, exclusive=choice.exclusive, off_scale=choice.off_scale
    )


def _section(section: Section) -> Document:
    return _without_absent(
        name=section.name,
        title=section.title,
        sensitive=section.sensitive,
        relevant=_expression(section.relevant),
        appearance=section.appearance,
        randomize=section.randomize,
        questions=[_question(question) for question in section.questions],
    )


def _question(question: Question) -> Document:
    return _without_absent(
        type=question.type,
        name=question.name,
        label=question.label,
        hint=question.hint,
        list=question.list_name,
        appearance=question.appearance,
        required=_expression(question.required),
        relevant=_expression(question.relevant),
        constraint=_expression(question.constraint),
        constraint_message=question.constraint_message,
        calculation=_expression(question.calculation),
        range=_range(question.range),
        dimension=_dimension(question.dimension),
        randomize=question.randomize,
        sensitive=question.sensitive,
        correct=question.correct,
        fact=question.fact,
    )


def _range(bounds: Range | None) -> Document | None:
    return {"start": bounds.start, "end": bounds.end, "step": bounds.step} if bounds else None


def _dimension(dimension: Dimension | None) -> object:
    if dimension is None or dimension.bands is None:
        return dimension is not None
    return {"bands": list(dimension.bands)}


def _scale(scale: Scale) -> Document:
    items = [f"-{item.question}" if item.reversed else item.question for item in scale.items]
    return {"name": scale.name, "title": dict(scale.title), "items": items, "score": scale.score}


def _indicator(indicator: Indicator) -> Document:
    return _without_absent(
        name=indicator.name,
        title=indicator.title,
        share=_expression(indicator.expression),
        mean=indicator.scale,
        top_two=list(indicator.items),
        base=_expression(indicator.base),
        target=_target(indicator.target),
    )


def _target(target: Target | None) -> Document | None:
    if target is None:
        return None
    return _without_absent(source=target.source, year=target.year, value=target.value, verified=target.verified)
