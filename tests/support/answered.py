"""People with their axes and answers, and an edition of them decided by the real parts, without a lake."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from server.analysis.alibi.budget import Budget
from server.analysis.alibi.checking import Verdict, check
from server.analysis.brackets.table import Table
from server.analysis.counting.axes import Axis
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Counts, Profiles, Records, Sizes
from server.analysis.edition.bracketing import EditionBasis
from server.analysis.edition.deciding import Checking, Decision, Joint, decide
from server.analysis.grouping.grouping import atoms, group
from server.analysis.grouping.groups import Groups
from server.analysis.policy import Policy

BUDGET = Budget(clock=lambda: 0.0)
"""A clock that stands still: checks end by themselves."""


def passing(items: Sequence[Item], *_: object) -> Verdict:
    """A check that lets everything through."""
    return Verdict({}, {one.name: "lone" for one in items}, 0)


@dataclass
class Answered:
    """`members[axis]` and `answers[item]` hold a number for each person, `cohort` the edition that first counts her."""

    axes: tuple[Axis, ...]
    items: tuple[Item, ...]
    members: dict[str, np.ndarray]
    answers: dict[str, np.ndarray]
    cohort: np.ndarray
    policy: Policy = field(default_factory=Policy)
    key: bytes = b"some key"
    check: Callable[..., Verdict] = check
    possible: np.ndarray | None = None  # records (R x items) that somebody could have, beside those that people have
    budget: Budget = BUDGET
    work_for_all: int = 10**15
    printed: list[Table] = field(default_factory=list)
    broken_down: dict[int, dict[str, Groups]] = field(default_factory=dict)

    def edition(self, number: int, *, breakdowns: bool = True) -> dict[str, Decision]:
        """Decide an edition, and keep what it prints for the next."""
        sizes = self.sizes(number)
        groups = group(sizes, self.axes, self.policy, self.broken_down) if breakdowns else {}
        parts = atoms(self.axes, sizes, [groups, *self.broken_down.values()])
        profiles, of = self.profiles(number, parts)
        basis = EditionBasis("a-campaign", number, self.policy, self.axes, sizes, groups, parts, profiles)
        found = {
            one.item.name: one
            for one in decide(
                basis,
                self.items,
                self.counts(number, profiles, of),
                lambda items, seen: self.joint(number, parts, items, seen),
                self.printed,
                Checking(self.budget, self.key, self.work_for_all, self.check),
            )
        }
        known = {(table.item, table.by, table.edition) for table in self.printed}
        for decision in found.values():
            new = decision.tables.values()
            self.printed += [table for table in new if (table.item, table.by, table.edition) not in known]
        if breakdowns:
            self.broken_down[number] = groups
        return found

    def sizes(self, number: int) -> Sizes:
        cohorts = tuple(range(1, number + 1))
        people = {
            axis.name: np.stack(
                [
                    np.bincount(self.members[axis.name][self.cohort == one], minlength=len(axis.members))
                    for one in cohorts
                ],
                axis=1,
            )
            for axis in self.axes
        }
        return Sizes(cohorts, people)

    def profiles(
        self, number: int, parts: Mapping[str, Groups], seen: Sequence[str] = ()
    ) -> tuple[Profiles, np.ndarray]:
        inside = self.cohort <= number
        columns = {name: self.part_of(name, one)[inside] for name, one in parts.items()}
        columns |= {name: self.members[name][inside] for name in seen}
        lines = np.stack([*columns.values(), self.cohort[inside]], axis=1)
        every, of, people = np.unique(lines, axis=0, return_inverse=True, return_counts=True)
        members = {name: every[:, at] for at, name in enumerate(columns)}
        return Profiles(members, every[:, -1], people), of.ravel()

    def part_of(self, axis: str, parts: Groups) -> np.ndarray:
        keys = [member.key for one in self.axes if one.name == axis for member in one.members]
        return np.array([parts.of(key) for key in keys])[self.members[axis]]

    def counts(self, number: int, profiles: Profiles, of: np.ndarray) -> list[Counts]:
        inside = self.cohort <= number
        found = []
        for item in self.items:
            wide = len(item.categories)
            codes = of * wide + self.answers[item.name][inside]
            found.append(Counts(item.name, np.bincount(codes, minlength=len(profiles.people) * wide).reshape(-1, wide)))
        return found

    def joint(self, number: int, parts: Mapping[str, Groups], items: Sequence[Item], seen: Sequence[str]) -> Joint:
        profiles, of = self.profiles(number, parts, seen)
        inside = self.cohort <= number
        lines = np.stack([self.answers[item.name][inside] for item in items], axis=1)
        combinations, which = np.unique(lines, axis=0, return_inverse=True)
        people = np.zeros((len(profiles.people), len(combinations)), dtype=np.int64)
        np.add.at(people, (of, which.ravel()), 1)
        apart = {
            axis.name: Groups(axis.name, tuple((one.key,) for one in axis.members), (0,) * len(axis.members))
            for axis in self.axes
            if axis.name in seen
        }
        profile, combination = np.nonzero(people)
        counted = combinations[combination], profile, people[profile, combination]
        records = Records(tuple(item.name for item in items), *counted)
        if self.possible is not None:
            records = records.beside(np.unique(self.possible[:, [self.items.index(item) for item in items]], axis=0))
        return Joint(profiles, {**parts, **apart}, records)


def some_people(
    axes: Sequence[Axis],
    items: Sequence[Item],
    people: int,
    *,
    editions: Sequence[int] = (),
    seed: int = 1,
    **more: object,
) -> Answered:
    """People drawn by chance, the first members and answers the most common; `editions`: how many came in each (all in one)."""
    chance = np.random.default_rng(seed)
    cohorts = np.repeat(np.arange(1, len(editions) + 1), editions) if editions else np.ones(people, dtype=np.int64)
    members = {axis.name: _drawn(chance, len(axis.members) - 1, people) for axis in axes}
    answers = {item.name: _drawn(chance, len(item.categories), people) for item in items}
    return Answered(tuple(axes), tuple(items), members, answers, cohorts, **more)  # type: ignore[arg-type]


def _drawn(chance: np.random.Generator, many: int, people: int) -> np.ndarray:
    weights = 1.0 / (np.arange(many) + 1.5)
    return chance.choice(many, people, p=weights / weights.sum())
