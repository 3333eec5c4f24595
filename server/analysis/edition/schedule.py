"""When an edition is due, and what it holds (DISCLOSURE.md, rule 1).

In: how many people every edition added, which editions had breakdowns, how many have come since, and whether the campaign is
closed. Out: what is due now, and what may be said of the next edition: the rule, never how many have come.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from server.analysis.policy import Policy

DOUBLED = 2
"""Breakdowns before closing are made anew when so many times as many people have answered."""

RARER = 20
"""While a campaign runs, an edition adds at least this part of the people of the last one: else there were thousands of editions."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due. `pins`: new people go into the edition; without, it counts those of the last one again, by axes."""

    pins: bool
    breakdowns: bool

    @property
    def nothing(self) -> bool:
        """Tell that no edition is due."""
        return not (self.pins or self.breakdowns)


@dataclass(frozen=True, slots=True)
class Next:
    """What may be said of the next edition.

    `when`: `more`, when at least `step` more people have answered since the last one, or the campaign closes; `late`, the campaign
    is closed, and only another `step` late answers would bring one; a rest of fewer is in none. `breakdowns_from`: with so many
    people in all there would be breakdowns before closing; None when it is closed.
    """

    when: Literal["more", "late"]
    step: int
    breakdowns_from: int | None


def due(
    people: Mapping[int, int],
    waiting: int,
    breakdowns: Collection[int],
    policy: Policy,
    *,
    sensitive: bool,
    closed: bool,
) -> Due:
    """Say what is due.

    `people`: how many every edition added; `waiting`: how many answered and are in none; `breakdowns`: editions that had them.
    `sensitive`: the survey has a sensitive question, and the whole campaign moves on in larger steps.
    """
    pins = waiting >= (policy.step(sensitive=sensitive) if closed else _step(people, policy, sensitive=sensitive))
    total = sum(people.values()) + (waiting if pins else 0)
    broken_down = _broken_down(people, breakdowns)
    if closed:
        return Due(pins, total > broken_down)
    return Due(pins, pins and total >= _breakdowns_from(broken_down, policy))


def next_edition(
    people: Mapping[int, int], breakdowns: Collection[int], policy: Policy, *, sensitive: bool, closed: bool
) -> Next:
    """Say when the next edition is due, from what is public anyway."""
    if closed:
        return Next("late", policy.step(sensitive=sensitive), None)
    return Next(
        "more", _step(people, policy, sensitive=sensitive), _breakdowns_from(_broken_down(people, breakdowns), policy)
    )


def _step(people: Mapping[int, int], policy: Policy, *, sensitive: bool) -> int:
    """Give how many people an edition adds at least while a campaign runs."""
    return max(policy.step(sensitive=sensitive), sum(people.values()) // RARER)


def _broken_down(people: Mapping[int, int], breakdowns: Collection[int]) -> int:
    """Count the people of the last edition with breakdowns."""
    last = max(breakdowns, default=0)
    return sum(added for edition, added in people.items() if edition <= last)


def _breakdowns_from(broken_down: int, policy: Policy) -> int:
    return max(policy.early_breakdown, DOUBLED * broken_down)
