"""Bands of numbers: as a survey declares them, or even ones over the numbers that a question allows.

The answers themselves never choose the bands: where a survey sets no bounds they are 0, 1, 2, 5, 10, 20, 50, and so on.
"""

from collections.abc import Sequence
from itertools import pairwise

from schemas.model import Question
from schemas.numbers import counts_years
from schemas.questions import kind_of
from server.analysis.counting.bounds import Bounds, is_of_whole_numbers
from server.analysis.counting.items import Answer

MOST_BANDS = 10
MOST_FOR_MEANS = 20  # a mean is read from the middles of bands: the narrower they are, the nearer it is
DECADES = tuple(range(1950, 2040, 10))
OPEN_BANDS = (0, *(digit * 10**power for power in range(7) for digit in (1, 2, 5)))
YEARS, FRACTIONS = "year:", "part:"
"""How the keys of bands begin that are not written as those of whole numbers: of years, and of numbers with decimals."""


def bands_of(question: Question) -> tuple[Answer, ...]:
    """Divide the numbers that a question allows (of a date: the years), lowest first.

    A band's key names its ends as far as the answers are bounded by it, such as `25..35`, `..18` or `55..`; whoever shows it writes
    them in words. `low` and `high` are the ends as far as they are known, from the question's range too.
    """
    bounds, form = question.range, _form(question)
    starts = _starts(question)
    ends: list[float | None] = [*starts, None]
    if not (bounds and bounds.start >= starts[0]):
        ends.insert(0, None)
    least = bounds.start if bounds else None
    most = bounds.end + (bounds.step if form != FRACTIONS else 0) if bounds else None
    return tuple(_band(form, low, high, least, most) for low, high in pairwise(ends))


def points_of(question: Question) -> tuple[Answer, ...]:
    """Take each whole number of a question's range for itself; its score is the number."""
    bounds = question.range
    if bounds is None:
        raise ValueError(question.name)
    return tuple(
        Answer(_key("", at, at + 1), score=at, low=at, high=at + 1)
        for at in range(int(bounds.start), int(bounds.end) + 1)
    )


def _band(form: str, low: float | None, high: float | None, least: float | None, most: float | None) -> Answer:
    """Name a band by its ends, and close an open one where the question's range is known to end."""
    key = _key(form, low, high)
    if low is None and least is not None and (high is None or least < high):
        low = least
    if high is None and most is not None and (low is None or low < most):
        high = most
    return Answer(key, low=low, high=high)


def bands_between(bounds: Bounds, *, whole: bool) -> tuple[Answer, ...]:
    """Divide all values from the least to the most into bands for a mean; the score of each is the middle of its values."""
    starts = _even(bounds.least, bounds.most, 1.0 if whole else _grain(bounds), MOST_FOR_MEANS)
    past = bounds.most + 1 if whole else bounds.most
    form = "" if whole else FRACTIONS
    ends = [bounds.least, *(start for start in starts[1:] if start < past), past]
    return tuple(
        Answer(_key(form, low, high), score=(low + high - (1 if whole else 0)) / 2, low=low, high=high)
        for low, high in pairwise(ends)
    )


def inner_ends(bands: Sequence[Answer]) -> tuple[float, ...]:
    """Give the numbers at which a next band begins: a number stands in the band of as many of them as it reaches."""
    return tuple(band.low for band in bands[1:] if band.low is not None)


def _starts(question: Question) -> Sequence[float]:
    if question.dimension and question.dimension.bands:
        return question.dimension.bands
    if kind_of(question).entry == "day":
        return DECADES
    if question.range:
        return _even(question.range.start, question.range.end, question.range.step)
    return OPEN_BANDS


def _form(question: Question) -> str:
    """Tell years, and numbers that may lie between two whole ones, from whole numbers."""
    if kind_of(question).entry == "day" or counts_years(question):
        return YEARS
    return "" if is_of_whole_numbers(question) or question.dimension else FRACTIONS


def _grain(bounds: Bounds) -> float:
    """Choose a power of ten that is well below the spread."""
    return float(f"1e{len(str(int(bounds.most - bounds.least))) - 3}")


def _even(start: float, end: float, step: float, most: int = MOST_BANDS) -> list[float]:
    """Choose at most so many bands of one round width."""
    width = next(
        width
        for width in (step * nice * 10**power for power in range(19) for nice in (1, 2, 5))
        if (end - start) / width < most
    )
    count = int((end - start) // width) + 1
    first = (start // width) * width if start % width else start
    starts = [first + width * at for at in range(count + 1)]
    return [value for value in starts if value <= end]


def _key(form: str, low: float | None, high: float | None) -> str:
    return f"{form}{_plain(low)}..{_plain(high)}"


def _plain(bound: float | None) -> str:
    if bound is None:
        return ""
    return str(int(bound)) if float(bound).is_integer() else str(round(bound, 9))
