"""What was counted at a workplace or by a collector, where refusals may be told, and what looks odd. Counts only, nobody's answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from server.fieldwork.monitoring.pace import last_day

MANY_REFUSALS = 0.15
SILENT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace of a campaign: who works there (0: nobody said), who answered and declined, the period of the last count."""

    id: str
    name: str
    unit: str
    headcount: int
    collected: int = 0
    refused: int = 0
    last: date | None = None

    @property
    def share(self) -> float | None:
        """Return answers by headcount; None where nobody said how many work there. More than 1 where more answered than work there."""
        return self.collected / self.headcount if self.headcount else None


@dataclass(frozen=True, slots=True)
class Device:
    """A collector that counted in a campaign: what it counted, at how many workplaces, and the period of its last count."""

    id: str
    name: str
    collected: int
    refused: int
    places: int
    last: date
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look into: its kind (`over`, `refusals`, `device_refusals`, `silent`, `untouched`, `unknown`) and where."""

    kind: str
    name: str
    number: int = 0
    day: date | None = None


def places_showing_refusals(places: Sequence[Place], least: int) -> frozenset[str]:
    """Return the workplaces of which it may be told how many declined: where at least `least` people were asked.

    Among a handful, a count of refusals points at people. What is left out has together at least `least` people asked, or is all
    there is: the sum over all tells no less by subtraction. Nothing is left out where nobody was asked.
    """
    asked = sorted((one.collected + one.refused, one.id) for one in places if one.collected + one.refused)
    hidden: set[str] = set()
    people = 0
    for number, name in asked:
        if number >= least and (not hidden or people >= least):
            break
        hidden.add(name)
        people += number
    return frozenset(one.id for one in places) - hidden


def flags_of_places(places: Sequence[Place], least: int, *, running: bool) -> Iterator[Flag]:
    """Name workplaces with more answers than people, with many refusals, not begun, or without a headcount."""
    showing = places_showing_refusals(places, least)
    for one in places:
        if one.headcount and one.collected > one.headcount:
            yield Flag("over", one.name, one.collected - one.headcount)
        if one.id in showing and _many(one.collected, one.refused, least):
            yield Flag("refusals", one.name, round(100 * one.refused / (one.collected + one.refused)))
        if running and not one.collected + one.refused:
            yield Flag("untouched", one.name)
        if not one.headcount:
            yield Flag("unknown", one.name)


def flags_of_devices(devices: Sequence[Device], unit: str, least: int, today: date, *, running: bool) -> Iterator[Flag]:
    """Name collectors with many refusals, and those whose last counted period ended more than `SILENT_DAYS` days ago.

    How many declined on one is not told: see `places_showing_refusals`.
    """
    for one in devices:
        if _many(one.collected, one.refused, least):
            yield Flag("device_refusals", one.name)
        if running and not one.revoked and (today - last_day(one.last, unit)).days > SILENT_DAYS:
            yield Flag("silent", one.name, day=one.last)


def _many(collected: int, refused: int, least: int) -> bool:
    asked = collected + refused
    return asked >= max(least, 1) and refused / asked > MANY_REFUSALS
