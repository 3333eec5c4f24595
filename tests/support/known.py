"""What is known of one item in one group, made from whole counts by the real brackets and the real reading."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from server.analysis.brackets.table import Table
from server.analysis.brackets.widths import bracket
from server.analysis.counting.items import NOT_ASKED, UNANSWERED, Answer, Item
from server.analysis.grouping.groups import Groups
from server.analysis.reading.figures import read
from server.analysis.statistics.known import Known, known_of

SCORES = {"sd": 1.0, "d": 2.0, "u": 3.0, "a": 4.0, "sa": 5.0}


def likert(counts: Sequence[int], silent: int = 0, apart: int = 0) -> tuple[Item, dict[str, int]]:
    """A statement with five scores, "don't know" apart, and silence."""
    answers = [Answer(key, score=score) for key, score in SCORES.items()]
    item = Item("claim", "claim", (*answers, Answer("dk", off_scale=True)), ("claim",))
    return item, {**dict(zip(SCORES, counts, strict=True)), "dk": apart, UNANSWERED: silent}


def choice(counts: Mapping[str, int], not_asked: int | None = None) -> tuple[Item, dict[str, int]]:
    """A choice of which nobody may stay silent; `not_asked`: not asked of everybody."""
    item = Item(
        "chosen",
        "chosen",
        tuple(Answer(key) for key in counts),
        ("chosen",),
        silent=False,
        conditional=not_asked is not None,
    )
    return item, {**counts, **({} if not_asked is None else {NOT_ASKED: not_asked})}


def bands(edges: Sequence[float | None], counts: Sequence[int]) -> tuple[Item, dict[str, int]]:
    """A number known by bands between edges."""
    pairs = pairwise(edges)
    answers = tuple(Answer(f"{low}..{high}", low=low, high=high) for low, high in pairs)
    item = Item("hours", "hours", answers, ("hours",), silent=False)
    return item, {answer.key: count for answer, count in zip(answers, counts, strict=True)}


def table(item: Item, counts: Mapping[str, int], width: int = 5) -> Table:
    """Put whole counts of everybody into brackets."""
    row = np.array([[counts.get(key, 0) for key in item.categories]], dtype=np.int64)
    return bracket(item, row, Groups("", ((),), (int(row.sum()),)), width, 1)


def known(made: tuple[Item, Mapping[str, int]], width: int = 5) -> Known:
    """Say what is known of an item from its whole counts; a width of 1 hides nothing."""
    item, counts = made
    brackets = table(item, counts, width)
    return known_of(item, brackets, read(item, brackets, brackets))[0]
