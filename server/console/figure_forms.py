"""In which form the figure of an indicator is read: as a share or score of a hundred, a plain number, so many times, or points."""

from collections.abc import Mapping
from typing import Literal

from schemas.model import Indicator, Survey
from server.analysis.release import Cell
from server.console.numbers import digits_of, spell_number, spell_range, spell_signed
from server.console.tongue import gettext

Form = Literal["in_hundred", "plain", "times", "points", "more"]
IN_HUNDRED: Form = "in_hundred"
COMPARISONS = frozenset({"ratios", "differences"})
"""The tables in which two groups stand against each other."""


def form_of(indicator: Indicator, survey: Survey) -> Form:
    """Say in which form an indicator's figure is read."""
    comparison = indicator.comparison
    if comparison is None:
        return "plain" if indicator.kind == "average" else IN_HUNDRED
    if comparison.form == "ratio":
        return "times"
    other = next((one for one in survey.indicators if one.name == comparison.indicator), None)
    return "more" if other is not None and other.kind == "average" else "points"


def titles_of_indicators() -> Mapping[str, str]:
    """Give the titles of the tables of indicators."""
    return {
        "indicators": gettext("Indicators"),
        "averages": gettext("Averages"),
        "ratios": gettext("Groups compared: how many times"),
        "differences": gettext("Groups compared: difference"),
    }


def leads_of_indicators() -> Mapping[str, str]:
    """Say above a table of indicators how it is read."""
    return {
        "indicators": gettext(
            "The upright line marks the target, dashed while it is not verified. Scores run from 0 to 100."
        ),
        "averages": gettext("Mean values, in the unit that the title names. Only those who have a value are counted."),
        "ratios": gettext(
            "How many times as high the first group's figure is as the second's. At the thin line at 1 both are alike; "
            "the thick line marks the target, dashed while it is not verified."
        ),
        "differences": gettext(
            "The first group's figure less that of the second. At the line at 0 both are alike. "
            "Shares and scores differ by points of a hundred."
        ),
    }


def spell_figure(cell: Cell, form: Form) -> str:
    """Write a figure in its form, with no more decimals than it has."""
    value, digits = cell.value or 0.0, _digits(cell)
    if form == "times":
        return gettext("%(number)s times", number=spell_number(value, digits))
    if form == "points":
        return gettext("%(number)s points", number=spell_signed(value, digits))
    return spell_signed(value, digits) if form == "more" else spell_number(value, digits)


def spell_figure_range(cell: Cell, form: Form) -> str:
    """Write the interval of a figure."""
    if cell.low is None or cell.high is None:
        return ""
    if form in {"points", "more"} or cell.low < 0:
        low, high = (spell_signed(end, _digits(cell)) for end in (cell.low, cell.high))
        return gettext("%(low)s to %(high)s", low=low, high=high)
    return spell_range(cell.low, cell.high, _digits(cell))


def _digits(cell: Cell) -> int:
    return digits_of(cell.value, cell.low, cell.high)
