"""Whether the parts of a well-formed survey fit together: every name known, none twice, nothing that waits for itself."""

from collections import Counter
from collections.abc import Callable, Iterator

from schemas.choice_coherence import CHOICE_CHECKS
from schemas.expressions import references
from schemas.findings import Finding, error, place
from schemas.measure_coherence import MEASURE_CHECKS
from schemas.model import Survey
from schemas.ordering import circles
from schemas.parts import expressions, place_of_question
from schemas.questions import kind_of
from schemas.suggesting import with_suggestion
from schemas.text_coherence import TEXT_CHECKS
from schemas.words import say

Check = Callable[[Survey], Iterator[Finding]]


def incoherences(survey: Survey) -> list[Finding]:
    """Every error that only shows when the whole survey is looked at."""
    return [finding for check in CHECKS for finding in check(survey)]


def names_stand_once(survey: Survey) -> Iterator[Finding]:
    """Two things of one sort with the same name cannot be told apart."""
    yield from _twice("section", [section.name for section in survey.sections])
    yield from _twice("question", [question.name for question in survey.questions])
    yield from _twice("scale", [scale.name for scale in survey.scales])
    yield from _twice("indicator", [indicator.name for indicator in survey.indicators])
    yield from _twice("language", list(survey.languages))
    for name, choices in survey.choice_lists.items():
        yield from _twice("choice", [choice.name for choice in choices], f"choice list {name}")


def _twice(sort: str, names: list[str], where: str = "") -> Iterator[Finding]:
    counts = Counter(names)
    for name in (name for name, count in counts.items() if count > 1):
        yield error(
            "name.twice", place(where, f"{sort} {name}"), say("the name {name} stands more than once", name=name)
        )


def references_are_known(survey: Survey) -> Iterator[Finding]:
    """An expression may name only questions that exist and have a value."""
    valued = {question.name for question in survey.questions if kind_of(question).valued}
    for where, _, expression in expressions(survey):
        for name in sorted(references.names(expression) - valued):
            problem = say("there is no question {name} that has an answer", name=name)
            yield error("reference.unknown", where, with_suggestion(problem, name, sorted(valued)))
        for name in sorted(references.label_names(expression)):
            if not (name in survey.by_name and survey.by_name[name].choices):
                yield error(
                    "reference.no_choices",
                    where,
                    say("jr:choice-name() needs a question with choices, {name} is none", name=name),
                )


def self_has_a_meaning(survey: Survey) -> Iterator[Finding]:
    """The dot is an answer: a section, an indicator or the question of whether to ask at all has none."""
    for where, key, expression in expressions(survey):
        if key not in ("required", "constraint", "calculation") and references.uses_itself(expression):
            yield error("reference.self", where, "«.» has no value here; name the question as ${name}")


def chance_decides_nothing(survey: Survey) -> Iterator[Finding]:
    """What random() gives on the page cannot be repeated on the server, so no verdict may hang on it."""
    drawn = {
        question.name
        for question in survey.questions
        if question.calculation and references.calls(question.calculation, "random")
    }
    while more := {
        question.name
        for question in survey.questions
        if question.calculation and question.name not in drawn and references.names(question.calculation) & drawn
    }:
        drawn |= more
    for where, key, expression in expressions(survey):
        if key != "calculation" and (references.calls(expression, "random") or references.names(expression) & drawn):
            message = (
                "random() may only be used for what is shown: the server could not check an answer that hangs on it"
            )
            yield error("expression.random_decides", where, message)


def nothing_waits_for_itself(survey: Survey) -> Iterator[Finding]:
    """Whether to ask A may not hang on B when whether to ask B hangs on A."""
    for circle in circles(survey):
        first = survey.by_name[circle[0]]
        yield error(
            "reference.circular",
            place_of_question(first),
            say("goes round in a circle: {names}", names=" → ".join((*circle, circle[0]))),
        )


CHECKS: tuple[Check, ...] = (
    names_stand_once,
    references_are_known,
    self_has_a_meaning,
    chance_decides_nothing,
    nothing_waits_for_itself,
    *TEXT_CHECKS,
    *CHOICE_CHECKS,
    *MEASURE_CHECKS,
)
