"""From a document of the right shape to the frozen Survey: names resolved, what goes without saying said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schemas import quick
from schemas.documents import SurveySchema
from schemas.expressions.parsing import parse
from schemas.fields import scale_item
from schemas.kinds.kind import MEDIA_SLOTS
from schemas.model import (
    Choice,
    Expression,
    Indicator,
    IndicatorComparison,
    IndicatorKind,
    IndicatorTarget,
    PackFacts,
    Question,
    Ratio,
    Scale,
    Section,
    SupportLine,
    Survey,
)
from schemas.questions import KINDS
from schemas.texts import Text, nearest

# What stands over the text of an "other" choice, where its author wrote none.
SPECIFY = {"vi": "Xin ghi rõ", "en": "Please specify"}
_FORMS: tuple[IndicatorKind, ...] = ("share", "mean", "top_two", "average", "ratio", "compare")


def load_document(document: object) -> Survey:
    """The survey behind the document; raises ValidationError with marshmallow's tree of messages."""
    data: dict[str, Any] = quick.said(SurveySchema().load(document))  # type: ignore[arg-type]
    lists = {
        name: tuple(_choice(choice) for choice in choices) for name, choices in data.pop("choice_lists", {}).items()
    }
    languages = tuple(data["languages"])
    specified = {
        question["specifies"]
        for section in data["sections"]
        for question in section["questions"]
        if "specifies" in question
    }
    return Survey(
        **{
            **data,
            "languages": languages,
            "support": tuple(SupportLine(**line) for line in data.get("support", ())),
            "sections": tuple(_section(section, lists, languages, specified) for section in data["sections"]),
            "scales": tuple(_scale(scale) for scale in data.get("scales", ())),
            "indicators": tuple(_indicator(indicator) for indicator in data.get("indicators", ())),
            "crossings": tuple(data.get("crossings", ())),
            "pack": _pack(data["pack"]) if "pack" in data else None,
        },
        choice_lists=lists,
    )


Lists = Mapping[str, tuple[Choice, ...]]


def _section(data: dict[str, Any], lists: Lists, languages: tuple[str, ...], specified: set[str]) -> Section:
    questions: dict[str, Question] = {}
    for number, item in enumerate(data["questions"]):
        question = _question(item, data["name"], lists)
        if question.specifies and not question.relevant and (asked := questions.get(question.specifies)):
            question = replace(question, relevant=_when_other(asked))
        # a name that stands twice is told later; here nothing may be lost of it
        questions[question.name if question.name not in questions else f"{question.name} #{number}"] = question
        if _other_of(question) is not None and question.name not in specified:
            companion = _companion(question, languages)
            questions.setdefault(companion.name, companion)
    return Section(
        name=data["name"],
        title=data.get("title"),
        sensitive=data.get("sensitive", False),
        relevant=data.get("relevant"),
        appearance=data.get("appearance"),
        randomize=data.get("randomize", False),
        questions=tuple(questions.values()),
    )


def _question(data: dict[str, Any], section: str, lists: Lists) -> Question:
    list_name = data.pop("list", None)
    choices = lists.get(list_name, ()) if list_name else ()
    keys, media = data.pop("correct", ()), _media(data)
    if fixed := KINDS[data["type"]].fixed_range:
        data = {**data, "range": fixed}
    return Question(
        **{"label": {}, **data}, section=section, list_name=list_name, choices=choices, keys=keys, media=media
    )


def _other_of(question: Question) -> str | None:
    return next((choice.name for choice in question.choices if choice.other), None)


def _when_other(question: Question) -> Expression | None:
    other = _other_of(question)
    return None if other is None else parse(f"selected(${{{question.name}}}, '{other}')")


def _companion(question: Question, languages: tuple[str, ...]) -> Question:
    """The text that opens under an "other" choice; English where nobody said it in the survey's first language."""
    label = {language: SPECIFY[spoken] for language in languages if (spoken := nearest(SPECIFY, language))}
    return Question(
        type="text",
        name=f"{question.name}_other",
        section=question.section,
        label={languages[0]: SPECIFY["en"]} | label,
        relevant=_when_other(question),
        specifies=question.name,
        sensitive=question.sensitive,
    )


def _media(data: dict[str, Any]) -> Mapping[str, Text]:
    return {slot: data.pop(slot) for slot in MEDIA_SLOTS if slot in data}


def _choice(data: dict[str, Any]) -> Choice:
    media = _media(data)
    return Choice(**data, media=media)


def _scale(data: dict[str, Any]) -> Scale:
    return Scale(**{**data, "items": tuple(scale_item(item) for item in data["items"])})


def _indicator(data: dict[str, Any]) -> Indicator:
    target, ratio, comparison = data.get("target"), data.get("ratio"), data.get("compare")
    return Indicator(
        name=data["name"],
        title=data["title"],
        kind=next(form for form in _FORMS if form in data),
        expression=data.get("share"),
        scale=data.get("mean"),
        items=tuple(data.get("top_two", ())),
        base=data.get("base"),
        target=IndicatorTarget(**target) if target else None,
        average=data.get("average"),
        ratio=Ratio(**ratio) if ratio else None,
        comparison=IndicatorComparison(**comparison) if comparison else None,
    )


def _pack(data: dict[str, Any]) -> PackFacts:
    lists = {key: tuple(data.pop(key, ())) for key in ("modes", "targets", "seed_rows")}
    return PackFacts(modes=lists["modes"], targets=lists["targets"], seed_rows=lists["seed_rows"], **data)
