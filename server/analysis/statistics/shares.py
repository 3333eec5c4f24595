"""Shares of people: of those asked, or of those among them who gave an answer that counts."""

import math

from server.analysis.edition.figures import End, Missing, Span
from server.analysis.statistics.estimates import SHARE_PEOPLE, Estimate, Worked
from server.analysis.statistics.intervals import Interval, wilson
from server.analysis.statistics.known import Known, Mask, Part, without


def share_of(known: Known, those: Mask, among: Mask, least: int = 1) -> Worked:
    """Give the share that the people in some categories are of those in others (`those` lies inside `among`; shapes: categories).

    Interval: Wilson's, from its lower end where the brackets leave the share least to its upper end where they leave it most. For
    one answer and a known base this is the hull of Wilson's intervals of all counts in the bracket.
    `least`: so many people must surely be in the base. Missing("few") where they are not, or where anything from nobody to
    everybody would fit the brackets.
    """
    rest = without(among, those)
    inside, outside = known.part(those), known.part(rest)
    base, sure, is_asked = _base(known, among)
    people = Span(inside.bracket.low, min(inside.bracket.high, base.high))
    n = inside.value + outside.value
    if sure < least or n <= 0 or (people.low == 0 and people.high >= base.high):
        return Missing("few")
    least_of, most_of = _extremes(inside, outside, base if is_asked else None)
    value = inside.value / n
    low = wilson(least_of[0] / least_of[1], least_of[1] * known.worth).low if least_of[1] > 0 else 0.0
    high = wilson(most_of[0] / most_of[1], most_of[1] * known.worth).high if most_of[1] > 0 else 1.0
    weights = [(1 - value) / n if one else -value / n if other else 0.0 for one, other in zip(those, rest, strict=True)]
    blur = known.variance_of(weights)
    error = math.sqrt(value * (1 - value) / (n * known.worth) + blur)
    return Estimate(
        SHARE_PEOPLE,
        value,
        Interval(min(low, value), max(high, value)),
        error,
        blur,
        max(n - 1, 1.0),
        people,
        n,
        end=_end(known, those, people, base, value),
    )


def _base(known: Known, among: Mask) -> tuple[Span, int, bool]:
    """Give the bracket of a base, how many are surely in it, and whether it has a size or a bracket of its own.

    Everybody has, and so have all who were asked.
    """
    held = known.part(among)
    if all(among):
        return Span(known.size, known.size), held.sure.low, True
    if among == known.base:
        return known.asked, held.sure.low, True
    return Span(held.sure.low, min(held.bracket.high, known.asked.high)), held.sure.low, False


def _extremes(inside: Part, outside: Part, base: Span | None) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give people and base where the share is least, and where it is most; `base` where that has a bracket of its own."""
    if base is not None:
        return (inside.low, max(base.high, inside.low)), (inside.high, max(base.low, inside.high))
    return (inside.low, inside.low + outside.high), (inside.high, inside.high + outside.low)


def _end(known: Known, those: Mask, people: Span, base: Span, value: float) -> End:
    """Tell whether a share stands at an end: one answer by its bracket, several together when they would print as 0 or 100 %."""
    if sum(those) == 1:
        return "under" if people.low == 0 else "at_least" if people.high >= base.high else ""
    if people.low == 0 and value < 0.005:
        return "under"
    return "at_least" if value > 0.995 and not known.part(without(known.base, those)).sure.low else ""
