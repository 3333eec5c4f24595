"""The answers that a question may get, in pieces that can be cut smaller: at the values that its conditions speak of, then in halves."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import permutations
from typing import assert_never

from schemas.expressions.ranges.possible import Chosen, Possible, Wording, exactly
from schemas.expressions.values import EPOCH, Value, to_number
from schemas.kinds.domains import ADay, AnyNumber, Domain, InOrder, OneOf, SomeOf, Steps, Words
from schemas.kinds.limits import LARGEST_NUMBER, YEARS
from schemas.model import Question
from schemas.questions import kind_of

MOST_ORDERED = 4


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers and texts that the conditions speak of: where to cut first."""

    numbers: tuple[float, ...] = ()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Some of a question's possible answers. `size` tells how many there are, about; a piece of size 1 cannot be cut."""

    possible: Possible
    size: float

    def cut(self, _: Marks) -> "list[AnswerSet]":
        """The same answers in at least two pieces; nothing if they cannot be cut."""
        return []


@dataclass(frozen=True, slots=True)
class Written(AnswerSet):
    """Answers written out."""

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """One that is spoken of apart from the rest; else halves."""
        values = self.possible.exact
        if len(values) < 2:
            return []
        named = next((value for value in values if isinstance(value, str) and value in marks.texts), None)
        if named is not None:
            return [written(named), written(*(value for value in values if value != named))]
        middle = len(values) // 2
        return [written(*values[:middle]), written(*values[middle:])]


@dataclass(frozen=True, slots=True)
class EvenSteps(AnswerSet):
    """Numbers at even steps: `first + n * step` for n from `low` to `high`."""

    low: int
    high: int
    first: float = 0
    step: float = 1

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """At a number that is spoken of; else in the middle."""
        if self.low >= self.high:
            return []
        for mark in marks.numbers:
            below = _steps(mark, self.first, self.step)
            if self.low <= below < self.high:
                return [self._part(self.low, below), self._part(below + 1, self.high)]
            if self.low < below == self.high:
                return [self._part(self.low, below - 1), self._part(below, below)]
        middle = (self.low + self.high) // 2
        return [self._part(self.low, middle), self._part(middle + 1, self.high)]

    def _part(self, low: int, high: int) -> AnswerSet:
        return counted(low, high, self.first, self.step)


@dataclass(frozen=True, slots=True)
class Real(AnswerSet):
    """Every number from `low` to `high`."""

    low: float
    high: float

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """Around a number that is spoken of; else in the middle."""
        mark = next((mark for mark in marks.numbers if self.low <= mark <= self.high), None)
        if self.low == self.high:
            return []
        if mark is None:
            return self._halves()
        parts = [(self.low, math.nextafter(mark, -math.inf)), (mark, mark), (math.nextafter(mark, math.inf), self.high)]
        return [real(low, high) for low, high in parts if low <= high]

    def _halves(self) -> list[AnswerSet]:
        middle = max(self.low, min(self.low / 2 + self.high / 2, math.nextafter(self.high, -math.inf)))
        return [real(self.low, middle), real(math.nextafter(middle, math.inf), self.high)]


@dataclass(frozen=True, slots=True)
class Days(AnswerSet):
    """Days of the calendar; only the first of each month or year where no more than that is asked."""

    low: int
    high: int
    form: str

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """At a day that is spoken of; else in the middle."""
        if self.low >= self.high:
            return []
        for mark in marks.numbers:
            place = _place(mark, self.form)
            if self.low <= place < self.high:
                return [days(self.low, place, self.form), days(place + 1, self.high, self.form)]
            if self.low < place == self.high:
                return [days(self.low, place - 1, self.form), days(place, place, self.form)]
        middle = (self.low + self.high) // 2
        return [days(self.low, middle, self.form), days(middle + 1, self.high, self.form)]


@dataclass(frozen=True, slots=True)
class Several(AnswerSet):
    """Some names out of a list."""

    group: Chosen
    exclusive: frozenset[str] = frozenset()

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """A name that is spoken of taken in, or left out; then how many they are; then the other names, and in which order."""
        group = self.group
        least, most = map(int, group.count)
        undecided = sorted(group.may - group.must)
        named = next((name for name in undecided if name in marks.texts), None)
        if undecided and least < most and named is None:
            counts = [(least, least), (least + 1, most)]
            return self._kept(Chosen(group.must, group.may, *count) for count in counts)
        if undecided:
            name = named or undecided[0]
            taken = Chosen(group.must | {name}, group.may, least, most)
            return self._kept((taken, Chosen(group.must, group.may - {name}, least, most)))
        if len(group.must) > MOST_ORDERED:
            return []
        return [written(*(" ".join(order) for order in permutations(sorted(group.must))))]

    def _kept(self, groups: Iterable[Chosen]) -> list[AnswerSet]:
        return [piece for chosen in groups if (piece := several(chosen, self.exclusive))]


@dataclass(frozen=True, slots=True)
class Wordings(AnswerSet):
    """Whatever somebody writes."""

    wording: Wording = field(default_factory=Wording)

    def cut(self, marks: Marks) -> list[AnswerSet]:
        """A text that is spoken of, then a length that is spoken of, apart from the rest."""
        text = self.wording
        named = [one for one in sorted(marks.texts) if text.fits(one)]
        if named:
            rest = Wording(text.shortest, text.longest, text.without | set(named))
            return [written(*named), wordings(rest)]
        for mark in marks.numbers:
            length = math.floor(mark) if math.isfinite(mark) else -1
            for end in (length, length - 1):
                if text.shortest <= end < text.longest:
                    low, high = (text.shortest, end), (end + 1, text.longest)
                    return [wordings(Wording(*part, text.without)) for part in (low, high)]
        return []


def written(*values: Value) -> AnswerSet:
    """These answers."""
    return Written(exactly(*values), len(values))


def counted(low: int, high: int, first: float = 0, step: float = 1) -> AnswerSet:
    """Numbers on steps. Where a step is a tenth, a page's arithmetic may end a hair beside ours: both are possible."""
    start, end = first + low * step, first + high * step
    hair = 0.0 if _in_halves(first) and _in_halves(step) else 1e-9 * max(1.0, abs(step))
    if low == high and not hair:
        return EvenSteps(exactly(float(start)), 1, low, high, first, step)
    return EvenSteps(Possible(span=(float(start - hair), float(end + hair))), high - low + 1, low, high, first, step)


def _in_halves(number: float) -> bool:
    """Whether computers reckon exactly with the number: a whole one, or halves of halves of it."""
    return float(number * 2**20).is_integer()


def real(low: float, high: float) -> AnswerSet:
    """Every number between the two."""
    if low == high:
        return Real(exactly(low), 1, low, high)
    return Real(Possible(span=(low, high)), LARGEST_NUMBER, low, high)


def days(low: int, high: int, form: str) -> AnswerSet:
    """The days, months or years, counted from where their calendar begins, between the two places."""
    first, last = _day(low, form), _day(high, form)
    if low == high:
        return Days(exactly(first.isoformat()), 1, low, high, form)
    return Days(Possible(days=((first - EPOCH).days, (last - EPOCH).days)), high - low + 1, low, high, form)


def several(group: Chosen, exclusive: frozenset[str]) -> AnswerSet | None:
    """Names out of a list, an exclusive one only alone; None when there is no such choice."""
    alone = group.must & exclusive
    may = group.must if alone else group.may - exclusive if group.must else group.may
    together = max(len(may - exclusive), min(len(may & exclusive), 1))
    group = Chosen(group.must, may, group.least, min(group.most, together))
    least, most = group.count
    if least > most or (alone and len(group.must) > 1):
        return None
    if len(group.must) == 1 and len(may) == 1:
        return written(*group.must)
    return Several(Possible(chosen=group), 2.0 ** min(len(may), 60), group, exclusive)


def wordings(wording: Wording) -> AnswerSet:
    """Any text of such a length."""
    return Wordings(Possible(text=wording), LARGEST_NUMBER, wording)


def answers_of(question: Question) -> Sequence[AnswerSet]:
    """All that may be answered to the question, the empty answer apart."""
    domain = kind_of(question).domain
    piece = _piece_of(domain(question)) if domain else None
    return [piece] if piece else []


def _piece_of(domain: Domain) -> AnswerSet | None:
    """All of a domain in one piece; None where nothing can be answered."""
    match domain:
        case OneOf(names):
            return written(*names) if names else None
        case SomeOf() | InOrder():
            return _names_of(domain)
        case Steps(start, end, step):
            return counted(0, _steps(end, start, step), start, step) if start <= end else None
        case AnyNumber(start, end):
            return real(float(start), float(end)) if start <= end else None
        case ADay(form):
            return days(_place_of(date(YEARS[0], 1, 1), form), _place_of(date(YEARS[1], 12, 31), form), form)
        case Words(longest):
            return wordings(Wording(1, longest))
        case _:
            assert_never(domain)


def _names_of(domain: SomeOf | InOrder) -> AnswerSet | None:
    names = frozenset(domain.names)
    if not names:
        return None
    if isinstance(domain, InOrder) and domain.whole:
        return several(Chosen(names, names, len(names), len(names)), frozenset())
    alone = domain.alone if isinstance(domain, SomeOf) else frozenset()
    return several(Chosen(frozenset(), names, 1, len(names)), alone)


def _steps(number: float, first: float, step: float) -> int:
    """How many whole steps lie below the number, the number itself included."""
    if not math.isfinite(number):
        return -1
    return math.floor((number - first) / step + 1e-9)


def _day(place: int, form: str) -> date:
    if form == "year":
        return date(place, 1, 1)
    if form == "month-year":
        return date(place // 12, place % 12 + 1, 1)
    return EPOCH + timedelta(days=place)


def _place_of(day: date, form: str) -> int:
    if form == "year":
        return day.year
    return day.year * 12 + day.month - 1 if form == "month-year" else (day - EPOCH).days


def _place(number: float, form: str) -> int:
    """The place of the last of the days up to that number of days since 1970."""
    try:
        return _place_of(EPOCH + timedelta(days=math.floor(number)), form)
    except (OverflowError, ValueError):
        return -1_000_000


def marked(literals: Sequence[Value]) -> Marks:
    """The numbers and texts among the literals of some conditions; a date is both."""
    read = [(value, to_number(value)) for value in literals]
    numbers = {number for _, number in read if math.isfinite(number)}
    texts = frozenset(value for value, _ in read if isinstance(value, str))
    return Marks(tuple(sorted(numbers)), texts)
