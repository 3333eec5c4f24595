"""Numbers and dates as a reader writes them: 12.345,6 and dd/mm/yyyy in Vietnamese; no more digits than people support."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale

from server.analysis.intervals import shown_digits

DASH = "–"
PLUS, MINUS = "+", "−"
MOST_DIGITS = 2


def spell_count(count: int) -> str:
    """Write a whole number."""
    return str(format_decimal(count, format="#,##0", locale=get_locale()))


def spell_share(share: float, base: int | None) -> str:
    """Write a share as a percentage, with the decimals that its base supports."""
    digits = shown_digits(base or 0)
    return str(format_percent(share, format="#,##0.0%" if digits else "#,##0%", locale=get_locale()))


def spell_number(value: float, digits: int = 1) -> str:
    """Write a mean or another number with as many decimals as its neighbours have."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return str(format_decimal(value, format=pattern, locale=get_locale()))


def spell_edge(value: float) -> str:
    """Write where a band of numbers starts or ends: whole ones without decimals."""
    return str(format_decimal(value, format="#,##0.##", locale=get_locale()))


def spell_share_range(low: float, high: float, base: int | None) -> str:
    """Write an interval of percentages, such as 41–53%."""
    return f"{spell_share(low, base).removesuffix('%').rstrip()}{DASH}{spell_share(high, base)}"


def spell_range(low: float, high: float, digits: int = 1) -> str:
    """Write an interval of numbers."""
    return f"{spell_number(low, digits)}{DASH}{spell_number(high, digits)}"


def digits_of(*figures: float | None) -> int:
    """Say how many decimals some figures have at most; two are enough."""
    known = [round(figure, MOST_DIGITS) for figure in figures if figure is not None]
    return next(
        (digits for digits in range(MOST_DIGITS) if all(round(one, digits) == one for one in known)), MOST_DIGITS
    )


def spell_signed(value: float, digits: int) -> str:
    """Write a difference: with its sign, and nothing before 0."""
    text = spell_number(abs(value), digits)
    return text if value == 0 else f"{PLUS if value > 0 else MINUS}{text}"


def spell_date(day: date) -> str:
    """Write a day."""
    return str(
        format_date(day, format="dd/MM/yyyy" if get_locale().language == "vi" else "d MMM yyyy", locale=get_locale())
    )
