"""What an expression's values are and how one kind becomes another: strings, numbers and booleans, by XPath's rules as ODK documents them.

An unanswered or irrelevant question is the empty string, which is no number (NaN). A select_multiple is its choices'
names with a space between. A date is its ISO string, and as a number the days since 1970-01-01.
"""

import math
import re
from datetime import date, timedelta
from decimal import Decimal

Value = str | float | bool

EPOCH = date(1970, 1, 1)
NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def to_number(value: Value) -> float:
    """The value as a number; NaN where it is none."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value)
        return float(found[1]) if found else _days(value)
    return float(value)


def to_string(value: Value) -> str:
    """The value as text; numbers without exponent and without a needless ".0"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)


def to_boolean(value: Value) -> bool:
    """Whether the value counts as true: any text, any number but 0 and NaN."""
    if isinstance(value, float):
        return value == value and value != 0  # noqa: PLR0124 - NaN is what does not equal itself
    return bool(value)


def is_empty(value: Value) -> bool:
    """Whether the value says nothing: the empty string, or what is no number."""
    return value == "" or value != value  # noqa: PLR0124 - NaN is what does not equal itself


def number_text(number: float) -> str:
    """The shortest digits that name exactly this number."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def equal(left: Value, right: Value) -> bool:
    """XPath's `=`: as booleans if one is a boolean, else as numbers if one is a number, else as text.

    Beside a boolean the text 'false' is false: ODK stores a calculation's boolean as text, and forms ask for that text.
    """
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) == _truth(right)
    return to_number(left) == to_number(right)


def _truth(value: Value) -> bool:
    return value != "false" and to_boolean(value)


def as_day(value: Value) -> date | None:
    """The calendar day that an ISO string or a number of days since 1970 names."""
    days = to_number(value)
    if not math.isfinite(days):
        return None
    try:
        return EPOCH + timedelta(days=math.floor(days))
    except OverflowError:
        return None


def _days(text: str) -> float:
    found = _DAY.fullmatch(text)
    if not found:
        return NAN
    try:
        return float((date(int(found[1]), int(found[2]), int(found[3])) - EPOCH).days)
    except ValueError:
        return NAN
