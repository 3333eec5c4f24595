"""Whether what a survey measures can be worked out: dimensions, scales and indicators over questions that exist and count."""

from collections.abc import Callable, Iterator

from schemas.findings import Finding, error, place
from schemas.model import Indicator, Question, Survey
from schemas.parts import place_of_question, twice
from schemas.questions import kind_of
from schemas.suggesting import with_suggestion
from schemas.words import say

PLACES = ("site", "unit")


def dimensions_fit(survey: Survey) -> Iterator[Finding]:
    """Numbers are broken down by bands, choices as they are."""
    for question in survey.dimensions:
        numeric = kind_of(question).numeric
        if numeric and question.dimension and question.dimension.bands is None:
            message = "a number is broken down by bands: write {bands: [18, 25, 35]}"
            yield error("dimension.bands", place_of_question(question, "dimension"), message)
        if not numeric and question.dimension and question.dimension.bands is not None:
            yield error(
                "dimension.bands", place_of_question(question, "dimension"), "choices have no bands: write true"
            )


def crossings_fit(survey: Survey) -> Iterator[Finding]:
    """What is crossed are dimensions, workplaces and units, each pair once."""
    known = [*(question.name for question in survey.dimensions), *PLACES]
    seen: set[frozenset[str]] = set()
    for number, pair in enumerate(survey.crossings, 1):
        where = f"crossing #{number}"
        for name in pair:
            if name not in known:
                message = say("{name} is no dimension, and neither site nor unit", name=name[:40])
                yield error("crossing.unknown", where, with_suggestion(message, name, known))
        if set(pair) == set(PLACES):
            yield error("crossing.places", where, "every site is in one unit: there is nothing to cross")
        if frozenset(pair) in seen:
            yield error("name.twice", where, say("the crossing of {names} stands twice", names=" · ".join(pair)))
        seen.add(frozenset(pair))


def scales_have_scores(survey: Survey) -> Iterator[Finding]:
    """Every item of a scale exists, stands once, and can be scored."""
    for scale in survey.scales:
        where = place(f"scale {scale.name}", "items")
        yield from _items_twice([item.question for item in scale.items], f"scale {scale.name}")
        for item in scale.items:
            question = survey.by_name.get(item.question)
            if question is None:
                yield error(
                    "item.unknown",
                    where,
                    with_suggestion(
                        say("there is no question {question}", question=item.question[:40]),
                        item.question,
                        list(survey.by_name),
                    ),
                )
            elif scale.score == "percent_correct" and (question.correct is None or item.reversed):
                yield error(
                    "item.no_key",
                    where,
                    say(
                        "{name} needs the key correct, and no «-», to be counted as right or wrong", name=question.name
                    ),
                )
            elif scale.score == "mean" and not _scored(question):
                yield error(
                    "item.no_score",
                    where,
                    say("{name} needs a list in which each choice has a score or is off_scale", name=question.name),
                )


def _scored(question: Question) -> bool:
    if kind_of(question).numeric:
        return question.range is not None
    on_scale = [choice for choice in question.choices if not choice.off_scale]
    return (
        kind_of(question).chooses == "one"
        and len(on_scale) > 1
        and all(choice.score is not None for choice in on_scale)
    )


def indicators_measure_something(survey: Survey) -> Iterator[Finding]:
    """An indicator's scale and items exist."""
    scales = {scale.name for scale in survey.scales}
    for indicator in survey.indicators:
        where = f"indicator {indicator.name}"
        if indicator.kind == "mean" and indicator.scale not in scales:
            yield error(
                "scale.unknown",
                place(where, "mean"),
                with_suggestion(
                    say("there is no scale {scale}", scale=str(indicator.scale)[:40]),
                    str(indicator.scale),
                    sorted(scales),
                ),
            )
        yield from _items_twice(list(indicator.items), where)
        for name in indicator.items:
            question = survey.by_name.get(name)
            if question is None or kind_of(question).chooses != "one" or not _scored(question):
                message = say("{name} is no select_one whose choices have scores", name=name[:40])
                yield error("item.no_score", place(where, "top_two"), message)
        yield from _problems_of_figures(survey, indicator)


def _problems_of_figures(survey: Survey, indicator: Indicator) -> Iterator[Finding]:
    where = f"indicator {indicator.name}"
    if indicator.average is not None:
        asked = survey.by_name.get(indicator.average)
        if asked is None or not (kind_of(asked).numeric or kind_of(asked).calculated):
            message = say("{average} is no number and no calculation", average=indicator.average[:40])
            yield error("average.unknown", place(where, "average"), message)
    if indicator.comparison:
        other = next((one for one in survey.indicators if one.name == indicator.comparison.indicator), None)
        if other is None or other.comparison:
            message = say(
                "{indicator} is no other indicator that two groups can be compared by",
                indicator=indicator.comparison.indicator[:40],
            )
            yield error("compare.unknown", place(where, "compare", "indicator"), message)


def _items_twice(names: list[str], where: str) -> Iterator[Finding]:
    for name in twice(names):
        yield error("name.twice", place(where, f"item {name}"), say("the name {name} stands more than once", name=name))


MEASURE_CHECKS: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    dimensions_fit,
    crossings_fit,
    scales_have_scores,
    indicators_measure_something,
)
