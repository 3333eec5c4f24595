"""How far figures read from brackets are from what was answered, by number of people and by axis, and how many are withheld.

Campaigns are drawn by chance like those of the demo: answers lean on gender, age, job and workplace. Everything is grouped,
bracketed, checked and read by the product's own parts; the truth is counted beside it. Errors are percentage points of a share.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from server.analysis.alibi.budget import Budget  # noqa: E402
from server.analysis.counting.axes import SITE, UNIT  # noqa: E402
from server.analysis.counting.items import Item  # noqa: E402
from server.analysis.reading.figures import read  # noqa: E402
from tests.support.answered import Answered  # noqa: E402
from tests.support.counted import axis, item, places  # noqa: E402

PEOPLE = (60, 150, 400, 1_200, 3_000)
AGES, JOBS = (
    ("u25", "a25", "a30", "a35", "a45", "a55"),
    ("direct", "operator", "technician", "office", "lead", "manager"),
)
WORKERS = (15, 20, 30, 45, 60, 90, 150, 250, 400, 700, 1_200, 2_000)
WOMEN = (0.3, 0.9, 0.5, 0.2, 0.8, 0.6, 0.25, 0.7, 0.85, 0.5, 0.2, 0.82)
UNIT_OF = (0, 1, 0, 2, 1, 2, 3, 0, 1, 2, 3, 1)
AXES = (
    axis("gender", ("female", "male", "other")),
    axis("age", AGES, ordered=True),
    axis("job", JOBS),
    *places({f"s{at}": f"u{unit}" for at, unit in enumerate(UNIT_OF)}),
)
SHOWN = ("", "gender", "age", "job", SITE)


def main(argv: list[str]) -> dict[str, Any]:
    """Mean and 95th percentile of errors; seconds that deciding an edition takes; the share of tables that are withheld."""
    figures: dict[str, Any] = {}
    for people in map(int, argv) if argv else PEOPLE:
        world = drawn(people, seed=1)
        began = time.perf_counter()
        decisions = world.edition(1)
        figures[f"{people}_deciding_s"] = time.perf_counter() - began
        errors, small = _errors(world, decisions)
        for by in SHOWN:
            if by in errors:
                figures[f"{people}_{by or 'one_way'}_mean_points"] = float(np.mean(errors[by]))
                figures[f"{people}_{by or 'one_way'}_p95_points"] = float(np.percentile(errors[by], 95))
        if small:
            figures[f"{people}_groups_of_20_to_50_mean_points"] = float(np.mean(small))
        figures[f"{people}_withheld_percent"] = _withheld(world, decisions)
        for width in (5, 10, 20):
            figures[f"{people}_items_of_width_{width}"] = sum(one.bracket == width for one in decisions.values())
    return figures


def drawn(people: int, seed: int) -> Answered:
    """Draw a campaign of twelve workplaces and 76 items."""
    chance = np.random.default_rng([seed, people])
    members = _members(people, chance)
    items, answers = [], {}
    for one, values in _answers(members, chance):
        items.append(one)
        answers[one.name] = values
    first = np.ones(people, dtype=np.int64)
    return Answered(AXES, tuple(items), members, answers, first, budget=Budget(clock=time.monotonic))


def _members(people: int, chance: np.random.Generator) -> dict[str, np.ndarray]:
    workers = np.repeat(np.arange(len(WORKERS)), WORKERS)
    site = chance.choice(workers, people, replace=people > len(workers))
    woman = chance.random(people) < np.array(WOMEN)[site]
    gender = np.where(chance.random(people) < 0.015, 2, np.where(woman, 0, 1))
    age = chance.choice(len(AGES), people, p=(0.22, 0.23, 0.18, 0.24, 0.09, 0.04))
    job = np.where(
        woman,
        chance.choice(len(JOBS), people, p=(0.72, 0.06, 0.03, 0.11, 0.06, 0.02)),
        chance.choice(len(JOBS), people, p=(0.46, 0.18, 0.1, 0.11, 0.09, 0.06)),
    )
    return {"gender": gender, "age": age, "job": job, UNIT: np.array(UNIT_OF)[site], SITE: site}


def _answers(members: dict[str, np.ndarray], chance: np.random.Generator) -> Iterator[tuple[Item, np.ndarray]]:
    """Draw 32 statements, 8 quiz items, 30 options of four questions, 4 questions of yes and no, 2 of them sensitive."""
    woman, people = members["gender"] == 0, len(members["gender"])
    taught = np.array([-0.1, -0.05, 0.1, 0.4, 0.25, 0.5])[members["job"]]
    young = np.array([0.25, 0.15, 0.05, -0.08, -0.2, -0.35])[members["age"]]
    place = chance.normal(0, 0.25, len(WORKERS))[members[SITE]]
    lean = young + taught / 2 + np.where(woman, 0.3, -0.15) + place + chance.normal(size=people)
    silent = np.where(chance.random(people) < 0.05, 0.2, 0.02)

    def with_missing(values: np.ndarray, unanswered: int) -> np.ndarray:
        return np.where(chance.random(people) < silent, unanswered, values)

    for at in range(32):
        cuts = np.array([-2.0, -1.25, -0.55, 0.75]) + chance.normal(0, 0.45)
        felt = 0.5 * lean + 0.87 * chance.normal(size=people)
        values = np.where(chance.random(people) < 0.025, 5, (felt[:, None] > cuts).sum(axis=1))
        yield item(f"statement_{at}", 6), with_missing(values, 6)
    for at in range(8):
        right = lean + taught + chance.normal(size=people) > chance.normal(-0.3, 0.7)
        yield item(f"quiz_{at}", 3), with_missing(np.where(right, 0, chance.choice((1, 2), people)), 3)
    for question, options in enumerate((6, 7, 8, 9)):
        for at in range(options):
            chosen = chance.normal(size=people) + 0.5 * lean + chance.uniform(-2, 0.6) > 0
            yield item(f"several_{question}/{at}", 2, silent=False), (~chosen).astype(np.int64)
    for at, cut in enumerate((0.0, 0.3)):
        yield item(f"yes_no_{at}", 2), with_missing((lean + chance.normal(size=people) > cut).astype(np.int64), 2)
    for at, cut in enumerate((1.5, 2.05)):
        met = np.where(woman, 0.35, -0.35) + young / 2 + 1.1 * chance.normal(size=people) > cut
        yield item(f"sensitive_{at}", 2, sensitive=True), with_missing((~met).astype(np.int64), 2)


def _errors(world: Answered, decisions: Any) -> tuple[dict[str, list[float]], list[float]]:
    errors: dict[str, list[float]] = defaultdict(list)
    small: list[float] = []
    for decision in decisions.values():
        for by, table in decision.tables.items():
            sizes = np.array(table.groups.sizes)[:, None]
            found = read(decision.item, table, decision.tables[""])
            off = 100 * np.abs(found - _truth(world, decision.item, by, table)) / sizes
            errors[by] += off.ravel().tolist()
            small += off[(sizes[:, 0] >= 20) & (sizes[:, 0] <= 50)].ravel().tolist()
    return errors, small


def _truth(world: Answered, one: Item, by: str, table: Any) -> np.ndarray:
    group = world.part_of(by, table.groups) if by else np.zeros(len(world.cohort), dtype=np.int64)
    wide = len(one.categories)
    codes = group * wide + world.answers[one.name]
    return np.bincount(codes, minlength=len(table.groups.sizes) * wide).reshape(-1, wide)


def _withheld(world: Answered, decisions: Any) -> float:
    """Of the tables that an edition could show, everybody's and one by each axis that has groups: how many are not there."""
    places_too = {one.name for one in world.axes if one.is_place}
    wanted = [
        (name, by)
        for name, decision in decisions.items()
        for by in ("", *world.broken_down[1])
        if not (decision.item.sensitive and by in places_too)
    ]
    return 100 * sum(by not in decisions[name].tables for name, by in wanted) / len(wanted)


if __name__ == "__main__":
    for figure, value in main(sys.argv[1:]).items():
        print(f"{figure:45} {value:10.2f}")
