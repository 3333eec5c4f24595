"""DuckDB keeps answers to itself: nothing on disk, nothing from outside, no pandas, and no word of what it read in its failures."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from server.analysis.lake.engine import EngineFailure, connect
from server.lake.bucket import Bucket

COUNTS = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pandas":
            raise ImportError(name)

sys.meta_path.insert(0, Without())
from schemas.survey import load_survey
from server.analysis.counting.counting import count
from server.analysis.counting.listing import items_of
from server.analysis.lake.engine import connect
from server.analysis.lake.people import open_people
from tests.support.plain_count import person, written
from tests.support.surveys import document, select
from pathlib import Path
survey = load_survey(document(select("a"), select("b", relevant="${a} = 'yes'")))
people = open_people(connect(), written(Path(sys.argv[1]), survey, [person(survey, {"a": "no"})] * 3), survey)
print([one.people.tolist() for one in count(people, items_of(survey), (), {})[1]])
"""


def test_people_are_counted_without_pandas(tmp_path):
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", COUNTS, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[[[0, 3, 0]], [[0, 0, 0, 3]]]"


def test_nothing_is_written_where_memory_is_short(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    engine = connect(memory_limit="60MB")
    pq.write_table(pa.table({"n": list(range(3_000_000))}), tmp_path / "rows.parquet")
    rows = engine.read([str(tmp_path / "rows.parquet")])
    with pytest.raises(EngineFailure):
        engine.columns(rows.join(rows, "n").distinct().order_by("n"))
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
    engine.close()


def test_a_failure_says_nothing_of_what_was_read(engine, tmp_path):
    pq.write_table(pa.table({"n": ["planted"]}), tmp_path / "rows.parquet")
    rows = engine.read([str(tmp_path / "rows.parquet")])
    with pytest.raises(EngineFailure) as failed:
        engine.columns(rows.select(n=rows.n.cast("int64")))
    assert "planted" not in f"{failed.value!r}{failed.value.__cause__!r}"
    assert failed.value.__suppress_context__


def test_a_view_is_the_expression_that_it_names(engine, tmp_path):
    pq.write_table(pa.table({"n": [1, 2], "of two": ["x", None]}), tmp_path / "rows.parquet")
    rows = engine.read([str(tmp_path / "rows.parquet")])
    view = engine.view(rows.select("of two", m=rows.n + 1))
    assert engine.columns(view.order_by("m")).to_pydict() == {"of two": ["x", None], "m": [2, 3]}


def test_parts_in_an_object_store_are_read(engine, bucket, tmp_path):
    pq.write_table(pa.table({"n": [1, 2, 3]}), tmp_path / "rows.parquet")
    store = Bucket(f"s3://{bucket}/lake")
    store.put("garment/part-1.parquet", (tmp_path / "rows.parquet").read_bytes())
    rows = engine.read([store.address("garment/part-1.parquet")])
    assert engine.columns(rows.aggregate(n=rows.n.sum()))["n"].to_pylist() == [6]


def test_a_part_that_is_not_in_the_store_is_a_failure(engine, bucket):
    with pytest.raises(EngineFailure):
        engine.read([f"s3://{bucket}/lake/garment/part-9.parquet"])
