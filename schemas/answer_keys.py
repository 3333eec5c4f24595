"""Which answer of a quiz was right on a day: laws change, and a key is chosen by the day on which people were asked."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from schemas.model import DatedKey, Question, Survey
from schemas.words import say


def in_force(keys: tuple[DatedKey, ...], day: date) -> DatedKey | None:
    """The key of that day; before the first one's start the first, as that is what its author knew. None if there is no key."""
    begun = [key for key in keys if key.start is None or key.start <= day.isoformat()]
    return begun[-1] if begun else keys[0] if keys else None


def on(survey: Survey, day: date) -> Survey:
    """The survey with each quiz question's key of that day and no other."""
    if not any(len(question.keys) > 1 for question in survey.questions):
        return survey
    sections = tuple(
        replace(section, questions=tuple(_keyed(question, day) for question in section.questions))
        for section in survey.sections
    )
    return replace(survey, sections=sections)


def turns_between(keys: tuple[DatedKey, ...], first: date, last: date) -> list[date]:
    """The days after the first, up to the last, on which another answer begins to be right."""
    begun = (date.fromisoformat(key.start) for key in keys[1:] if key.start)
    return [day for day in begun if first < day <= last]


def gap_in(keys: tuple[DatedKey, ...]) -> str | None:
    """What is wrong with the days of the keys: they must follow one another without gap or overlap. None if nothing is."""
    for earlier, later in pairwise(keys):
        if earlier.until is None or later.start is None:
            return "each key but the last says until when it was right, each but the first from when"
        if date.fromisoformat(earlier.until) + timedelta(days=1) != date.fromisoformat(later.start):
            return say("after {until} comes the next day, not {start}", until=earlier.until, start=later.start)
    backwards = [key for key in keys if key.start and key.until and key.start > key.until]
    return (
        say("{start} is later than {until}", start=backwards[0].start, until=backwards[0].until) if backwards else None
    )


def _keyed(question: Question, day: date) -> Question:
    key = in_force(question.keys, day)
    return question if key is None or len(question.keys) == 1 else replace(question, keys=(DatedKey(key.choice),))
