"""Whether everything can happen: each section and question be asked, each constraint be satisfied, each list offer something.

A question counts as asked when there is a response without problems in which it is relevant; that a question is required is left
out of account, since a screen may show what follows before it is answered. What bounded work does not refute is believed.
"""

from collections.abc import Iterator
from datetime import date

from schemas.expressions import references
from schemas.findings import Finding, error, place, warning
from schemas.lint.search import Needed, Search
from schemas.model import Question, Section, Survey
from schemas.ordering import in_order
from schemas.parts import place_of_question
from schemas.words import say

MOST_FOR_AN_INDICATOR = 3_000


def everything_can_happen(survey: Survey, today: date | None = None) -> Iterator[Finding]:
    """What nobody would ever see or could ever answer, and conditions that decide nothing; in the order in which things stand."""
    search = Search(survey, today)
    sections: dict[str, Finding | None] = {}
    found: dict[str, list[Finding]] = {}
    # A question comes after what it looks at, so what nobody is asked is known before somebody looks at it.
    for question in in_order(survey):
        if question.section not in sections:
            sections[question.section] = _section(search.sections[question.section], search)
        finding = sections[question.section]
        if finding and finding.severity == "error":
            search.barred.add(question.name)
            found[question.name] = list(_inside_closed(question))
        else:
            found[question.name] = list(_question(question, search))
    for section in survey.sections:
        finding = sections.get(section.name)
        yield from (finding,) if finding else ()
        for question in section.questions:
            yield from found[question.name]
    yield from _indicators(survey, search)
    if search.unfinished:
        message = (
            "the conditions are so many and so entangled that not all could be tried out; those left were believed"
        )
        yield warning("reach.unfinished", "sections", message)


def _section(section: Section, search: Search) -> Finding | None:
    """An error if nobody comes to the section, a warning if its condition decides nothing."""
    if section.relevant is None:
        return None
    where = place(f"section {section.name}", "relevant")
    if not search.can_hold([Needed(section.relevant.tree)]):
        return error("relevant.never", where, "nobody would ever see this section")
    if not search.can_hold([Needed(section.relevant.tree, holds=False)]):
        return warning("relevant.always", where, "this is always so; leave it out, or mend what it compares")
    return None


def _inside_closed(question: Question) -> Iterator[Finding]:
    if question.required is not False and question.calculation is None:
        message = "is required but stands in a section that nobody would ever see"
        yield error("required.unreachable", place_of_question(question, "required"), message)


def _question(question: Question, search: Search) -> Iterator[Finding]:
    conditions = search.conditions(question)
    if question.relevant:
        where = place_of_question(question, "relevant")
        if not search.can_hold(conditions):
            search.barred.add(question.name)
            yield error("relevant.never", where, _nobody_sees(question, search))
            return
        *outer, own = conditions
        if not search.can_hold([*outer, Needed(own.tree, holds=False)]):
            yield warning("relevant.always", where, "this is always so; leave it out, or mend what it compares")
    elif conditions and not search.can_hold(conditions):
        search.barred.add(question.name)
    if question.name not in search.barred:
        yield from _answer(question, conditions, search)


def _nobody_sees(question: Question, search: Search) -> str:
    looked_at = references.names(question.relevant) if question.relevant else frozenset()
    lost = sorted(looked_at & search.barred)
    if lost:
        return say("nobody would ever see this question: nobody is ever asked {name}", name=lost[0])
    return "nobody would ever see this question"


def _answer(question: Question, conditions: list[Needed], search: Search) -> Iterator[Finding]:
    """What is asked of an answer: something on offer, and a constraint that takes some answers and refuses others."""
    demands = search.demands(question)
    offers = [needed for needed in demands if needed.offers]
    if offers and not search.can_hold([*conditions, *offers], question.name):
        message = "no choice would ever be offered"
        yield error("choice_filter.never", place_of_question(question, "choice_filter"), message)
        search.barred.add(question.name)
        return
    if question.constraint is None:
        return
    where = place_of_question(question, "constraint")
    if not search.can_hold([*conditions, *demands], question.name):
        yield error("constraint.never", where, "no answer satisfies this constraint")
        search.barred.add(question.name)
    elif not search.can_hold(
        [*conditions, *offers, Needed(question.constraint.tree, holds=False, own=question.name)], question.name
    ):
        yield warning("constraint.always", where, "every answer satisfies this constraint; leave it out, or mend it")


def _indicators(survey: Survey, search: Search) -> Iterator[Finding]:
    """An indicator of nobody, or of what nobody can be, would quietly come out empty or as nought."""
    for indicator in survey.indicators:
        base = [Needed(indicator.base.tree)] if indicator.base else []
        if base and not search.can_hold(base, most=MOST_FOR_AN_INDICATOR):
            yield warning(
                "indicator.nobody", place(f"indicator {indicator.name}", "base"), "nobody would ever belong to it"
            )
        elif indicator.expression and not search.can_hold(
            [*base, Needed(indicator.expression.tree)], most=MOST_FOR_AN_INDICATOR
        ):
            where = place(f"indicator {indicator.name}", "share")
            yield warning("indicator.never", where, "nobody of its base could ever be counted")
