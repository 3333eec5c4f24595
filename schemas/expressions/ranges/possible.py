"""What a value may be while nobody has answered yet: some values written out, spans of numbers and days, sets of choices, any text.

A `Possible` names at least all that can occur, never less: what is impossible by it is impossible. Parts of it may name too much;
schemas.lint.search then cuts the answers into smaller pieces until each verdict is plain.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.expressions.values import EPOCH, NAN, Value, as_day, equal, is_empty, to_boolean, to_number

Span = tuple[float, float]
Truth = tuple[bool, bool]
MAY, TRUE, FALSE, NEITHER = (True, True), (True, False), (False, True), (False, False)
ANY_NUMBER: Span = (-math.inf, math.inf)
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Names of choices with a space between, in any order: all of `must`, none beyond `may`, so many in all (at least one)."""

    must: frozenset[str]
    may: frozenset[str]
    least: int
    most: int

    @property
    def count(self) -> Span:
        """How many names there may be."""
        return float(max(self.least, len(self.must), 1)), float(min(self.most, len(self.may)))

    def has(self, name: str) -> Truth:
        """Whether the name is among those chosen."""
        if name in self.must:
            return TRUE
        return FALSE if name not in self.may or len(self.must) >= self.most else MAY

    def fits(self, text: str) -> bool:
        """Whether the text may be what was chosen."""
        words = text.split(" ")
        names = frozenset(words)
        least, most = self.count
        return len(words) == len(names) and self.must <= names <= self.may and least <= len(names) <= most


@dataclass(frozen=True, slots=True)
class Wording:
    """Any text of such a length, apart from some."""

    shortest: int = 0
    longest: int = LONGEST
    without: frozenset[str] = frozenset()

    def fits(self, text: str) -> bool:
        """Whether it may be this text."""
        return self.shortest <= len(text) <= self.longest and text not in self.without


@dataclass(frozen=True, slots=True)
class Possible:
    """All that a value may be: the union of its parts. `days` are ISO texts between two days, counted from 1970."""

    exact: tuple[Value, ...] = ()
    span: Span | None = None
    days: Span | None = None
    chosen: Chosen | None = None
    text: Wording | None = None

    def is_exact(self) -> bool:
        """Whether every value is written out."""
        return self.span is None and self.days is None and self.chosen is None and self.text is None

    def parts(self) -> Iterator["Possible"]:
        """What is not written out, each sort by itself."""
        for name in ("span", "days", "chosen", "text"):
            if (part := getattr(self, name)) is not None:
                yield Possible(**{name: part})


def exactly(*values: Value) -> Possible:
    """These values and no others."""
    return Possible(exact=values)


EMPTY = exactly("")
TRUTHS: dict[Truth, Possible] = {
    MAY: exactly(True, False),
    TRUE: exactly(True),
    FALSE: exactly(False),
    NEITHER: Possible(),
}
ANYTHING = Possible(exact=(True, False, NAN), span=ANY_NUMBER, text=Wording())
ANY_TEXT = Possible(text=Wording())
ANY_RESULT = Possible(exact=(NAN,), span=ANY_NUMBER)


def union(many: Iterable[Possible]) -> Possible:
    """All that any of them may be."""
    every = list(many)
    if len(every) == 1:
        return every[0]
    written = [value for one in every for value in one.exact]
    exact = tuple({(type(value), value): value for value in written}.values())
    chosen = [one.chosen for one in every if one.chosen]
    texts = [one.text for one in every if one.text]
    if len(chosen) > 1:
        texts.append(Wording(1))
    return Possible(
        exact=exact,
        span=hull(one.span for one in every),
        days=hull(one.days for one in every),
        chosen=chosen[0] if len(chosen) == 1 else None,
        text=_wider(texts) if texts else None,
    )


def _wider(texts: list[Wording]) -> Wording:
    without = frozenset.intersection(*(text.without for text in texts))
    return Wording(min(text.shortest for text in texts), max(text.longest for text in texts), without)


def hull(spans: Iterable[Span | None]) -> Span | None:
    """The span from the least to the greatest; None when there is none."""
    there = [span for span in spans if span is not None]
    return (min(low for low, _ in there), max(high for _, high in there)) if there else None


def numbers(value: Possible, *, skip_empty: bool = False) -> tuple[Span | None, bool]:
    """The span of what the value is as a number, and whether it may be none (NaN); empty texts may be left out of account."""
    if value.span and not value.exact and not value.text and not value.days and not value.chosen:
        return value.span, False
    read = [to_number(one) for one in value.exact if not (skip_empty and isinstance(one, str) and one == "")]
    found = [one for one in read if not math.isnan(one)]
    if value.is_exact():
        return (min(found), max(found)) if found else None, len(found) < len(read)
    spans = [value.span, value.days, (min(found), max(found)) if found else None]
    nan = len(found) < len(read)
    if value.chosen:
        nan = True
        named = [number for name in value.chosen.may if not math.isnan(number := to_number(name))]
        spans.append((min(named), max(named)) if named else None)
    if value.text:
        nan = True
        spans.append(ANY_NUMBER)
    return hull(spans), nan


def number(span: Span | None, nan: bool) -> Possible:
    """The numbers of a span, and what is no number if there may be such."""
    written: tuple[Value, ...] = (NAN,) if nan else ()
    if span and span[0] == span[1]:
        return Possible(exact=(*written, span[0]))
    return Possible(exact=written, span=span)


def truth(value: Possible) -> Truth:
    """Whether it may count as true, and as false."""
    written = {to_boolean(one) for one in value.exact}
    may, may_not = True in written, False in written
    if value.span:
        low, high = value.span
        may, may_not = may or (low, high) != (0, 0), may_not or low <= 0 <= high
    if value.text:
        may, may_not = may or value.text.longest > 0, may_not or value.text.shortest == 0
    return may or value.days is not None or value.chosen is not None, may_not


def either(*truths: Truth) -> Truth:
    """What may be said when any of them may be the case."""
    return any(may for may, _ in truths), any(may_not for _, may_not in truths)


def opposite(one: Truth) -> Truth:
    """Of the contrary."""
    return one[1], one[0]


def equality(left: Possible, right: Possible) -> Truth:
    """Whether the two may be equal, and may differ, by XPath's rules."""
    found = [_written_equal(left.exact, right.exact)]
    found += [_part_equal(part, exactly(value)) for part in left.parts() for value in right.exact]
    found += [_part_equal(part, exactly(value)) for part in right.parts() for value in left.exact]
    found += [_part_equal(one, other) for one in left.parts() for other in right.parts()]
    return either(*found)


def _written_equal(left: tuple[Value, ...], right: tuple[Value, ...]) -> Truth:
    if not left or not right:
        return NEITHER
    if all(isinstance(value, str) for value in (*left, *right)):
        ours, theirs = set(left), set(right)
        return bool(ours & theirs), len(ours | theirs) > 1
    verdicts = {equal(one, other) for one in left[:LONGEST_LIST] for other in right[:LONGEST_LIST]}
    cut = len(left) > LONGEST_LIST or len(right) > LONGEST_LIST
    return cut or True in verdicts, cut or False in verdicts


LONGEST_LIST = 250


def _part_equal(part: Possible, other: Possible) -> Truth:
    """One part that is not written out against one value or another part."""
    value = other.exact[0] if other.exact else None
    if isinstance(value, bool):
        may, may_not = truth(part)
        may_not = may_not or _may_read(part, "false")
        return (may, may_not) if value else (may_not, may)
    if part.span or other.span or isinstance(value, float):
        return numerically("=", part, other)
    if value is not None:
        return (_may_read(part, str(value)), True)
    if part.days and other.days:
        return (part.days[0] <= other.days[1] and other.days[0] <= part.days[1], True)
    return MAY


def _may_read(part: Possible, text: str) -> bool:
    if part.days:
        day = as_day(text)
        return day is not None and day.isoformat() == text and part.days[0] <= (day - EPOCH).days <= part.days[1]
    return bool((part.chosen and part.chosen.fits(text)) or (part.text and part.text.fits(text)))


_COMPARED: dict[str, Callable[[Span, Span], Truth]] = {
    "<": lambda a, b: (a[0] < b[1], a[1] >= b[0]),
    "<=": lambda a, b: (a[0] <= b[1], a[1] > b[0]),
    ">": lambda a, b: (a[1] > b[0], a[0] <= b[1]),
    ">=": lambda a, b: (a[1] >= b[0], a[0] < b[1]),
    "=": lambda a, b: (a[0] <= b[1] and b[0] <= a[1], not a[0] == a[1] == b[0] == b[1]),
}


def numerically(operator: str, left: Possible, right: Possible) -> Truth:
    """Whether the comparison may hold, and may fail; what is no number fails every one of them."""
    (ours, first_nan), (theirs, second_nan) = numbers(left), numbers(right)
    may, may_not = _COMPARED[operator](ours, theirs) if ours and theirs else NEITHER
    return may, may_not or first_nan or second_nan


def not_empty(value: Possible) -> Possible:
    """The value without the empty text and without what is no number."""
    text = replace(value.text, shortest=max(value.text.shortest, 1)) if value.text else None
    return replace(value, exact=tuple(one for one in value.exact if not is_empty(one)), text=text)


def as_stored(value: Possible) -> Possible:
    """The value as a calculation holds it: what is no number is empty."""
    return replace(value, exact=tuple("" if is_empty(one) else one for one in value.exact))


def may_be_empty(value: Possible) -> bool:
    """Whether it may say nothing."""
    return any(is_empty(one) for one in value.exact) or bool(value.text and value.text.shortest == 0)


def is_nothing(value: Possible) -> bool:
    """Whether no value is left."""
    return not value.exact and value.is_exact()
