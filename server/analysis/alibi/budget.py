"""How much work a check may be. Work is counted, so that the same people always have the same edition, however busy the machine is."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work one check may be, and how large its steps are.

    `work`: cells of tables looked at, some forty million a second. `block`: cells of an array at a time. `variables`: the
    largest program that is begun. `seconds` by `clock` (seconds from anywhere, never backwards) is the last resort against a
    machine that stands still: what it cuts short could come out otherwise another time, and the log says so.
    """

    clock: Callable[[], float]
    work: int = 2_000_000_000
    seconds: float = 600.0
    block: int = 2_000_000
    variables: int = 5_000


@dataclass(slots=True)
class Watch:
    """A budget as it is used up. `done`: cells looked at."""

    budget: Budget
    done: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin."""
        self.began = self.budget.clock()

    def add(self, cells: int) -> None:
        """Note work."""
        self.done += cells

    @property
    def seconds_left(self) -> float:
        """Give what the clock leaves."""
        return self.budget.seconds - (self.budget.clock() - self.began)

    @property
    def cut_short(self) -> bool:
        """Tell whether it is the clock that ended the check."""
        return self.seconds_left <= 0

    @property
    def over(self) -> bool:
        """Tell whether no more may be done."""
        return self.done >= self.budget.work or self.cut_short
