"""The table of indicators: the figure of each in the form of its kind, beside its target."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.model import Indicator
from schemas.model import IndicatorComparison as Compared
from server.analysis.edition.figures import Comparison, Figure, Mean, Missing, Share, Target
from server.analysis.edition.material import Material
from server.analysis.edition.measures import Measure, measure_of_indicator
from server.analysis.edition.pairs import Pair, members_who, pair_of
from server.analysis.edition.release import NUMBER, TARGET, Column, Release, Row
from server.analysis.statistics.estimates import difference, figure_of, ratio

SUBJECT = "indicators"
FEW_TO_COMPARE = 100
"""People in each group below which a ratio says little."""


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator worked out: its figure, what it was made from, and in codes what a reader has to know."""

    indicator: Indicator
    figure: Figure
    measure: Measure
    notes: tuple[str, ...]


def indicators_release(material: Material) -> Release | None:
    """Make the table of all indicators; None when a survey has none."""
    lines = [_line(material, indicator) for indicator in material.facts.survey.indicators]
    if not lines:
        return None
    rows = tuple(
        Row(
            line.indicator.name,
            line.indicator.title,
            (line.figure, target_of(line.indicator, line.figure)),
            base=line.measure.base,
        )
        for line in lines
    )
    names = dict.fromkeys(name for line in lines for name in line.measure.items)
    notes = tuple(dict.fromkeys(note for line in lines for note in line.notes))
    columns, title = (Column(NUMBER), Column(TARGET)), material.facts.survey.title
    return material.release("indicators", SUBJECT, title, names, columns=columns, rows=rows, notes=notes)


def target_of(indicator: Indicator, figure: Figure) -> Figure:
    """Give an indicator's target in the unit of its figure: surveys write 0.8 or 80 for 80 of a hundred."""
    target = indicator.target
    if target is None:
        return Missing("absent")
    value = target.value
    if isinstance(figure, Share) and value > 1:
        value = value / 100
    in_hundred = isinstance(figure, Mean) and indicator.kind == "mean"
    points = isinstance(figure, Comparison) and figure.form == "points"
    if (in_hundred or points) and abs(value) <= 1:
        value = value * 100
    return Target(value, target.year, target.source, target.verified)


def _line(material: Material, indicator: Indicator) -> Line:
    if indicator.comparison is not None:
        return _compared(material, indicator, indicator.comparison)
    measure = measure_of_indicator(material, indicator)
    figure = figure_of(measure.among_all(material))
    return Line(indicator, figure, measure, tuple(_notes(indicator, measure, figure)))


def _compared(material: Material, indicator: Indicator, comparison: Compared) -> Line:
    """Work the first group's figure against the second's out from the breakdown by the axis that both conditions look at."""
    other = next(one for one in material.facts.survey.indicators if one.name == comparison.indicator)
    measure = measure_of_indicator(material, other)
    pair = Missing("unworked") if indicator.base else _pair(material, comparison, measure)
    if isinstance(pair, Missing):
        return Line(indicator, pair, measure, (pair.reason,))
    least = material.least(measure.items)
    first, second = (measure.work(group.known, least) for group in pair)
    figure = (ratio if comparison.form == "ratio" else difference)(first, second)
    notes = list(_notes(other, measure, figure))
    if any(len(group.members) > 1 for group in pair):
        notes.append("merged")
    if comparison.form == "ratio" and min(group.size for group in pair) < FEW_TO_COMPARE:
        notes.append("few_to_compare")
    return Line(indicator, figure, measure, tuple(notes))


def _pair(material: Material, comparison: Compared, measure: Measure) -> Pair | Missing:
    sides = [members_who(material, one) for one in (comparison.first, comparison.second)]
    first, second = sides
    if measure.lack is not None:
        return Missing(measure.lack)
    if first is None or second is None or first[0] != second[0] or measure.only is not None:
        return Missing("unworked")
    groups = material.by(measure.items, first[0])
    return groups if isinstance(groups, Missing) else pair_of(groups, first[1], second[1])


def _notes(indicator: Indicator, measure: Measure, figure: Figure) -> Iterator[str]:
    if indicator.kind in {"mean", "top_two"} and len(measure.items) > 1:
        yield "item_means"
    if indicator.kind == "average":
        yield "within_bands"
    if isinstance(figure, Missing):
        yield figure.reason
