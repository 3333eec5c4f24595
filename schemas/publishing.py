"""A survey as it is published: one canonical document, with every expression as text and syntax tree, and its fingerprint."""

import hashlib
from collections.abc import Mapping

from schemas.canonical import canonical_json
from schemas.model import (
    Choice,
    DatedKey,
    Dimension,
    Expression,
    Indicator,
    IndicatorComparison,
    IndicatorTarget,
    PackFacts,
    Question,
    Range,
    Ratio,
    Scale,
    Section,
    SupportLine,
    Survey,
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
        crossings=[list(pair) for pair in survey.crossings],
        show_answers=survey.show_answers,
        quick=survey.quick,
        pack=_pack(survey.pack),
        media=survey.media,
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
    return _without_absent(
        label=line.label, phone=line.phone, note=line.note, verified=line.verified, checked_on=line.checked_on
    )


def _choice(choice: Choice) -> Document:
    return _without_absent(
        name=choice.name,
        label=choice.label,
        score=choice.score,
        exclusive=choice.exclusive,
        off_scale=choice.off_scale,
        other=choice.other,
        value=choice.value,
        columns=choice.columns,
        **choice.media,
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
        choice_filter=_expression(question.choice_filter),
        range=_range(question.range),
        dimension=_dimension(question.dimension),
        randomize=question.randomize,
        sensitive=question.sensitive,
        correct=_correct(question.keys),
        explain=question.explain,
        fact=question.fact,
        specifies=question.specifies,
        **question.media,
    )


def _correct(keys: tuple[DatedKey, ...]) -> object:
    if not keys:
        return None
    if keys == (DatedKey(keys[0].choice),):
        return keys[0].choice
    return [_without_absent(choice=key.choice, **{"from": key.start}, until=key.until) for key in keys]


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
        average=indicator.average,
        ratio=_ratio(indicator.ratio),
        compare=_comparison(indicator.comparison),
        base=_expression(indicator.base),
        target=_target(indicator.target),
    )


def _ratio(ratio: Ratio | None) -> Document | None:
    return {"of": _expression(ratio.of), "to": _expression(ratio.to)} if ratio else None


def _comparison(comparison: IndicatorComparison | None) -> Document | None:
    if comparison is None:
        return None
    groups = {"first": _expression(comparison.first), "second": _expression(comparison.second)}
    return {"indicator": comparison.indicator, **groups, "as": comparison.form}


def _pack(pack: PackFacts | None) -> Document | None:
    if pack is None:
        return None
    return _without_absent(
        population=pack.population,
        min_age=pack.min_age,
        min_n=pack.min_n,
        modes=list(pack.modes),
        targets=list(pack.targets),
        seed_rows=list(pack.seed_rows),
        referral_required=pack.referral_required,
    )


def _target(target: IndicatorTarget | None) -> Document | None:
    if target is None:
        return None
    return _without_absent(source=target.source, year=target.year, value=target.value, verified=target.verified)
