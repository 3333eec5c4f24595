"""Whether a release is worth a picture, and in which order its rows are read: told before the drawing engine is needed."""

from collections.abc import Sequence

from schemas.model import Question
from server.analysis.release import Cell, Release, Row

MOST_BARS = 90


def worth_drawing(release: Release) -> bool:
    """Tell whether there is anything to draw, and not too much."""
    bars = len(release.rows) * (len(release.columns) if release.kind == "breakdown" else 1)
    return bars <= MOST_BARS and any(_has_reach(cell) for row in release.rows for cell in row.cells)


def off_scale_of(question: Question | None) -> frozenset[str]:
    """Name the answers that stand apart."""
    return frozenset(choice.name for choice in question.choices if choice.off_scale) if question else frozenset()


def in_order(release: Release, question: Question | None) -> Sequence[Row]:
    """Give the rows as they are read: statements by their two best answers, several answers by how many gave them.

    All others stand as they were asked. What is withheld is never told by its place: it counts as nothing.
    """
    if release.kind == "likert":
        return sorted(release.rows, key=lambda row: -_best(release, row))
    if question is None or question.type != "select_multiple":
        return release.rows
    apart = off_scale_of(question)
    return sorted(release.rows, key=lambda row: _rank(row, row.key in apart))


def _best(release: Release, row: Row) -> float:
    """Add up the two best answers, as far as they are shown."""
    scores = sorted({column.score for column in release.columns if column.score is not None and not column.off_scale})
    best = [at for at, column in enumerate(release.columns) if column.score in scores[-2:] and not column.off_scale]
    return sum(row.cells[at].share or 0.0 for at in best)


def _rank(row: Row, apart: bool) -> tuple[int, float]:
    """Rank an answer: those that stand apart come after all others, and our own rows last, in their order."""
    if row.key.startswith("@"):
        return 2, 0.0
    return int(apart), -(row.cells[0].share or 0.0)


def _has_reach(cell: Cell) -> bool:
    return any(figure is not None for figure in (cell.share, cell.value, cell.low, cell.high))
