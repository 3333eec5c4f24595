"""What a person must look into: every entry that may not be told as fact, has grown old, has run out, or needs a telephone call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.registry.entry import MAX_AGE_DAYS, Entry
from schemas.registry.model import HelpLine
from schemas.registry.reader import Registry
from schemas.texts import in_language
from schemas.words import LANGUAGES, say, sentence, spoken

Matter = Literal["unsettled", "unverified", "outdated", "expired", "call"]


@dataclass(frozen=True, slots=True)
class Concern:
    """One entry and one thing that is to be done about it."""

    entry: Entry
    matter: Matter
    to_do: str


def concerns(registry: Registry, today: date, max_age_days: int = MAX_AGE_DAYS) -> tuple[Concern, ...]:
    """Everything to look into, in the order of the registry; what is over and was replaced is left in peace."""
    return tuple(
        concern
        for entry in registry.all_entries
        if not _replaced(registry, entry, today)
        for concern in _of(registry, entry, today, max_age_days)
    )


def _of(registry: Registry, entry: Entry, today: date, max_age_days: int) -> Iterator[Concern]:
    standing = entry.standing(today, max_age_days)
    if standing == "unsettled":
        points = {name: "; ".join(in_language(point.to_do, name) for point in entry.unsettled) for name in LANGUAGES}
        yield Concern(entry, standing, spoken(points))
    elif standing == "unverified":
        yield Concern(entry, standing, sentence("Read it in its source, and write the day into checked_on"))
    elif standing == "outdated":
        yield Concern(entry, standing, say("Last read on {day}: read it again", day=entry.checked_on))
    if entry.valid_to is not None and entry.valid_to < today and not _has_successor(registry, entry):
        yield Concern(
            entry, "expired", say("Ended on {day}: find what came after, or say that nothing did", day=entry.valid_to)
        )
    if isinstance(entry, HelpLine) and entry.called_on is None:
        to_do = say("Call {number}", number=entry.number) if entry.number else sentence("Find the number, and call it")
        yield Concern(entry, "call", to_do)


def _replaced(registry: Registry, entry: Entry, today: date) -> bool:
    return entry.valid_to is not None and entry.valid_to < today and _has_successor(registry, entry)


def _has_successor(registry: Registry, entry: Entry) -> bool:
    return entry.succeeded_by is not None or registry.history(entry.kind, entry.id)[-1] is not entry
