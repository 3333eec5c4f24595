"""An insider with the lake's files, but without a key, looks for whose answers came when (A5) and in which envelope (A6)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.survey import load_survey
from server.intake.lake import LakeWriter, Manifest, parts_of, read_manifest
from server.intake.lake_columns import Columns, Row
from sync.chance import SystemChance
from tests.support.intake_world import survey_document

COLUMNS = Columns(load_survey(survey_document()))
LEAD, SOURCES = ("no", "mid", "yes"), (["law"], ["news"], ["union"])
SITES, TONGUES = ("may-10", "mo-than"), ("vi", "en")


def worker(number: int) -> Row:
    """Answers of which no two neighbours have one in common."""
    answers: dict[str, Any] = {
        "gender": ("female", "male")[number % 2],
        "age": 20 + number,
        "q_lead": LEAD[number % 3],
        "q_src": SOURCES[number % 3],
    }
    return Row(SITES[number % 2], date(2026, 11, 20), TONGUES[number % 2], "tablet", answers)


def appended(folder: Path, pools: list[list[int]]) -> LakeWriter:
    """A lake to which these workers were added, pool by pool; in each the one with the smallest envelope id stands first."""
    writer = LakeWriter(folder, "c", SystemChance())
    people = 0
    for run, pool in enumerate(pools, 1):
        people += len(pool)
        writer.append(COLUMNS.table([worker(one) for one in pool]), Manifest("c", "ge_small", 1, "f", run, people, ()))
    return writer


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
    (path,) = parts_of(appended(tmp_path, pools).folder)
    for said, dictionary in words_of(path):
        in_row_order = list(dict.fromkeys(word for word in said if word is not None))
        assert dictionary == in_row_order


def test_no_part_tells_who_was_opened_together(tmp_path: Path) -> None:
    """Five people come, then five others, then five others: what lies in the lake is fifteen people."""
    writer = appended(tmp_path, [list(range(start, start + 5)) for start in (0, 5, 10)])
    manifest = read_manifest(writer.folder)
    assert manifest is not None
    assert [part.responses for part in manifest.parts] == [15]
    assert len(list(writer.folder.iterdir())) == 2


def test_rows_of_a_pool_do_not_lie_together(tmp_path: Path) -> None:
    """Forty pools of five: neighbours in the file are of one pool no more often than chance has it."""
    writer = appended(tmp_path, [list(range(start, start + 5)) for start in range(0, 200, 5)])
    (path,) = parts_of(writer.folder)
    pool = [(age - 20) // 5 for age in pq.read_table(path).column("age").to_pylist()]
    together = sum(one == next_one for one, next_one in pairwise(pool))
    assert together < 20  # 4 are expected; 160 if each pool lay together
