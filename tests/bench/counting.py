"""How fast an edition's counts come, and in how much memory: all questions by profiles of all axes, on a made-up lake.

The processor's time is given beside the clock's, because a machine that does other things as well makes the clock's longer.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas.pack_reader import read_pack
from server.analysis.counting.axes import Workplace, axes_of
from server.analysis.counting.counting import count, sizes
from server.analysis.counting.listing import items_of
from server.analysis.grouping.groups import Groups
from server.analysis.lake.engine import DUCKDB, connect
from server.analysis.lake.people import open_people
from tests.support.lake import drawn

RESPONSES = 1_000_000
PART = 100_000
PLACES = [Workplace(f"noi-{at:02}", f"Nơi {at}", f"cd-{at % 6}", f"CĐ {at % 6}", 60_000) for at in range(20)]
ROOT = Path(__file__).parents[2]


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; arguments: the number of responses, the engine's address. Counting has a process of its own, for its memory."""
    responses = int(argv[0]) if argv else RESPONSES
    with tempfile.TemporaryDirectory() as folder:
        write_lake(Path(folder), responses)
        command = [sys.executable, __file__, folder, argv[1] if len(argv) > 1 else DUCKDB]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        output = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    figures = dict(line.split() for line in output.splitlines())
    return {"responses": responses, **{name: float(value) for name, value in figures.items()}}


def write_lake(folder: Path, responses: int) -> None:
    """Parts of a hundred thousand made-up responses each."""
    survey, sites = read_pack("ge_awareness"), [place.id for place in PLACES]
    for at, start in enumerate(range(0, responses, PART)):
        part = drawn(survey, min(PART, responses - start), sites, seed=at + 1)
        pq.write_table(part, folder / f"part-{at}.parquet", compression="zstd", write_statistics=False)


def count_all(folder: Path, address: str) -> dict[str, float]:
    """Count everything once, in two cohorts."""
    survey = read_pack("ge_awareness")
    items, axes = items_of(survey), axes_of(survey, PLACES)
    parts = sorted(str(path) for path in folder.glob("*.parquet"))
    half = len(parts) // 2
    engine = connect(address)
    people = open_people(engine, {1: parts[:half], 2: parts[half:]}, survey)
    sizes_s, _, found = timed(lambda: sizes(people, axes))
    groups = {axis.name: each_alone(axis, found.people[axis.name].sum(axis=1)) for axis in axes if axis.name != "unit"}
    count_s, cpu_s, profiles = timed(lambda: _counted(people, items, axes, groups))
    engine.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "items": len(items),
        "axes": len(axes),
        "profiles": profiles,
        "sizes_s": sizes_s,
        "count_s": count_s,
        "count_processor_s": cpu_s,
        "memory_mib": round(memory),
    }


def each_alone(axis: Any, people: Any) -> Groups:
    """Every member whom somebody has in a group of its own: the most profiles there can be."""
    held = [(member.key, int(size)) for member, size in zip(axis.members, people, strict=True) if size]
    return Groups(axis.name, tuple((key,) for key, _ in held), tuple(size for _, size in held))


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of the processor, and what came of it."""
    started, used = time.perf_counter(), time.process_time()
    done = work()
    return round(time.perf_counter() - started, 2), round(time.process_time() - used, 2), done


def _counted(people: Any, items: Any, axes: Any, groups: Any) -> int:
    profiles, counts = count(people, items, axes, groups)
    for one in counts:
        if one.people.sum() != profiles.people.sum():
            raise SystemExit(f"{one.item} does not add up.")
    return len(profiles.people)


if __name__ == "__main__":
    for name, value in count_all(Path(sys.argv[1]), sys.argv[2]).items():
        print(name, value)
