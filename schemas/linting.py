"""What a survey's author must mend, and should think about, before workers see it. Each code is explained in LINT.md."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from schemas.expressions.budget import the_page_stays_quick
from schemas.findings import Finding
from schemas.lint.empty_answers import empty_answers_are_considered
from schemas.lint.groups import Headcount, ReidentificationTable, groups_stay_large, reidentification
from schemas.lint.identity import nobody_is_asked_who_they_are, rare_traits_are_asked_with_care, words_decide_nothing
from schemas.lint.literals import dates_are_compared_with_dates, thousands_have_no_mark
from schemas.lint.names import (
    compared_choices_exist,
    every_text_is_translated,
    names_differ_by_more_than_case,
    texts_hide_nothing,
)
from schemas.lint.reach import everything_can_happen
from schemas.lint.reading import it_is_short_enough, it_takes_as_long_as_it_says, media_arrive_in_time
from schemas.lint.reminders import (
    averages_can_be_shown,
    coarse_days_are_enough,
    facts_were_checked,
    lines_were_called_lately,
    lists_are_used_and_clear,
    steps_are_looked_at,
)
from schemas.lint.scales import (
    answer_scales_keep_their_order,
    likert_lists_are_balanced,
    scales_are_keyed_both_ways,
    statements_are_plain,
)
from schemas.lint.sensitive import (
    gates_open_something,
    looks_give_nothing_away,
    open_parts_hang_on_nothing_sensitive,
    people_are_informed_and_helped,
    sensitive_questions_can_be_refused,
)
from schemas.model import Survey
from schemas.registry.checks import registry_findings

__all__ = ["Headcount", "ReidentificationTable", "lint", "reidentification"]

RULES: tuple[Callable[[Survey], Iterable[Finding]], ...] = (
    every_text_is_translated,
    texts_hide_nothing,
    names_differ_by_more_than_case,
    nobody_is_asked_who_they_are,
    compared_choices_exist,
    dates_are_compared_with_dates,
    thousands_have_no_mark,
    the_page_stays_quick,
    answer_scales_keep_their_order,
    it_is_short_enough,
    it_takes_as_long_as_it_says,
    media_arrive_in_time,
    likert_lists_are_balanced,
    scales_are_keyed_both_ways,
    statements_are_plain,
    people_are_informed_and_helped,
    sensitive_questions_can_be_refused,
    looks_give_nothing_away,
    open_parts_hang_on_nothing_sensitive,
    gates_open_something,
    rare_traits_are_asked_with_care,
    words_decide_nothing,
    facts_were_checked,
    lists_are_used_and_clear,
    averages_can_be_shown,
    steps_are_looked_at,
    empty_answers_are_considered,
)


def lint(survey: Survey, *, today: date | None = None, sites: Sequence[Headcount] = ()) -> list[Finding]:
    """Every finding, the errors first; a survey without errors may be published.

    With `today`, days that are past are held to be past and what the survey says is held against the registry; with `sites`, its
    groups are held against the people who work there.
    """
    found = [finding for rule in RULES for finding in rule(survey)]
    found += groups_stay_large(survey, sites)
    found += everything_can_happen(survey, today)
    found += coarse_days_are_enough(survey, today)
    if today:
        found += [*lines_were_called_lately(survey, today), *registry_findings(survey, today)]
    return sorted(found, key=lambda finding: finding.severity != "error")
