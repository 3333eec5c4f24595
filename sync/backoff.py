"""How long to leave a peer alone, as a value; and the pace of one sender, who is told how each turn went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.chance import Chance
from sync.clock import Clock


@dataclass(frozen=True, slots=True)
class Backoff:
    """How many seconds to leave a peer alone after `failures` failures in a row: exponential, with full jitter.

    One second, because a lost packet is over by then; fifteen minutes, because a bus ride out of coverage is not shorter and a
    tablet that came back should not wait much longer. The jitter keeps five hundred phones from coming back together.
    """

    first: float = 1.0
    longest: float = 900.0

    def ceiling(self, failures: int) -> float:
        """The longest that the wait can be after so many failures."""
        return min(self.longest, self.first * 2.0 ** min(max(failures, 1), 32))

    def delay(self, failures: int, chance: Chance) -> float:
        """The wait in seconds: anything between the first and the ceiling, all equally likely."""
        return chance.uniform(self.first, self.ceiling(failures))


LONGEST_RETRY_AFTER = 3600.0


class Pace:
    """When one sender may try again. Survives a clock that jumps: no wait is believed that is longer than any can be."""

    def __init__(self, clock: Clock, chance: Chance, backoff: Backoff | None = None) -> None:
        self._clock, self._chance, self._backoff = clock, chance, backoff or Backoff()
        self._due: datetime | None = None
        self.failures = 0
        self.stopped = False

    def is_due(self) -> bool:
        """Whether a turn may start now."""
        if self.stopped:
            return False
        if self._due is None:
            return True
        left = (self._due - self._clock.now()).total_seconds()
        return left <= 0 or left > max(self._backoff.longest, LONGEST_RETRY_AFTER)

    def portion(self, most: int) -> int:
        """How many envelopes to offer: fewer after each failure, because a line too slow for a hundred may carry ten."""
        return max(1, most >> min(self.failures, 8))

    def succeeded(self) -> None:
        """The peer took something: the next turn may start at once."""
        self.failures, self._due = 0, None

    def failed(self, retry_after: float | None = None) -> None:
        """The turn came to nothing: wait as the peer asked (an hour at most), else as the backoff says."""
        self.failures += 1
        wait = self._backoff.delay(self.failures, self._chance)
        if retry_after is not None:
            wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
        self._due = self._clock.now() + timedelta(seconds=wait)

    def stop(self) -> None:
        """The peer does not know us: no turn starts until somebody enrols again."""
        self.stopped = True

    def at_once(self) -> None:
        """The network came back, a person asked for it, or the collector enrolled again: try now, forget the waiting."""
        self.stopped, self.failures, self._due = False, 0, None
