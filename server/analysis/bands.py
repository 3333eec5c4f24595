"""Bands of numbers: as a survey declares them, or even ones over the numbers that a question allows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.model import Question, Range
from server.analysis.release import FRACTIONS, UNANSWERED, YEARS, Member

MOST_BANDS = 10
# Where a survey sets no bounds: 0, 1, 2, 5, 10, 20, 50, … The answers themselves must not choose the bands.
DECADES = tuple(range(1950, 2040, 10))
OPEN_BANDS = (0, *(digit * 10**power for power in range(7) for digit in (1, 2, 5)))


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers from `start` to just below `end` (None: without bound)."""

    start: float | None
    end: float | None
    form: str = ""

    @property
    def key(self) -> str:
        """Name the band, such as 25-35, -18 or 55-; the end is not in it. A form tells what is written otherwise."""
        return f"{self.form}{_plain(self.start)}..{_plain(self.end)}"

    @property
    def member(self) -> Member:
        """Give the band as a member of an axis; whoever shows it writes its bounds in words."""
        return Member(self.key)


def bands_of(question: Question) -> tuple[Band, ...]:
    """Divide the numbers that a question allows."""
    if question.dimension and question.dimension.bands:
        starts: Sequence[float] = question.dimension.bands
    elif question.type == "date":
        starts = DECADES
    elif question.range:
        starts = _even(question.range.start, question.range.end, question.range.step)
    else:
        starts = OPEN_BANDS
    form = _form(question)
    lowest = None if question.range and question.range.start >= starts[0] else Band(None, starts[0], form)
    inner = [Band(start, end, form) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return (lowest, *inner) if lowest else tuple(inner)


def band_of(bands: Sequence[Band], counted: str) -> str:
    """Find the band of a number."""
    number = float(counted)
    starts = [band.start for band in bands if band.start is not None]
    at = bisect_right(starts, number) - 1 + (bands[0].start is None)
    return bands[at].key if at >= 0 else UNANSWERED


def _form(question: Question) -> str:
    """Tell years, and numbers that may lie between two whole ones, from whole numbers."""
    if question.type == "date":
        return YEARS
    whole = question.type == "integer" or (question.type == "range" and question.range and _is_whole(question.range))
    return "" if whole or question.dimension else FRACTIONS


def _is_whole(bounds: Range) -> bool:
    return bounds.step % 1 == 0 and bounds.start % 1 == 0


def _even(start: float, end: float, step: float) -> list[float]:
    """Choose at most ten bands of one round width."""
    width = next(
        width
        for width in (step * nice * 10**power for power in range(9) for nice in (1, 2, 5))
        if (end - start) / width < MOST_BANDS
    )
    count = int((end - start) // width) + 1
    first = (start // width) * width if start % width else start
    starts = [first + width * at for at in range(count + 1)]
    return [value for value in starts if value <= end]


def _plain(bound: float | None) -> str:
    if bound is None:
        return ""
    return str(int(bound)) if float(bound).is_integer() else str(bound)
