"""What else an author should think about: facts that nobody checked, and what is left over."""

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.days import of_exact_days
from schemas.findings import Finding, place, warning
from schemas.model import Survey
from schemas.parts import place_of_question
from schemas.questions import kind_of
from schemas.texts import folded
from schemas.words import say

MOST_DAYS_SINCE_A_CALL = 90
A_DAY, A_YEAR = date(2026, 1, 1), 365
NAMED = ("unit_form", "nomination")


def facts_were_checked(survey: Survey) -> Iterator[Finding]:
    """Numbers to call and to be held to have been verified by a person."""
    for number, line in enumerate(survey.support, 1):
        if not line.verified:
            yield warning(
                "support.unverified", f"support line #{number}", "nobody has confirmed this number by calling it"
            )
    for indicator in survey.indicators:
        if indicator.target and not indicator.target.verified:
            where = place(f"indicator {indicator.name}", "target")
            yield warning("target.unverified", where, "nobody has confirmed this target in its source")


def lines_were_called_lately(survey: Survey, today: date) -> Iterator[Finding]:
    """A number that worked last year may ring in an empty room when somebody needs it."""
    for number, line in enumerate(survey.support, 1):
        if not line.verified or line.checked_on is None:
            continue
        days = (today - date.fromisoformat(line.checked_on)).days
        if days > MOST_DAYS_SINCE_A_CALL:
            message = say(
                "the last test call was {days} days ago; call again within {most_days_since_a_call} days before fieldwork",
                days=days,
                most_days_since_a_call=MOST_DAYS_SINCE_A_CALL,
            )
            yield warning("support.stale", f"support line #{number}", message)


def averages_can_be_shown(survey: Survey) -> Iterator[Finding]:
    """Of anonymous people a mean is shown only where it is known how far one of them can move it."""
    for indicator in survey.indicators:
        asked = survey.by_name.get(indicator.average or "")
        if asked and kind_of(asked).numeric and asked.range is None and survey.kind not in NAMED:
            message = say("{name} has no range, so its average will not be shown: give it one", name=asked.name)
            yield warning("average.unbounded", place(f"indicator {indicator.name}", "average"), message)


def steps_are_looked_at(survey: Survey) -> Iterator[Finding]:
    """Only a slider goes by steps; of a number that is typed every value between the ends is taken."""
    for question in survey.questions:
        if question.range and question.range.step != 1 and not kind_of(question).stepped:
            message = "steps count for the type range only; here a constraint does it, such as . mod 1000 = 0"
            yield warning("range.step", place_of_question(question, "range"), message)


def coarse_days_are_enough(survey: Survey, today: date | None = None) -> Iterator[Finding]:
    """A campaign may record the month of an answer only; what is worked out from the very day then cannot be known."""
    first = (today or A_DAY).replace(day=1)
    for name in of_exact_days(survey, "month", first, first + timedelta(days=A_YEAR)):
        message = "differs from day to day, so a campaign that records only weeks or months does not take this survey"
        yield warning("day.exact", place_of_question(survey.by_name[name], "calculation"), message)


def lists_are_used_and_clear(survey: Survey) -> Iterator[Finding]:
    """Lists that no question uses, and labels that look alike in one list."""
    used = {question.list_name for question in survey.questions}
    for name, choices in survey.choice_lists.items():
        if name not in used:
            yield warning("list.unused", f"choice list {name}", "no question uses this list")
        for language in survey.languages:
            seen: set[str] = set()
            for choice in choices:
                bare = folded(choice.label.get(language, choice.name))
                if bare in seen:
                    where = place(f"choice list {name}", f"choice {choice.name}", language)
                    yield warning("choice.alike", where, "another choice of this list reads the same")
                seen.add(bare)
