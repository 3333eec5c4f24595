"""The days of a campaign: which of them a told day counts for, when it may be asked, and when it is over.

Imports nothing heavy: the processes that judge envelopes use it, too.
"""

from datetime import date, timedelta

HANDED_OUT_BEFORE = timedelta(days=14)
"""How long before its first day a campaign is handed out, for tablets that will have no network on that day."""


def within(day: date, opens: date, closes: date) -> date:
    """Return the day, or the nearest day of the period: a clock that is years off shall mark nothing by an odd date."""
    return min(max(day, opens), closes)


def ended_on(closes: date, closed_on: date | None) -> date:
    """Return the last day on which a campaign was asked: the last day of its period, or the day on which it was closed before."""
    return min(closes, closed_on or closes)
