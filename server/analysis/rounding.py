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
Grain = tuple[float, float]
"""To what a mean is rounded, and to what it would be rounded if there were nothing to keep back."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A group's mean as it is printed: rounded to its grain; the deviation leaves room for one person at the far end."""

    people: int
    value: float
    grain: float
    usual: float
    deviation: float


def grains_of(desk: Desk, measure: Measure, group: Group, part: Sums) -> list[Grain]:
    """List how coarsely a group's mean may be rounded, finest first; none where it would be of no use."""
    policy, spread = desk.facts.policy, measure.bounds.spread
    if measure.kind == NUMBER:
        usual = least = _supported(part)
        if least < policy.threshold * spread / part.scored:
            wanted = policy.threshold * spread
            slack = Slack(effect=spread)
            if desk.step.responses <= MOST_LOOKED_AT:
                slack = slack_of(desk.responses, desk.facts.survey, measure, group, wanted)
            if not slack.holds(wanted):
                least = max(least, policy.threshold * slack.effect / part.scored)
    elif measure.kind == SHARE:
        least, usual = share_grain(part.scored, policy), 10.0 ** -(2 + shown_digits(part.scored))
    else:
        least, usual = (grain_of(part.scored, measure.items, policy, guarded=guarded) for guarded in (True, False))
    return [(grain, usual) for grain in _ladder(least) if grain <= WIDEST * spread + NEAR]


def share_grain(base: int, policy: Policy) -> float:
    """Say how coarsely a share is rounded so that at least a threshold of counts would print alike."""
    return next((grain for grain in SHARE_GRAINS if math.floor(grain * base) >= policy.threshold), SHARE_GRAINS[-1])


def mean_of(measure: Measure, part: Sums, grain: float, usual: float) -> Mean:
    """Round a mean, and widen its deviation until one person alone could stand at the far end."""
    bounds = measure.bounds
    value = min(max(to_grain(part.mean, grain), bounds.least), bounds.most)
    far = max(bounds.most - value, value - bounds.least)
    return Mean(part.scored, value, grain, usual, max(part.deviation, far / math.sqrt(part.scored)))


def fits(form: str, means: Sequence[Mean]) -> bool:
    """Tell whether rounded means are fine enough for what is to be made of them."""
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
    return _figures(mean.value, max(least, low - mean.grain / 2), min(most, high + mean.grain / 2), mean.grain)


def _ratio(first: Mean, second: Mean) -> Printed:
    values, spreads, sizes = _paired(first, second)
    low, high = (float(end) for end in ratio_interval(values, spreads, sizes))
    fallen = (1 - first.grain / (2 * first.value)) / (1 + second.grain / (2 * second.value))
    risen = (1 + first.grain / (2 * first.value)) / (1 - second.grain / (2 * second.value))
    grain = RATIO_GRAINS[0] if high - low >= 2 * RATIO_GRAINS[0] else RATIO_GRAINS[1]
    return _figures(values[0] / values[1], low * fallen, high * risen, grain)


def _difference(measure: Measure, first: Mean, second: Mean) -> Printed:
    values, spreads, sizes = _paired(first, second)
    shares = measure.kind == SHARE
    low, high = (float(end) for end in (newcombe(values, sizes) if shares else welch(values, spreads, sizes)))
    rounded = (first.grain + second.grain) / 2
    whole, grain = IN_POINTS if shares else 1.0, min(first.grain, second.grain)
    return _figures(whole * (values[0] - values[1]), whole * (low - rounded), whole * (high + rounded), whole * grain)


Pair = tuple[float, float]


def _paired(first: Mean, second: Mean) -> tuple[Pair, Pair, tuple[int, int]]:
    return (first.value, second.value), (first.deviation, second.deviation), (first.people, second.people)


def _figures(value: float, low: float, high: float, grain: float) -> Printed:
    """Round a figure, and the ends of its interval outwards."""
    return {
        "value": to_grain(value, grain),
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
