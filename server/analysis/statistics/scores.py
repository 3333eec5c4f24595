"""Means: of Likert scores, of places in a ranking, of numbers known by their bands; and of several items together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress

import numpy as np

from server.analysis.counting.bands import FRACTIONS
from server.analysis.counting.items import Answer, Item
from server.analysis.edition.figures import Missing, Span
from server.analysis.statistics.estimates import NUMBER, SCORE, Estimate, Worked, by_student
from server.analysis.statistics.known import Known, Mask, Part


def scores_of(known: Known) -> Mapping[str, float]:
    """Give the score of each answer on the scale."""
    return {
        answer.key: answer.score for answer in known.item.answers if answer.score is not None and not answer.off_scale
    }


def best_two(known: Known) -> Mask:
    """Tell which categories are the two answers of the highest scores."""
    scores = scores_of(known)
    return known.mask(sorted(scores, key=lambda key: -scores[key])[:2])


def mean_of(
    known: Known, worths: Mapping[str, float], least: int = 1, bounds: tuple[float, float] | None = None
) -> Worked:
    """Give the mean of what answers are worth, over those who gave one of them.

    `bounds`: the ends of the scale, by default the least and greatest worth. The variance is that of the counts as read; Student's
    interval with the error of sampling and that of the brackets added as variances (the brackets' by the delta method: a person
    more at worth w moves the mean by (w - mean) / n). Missing("few") unless `least` people surely gave such an answer.
    """
    those = known.mask(worths)
    held = known.part(those)
    n = held.value
    if held.sure.low < max(least, 2) or n <= 1:
        return Missing("few")
    ends = bounds or (min(worths.values()), max(worths.values()))
    total = sum([known.read[at] * worths[key] for at, key in enumerate(known.categories) if those[at]])
    mean = min(max(total / n, ends[0]), ends[1])
    away = [worths[key] - mean if key in worths else 0.0 for key in known.categories]
    sampling = (
        sum([count * one * one for count, one in zip(known.read, away, strict=True)]) / (n - 1) / (n * known.worth)
    )
    blur = known.variance_of([one / n for one in away])
    error = math.sqrt(sampling + blur)
    within = by_student(mean, error, n - 1, ends)
    return Estimate(SCORE, mean, within, error, blur, n - 1, _answered(known, held), n, *ends)


def average_of(known: Known, spacing: float, least: int = 1) -> Worked:
    """Give the mean of numbers that are known by bands (answers with `low` and `high`, `high` not included).

    `spacing`: from one possible number to the next (1 for whole numbers, 0 for any). Each band counts as its middle. Besides
    sampling and brackets the interval holds the slack: as far as the mean would move if everybody stood at an end of her band.
    Missing("no_bounds") when a band that may hold people is open.
    """
    ends = {band.key: band_ends(known.item, band, spacing) for band in bands_in(known.item)}
    held = {key: end for key, end in ends.items() if end is not None}
    if not held or any(compress(known.high, known.mask(ends.keys() - held.keys()))):
        return Missing("no_bounds")
    worths = {key: (low + high) / 2 for key, (low, high) in held.items()}
    reaches = {key: (high - low) / 2 for key, (low, high) in held.items()}
    bounds = min(worths[key] - reaches[key] for key in worths), max(worths[key] + reaches[key] for key in worths)
    found = mean_of(known, worths, least, bounds)
    if isinstance(found, Missing):
        return found
    inside = [(count, reaches[key]) for key, count in zip(known.categories, known.read, strict=True) if key in reaches]
    slack = sum([count * reach for count, reach in inside]) / found.n
    evenly = sum([count * reach * reach for count, reach in inside]) / 3  # as if people stood evenly within each band
    spread = evenly / (found.n - 1) / (found.n * known.worth)
    error = math.sqrt(found.error**2 + spread)
    within = by_student(found.value, error, found.freedom, bounds, slack)
    return replace(found, form=NUMBER, within=within, error=error, slack=slack)


def bands_in(item: Item) -> list[Answer]:
    """List the answers that are bands of numbers, lowest first."""
    return [answer for answer in item.answers if answer.low is not None or answer.high is not None]


def band_ends(item: Item, band: Answer, spacing: float) -> tuple[float, float] | None:
    """Give the least and the greatest number in a band; None when it is open. The highest number with decimals is in its band."""
    if band.low is None or band.high is None:
        return None
    is_last = band is item.answers[-1] and band.key.startswith(FRACTIONS)
    return band.low, band.high if is_last else max(band.high - spacing, band.low)


def mean_of_items(parts: Sequence[Estimate], weights: Sequence[float] | None = None) -> Estimate:
    """Give the weighted mean of estimates of several items among the same people; by default all weigh alike.

    How a person's answers to two items go together is not counted. So the error of sampling is taken as if they went together
    fully, which it cannot exceed: se <= sum of w se (Minkowski's inequality). The brackets of different items err apart.
    """
    shares = np.array(weights if weights is not None else [1.0] * len(parts), dtype=float)
    shares = shares / shares.sum()
    value = float(shares @ [one.value for one in parts])
    blur = float(np.square(shares) @ [one.blur for one in parts])
    error = math.sqrt(float(shares @ [one.sampling for one in parts]) ** 2 + blur)
    freedom = min(one.freedom for one in parts)
    bounds = min(one.least for one in parts), max(one.most for one in parts)
    people = Span(min(one.people.low for one in parts), max(one.people.high for one in parts))
    n = min(one.n for one in parts)
    within = by_student(value, error, freedom, bounds)
    return Estimate(parts[0].form, value, within, error, blur, freedom, people, n, *bounds)


def _answered(known: Known, those: Part) -> Span:
    """Give the bracket of how many people stand in some categories, which are the base of a mean."""
    return Span(those.sure.low, min(those.bracket.high, known.asked.high))
