"""Median and quartiles of numbers that are known by bands, interpolated inside them from the counts as read."""

import math

import numpy as np

from server.analysis.counting.items import Answer
from server.analysis.edition.figures import Figure, Missing, Quantile
from server.analysis.statistics.intervals import wilson
from server.analysis.statistics.known import Known, without
from server.analysis.statistics.scores import band_ends, bands_in

QUARTERS = (0.25, 0.5, 0.75)


def quantiles_of(known: Known, spacing: float, least: int = 1) -> tuple[Figure, ...]:
    """Give lower quartile, median and upper quartile of those who gave a number.

    Inside a band people are taken to stand evenly (grouped median); `spacing` as in `average_of`. Interval: Woodruff's (1952):
    Wilson's interval of the share below, carried over to numbers; with the brackets' bounds of the shares below instead of the
    shares, and from end to end of the bands that it reaches, None where such a band is open. Missing("few") unless `least`
    people surely gave a number, Missing("no_bounds") for a quantile inside an open band.
    """
    bands = bands_in(known.item)
    everyone = known.mask(band.key for band in bands)
    n = known.part(everyone).value
    if known.part(everyone).sure.low < max(least, 2) or n <= 1:
        return (Missing("few"),) * len(QUARTERS)
    return tuple(_quantile(known, bands, spacing, quarter) for quarter in QUARTERS)


def _quantile(known: Known, bands: list[Answer], spacing: float, quarter: float) -> Figure:
    least, read, most = _below(known, bands)
    at = int(np.searchsorted(read, quarter - 1e-12))
    ends = band_ends(known.item, bands[at], spacing)
    if ends is None:
        return Missing("no_bounds")
    before = read[at - 1] if at else 0.0
    inside = (quarter - before) / (read[at] - before)
    width = ends[1] - ends[0] + spacing
    value = min(max(ends[0] - spacing / 2 + inside * width, ends[0]), ends[1])
    people = known.part(known.mask(band.key for band in bands)).value
    within = wilson(quarter, people * known.worth)
    first, last = int(np.searchsorted(most, within.low)), int(np.searchsorted(least, within.high))
    lowest, highest = (bands[min(one, len(bands) - 1)] for one in (first, last))
    beyond = band_ends(known.item, highest, spacing)
    return Quantile(
        round(value, 1),
        None if lowest.low is None else math.floor(min(lowest.low, value) * 10) / 10,
        None if beyond is None else math.ceil(max(beyond[1], value) * 10) / 10,
    )


def _below(known: Known, bands: list[Answer]) -> tuple[list[float], list[float], list[float]]:
    """Give, for each band, the share of those who gave a number up to its end: at least, as read, at most."""
    everyone = known.mask(band.key for band in bands)
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for last in range(1, len(bands) + 1):
        those = known.mask(band.key for band in bands[:last])
        inside, outside = known.part(those), known.part(without(everyone, those))
        found[0].append(inside.low / max(inside.low + outside.high, 1e-9))
        found[1].append(inside.value / (inside.value + outside.value))
        found[2].append(inside.high / max(inside.high + outside.low, 1e-9))
    return tuple(list(np.maximum.accumulate(one)) for one in found)  # type: ignore[return-value]
