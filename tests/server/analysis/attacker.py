"""Somebody who has every table that was ever given out about a question, knows the rules of the gate, and can compute.

The attacker thinks of the unknown counts in the finest detail that anything printed speaks of: answers x values of every
dimension x step. Each printed number is a linear equation over them, each printed bound an inequality, each rounded figure a
pair of them; linear programs (HiGHS) give the least and the most that a hidden cell can be. What the attacker does not know is
what the tables hide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from server.analysis.release import Cell, Release
from server.analysis.shown import Shown

SILENT = ("@unanswered", "@not_asked")
OURS = ("@top_two", "@mean", "@all", "@lower_quartile", "@median", "@upper_quartile")
Where = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Finding:
    """How far the attacker got with one hidden cell: it is between `low` and `high`."""

    release: str
    answer: str
    group: str
    low: int
    high: int

    @property
    def values(self) -> int:
        """How many counts are left."""
        return self.high - self.low + 1


@dataclass(frozen=True)
class Total:
    """What a rounded mean tells of the total of a group: she knows how many they are."""

    by: str | None
    group: str
    low: float
    high: float
    step: int = 1


def freedom(
    sizes: Mapping[str, int], totals: Sequence[tuple[Sequence[str], float, float]], least: float, most: float
) -> dict[str, tuple[float, float]]:
    """How low and how high the total of each part of the people can be, for all that the totals of some parts together tell."""
    parts = list(sizes)
    inside = np.array([[float(part in group) for part in parts] for group, _, _ in totals]).reshape(-1, len(parts))
    bounds = [(sizes[part] * least, sizes[part] * most) for part in parts]
    ends = np.array([high for _, _, high in totals] + [-low for _, low, _ in totals])
    found = {}
    for at, part in enumerate(parts):
        pull = np.eye(len(parts))[at]
        low, high = (
            linprog(sign * pull, A_ub=np.vstack([inside, -inside]), b_ub=ends, bounds=bounds, method="highs")
            for sign in (1, -1)
        )
        assert low.status == high.status == 0
        found[part] = (float(low.fun), -float(high.fun))
    return found


class Attacker:
    """Collects releases about one question, and about the dimensions themselves, and works out what they hide.

    `axes` are the dimensions with the raw values that each of their members stands for (a unit stands for its sites).
    """

    def __init__(
        self, answers: Sequence[str], axes: Mapping[str, Mapping[str, frozenset[str]]], steps: int = 1
    ) -> None:
        self.answers = tuple(answers)
        self.axes = axes
        columns = {name: sorted(set().union(*members.values())) for name, members in axes.items()}
        self.columns = {name: values for name, values in columns.items() if name != "unit"}
        self.steps = steps
        details = product(self.answers, *self.columns.values(), range(1, steps + 1))
        self.place = {detail: at for at, detail in enumerate(details)}
        self.equal: list[np.ndarray] = []
        self.equals: list[float] = []
        self.below: list[np.ndarray] = []
        self.belows: list[float] = []
        self.hidden: list[tuple[str, str, str, np.ndarray]] = []

    def learn(self, releases: Iterable[Release]) -> "Attacker":
        """Read tables."""
        for release in releases:
            if release.kind == "distribution" and release.subject in self.axes:
                self._learn_sizes(release)
            elif release.kind == "distribution":
                for row in release.rows:
                    self._learn_cell(release, row.key, "", row.cells[0], row.base)
                self._learn_base(release, "", {row.key: row.cells[0] for row in release.rows}, release.base)
            elif release.kind == "breakdown" and release.subject in self.axes:
                self._learn_dimensions(release)
            elif release.kind == "breakdown":
                self._learn_breakdown(release)
        return self

    def learn_total(self, people: int, step: int = 1) -> "Attacker":
        """Hear how many people have answered in all: field staff count them."""
        self._equation(self._row(self.answers, None, "", step), people)
        return self

    def learn_profiles(self, profiles: Mapping[tuple[str | int, ...], int]) -> "Attacker":
        """Hear how many people there are of each kind: the attacker knows the workplace, and who came when."""
        for profile, at in self._profiles().items():
            row = np.zeros(len(self.place))
            row[at] = 1.0
            self._equation(row, profiles.get(profile, 0))
        return self

    def _profiles(self) -> dict[tuple[str | int, ...], list[int]]:
        found: dict[tuple[str | int, ...], list[int]] = {}
        for (_, *profile), at in self.place.items():
            found.setdefault(tuple(profile), []).append(at)
        return found

    def learn_rounded(self, tables: Iterable[Shown], scores: Mapping[str, float]) -> "Attacker":
        """Hear between which bounds every rounded figure was: more than is printed, where she would have to guess them."""
        best = sorted(scores, key=lambda answer: -scores[answer])[:2]
        lowest, highest = min(scores.values()), max(scores.values())
        worth = {
            "top_two": {answer: float(answer in best) for answer in scores},
            "mean": {answer: (score - lowest) / (highest - lowest) for answer, score in scores.items()},
        }
        for table in tables:
            for group, figures in zip(table.groups, table.figures, strict=bool(table.figures)):
                for name, values in worth.items():
                    if f"{name}_low" in figures:
                        self._between(table, group, values, figures[f"{name}_low"], figures[f"{name}_high"])
        return self

    def learn_totals(self, totals: Iterable["Total"], ends: Mapping[str, tuple[float, float]]) -> "Attacker":
        """Hear between which bounds the total of a number lies in some groups; `ends` are the least and the most in each band."""
        for total in totals:
            rows = {answer: self._row([answer], total.by, total.group, total.step) for answer in ends}
            self._bound(sum(low * rows[answer] for answer, (low, _) in ends.items()), total.high)
            self._bound(sum(-high * rows[answer] for answer, (_, high) in ends.items()), -total.low)
        return self

    def _between(self, table: Shown, group: Sequence[str], worth: Mapping[str, float], low: float, high: float) -> None:
        rows = {answer: self._row([answer], table.by or None, "+".join(group), table.step) for answer in worth}
        self._bound(sum((low - value) * rows[answer] for answer, value in worth.items()), 0.0)
        self._bound(sum((value - high) * rows[answer] for answer, value in worth.items()), 0.0)

    def findings(self, worth_it: Callable[[str, str, str], bool] = lambda *_: True) -> list[Finding]:
        """Work out the hidden cells (release, answer, group) that are worth it, as far as it goes."""
        return [
            Finding(
                release,
                answer,
                group,
                low=int(np.ceil(self._extreme(row, 1) - 1e-6)),
                high=int(np.floor(-self._extreme(row, -1) + 1e-6)),
            )
            for release, answer, group, row in self.hidden
            if worth_it(release, answer, group)
        ]

    def _learn_breakdown(self, release: Release) -> None:
        for row in release.rows:
            if row.key == "@all":  # nothing of the table is shown
                continue
            cells = {column.key: cell for column, cell in zip(release.columns, row.cells, strict=True)}
            for answer, cell in cells.items():
                self._learn_cell(release, answer, row.key, cell, row.base)
            self._learn_base(release, row.key, cells, row.base)

    def _learn_cell(self, release: Release, answer: str, group: str, cell: Cell, base: int | None) -> None:
        if answer in OURS:
            return
        row = self._row([answer], release.by, group, release.step)
        if cell.count is not None:
            self._equation(row, cell.count)
        elif cell.mark in {"withheld", "at_most", "at_least"}:
            self.hidden.append((release.id, answer, group, row))
        if cell.mark == "at_most":
            self._bound(row, float(np.floor(cell.high * base + 1e-9)))
        if cell.mark == "at_least":
            self._bound(-row, -float(np.ceil(cell.low * base - 1e-9)))

    def _learn_base(self, release: Release, group: str, cells: Mapping[str, Cell], base: int | None) -> None:
        if base is not None and "several_answers" not in release.notes:
            inside = [answer for answer in self.answers if answer not in SILENT or cells[answer].count is None]
            self._equation(self._row(inside, release.by, group, release.step), base)

    def _learn_sizes(self, release: Release) -> None:
        for row in release.rows:
            self._equation(self._row(self.answers, release.subject, row.key, release.step), row.cells[0].count)

    def _learn_dimensions(self, release: Release) -> None:
        for row in release.rows:
            for column, cell in zip(release.columns, row.cells, strict=True):
                if cell.count is not None:
                    both = self._row(self.answers, release.by, row.key, release.step)
                    self._equation(
                        both * self._row(self.answers, release.subject, column.key, release.step), cell.count
                    )

    def _row(self, answers: Sequence[str], by: str | None, group: str, step: int) -> np.ndarray:
        """The unknowns that a cell adds up."""
        axis = self.axes[by] if by else {}
        column = "site" if by == "unit" else by
        inside = set().union(*(axis[member] for member in group.split("+"))) if by else set()
        names = list(self.columns)
        row = np.zeros(len(self.place))
        for (answer, *values, when), at in self.place.items():
            if answer in answers and when <= step and (not by or values[names.index(column)] in inside):
                row[at] = 1.0
        return row

    def _equation(self, row: np.ndarray, value: float) -> None:
        self.equal.append(row)
        self.equals.append(float(value))

    def _bound(self, row: np.ndarray, value: float) -> None:
        self.below.append(row)
        self.belows.append(value)

    def _extreme(self, row: np.ndarray, sign: int) -> float:
        solved = linprog(
            sign * row,
            A_ub=sparse.csr_matrix(np.array(self.below)) if self.below else None,
            b_ub=self.belows or None,
            A_eq=sparse.csr_matrix(np.array(self.equal)) if self.equal else None,
            b_eq=self.equals or None,
            bounds=(0, None),
            method="highs",
        )
        assert solved.status == 0, solved.message
        return float(solved.fun)
