"""What may be answered to one question, as data: whoever reasons about answers asks for this and never for a type's name.

Look at one with `match` and end in `assert_never`: then a new form of answer that was forgotten somewhere is an error of mypy's.
"""

from dataclasses import dataclass
from typing import Literal

DayForm = Literal["", "year", "month-year"]
"""Any day; or only the first of each year or month, so that no more than that is known."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these texts."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least one of these names, in any order; those of `alone` only by themselves."""

    names: tuple[str, ...]
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class InOrder:
    """These names, each once: all of them, unless a filter decides which (`whole` is false)."""

    names: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The numbers `start`, `start + step`, … up to `end`."""

    start: float
    end: float
    step: float = 1

    @property
    def whole(self) -> bool:
        """Whether all of them are whole numbers."""
        return self.step % 1 == 0 and self.start % 1 == 0


@dataclass(frozen=True, slots=True)
class AnyNumber:
    """Every number from `start` to `end`, whole or not."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ADay:
    """A day of the years that are taken at all (schemas.kinds.limits.YEARS)."""

    form: DayForm


@dataclass(frozen=True, slots=True)
class Words:
    """Whatever somebody writes, up to so many signs."""

    longest: int


Domain = OneOf | SomeOf | InOrder | Steps | AnyNumber | ADay | Words
