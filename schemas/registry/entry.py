"""What the registry knows: dated entries that say where they come from, how sure they are and when somebody last read them there.

An entry's own words are raw material. Whoever prints one as true asks `as_fact`, which gives nothing where a point is open;
whoever prints it all the same asks `shown`, which says aloud that it is unverified.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, Literal, Self, TypeVar

from schemas.texts import Text, in_language

Confidence = Literal["high", "medium", "low"]
Standing = Literal["settled", "unverified", "outdated", "unsettled"]
MAX_AGE_DAYS = 365

E_co = TypeVar("E_co", bound="Entry", covariant=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read, in words that let a person find it again."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A question that nobody has settled, and what a person must do to settle it."""

    id: str
    question: Text
    to_do: Text


@dataclass(frozen=True, slots=True)
class Remarks:
    """The words that stand beside an entry which may not be told as fact."""

    unverified: Text
    outdated: Text


@dataclass(frozen=True, slots=True)
class Fact(Generic[E_co]):
    """An entry that may be told as true, with its statement and the day on which it was last read in its source.

    Only `as_fact` makes one: whoever takes a Fact as argument cannot be handed anything that is open.
    """

    entry: E_co
    text: Text
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(ABC):
    """One thing that holds from a day on, perhaps until a day, as told by its sources."""

    kind: ClassVar[str]

    id: str
    valid_from: date
    valid_to: date | None
    source: tuple[Source, ...]
    confidence: Confidence
    checked_on: date | None
    unsettled: tuple[OpenPoint, ...]
    succeeded_by: str | None
    note: Text | None
    remarks: Remarks

    @property
    @abstractmethod
    def claim(self) -> Text:
        """What the entry says, in each language, without a remark: only for a person who mends the registry."""

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in its time."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def standing(self, today: date, max_age_days: int = MAX_AGE_DAYS) -> Standing:
        """How far it may be trusted; what is over and was read after its end grows no older."""
        if self.unsettled:
            return "unsettled"
        if self.checked_on is None or self.confidence != "high":
            return "unverified"
        closed = self.valid_to is not None and self.valid_to < self.checked_on
        if not closed and (today - self.checked_on).days > max_age_days:
            return "outdated"
        return "settled"

    def as_fact(self, today: date, max_age_days: int = MAX_AGE_DAYS) -> "Fact[Self] | None":
        """The statement as one that may be told as true; None unless it is settled."""
        if self.checked_on is None or self.standing(today, max_age_days) != "settled":
            return None
        return Fact(self, self.claim, self.checked_on)

    def shown(self, language: str, today: date, max_age_days: int = MAX_AGE_DAYS) -> str:
        """The statement for a reader, with the remark that its standing calls for."""
        said = in_language(self.claim, language)
        remark = self.remark(language, today, max_age_days)
        return f"{said} ({remark})" if remark else said

    def remark(self, language: str, today: date, max_age_days: int = MAX_AGE_DAYS) -> str:
        """What must stand beside anything that is printed from the entry; empty when it is settled."""
        standing = self.standing(today, max_age_days)
        if standing == "settled":
            return ""
        if standing == "outdated" and self.checked_on is not None:
            return f"{in_language(self.remarks.outdated, language)} {self.checked_on:%d/%m/%Y}"
        reasons = [in_language(point.question, language) for point in self.unsettled]
        return ": ".join([in_language(self.remarks.unverified, language), *(["; ".join(reasons)] if reasons else [])])
