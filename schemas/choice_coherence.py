"""Whether choices fit their questions: lists known, keys among them, filters that find columns, gates and "other" complete."""

from collections.abc import Callable, Iterator

from schemas.answer_keys import gap_in
from schemas.expressions import references
from schemas.findings import Finding, error
from schemas.kinds.limits import MOST_AT_ONCE
from schemas.model import Question, Section, Survey
from schemas.parts import place_of_question
from schemas.questions import GATE, GATE_CHOICES, kind_of
from schemas.suggesting import with_suggestion
from schemas.texts import folded
from schemas.words import say


def lists_are_known(survey: Survey) -> Iterator[Finding]:
    """A question takes its choices from a list that exists, and its keys from its choices."""
    for question in survey.questions:
        if question.list_name is not None and question.list_name not in survey.choice_lists:
            problem = say("there is no choice list {name}", name=question.list_name[:40])
            message = with_suggestion(problem, question.list_name, survey.choice_lists)
            yield error("list.unknown", place_of_question(question, "list"), message)
            continue
        names = {choice.name for choice in question.choices}
        for key in question.keys:
            if key.choice not in names:
                where = place_of_question(question, "correct")
                yield error("choice.unknown", where, no_such_choice(question, key.choice))
        if gap := gap_in(question.keys):
            yield error("correct.days", place_of_question(question, "correct"), gap)
        if question.explain and not question.keys:
            yield error("explain.no_key", place_of_question(question, "explain"), "there is no right answer to explain")


def no_such_choice(question: Question, given: str) -> str:
    """What to write in the place of what names no choice: the name behind a label, or the nearest name."""
    problem = say("{given} is not a choice of {question}", given=given[:40], question=question.name)
    for choice in question.choices:
        if any(folded(label).strip() == folded(given).strip() for label in choice.label.values()):
            return say("«{given}» is the label of {name}: write '{name}'", given=given[:40], name=choice.name)
    return with_suggestion(problem, given, [choice.name for choice in question.choices])


def long_lists_are_searched(survey: Survey) -> Iterator[Finding]:
    """Thousands of choices can be searched; nobody can put them in order, or read them above a table."""
    for section in survey.sections:
        for question in section.questions:
            if len(question.choices) > MOST_AT_ONCE and (
                kind_of(question).chooses == "order" or section.appearance == "table-list"
            ):
                message = say(
                    "a ranking or a table has at most {most_at_once} choices; longer lists are for select_one and select_multiple",
                    most_at_once=MOST_AT_ONCE,
                )
                yield error("list.too_long", place_of_question(question, "list"), message)


def filters_find_columns(survey: Survey) -> Iterator[Finding]:
    """A choice_filter asks for columns that some choice has."""
    for question in survey.questions:
        if question.choice_filter is None or not question.choices:
            continue
        known = {"name"}.union(*(choice.columns for choice in question.choices))
        for name in sorted(references.columns(question.choice_filter) - known):
            problem = say("no choice of {list} has a column {name}", list=question.list_name, name=name)
            message = with_suggestion(problem, name, sorted(known))
            yield error("column.unknown", place_of_question(question, "choice_filter"), message)
        if question.name in references.names(question.choice_filter):
            itself = "which choices are offered cannot hang on the answer itself"
            yield error("reference.self", place_of_question(question, "choice_filter"), itself)


def tables_share_one_list(survey: Survey) -> Iterator[Finding]:
    """A table has one row of headings, so its questions have one list of choices, all of them always."""
    for section in survey.sections:
        if section.appearance == "table-list":
            for question in section.questions:
                if kind_of(question).chooses != "one" or question.list_name != section.questions[0].list_name:
                    message = "in a table-list every question is a select_one with the same list"
                    yield error("table.mixed", place_of_question(question), message)
                elif question.choice_filter or any(choice.other for choice in question.choices):
                    message = "in a table-list the choices are always the same, and none opens a text"
                    yield error("table.mixed", place_of_question(question), message)


def gates_are_complete(survey: Survey) -> Iterator[Finding]:
    """A gate has its three ways, always the same, and stands alone, before what it guards."""
    for section in survey.sections:
        for question in section.questions:
            if question.appearance == GATE:
                yield from _problems_of_gate(section, question)


def _problems_of_gate(section: Section, question: Question) -> Iterator[Finding]:
    where = place_of_question(question)
    if tuple(choice.name for choice in question.choices) != GATE_CHOICES:
        yield error(
            "gate.choices",
            where,
            say("a gate has the choices {gate_choices}, in this order", gate_choices=", ".join(GATE_CHOICES)),
        )
    if [other.name for other in section.questions if kind_of(other).valued] != [question.name]:
        yield error("gate.alone", where, "a gate is the only question of its section")
    if question.randomize or question.choice_filter or question.relevant:
        yield error("gate.open", where, "a gate stands open for everybody: no relevant, choice_filter or randomize")


def others_have_a_text(survey: Survey) -> Iterator[Finding]:
    """A list has at most one choice that opens a text, and each question on it has that text right behind it."""
    for name, choices in survey.choice_lists.items():
        if sum(choice.other for choice in choices) > 1:
            yield error("other.twice", f"choice list {name}", "only one choice of a list may open a text")
    companions = {question.specifies: question for question in survey.questions if question.specifies}
    for question in survey.questions:
        if any(choice.other for choice in question.choices) and question.name not in companions:
            message = say("the name {name}_other is taken; the text of its «other» needs it", name=question.name)
            yield error("other.no_text", place_of_question(question), message)
        if question.specifies:
            yield from _problems_of_companion(survey, question)


def _problems_of_companion(survey: Survey, text: Question) -> Iterator[Finding]:
    where = place_of_question(text, "specifies")
    asked = survey.by_name.get(text.specifies or "")
    if asked is None or not any(choice.other for choice in asked.choices):
        yield error(
            "other.unknown",
            where,
            say("{specifies} is no question with a choice that is «other»", specifies=str(text.specifies)[:40]),
        )
    elif asked.section != text.section:
        yield error("other.elsewhere", where, say("this text stands in the section of {name}", name=asked.name))
    elif text.relevant is None or asked.name not in references.names(text.relevant):
        yield error(
            "other.relevant", where, say("this text is asked only where «other» was chosen in {name}", name=asked.name)
        )
    if sum(other.specifies == text.specifies for other in survey.questions) > 1:
        yield error("other.twice", where, "two texts specify the same question")


def dates_are_coarse(survey: Survey) -> Iterator[Finding]:
    """A full date, such as a birth date, identifies a person; an officer's report may name one."""
    for question in survey.questions:
        if (
            kind_of(question).entry == "day"
            and question.appearance is None
            and survey.kind not in ("unit_form", "nomination")
        ):
            message = "a full date, such as a birth date, identifies; choose the appearance year or month-year"
            yield error("type.identifies", place_of_question(question, "appearance"), message)


CHOICE_CHECKS: tuple[Callable[[Survey], Iterator[Finding]], ...] = (
    lists_are_known,
    long_lists_are_searched,
    filters_find_columns,
    tables_share_one_list,
    gates_are_complete,
    others_have_a_text,
    dates_are_coarse,
)
