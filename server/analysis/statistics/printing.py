"""How finely figures are printed. What is stored in a release is the printed number, so that no page can show more of it."""

import math

from server.analysis.statistics.intervals import Interval

WHOLE_PERCENTS = 200
"""Up to so many people a share is printed in whole percents, above with one decimal."""
NEAR = 1e-9


def share_step(people: float) -> float:
    """Say to which step shares of so many people are printed."""
    return 0.01 if people <= WHOLE_PERCENTS else 0.001


def score_step(least: float, most: float, people: float) -> float:
    """Say to which step a mean on a scale is printed: about a hundredth of the scale, above 200 people a tenth of that, not below 0.01."""
    step = 10.0 ** math.floor(math.log10((most - least) / 100) + NEAR) if most > least else 1.0
    return max(step if people <= WHOLE_PERCENTS else step / 10, 0.01)


def printed(value: float, step: float) -> float:
    """Round to the nearest multiple of a step."""
    return round(round(value / step) * step, 6)


def printed_within(within: Interval, step: float) -> Interval:
    """Round an interval outward, so that it still holds what it held."""
    low = math.floor(within.low / step + NEAR) * step
    high = math.ceil(within.high / step - NEAR) * step
    return Interval(round(low, 6), round(high, 6))
