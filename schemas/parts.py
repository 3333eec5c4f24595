"""A survey's parts with their places, in the words of every finding: where its texts, expressions and files stand."""

from collections.abc import Iterable, Iterator

from schemas.findings import place
from schemas.model import Expression, Indicator, Question, Section, Survey
from schemas.texts import Text


def place_of_question(question: Question, key: str = "") -> str:
    """Where a question stands, in the words of every finding."""
    return place(f"section {question.section}", f"question {question.name}", key)


def expressions(survey: Survey) -> Iterator[tuple[str, str, Expression]]:
    """Every expression of the survey with its place and its key."""
    for section in survey.sections:
        yield from _given(f"section {section.name}", section, ("relevant",))
        for question in section.questions:
            yield from _given(
                place_of_question(question),
                question,
                ("relevant", "required", "constraint", "calculation", "choice_filter"),
            )
    for indicator in survey.indicators:
        yield from _of_indicator(f"indicator {indicator.name}", indicator)


def _given(
    where: str, holder: Section | Question | Indicator, keys: Iterable[str]
) -> Iterator[tuple[str, str, Expression]]:
    for key in keys:
        value = getattr(holder, key)
        if isinstance(value, Expression):
            shown = "share" if key == "expression" else key
            yield place(where, shown), shown, value


def _of_indicator(where: str, indicator: Indicator) -> Iterator[tuple[str, str, Expression]]:
    yield from _given(where, indicator, ("expression", "base"))
    if indicator.ratio:
        yield place(where, "ratio", "of"), "of", indicator.ratio.of
        yield place(where, "ratio", "to"), "to", indicator.ratio.to
    if indicator.comparison:
        yield place(where, "compare", "first"), "first", indicator.comparison.first
        yield place(where, "compare", "second"), "second", indicator.comparison.second


def texts(survey: Survey) -> Iterator[tuple[str, Text]]:
    """Every text of the survey with its place."""
    yield from _texts_around(survey)
    for name, choices in survey.choice_lists.items():
        for choice in choices:
            yield place(f"choice list {name}", f"choice {choice.name}"), choice.label
    for section in survey.sections:
        if section.title:
            yield place(f"section {section.name}", "title"), section.title
        for question in section.questions:
            yield from _texts_of_question(question)
    for scale in survey.scales:
        yield place(f"scale {scale.name}", "title"), scale.title
    for indicator in survey.indicators:
        yield place(f"indicator {indicator.name}", "title"), indicator.title


def _texts_around(survey: Survey) -> Iterator[tuple[str, Text]]:
    for key in ("title", "consent", "about", "closing"):
        if (text := getattr(survey, key)) is not None:
            yield key, text
    if survey.pack and survey.pack.population:
        yield "pack / population", survey.pack.population
    for number, line in enumerate(survey.support, 1):
        yield place(f"support line #{number}", "label"), line.label
        if line.note:
            yield place(f"support line #{number}", "note"), line.note


def _texts_of_question(question: Question) -> Iterator[tuple[str, Text]]:
    for key in ("label", "hint", "constraint_message", "explain"):
        if text := getattr(question, key):
            yield place_of_question(question, key), text


def media(survey: Survey) -> Iterator[tuple[str, Text]]:
    """Every mention of a file with its place."""
    for name, choices in survey.choice_lists.items():
        for choice in choices:
            for slot, files in choice.media.items():
                yield place(f"choice list {name}", f"choice {choice.name}", slot), files
    for question in survey.questions:
        for slot, files in question.media.items():
            yield place_of_question(question, slot), files


def twice(names: list[str]) -> list[str]:
    """The names that stand more than once, each once."""
    return list(dict.fromkeys(name for name in names if names.count(name) > 1))
