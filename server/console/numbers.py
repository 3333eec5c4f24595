"""Numbers and dates as a reader writes them: 12.345,6 and dd/mm/yyyy in Vietnamese."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale

DASH = "–"
PLUS, MINUS = "+", "−"
MOST_DIGITS = 2
WHOLE_PERCENTS_UP_TO = 200
"""People; shares of more have a decimal."""


def spell_count(count: int) -> str:
    """Write a whole number."""
    return str(format_decimal(count, format="#,##0", locale=get_locale()))


def share_digits(people: int | None, *shares: float) -> int:
    """Say how many decimals percentages have that are of so many people; a stored decimal is never hidden."""
    if people is not None and people > WHOLE_PERCENTS_UP_TO:
        return 1
    return int(any(abs(share * 100 - round(share * 100)) > 1e-6 for share in shares))


def spell_share(share: float, digits: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage."""
    return str(format_percent(share, format="#,##0.0%" if digits else "#,##0%", locale=get_locale()))


def spell_number(value: float, digits: int = 1) -> str:
    """Write a mean or another number with as many decimals as its neighbours have."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return str(format_decimal(value, format=pattern, locale=get_locale()))


def spell_edge(value: float) -> str:
    """Write where a band of numbers starts or ends: whole ones without decimals."""
    return str(format_decimal(value, format="#,##0.##", locale=get_locale()))


def spell_share_range(low: float, high: float, digits: int = 0) -> str:
    """Write an interval of percentages, such as 41–53%."""
    return f"{spell_share(low, digits).removesuffix('%').rstrip()}{DASH}{spell_share(high, digits)}"


def spell_range(low: float, high: float, digits: int = 1) -> str:
    """Write an interval of numbers."""
    return f"{spell_number(low, digits)}{DASH}{spell_number(high, digits)}"


def spell_span(low: int, high: int) -> str:
    """Write a number of people that is known by its bracket, such as 45–49."""
    return spell_count(low) if low == high else f"{spell_count(low)}{DASH}{spell_count(high)}"


def digits_of(*figures: float | None) -> int:
    """Say how many decimals some figures have at most; two are enough."""
    known = [round(figure, MOST_DIGITS) for figure in figures if figure is not None]
    return next(
        (digits for digits in range(MOST_DIGITS) if all(round(one, digits) == one for one in known)), MOST_DIGITS
    )


def spell_signed(value: float, digits: int) -> str:
    """Write a difference: with its sign, and nothing before 0."""
    text = spell_number(abs(value), digits)
    return text if not round(value, digits) else f"{PLUS if value > 0 else MINUS}{text}"


def spell_date(day: date) -> str:
    """Write a day."""
    return str(
        format_date(day, format="dd/MM/yyyy" if get_locale().language == "vi" else "d MMM yyyy", locale=get_locale())
    )
