"""How long to leave a failing peer alone, and how much to offer it then; a value, for whoever owns the timer."""

from dataclasses import dataclass

from sync.chance import Chance

LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff with full jitter, after `failures` failures in a row.

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

    def wait(self, failures: int, retry_after: float | None, chance: Chance) -> float:
        """The wait as the peer asked for it, an hour at most, where that is longer."""
        return max(self.delay(failures, chance), min(retry_after or 0.0, LONGEST_RETRY_AFTER))

    @staticmethod
    def batch_size(most: int, failures: int) -> int:
        """How many envelopes to offer: fewer after each failure, because a line too slow for a hundred may carry ten."""
        return max(1, most >> min(failures, 8))
