"""What Excel shows for a number in its cell: 10 % for 0.1, 007 for 7, 1-Mar for a day. That is what an author wrote and reads.

A file does not say with which signs its Excel divides thousands and fractions, so a text is written as its language has it.
"""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = frozenset({"", "general", "@"})
SHORT_DATE = "mm-dd-yy"  # Excel's built-in format 14 stands for the short date of whoever opens the file
_LONGEST = 255
_MOST_PLACES = 30
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<places>[#0?][#0?.,\s]*[#0?]|[#0?]|\.[#0?]+)'
    r"(?P<scale>,*)|(?P<other>.)",
    re.DOTALL,
)
_MOMENT = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$[^\]]*\]|(?P<half>am/pm|a/p)|\[?(?P<part>y+|m+|d+|h+|s+)\]?|(?P<other>.)',
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS_IN_VIETNAMESE = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def is_plain(code: str) -> bool:
    """Whether a number is shown as it is."""
    return code.strip().lower() in GENERAL


@lru_cache(maxsize=4_096)
def shown_number(value: float, code: str, language: str = "") -> str | None:
    """The number as its cell shows it; without a language as a name has it: no marks in thousands. None if that is not known."""
    sections = _sections(code[:_LONGEST])
    if any("[" in section and re.search(r"\[[<>=]", section) for section in sections) or "/" in _bare(sections[0]):
        return None
    number = Decimal(repr(value))
    if number < 0 and len(sections) > 1:
        return _section(-number, sections[1], language, "")
    if number == 0 and len(sections) > 2:
        return _section(number, sections[2], language, "")
    return _section(abs(number), sections[0], language, "-" if number < 0 else "")


def as_written(number: str, language: str) -> str:
    """A number without a format of its own: its digits, with the point that the language writes before a fraction."""
    digits = f"{Decimal(number):f}" if "e" in number.lower() else number
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits.replace(".", ",") if language == "vi" else digits


def shown_moment(moment: date | time, code: str, language: str = "") -> str:
    """The day or time as its cell shows it; names of months and days are English, or numbers in Vietnamese."""
    code = _sections(code[:_LONGEST])[0]
    if code.lower() == SHORT_DATE:
        code = "dd/mm/yyyy" if language == "vi" else "yyyy-mm-dd"
    half = re.search(r"am/pm|a/p", code, re.IGNORECASE) is not None
    found, after_hour = [], False
    for piece in _MOMENT.finditer(code):
        part = (piece["part"] or "").lower()
        if part:
            found.append(_part(moment, part, half, language, minutes=after_hour or _before_seconds(code, piece.end())))
            after_hour = part[0] == "h"
        elif piece["half"]:
            found.append("AM" if getattr(moment, "hour", 0) < 12 else "PM")
        else:
            found.append(piece["quoted"] or piece["escaped"] or piece["other"] or "")
    return "".join(found).strip()


def _sections(code: str) -> list[str]:
    """The formats for positive numbers, negative ones, zero and text, which semicolons divide outside of quotes."""
    return ["".join(part) for part in _split(code)]


def _split(code: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for piece in re.findall(r'"[^"]*"|\\.|.', code, re.DOTALL):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _bare(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", section)


def _section(number: Decimal, section: str, language: str, sign: str) -> str | None:
    bare = _bare(section)
    if "E" in bare.upper().replace("GENERAL", ""):
        return None
    number *= Decimal(100) ** bare.count("%")
    found, placed = [], False
    for piece in _PIECE.finditer(section):
        if piece["places"] and not placed:
            placed = True
            scaled = number / Decimal(1000) ** len(piece["scale"])
            found.append(sign + _digits(scaled, piece["places"], language))
        elif piece["places"]:
            return None
        elif piece["currency"] is not None:
            found.append(piece["currency"])
        else:
            found.append(piece["quoted"] or piece["escaped"] or piece["other"] or "")
    text = "".join(found).strip()
    return text if placed or '"' in section else None


def _digits(number: Decimal, places: str, language: str) -> str:
    whole, _, fraction = "".join(places.split()).partition(".")
    most, least = len(fraction.replace(",", "")[:_MOST_PLACES]), fraction.count("0")
    text = str(number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)) if number < Decimal("1e15") else f"{number:f}"
    digits, _, rest = text.partition(".")
    digits = digits.lstrip("0").rjust(min(whole.count("0"), _MOST_PLACES), "0")
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    thousands, point = {"": ("", "."), "vi": (".", ",")}.get(language, (",", "."))
    if "," in whole:
        digits = re.sub(r"(?<=\d)(?=(\d{3})+\Z)", thousands, digits)
    return (digits or ("0" if not rest else "")) + (point + rest if rest else "")


def _before_seconds(code: str, end: int) -> bool:
    return re.match(r"[^a-z]*s", code[end:], re.IGNORECASE) is not None


def _part(moment: date | time, part: str, half: bool, language: str, *, minutes: bool) -> str:
    letter, length = part[0], len(part)
    hour, minute, second = (getattr(moment, name, 0) for name in ("hour", "minute", "second"))
    if letter == "h":
        hour = (hour % 12 or 12) if half else hour
        return f"{hour:0{min(length, 2)}}"
    if letter == "s" or (letter == "m" and minutes):
        return f"{second if letter == 's' else minute:0{min(length, 2)}}"
    return "" if isinstance(moment, time) else _day(moment, letter, length, language)


def _day(moment: date, letter: str, length: int, language: str) -> str:
    if letter == "y":
        return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
    number, names = (moment.month, _MONTHS) if letter == "m" else (moment.day, _DAYS)
    if length < 3:
        return f"{number:0{length}}"
    if language == "vi":
        return _in_vietnamese(moment, letter, length)
    name = names[number - 1] if letter == "m" else names[moment.weekday()]
    return name if length > 3 else name[:3]


def _in_vietnamese(moment: date, letter: str, length: int) -> str:
    """3 for mmm, tháng 3 for mmmm, T2 and Thứ Hai: 1-3 is what somebody typed of whom Excel made 1-Mar."""
    if letter == "m":
        return str(moment.month) if length == 3 else f"tháng {moment.month}"
    weekday = moment.weekday()
    if length == 3:
        return "CN" if weekday == 6 else f"T{weekday + 2}"
    return _DAYS_IN_VIETNAMESE[weekday]


def moment_of(text: str) -> date | time | None:
    """The moment behind a date cell's text."""
    for read in (datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return None
