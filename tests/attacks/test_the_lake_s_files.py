"""An insider with the lake's files, but without a key, looks for whose answers came when (A5) and in which envelope (A6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.survey import load_survey
from server.lake.columns import Columns, LakeRow
from server.lake.manifest import Manifest
from server.lake.storage import Folder
from server.lake.writing import CROWD, SMALL_PART, LakeWriter
from sync.chance import SystemChance
from tests.support.lake import manifest_in, parts_of
from tests.support.running_campaign import survey_document

COLUMNS = Columns(load_survey(survey_document()))
LEAD, SOURCES = ("no", "mid", "yes"), (["law"], ["news"], ["union"])
SITES, TONGUES = ("may-10", "mo-than"), ("vi", "en")


def worker(number: int) -> LakeRow:
    """Answers of which no two neighbours have one in common."""
    answers: dict[str, Any] = {
        "gender": ("female", "male")[number % 2],
        "age": 20 + number,
        "q_lead": LEAD[number % 3],
        "q_src": SOURCES[number % 3],
    }
    return LakeRow(SITES[number % 2], date(2026, 11, 20), TONGUES[number % 2], "tablet", answers)


def appended(folder: Path, pools: list[list[int]]) -> Path:
    """A lake to which these workers were added, pool by pool; in each the one with the smallest envelope id stands first."""
    writer = LakeWriter(Folder(folder), "c", SystemChance())
    people = 0
    for run, pool in enumerate(pools, 1):
        people += len(pool)
        writer.append(COLUMNS.table([worker(one) for one in pool]), Manifest("c", "ge_small", 1, "f", run, people, ()))
    return folder / "c"


def words_of(path: Path) -> Iterator[tuple[list[str | None], list[str]]]:
    """Each column of words: what its rows say, and its dictionary in the order of the file."""
    table = pq.read_table(path)
    for column in (one.combine_chunks() for one in table.columns):
        if pa.types.is_dictionary(column.type):
            yield column.to_pylist(), column.dictionary.to_pylist()
        elif pa.types.is_list(column.type):
            yield column.values.to_pylist(), column.values.dictionary.to_pylist()


@pytest.mark.parametrize(
    "pools", [[list(range(12))], [list(range(6)), list(range(6, 12))]], ids=["one run", "two runs"]
)
def test_a_dictionary_does_not_name_the_row_that_was_opened_first(tmp_path: Path, pools: list[list[int]]) -> None:
    """Words in the order of coming would point at the row that holds the first word of every column."""
    (path,) = parts_of(appended(tmp_path, pools))
    for said, dictionary in words_of(path):
        in_row_order = list(dict.fromkeys(word for word in said if word is not None))
        assert dictionary == in_row_order


def test_no_part_tells_who_was_opened_together(tmp_path: Path) -> None:
    """Five people come, then five others, then five others: what lies in the lake is fifteen people."""
    folder = appended(tmp_path, [list(range(start, start + 5)) for start in (0, 5, 10)])
    assert [part.responses for part in manifest_in(folder).parts] == [15]
    assert len(list(folder.iterdir())) == 2


def test_rows_of_a_pool_do_not_lie_together(tmp_path: Path) -> None:
    """Forty pools of five: neighbours in the file are of one pool no more often than chance has it."""
    (path,) = parts_of(appended(tmp_path, [list(range(start, start + 5)) for start in range(0, 200, 5)]))
    pool = [(age - 20) // 5 for age in pq.read_table(path).column("age").to_pylist()]
    together = sum(one == next_one for one, next_one in pairwise(pool))
    assert together < 20  # 4 are expected; 160 if each pool lay together


@pytest.mark.parametrize("before", ["built anew", "grown run by run"])
def test_a_small_pool_never_stands_alone_beside_large_parts(tmp_path: Path, before: str) -> None:
    """Once every part has ten thousand rows, six more people would be the whole newest file."""
    people = SMALL_PART + 50
    crowd = COLUMNS.table([worker(0)] * people)
    writer = LakeWriter(Folder(tmp_path), "c", SystemChance())
    manifest = Manifest("c", "ge_small", 1, "f", 1, people, ())
    if before == "built anew":
        writer.replace([(None, crowd)], manifest)
    else:
        writer.append(crowd, manifest)
        writer.append(crowd, replace(manifest, generation=2, responses=2 * people))
    for run in range(3):
        ages = [100 + 6 * run + person for person in range(6)]
        held = manifest_in(tmp_path / "c")
        claimed = replace(held, generation=held.generation + 1, responses=held.responses + 6)
        writer.append(COLUMNS.table([worker(age) for age in ages]), claimed)
        assert writer.stands_at(claimed.generation, claimed.responses)
        files = [pq.read_table(path).column("age").to_pylist() for path in parts_of(tmp_path / "c")]
        (theirs,) = [found for found in files if 20 + ages[0] in found]
        assert len(theirs) >= CROWD + 6
        assert sum(map(len, files)) == claimed.responses


def test_a_part_that_stays_leaves_a_random_crowd_for_the_next_pool(tmp_path: Path) -> None:
    writer = LakeWriter(Folder(tmp_path), "c", SystemChance())
    people = SMALL_PART + CROWD
    writer.append(
        COLUMNS.table([worker(number) for number in range(people)]), Manifest("c", "ge_small", 1, "f", 1, people, ())
    )
    large, small = (pq.read_table(path).column("age").to_pylist() for path in parts_of(tmp_path / "c"))
    assert (len(large), len(small)) == (SMALL_PART, CROWD)
    assert abs(sum(small) / CROWD - people / 2) < 6 * people / (12 * CROWD) ** 0.5


def grown(folder: Path, steps: list[list[int] | int]) -> None:
    """Pools of workers come (lists of their numbers), and editions are made in between (their numbers)."""
    writer = LakeWriter(Folder(folder), "c", SystemChance())
    people = 0
    for generation, step in enumerate(steps, 1):
        people += 0 if isinstance(step, int) else len(step)
        manifest = Manifest("c", "ge_small", 1, "f", generation, people, ())
        if isinstance(step, int):
            writer.pin(step, manifest)
        else:
            writer.append(COLUMNS.table([worker(one) for one in step]), manifest)


def pool(number: int) -> list[int]:
    """Five people who were opened together."""
    return list(range(5 * number, 5 * number + 5))


def test_the_lake_tells_the_edition_and_not_the_pools_that_it_is_made_of(tmp_path: Path) -> None:
    """Each edition is one file as long as it is small, however many pools came before it."""
    grown(tmp_path, [pool(0), pool(1), 1, pool(2), pool(3), pool(4), 2, pool(5), pool(6)])
    parts = manifest_in(tmp_path / "c").parts
    assert [(part.edition, part.responses) for part in parts] == [(1, 10), (2, 15), (None, 10)]
    assert len(list((tmp_path / "c").iterdir())) == 4


def test_pools_of_an_edition_do_not_lie_together_in_its_file(tmp_path: Path) -> None:
    grown(tmp_path, [*(pool(number) for number in range(40)), 1, pool(40)])
    path, _ = parts_of(tmp_path / "c")
    pools = [(age - 20) // 5 for age in pq.read_table(path).column("age").to_pylist()]
    together = sum(one == next_one for one, next_one in pairwise(pools))
    assert together < 20  # 4 are expected; 160 if each pool lay together


def test_no_file_tells_when_an_edition_was_made(tmp_path: Path) -> None:
    """Neither the parts nor the manifest carry the time of their writing, and the manifest names no day."""
    grown(tmp_path, [pool(0), pool(1), 1, pool(2)])
    assert {path.stat().st_mtime for path in (tmp_path / "c").iterdir()} == {0}
    assert set(orjson.loads((tmp_path / "c" / "manifest.json").read_bytes())["parts"][0]) == {
        "name",
        "responses",
        "edition",
        "size",
        "digest",
    }
