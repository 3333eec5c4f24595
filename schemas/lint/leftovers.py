"""What else an author should think about: facts that nobody checked, and what is left over."""

from collections.abc import Iterator
from datetime import date

from schemas.findings import Finding, place, warning
from schemas.model import Survey
from schemas.questions import NUMBERS
from schemas.texts import folded

MOST_DAYS_SINCE_A_CALL = 90
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
            message = f"the last test call was {days} days ago; call again within {MOST_DAYS_SINCE_A_CALL} days before fieldwork"
            yield warning("support.stale", f"support line #{number}", message)


def averages_can_be_shown(survey: Survey) -> Iterator[Finding]:
    """Of anonymous people a mean is shown only where it is known how far one of them can move it."""
    for indicator in survey.indicators:
        asked = survey.by_name.get(indicator.average or "")
        if asked and asked.type in NUMBERS and asked.range is None and survey.kind not in NAMED:
            message = f"{asked.name} has no range, so its average will not be shown: give it one"
            yield warning("average.unbounded", place(f"indicator {indicator.name}", "average"), message)


def nothing_is_left_over(survey: Survey) -> Iterator[Finding]:
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
