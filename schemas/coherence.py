"""Whether the parts of a well-formed survey fit together: every name known, none twice, nothing that waits for itself."""

from collections.abc import Callable, Iterable, Iterator

from schemas.expressions import references
from schemas.findings import Finding, error, place
from schemas.model import Expression, Indicator, Question, Section, Survey
from schemas.ordering import circles
from schemas.texts import Text

Check = Callable[[Survey], Iterator[Finding]]


def incoherences(survey: Survey) -> list[Finding]:
    """Every error that only shows when the whole survey is looked at."""
    return [finding for check in CHECKS for finding in check(survey)]


def place_of_question(question: Question, key: str = "") -> str:
    """Where a question stands, in the words of every finding."""
    return place(f"section {question.section}", f"question {question.name}", key)


def expressions(survey: Survey) -> Iterator[tuple[str, str, Expression]]:
    """Every expression of the survey with its place and its key."""
    for section in survey.sections:
        yield from _given(f"section {section.name}", section, ("relevant",))
        for question in section.questions:
            yield from _given(
                place_of_question(question), question, ("relevant", "required", "constraint", "calculation")
            )
    for indicator in survey.indicators:
        yield from _given(f"indicator {indicator.name}", indicator, ("expression", "base"))


def _given(
    where: str, holder: Section | Question | Indicator, keys: Iterable[str]
) -> Iterator[tuple[str, str, Expression]]:
    for key in keys:
        value = getattr(holder, key)
        if isinstance(value, Expression):
            shown = "share" if key == "expression" else key
            yield place(where, shown), shown, value


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
    for number, line in enumerate(survey.support, 1):
        yield place(f"support line #{number}", "label"), line.label
        if line.note:
            yield place(f"support line #{number}", "note"), line.note


def _texts_of_question(question: Question) -> Iterator[tuple[str, Text]]:
    for key in ("label", "hint", "constraint_message"):
        if text := getattr(question, key):
            yield place_of_question(question, key), text


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
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield error("name.twice", place(where, f"{sort} {name}"), f"the name {name} stands more than once")


def texts_have_the_first_language(survey: Survey) -> Iterator[Finding]:
    """A text in an undeclared language is a slip; one without the default language could not be shown."""
    declared = set(survey.languages)
    for where, text in texts(survey):
        if unknown := sorted(set(text) - declared):
            yield error("text.unknown_language", where, f"{', '.join(unknown)} is not among the survey's languages")
        if survey.languages[0] not in text:
            yield error(
                "text.missing", where, f"the text is missing in {survey.languages[0]}, the survey's first language"
            )


def lists_are_known(survey: Survey) -> Iterator[Finding]:
    """A question takes its choices from a list that exists, and its key from its choices."""
    for question in survey.questions:
        if question.list_name is not None and question.list_name not in survey.choice_lists:
            known = ", ".join(survey.choice_lists) or "none"
            message = f"there is no choice list {question.list_name[:40]}; there are: {known}"
            yield error("list.unknown", place_of_question(question, "list"), message)
        elif question.correct is not None and question.correct not in {choice.name for choice in question.choices}:
            message = f"{question.correct[:40]} is not a choice of {question.list_name}"
            yield error("choice.unknown", place_of_question(question, "correct"), message)


def references_are_known(survey: Survey) -> Iterator[Finding]:
    """An expression may name only questions that exist and have a value."""
    valued = {question.name for question in survey.questions if question.type != "note"}
    for where, _, expression in expressions(survey):
        for name in sorted(references.names(expression) - valued):
            yield error("reference.unknown", where, f"there is no question {name} that has an answer")
        for name in sorted(references.label_names(expression)):
            if not (name in survey.by_name and survey.by_name[name].choices):
                yield error(
                    "reference.no_choices", where, f"jr:choice-name() needs a question with choices, {name} is none"
                )


def self_has_a_meaning(survey: Survey) -> Iterator[Finding]:
    """The dot is an answer: a section, an indicator or the question of whether to ask at all has none."""
    for where, key, expression in expressions(survey):
        if key in ("relevant", "share", "base") and references.uses_itself(expression):
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
            f"goes round in a circle: {' → '.join((*circle, circle[0]))}",
        )


def dimensions_fit(survey: Survey) -> Iterator[Finding]:
    """Numbers are broken down by bands, choices as they are."""
    for question in survey.dimensions:
        numeric = question.type in ("integer", "range")
        if numeric and question.dimension and question.dimension.bands is None:
            message = "a number is broken down by bands: write {bands: [18, 25, 35]}"
            yield error("dimension.bands", place_of_question(question, "dimension"), message)
        if not numeric and question.dimension and question.dimension.bands is not None:
            yield error(
                "dimension.bands", place_of_question(question, "dimension"), "choices have no bands: write true"
            )


def tables_share_one_list(survey: Survey) -> Iterator[Finding]:
    """A table has one row of headings, so its questions have one list of choices."""
    for section in survey.sections:
        if section.appearance == "table-list":
            for question in section.questions:
                if question.type != "select_one" or question.list_name != section.questions[0].list_name:
                    message = "in a table-list every question is a select_one with the same list"
                    yield error("table.mixed", place_of_question(question), message)


def scales_have_scores(survey: Survey) -> Iterator[Finding]:
    """Every item of a scale exists, stands once, and can be scored."""
    for scale in survey.scales:
        where = place(f"scale {scale.name}", "items")
        yield from _twice("item", [item.question for item in scale.items], f"scale {scale.name}")
        for item in scale.items:
            question = survey.by_name.get(item.question)
            if question is None:
                yield error("item.unknown", where, f"there is no question {item.question[:40]}")
            elif scale.score == "percent_correct" and (question.correct is None or item.reversed):
                yield error(
                    "item.no_key",
                    where,
                    f"{question.name} needs the key correct, and no «-», to be counted as right or wrong",
                )
            elif scale.score == "mean" and not _scored(question):
                yield error(
                    "item.no_score",
                    where,
                    f"{question.name} needs a list in which each choice has a score or is off_scale",
                )


def _scored(question: Question) -> bool:
    if question.type in ("range", "integer"):
        return question.range is not None
    on_scale = [choice for choice in question.choices if not choice.off_scale]
    return question.type == "select_one" and len(on_scale) > 1 and all(choice.score is not None for choice in on_scale)


def indicators_measure_something(survey: Survey) -> Iterator[Finding]:
    """An indicator's scale and items exist."""
    scales = {scale.name for scale in survey.scales}
    for indicator in survey.indicators:
        where = f"indicator {indicator.name}"
        if indicator.kind == "mean" and indicator.scale not in scales:
            yield error("scale.unknown", place(where, "mean"), f"there is no scale {str(indicator.scale)[:40]}")
        yield from _twice("item", list(indicator.items), where)
        for name in indicator.items:
            question = survey.by_name.get(name)
            if question is None or question.type != "select_one" or not _scored(question):
                message = f"{name[:40]} is no select_one whose choices have scores"
                yield error("item.no_score", place(where, "top_two"), message)


def messages_have_a_constraint(survey: Survey) -> Iterator[Finding]:
    """A message for a constraint that is not there would never be shown."""
    for question in survey.questions:
        if question.constraint_message is not None and question.constraint is None:
            yield error(
                "constraint.missing",
                place_of_question(question, "constraint_message"),
                "there is no constraint to go with it",
            )


CHECKS: tuple[Check, ...] = (
    names_stand_once,
    texts_have_the_first_language,
    lists_are_known,
    references_are_known,
    self_has_a_meaning,
    chance_decides_nothing,
    nothing_waits_for_itself,
    dimensions_fit,
    tables_share_one_list,
    scales_have_scores,
    indicators_measure_something,
    messages_have_a_constraint,
)
