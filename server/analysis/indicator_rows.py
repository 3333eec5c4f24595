"""Indicators as rows: the figure in the form that its kind has, beside its target."""

from collections.abc import Mapping, Sequence

from schemas.model import Indicator, Survey
from server.analysis.bounds import bounds_of
from server.analysis.release import ABSENT, UNWORKED, WITHHELD, Cell, Row
from server.analysis.shown import Figures, Shown

TABLES = ("indicators", "averages", "ratios", "differences")
"""Figures of one form stand in one table, so that one axis serves their picture."""


def table_of(indicator: Indicator) -> str:
    """Name the table in which an indicator stands."""
    if indicator.comparison is not None:
        return "ratios" if indicator.comparison.form == "ratio" else "differences"
    return "averages" if indicator.kind == "average" else "indicators"


def indicator_rows(
    survey: Survey, indicators: Sequence[Indicator], tables: Mapping[str, Shown], *, ready: bool
) -> tuple[list[Row], list[str]]:
    """Give a row for each indicator, and in codes what a reader has to know."""
    rows = []
    notes = [note for one in indicators if one.name in tables for note in tables[one.name].notes]
    for indicator in indicators:
        table = tables.get(indicator.name)
        figures = table.figures[0] if table else {}
        cell = _cell(indicator, figures) if table or not ready else UNWORKED
        if cell is UNWORKED:
            notes.append("no_bounds" if _lacks_bounds(survey, indicator) else "unworked")
        target = Cell(value=indicator.target.value) if indicator.target else ABSENT
        rows.append(Row(indicator.name, indicator.title, (cell, target), whole(figures.get("people"))))
    return rows, notes


def _cell(indicator: Indicator, figures: Figures) -> Cell:
    if indicator.kind == "share":
        return _share(figures)
    if indicator.kind in {"average", "compare"}:
        return mean_cell_of({**figures, "mean": figures.get("value")})
    return mean_cell_of(figures)


def _lacks_bounds(survey: Survey, indicator: Indicator) -> bool:
    """Tell whether an average is missing because nobody said how great its number can be."""
    return indicator.average is not None and bounds_of(survey, indicator.average) is None


def mean_cell_of(figures: Figures) -> Cell:
    """Make the cell of a mean."""
    if figures.get("mean") is None:
        return WITHHELD
    return Cell(
        value=number_of(figures["mean"]),
        low=number_of(figures["low"]),
        high=number_of(figures["high"]),
        count=whole(figures["people"]),
        rounded=bool(figures.get("rough")),
    )


def _share(figures: Figures) -> Cell:
    if figures.get("share") is None:
        return WITHHELD
    share, low, high = (number_of(figures[name]) for name in ("share", "low", "high"))
    return Cell(share=share, low=low, high=high, rounded=bool(figures.get("rough")))


def number_of(value: object) -> float | None:
    """Read a number that the ledger remembered."""
    return float(value) if isinstance(value, int | float) else None


def whole(value: object) -> int | None:
    """Read a count that the ledger remembered."""
    return value if isinstance(value, int) else None
