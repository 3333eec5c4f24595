"""Which figures about the same values were given out, of whom, and how finely: what a new one has to stand beside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.model import Indicator, Survey
from server.analysis.axes import Axis
from server.analysis.measures import (
    SHARE,
    Group,
    Line,
    Measure,
    can_be_seen,
    group_of,
    lines_of,
    measure_of,
)
from server.analysis.parts import Part, Reach, Signature, tell_nothing
from server.analysis.scales import Sums
from server.analysis.shown import Figures, Shown
from server.analysis.tabling import Desk

NEAR = 1e-6
At = tuple[Group, int]
"""A group, and the step at which a figure of it was worked out."""
Rounded = tuple[float, float]
"""A mean as it was printed, and the grain to which it was rounded; a grain of 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An average, or a comparison of two groups."""

    subject: str
    measure: Measure
    groups: tuple[Group, ...]
    form: str = ""

    @property
    def names(self) -> set[str]:
        """Name the questions and columns that are looked at."""
        return {*self.measure.names, *(name for group in self.groups for name in group.names)}


def wanted_of(survey: Survey, indicator: Indicator) -> Wanted | None:
    """Say what has to be worked out; None for what cannot be, whatever people answer."""
    subject, comparison = f"indicator/{indicator.name}", indicator.comparison
    if comparison is None:
        measure = measure_of(survey, indicator) if indicator.kind == "average" else None
        return _seen(survey, Wanted(subject, measure, (group_of(indicator.base),))) if measure else None
    other = next((one for one in survey.indicators if one.name == comparison.indicator), None)
    measure = measure_of(survey, other) if other is not None and other.comparison is None else None
    if measure is None or other is None or (comparison.form == "ratio" and measure.bounds.least < 0):
        return None
    groups = tuple(group_of(other.base, indicator.base, one) for one in (comparison.first, comparison.second))
    return _seen(survey, Wanted(subject, measure, groups, comparison.form))


def _seen(survey: Survey, wanted: Wanted) -> Wanted | None:
    return wanted if can_be_seen(survey, wanted.names) else None


def parts_of(survey: Survey, lines: Sequence[Line], groups: Sequence[At]) -> dict[Signature, Sums]:
    """Cut the people by the groups in which they stand."""
    parts: dict[Signature, Sums] = {}
    for row, step, sums in lines:
        inside = frozenset(at for at, (group, when) in enumerate(groups) if step <= when and group.holds(survey, row))
        parts.setdefault(inside, Sums()).add(sums.scored, sums.total, sums.squares)
    return parts


def is_safe_beside_comparisons(
    desk: Desk, measure: Measure, groups: Sequence[Group], figures: Sequence[Figures]
) -> bool:
    """Tell whether means of the groups of a dimension single out nobody beside comparisons that were given out before."""
    told = list(_compared(desk, measure, {}, asked_of(desk.facts.survey)))
    if not told:
        return True
    everybody = [*(each for each, _ in told), *((group, desk.step.number) for group in groups)]
    lines = lines_of(desk.responses, desk.facts.survey, measure, names_of(everybody))
    parts = parts_of(desk.facts.survey, lines, everybody)
    known = {at: reach_of(sum_of(parts, at), *rounded) for at, (_, rounded) in enumerate(told)}
    ours = {}
    for at, printed in enumerate(figures, start=len(told)):
        mean, grain = printed.get("mean"), printed.get("grain")
        if isinstance(mean, int | float) and isinstance(grain, int | float):
            ours[at] = reach_of(sum_of(parts, at), float(mean), float(grain))
    return tell_nothing(counted(parts), known | ours, set(ours), measure.bounds, desk.facts.policy.threshold)


def asked_of(survey: Survey) -> dict[str, Wanted]:
    """Give all averages and comparisons of a survey by their names, but those that cannot be worked out."""
    found = {one.name: wanted_of(survey, one) for one in survey.indicators if one.kind in {"average", "compare"}}
    return {name: wanted for name, wanted in found.items() if wanted is not None}


def told_before(
    desk: Desk, measure: Measure, fresh: Mapping[str, Shown], asked: Mapping[str, Wanted]
) -> Iterator[tuple[At, Rounded]]:
    """List every group of which a figure about this measure was given out, with the figure and its grain."""
    yield from _compared(desk, measure, fresh, asked)
    yield from _otherwise(desk, measure)


def _compared(
    desk: Desk, measure: Measure, fresh: Mapping[str, Shown], asked: Mapping[str, Wanted]
) -> Iterator[tuple[At, Rounded]]:
    """List the groups of which an average was given out, alone or within a comparison."""
    for wanted in asked.values():
        if wanted.measure.key == measure.key:
            tables = [*desk.ledger.about([wanted.subject])[wanted.subject], *_those(fresh, wanted.subject)]
            for table in filter(is_told, tables):
                for at, group in enumerate(wanted.groups):
                    figures = table.figures[0]
                    yield (
                        (group, int(_number(figures["step"]))),
                        (_number(figures[f"mean{at}"]), _number(figures[f"grain{at}"])),
                    )


def _otherwise(desk: Desk, measure: Measure) -> Iterator[tuple[At, Rounded]]:
    """List the groups of which a share, a score, or a score over a dimension was given out."""
    survey = desk.facts.survey
    for indicator in survey.indicators:
        if indicator.kind == "share" and measure.kind == SHARE:
            ours = measure_of(survey, indicator)
            if ours is not None and ours.key == measure.key:
                yield from _printed(desk, f"indicator/{indicator.name}", "share", group_of(indicator.base))
    subjects = [measure.scored.subject] if measure.scored else []
    for subject in subjects:
        yield from _printed(desk, subject, "mean", Group())


def _printed(desk: Desk, subject: str, name: str, everybody: Group) -> Iterator[tuple[At, Rounded]]:
    for table in desk.ledger.about([subject])[subject]:
        axis = desk.axes.get(table.by)
        for at, figures in enumerate(table.figures):
            mean, grain = figures.get(name), figures.get("grain")
            if not isinstance(mean, int | float):
                continue
            inside = table.groups[at]
            group = everybody
            if axis is not None:
                group = Group(column=axis.column, belongs=belonging(axis, inside))
            yield (group, table.step), (float(mean), _number(grain))


def reach_of(part: Sums, mean: float, grain: float) -> Reach:
    """Say between what a total lies whose mean is printed so; as it is, where the two do not go together."""
    low, high = part.scored * (mean - grain / 2), part.scored * (mean + grain / 2)
    fits = low - NEAR <= part.total <= high + NEAR
    return (low, high) if fits else (part.total, part.total)


def sum_of(parts: Mapping[Signature, Sums], at: int) -> Sums:
    """Add up the parts that a group is made of."""
    found = Sums()
    for signature, part in parts.items():
        if at in signature:
            found.add(part.scored, part.total, part.squares)
    return found


def counted(parts: Mapping[Signature, Sums]) -> dict[Signature, Part]:
    """Give of each part what has to be kept."""
    return {signature: Part(part.scored, part.total) for signature, part in parts.items()}


def belonging(axis: Axis, values: Sequence[str]) -> Callable[[str | None], bool]:
    """Give the test of who stands in a group of a dimension."""
    return lambda raw: axis.value(raw) in values


def is_told(table: Shown) -> bool:
    """Tell whether a figure stands in a table of one figure."""
    return bool(table.figures) and table.figures[0].get("value") is not None


def names_of(groups: Sequence[At]) -> list[str]:
    """Name the columns that tell who is in which group."""
    return sorted({name for group, _ in groups for name in group.names})


def _those(fresh: Mapping[str, Shown], subject: str) -> list[Shown]:
    return [fresh[subject]] if subject in fresh else []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
