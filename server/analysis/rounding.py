"""How means are rounded, and what is made of them: an average with its interval, a ratio, a difference."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.analysis.figures import to_grain
from server.analysis.intervals import mean_interval, newcombe, ratio_interval, shown_digits, welch
from server.analysis.measures import NUMBER, SHARE, Group, Measure
from server.analysis.policy import Policy
from server.analysis.scales import Sums, grain_of
from server.analysis.shown import Figures
from server.analysis.slack import Slack, slack_of
from server.analysis.tabling import Desk

WIDEST = 0.1
"""A figure that would have to be rounded to more than this part of its range is of no use."""
SHARE_GRAINS = (0.01, 0.02, 0.05, 0.1, 0.2)
MOST_LOOKED_AT = 20_000
"""Up to how many responses it is looked at who could have answered otherwise; beyond, rounding costs next to nothing."""
RATIO_GRAINS = (0.1, 0.01)
IN_POINTS = 100.0
ROUGHEST = 0.2
"""A ratio is not made of means that are rounded to more than this part of themselves."""
NEAR = 1e-9
Printed = dict[str, float | int | str | None]


@dataclass(frozen=True, slots=True)
class Grain:
    """To what a mean is rounded, to what it would be if nothing were kept back, and how far its total stays from the edges.

    What prints alike lies between two edges. Close to one of them, people could have answered otherwise in one direction only;
    a raster that is shifted by a half has its edges elsewhere.
    """

    size: float
    usual: float
    margin: float = 0.0
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Rounded:
    """A figure as it is printed, and how wide that is what prints alike."""

    value: float
    size: float


@dataclass(frozen=True, slots=True)
class Mean:
    """A group's mean as it is printed: rounded to its grain; the deviation leaves room for one person at the far end."""

    people: int
    value: float
    grain: float
    usual: float
    deviation: float
    clear: bool = True
    """Whether the total is as far from the edges of what prints alike as it has to be."""


def grains_of(desk: Desk, measure: Measure, group: Group, part: Sums) -> list[Grain]:
    """List how coarsely a group's mean may be rounded, finest first; none where it would be of no use."""
    policy, spread = desk.facts.policy, measure.bounds.spread
    if measure.kind == NUMBER:
        usual, margin = _supported(part), _margin(desk, measure, group)
    elif measure.kind == SHARE:
        usual, margin = usual_share(part.scored), float(policy.threshold)
    else:
        usual, margin = grain_of(part.scored, 1, policy, guarded=False), policy.threshold * spread / measure.items
    sizes = [size for size in _ladder(max(usual, 2 * margin / part.scored)) if size <= WIDEST * spread + NEAR]
    return [Grain(size, usual, margin, shift) for size in sizes for shift in ((0.0, size / 2) if margin else (0.0,))]


def _margin(desk: Desk, measure: Measure, group: Group) -> float:
    """Say how far people have to be able to move a group's total either way; nothing where they can within their bands."""
    wanted, spread = desk.facts.policy.threshold * measure.bounds.spread, measure.bounds.spread
    slack = Slack(effect=spread)
    if desk.step.responses <= MOST_LOOKED_AT:
        slack = slack_of(desk.responses, desk.facts.survey, measure, group, wanted)
    return 0.0 if slack.holds(wanted) else desk.facts.policy.threshold * slack.effect


def usual_share(people: int) -> float:
    """Say to what a share is rounded when there is nothing to keep back."""
    return 10.0 ** -(2 + shown_digits(people))


def rounded_share(yes: int, people: int, policy: Policy, *, guarded: bool) -> Rounded | None:
    """Round a share; `guarded`: so that a threshold of people more or fewer would print alike. None: it would be of no use."""
    if not guarded:
        usual = usual_share(people)
        return Rounded(to_grain(yes / people, usual), usual)
    for size in SHARE_GRAINS:
        for shift in (0.0, size / 2):  # what lies at the edge of one raster lies in the middle of the other
            share = to_grain(yes / people - shift, size) + shift
            if is_clear(yes, people, share, size, policy.threshold):
                return Rounded(round(share, 6), size)
    return None


def is_clear(total: float, people: int, mean: float, size: float, margin: float) -> bool:
    """Tell whether a total is so far from the edges of what prints alike."""
    return people * size / 2 - abs(total - people * mean) >= margin - NEAR


def mean_of(measure: Measure, part: Sums, grain: Grain) -> Mean:
    """Round a mean, and widen its deviation until one person alone could stand at the far end."""
    bounds = measure.bounds
    value = min(max(to_grain(part.mean - grain.shift, grain.size) + grain.shift, bounds.least), bounds.most)
    far = max(bounds.most - value, value - bounds.least)
    deviation = max(part.deviation, far / math.sqrt(part.scored))
    clear = is_clear(part.total, part.scored, value, grain.size, grain.margin)
    return Mean(part.scored, value, grain.size, grain.usual, deviation, clear)


def fits(form: str, means: Sequence[Mean]) -> bool:
    """Tell whether rounded means are fine enough for what is to be made of them."""
    if not all(mean.clear for mean in means):
        return False
    return form != "ratio" or all(mean.grain <= ROUGHEST * mean.value for mean in means)


def figures_of(measure: Measure, form: str, means: Sequence[Mean]) -> Figures:
    """Make the figure of rounded means: one alone, or the ratio or the difference of two.

    Its interval begins where the lowest means that print so would have theirs begin, and ends likewise.
    """
    rough = any(mean.grain > mean.usual for mean in means)
    if not form:
        return _alone(measure, means[0]) | {"rough": rough}
    return (_ratio(*means) if form == "ratio" else _difference(measure, *means)) | {"rough": rough}


def _alone(measure: Measure, mean: Mean) -> Printed:
    low, high = (float(end) for end in mean_interval(mean.value, mean.deviation, mean.people))
    least, most = measure.bounds.least, measure.bounds.most
    return _figures(mean.value, max(least, low - mean.grain / 2), min(most, high + mean.grain / 2), mean.usual)


def _ratio(first: Mean, second: Mean) -> Printed:
    values, spreads, sizes = _paired(first, second)
    low, high = (float(end) for end in ratio_interval(values, spreads, sizes))
    fallen = (1 - first.grain / (2 * first.value)) / (1 + second.grain / (2 * second.value))
    risen = (1 + first.grain / (2 * first.value)) / (1 - second.grain / (2 * second.value))
    grain = RATIO_GRAINS[0] if high - low >= 2 * RATIO_GRAINS[0] else RATIO_GRAINS[1]
    return _figures(to_grain(values[0] / values[1], grain), low * fallen, high * risen, grain)


def _difference(measure: Measure, first: Mean, second: Mean) -> Printed:
    values, spreads, sizes = _paired(first, second)
    shares = measure.kind == SHARE
    low, high = (float(end) for end in (newcombe(values, sizes) if shares else welch(values, spreads, sizes)))
    rounded = (first.grain + second.grain) / 2
    whole, grain = IN_POINTS if shares else 1.0, max(first.usual, second.usual)
    return _figures(whole * (values[0] - values[1]), whole * (low - rounded), whole * (high + rounded), whole * grain)


Pair = tuple[float, float]


def _paired(first: Mean, second: Mean) -> tuple[Pair, Pair, tuple[int, int]]:
    return (first.value, second.value), (first.deviation, second.deviation), (first.people, second.people)


def _figures(value: float, low: float, high: float, grain: float) -> Printed:
    """Write a figure, and round the ends of its interval outwards."""
    return {
        "value": round(value, 6),
        "low": _outward(low, grain, math.floor),
        "high": _outward(high, grain, math.ceil),
    }


def _outward(value: float, grain: float, whole: Callable[[float], int]) -> float:
    return round(whole(round(value / grain, 6)) * grain, 6)


def _supported(part: Sums) -> float:
    """Say how many digits a mean supports: about a tenth of the half of its interval."""
    half = part.mean - float(mean_interval(part.mean, part.deviation, part.scored).low)
    return float(10.0 ** math.floor(math.log10(max(half, 1e-6) / 5)))


def _ladder(least: float) -> list[float]:
    """List the round grains from `least` on: 1, 2, 5, 10 and so forth, with any power of ten."""
    first = math.floor(math.log10(least))
    steps = [round(digit * 10.0**power, 9) for power in range(first, first + 4) for digit in (1, 2, 5)]
    return [step for step in steps if step >= least * (1 - NEAR)]
