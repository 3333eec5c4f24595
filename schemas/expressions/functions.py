"""The functions that an expression may call, each with the least and most arguments it takes.

The pure ones are whole here; those that look at more than their arguments (`if`, `coalesce`, `once`, `today`, `random`,
`regex`, `jr:choice-name`) have their arity here and their meaning in schemas.expressions.evaluating.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from schemas.expressions.values import NAN, Value, as_day, number_text, to_boolean, to_number, to_string

MANY = 200
MOST_PLACES = 30
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes, and what it makes of them where nothing else matters."""

    least: int
    most: int
    pure: Callable[..., Value] | None = None


def _words(value: Value) -> list[str]:
    return [word for word in to_string(value).split(" ") if word]


def _selected(chosen: Value, name: Value) -> bool:
    """Whether the name is one of the list's; the empty list holds the empty name, by which forms ask for no answer."""
    return to_string(name) in to_string(chosen).split(" ")


def _selected_at(chosen: Value, place: Value) -> str:
    words, index = _words(chosen), _whole(place)
    return words[int(index)] if 0 <= index < len(words) else ""


def _part(text: Value, start: Value, end: Value = math.inf) -> str:
    """The characters from the one place up to the other, counted from 0, or from the end where negative."""
    whole = to_string(text)
    return whole[_place(start, whole) : _place(end, whole)]


def _place(value: Value, text: str) -> int:
    number = to_number(value)
    return 0 if math.isnan(number) else int(max(-len(text), min(number, len(text))))


def _whole(value: Value) -> float:
    number = to_number(value)
    return math.trunc(number) + 0.0 if math.isfinite(number) else number


def _half_up(number: float) -> float:
    floor = math.floor(number)
    return floor + (1.0 if number - floor >= 0.5 else 0.0)


def _rounded(value: Value, places: Value = 0.0) -> Value:
    """To the nearest; halves go up. Shifts the decimal point in the text, so that 2.675 to two places is 2.68."""
    number, shift = to_number(value), _whole(places)
    if not math.isfinite(number) or not abs(shift) <= MOST_PLACES:
        return number if abs(shift) <= MOST_PLACES else NAN
    if shift == 0:
        return _half_up(number)
    shifted = float(f"{number_text(number)}e{int(shift)}")
    return float(f"{number_text(_half_up(shifted))}e{-int(shift)}") if math.isfinite(shifted) else number


def _numbers(values: tuple[Value, ...]) -> list[float]:
    """The numbers among the arguments; the unanswered are left out, what is no number makes the result NaN."""
    return [to_number(value) for value in values if value != ""]


def _smallest(*values: Value) -> Value:
    return _extreme(min, values)


def _largest(*values: Value) -> Value:
    return _extreme(max, values)


def _extreme(pick: Callable[[list[float]], float], values: tuple[Value, ...]) -> Value:
    numbers = _numbers(values)
    if any(map(math.isnan, numbers)):
        return NAN
    return pick(numbers) + 0.0 if numbers else ""


def _total(*values: Value) -> float:
    total = 0.0
    for number in _numbers(values):
        total += number
    return total


_FORMAT = re.compile(r"%[YymnbdeaHhMS3%]")


def _format_date(value: Value, form: Value) -> str:
    """The day in the form of ODK's format-date; times of day are midnight, as none is ever known here."""
    day = as_day(value)
    if day is None:
        return ""
    parts = {
        "%Y": f"{day.year:04}",
        "%y": f"{day.year % 100:02}",
        "%m": f"{day.month:02}",
        "%n": str(day.month),
        "%b": MONTHS[day.month - 1],
        "%d": f"{day.day:02}",
        "%e": str(day.day),
        "%a": WEEKDAYS[day.weekday()],
        "%h": "0",
        "%3": "000",
        "%%": "%",
    }
    return _FORMAT.sub(lambda found: parts.get(found[0], "00"), to_string(form))


def _date(value: Value) -> str:
    day = as_day(value)
    return day.isoformat() if day else ""


FUNCTIONS: dict[str, Function] = {
    "not": Function(1, 1, lambda value: not to_boolean(value)),
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda chosen: float(len(_words(chosen)))),
    "if": Function(3, 3),
    "coalesce": Function(2, MANY),
    "int": Function(1, 1, _whole),
    "round": Function(1, 2, _rounded),
    "min": Function(1, MANY, _smallest),
    "max": Function(1, MANY, _largest),
    "sum": Function(1, MANY, _total),
    "abs": Function(1, 1, lambda value: abs(to_number(value))),
    "number": Function(1, 1, to_number),
    "string": Function(1, 1, to_string),
    "concat": Function(1, MANY, lambda *values: "".join(map(to_string, values))),
    "substr": Function(2, 3, _part),
    "string-length": Function(1, 1, lambda value: float(len(to_string(value)))),
    "contains": Function(2, 2, lambda text, part: to_string(part) in to_string(text)),
    "starts-with": Function(2, 2, lambda text, start: to_string(text).startswith(to_string(start))),
    "ends-with": Function(2, 2, lambda text, end: to_string(text).endswith(to_string(end))),
    "regex": Function(2, 2),
    "today": Function(0, 0),
    "date": Function(1, 1, _date),
    "format-date": Function(2, 2, _format_date),
    "jr:choice-name": Function(2, 2),
    "once": Function(1, 1),
    "random": Function(0, 0),
}
