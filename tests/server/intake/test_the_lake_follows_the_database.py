"""The lake: typed columns, rows in no order and without ids, and never out of step with the database for longer than a run."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from schemas.answers import computed
from schemas.survey import load_survey
from server.database import transaction
from server.intake.lake_feeding import lake_states, mend_lakes, rebuild_lake
from server.intake.opening import open_envelopes
from server.intake.tables import LakeState, Response
from server.lake.columns import Columns, LakeRow, column_name
from server.lake.manifest import Manifest, PartFile
from server.lake.storage import Folder
from server.lake.writing import LakeWriter
from server.services import services
from sync.chance import SystemChance
from tests.support.lake import manifest_in, parts_of
from tests.support.running_campaign import CAMPAIGN, SECRETS, World, survey_document

WORD = pa.dictionary(pa.int32(), pa.string())
SMALL = load_survey(survey_document())


def folder(world: World) -> Path:
    return Path(world.app.extensions["langnghe"].settings.lake) / CAMPAIGN


def read(world: World) -> pa.Table:
    return pa.concat_tables([pq.read_table(path) for path in parts_of(folder(world))]).unify_dictionaries()


def rows(table: pa.Table) -> list[str]:
    return sorted(map(repr, table.to_pylist()))


def open_now(world: World) -> None:
    with world.app.app_context():
        open_envelopes(services())


@pytest.fixture
def opened(world: World, collector: FlaskClient) -> World:
    """A campaign of which seven responses have been opened, one with a remark."""
    world.collect(collector, world.sealed(6) + world.sealed(1, start=6, more={"q_say": SECRETS[0]}))
    open_now(world)
    return world


def test_each_question_has_a_column_of_its_type_and_nothing_names_a_response(opened: World) -> None:
    assert {field.name: field.type for field in read(opened).schema} == {
        "site": WORD,
        "day": pa.date32(),
        "language": WORD,
        "mode": WORD,
        "gender": WORD,
        "age": pa.int64(),
        "q_lead": WORD,
        "q_src": pa.list_(pa.field("element", WORD)),
        "q_mark": pa.float64(),
        "q_read": WORD,
        "older": pa.float64(),
        "echo": pa.string(),
    }


def test_its_rows_are_the_responses(opened: World) -> None:
    stored = opened.rows(Response)
    found = read(opened).to_pylist()
    assert sorted((row["site"], row["age"], row["older"]) for row in found) == sorted(
        (row.site_id, row.answers["age"], row.answers["age"] + 1) for row in stored
    )


def test_words_of_ones_own_do_not_reach_it_not_even_by_a_calculation(opened: World) -> None:
    assert set(read(opened).column("echo").to_pylist()) == {"silent"}
    assert not any(SECRETS[0].encode() in path.read_bytes() for path in folder(opened).iterdir())


def test_the_next_run_is_merged_in(opened: World, collector: FlaskClient) -> None:
    opened.collect(collector, opened.sealed(5, start=50))
    open_now(opened)
    manifest = manifest_in(folder(opened))
    assert (manifest.generation, manifest.responses, len(manifest.parts)) == (2, 12, 1)
    assert read(opened).num_rows == 12


@pytest.mark.parametrize("loss", ["everything", "the manifest", "a part", "half a manifest"])
def test_what_is_lost_is_built_anew_by_the_next_run(opened: World, loss: str) -> None:
    before = rows(read(opened))
    match loss:
        case "everything":
            for path in folder(opened).iterdir():
                path.unlink()
            folder(opened).rmdir()
        case "the manifest":
            (folder(opened) / "manifest.json").unlink()
        case "a part":
            parts_of(folder(opened))[0].unlink()
        case "half a manifest":
            (folder(opened) / "manifest.json").write_bytes(b'{"campaign": "ge')
    open_now(opened)
    assert rows(read(opened)) == before


def test_a_database_that_went_back_to_a_backup_takes_the_lake_with_it(opened: World) -> None:
    with opened.app.app_context(), transaction() as session:
        session.query(Response).delete()
        session.query(LakeState).update({"generation": 1, "responses": 0})
    open_now(opened)
    assert read(opened).num_rows == 0


def test_rebuilding_gives_the_same_rows_and_leaves_no_other_file(opened: World) -> None:
    before, files = rows(read(opened)), set(folder(opened).iterdir())
    with opened.app.app_context():
        assert rebuild_lake(services(), CAMPAIGN) == 7
        assert mend_lakes(services()) == ()
        assert [(state.generation, state.responses) for state in lake_states()] == [(1, 7)]
    assert rows(read(opened)) == before
    assert set(folder(opened).iterdir()) & files == {folder(opened) / "manifest.json"}


def test_small_parts_are_merged_into_one(tmp_path: Path) -> None:
    writer, columns = LakeWriter(Folder(tmp_path), "c", SystemChance()), Columns(SMALL)
    for run in range(1, 21):
        table = columns.table([LakeRow("may-10", date(2026, 11, 20), "vi", "tablet", {"age": run}) for _ in range(5)])
        writer.append(table, Manifest("c", "ge_small", 1, "f", run, 5 * run, ()))
        assert writer.stands_at(run, 5 * run)
    manifest = manifest_in(tmp_path / "c")
    assert len(manifest.parts) == 1
    assert sum(part.responses for part in manifest.parts) == 100
    assert {path.name for path in (tmp_path / "c").iterdir()} == {
        "manifest.json",
        *(part.name for part in manifest.parts),
    }
    ages = [row["age"] for path in parts_of(tmp_path / "c") for row in pq.read_table(path).to_pylist()]
    assert sorted(ages) == sorted(list(range(1, 21)) * 5)


def test_parts_do_not_tell_when_they_were_written(opened: World) -> None:
    assert {path.stat().st_mtime for path in parts_of(folder(opened))} == {0}


def test_an_answer_that_another_version_allowed_leaves_a_gap_and_no_failure() -> None:
    odd = {"age": "old", "q_mark": "high", "q_src": "law", "gender": 3, "older": "x"}
    table = Columns(SMALL).table([LakeRow("may-10", date(2026, 11, 20), "vi", "tablet", odd)])
    kept = {name: value for name, value in table.to_pylist()[0].items() if name in odd}
    assert kept == {"age": None, "q_mark": None, "q_src": None, "gender": "3", "older": None}


def test_a_question_named_like_a_place_has_a_column_of_its_own() -> None:
    assert column_name("site") == "site__answer"
    assert column_name("age") == "age"


def test_a_reader_sees_no_part_that_the_manifest_does_not_name(tmp_path: Path) -> None:
    writer = LakeWriter(Folder(tmp_path), "c", SystemChance())
    writer.append(Columns(SMALL).table([]), Manifest("c", "ge_small", 1, "f", 1, 0, ()))
    (tmp_path / "c" / "part-left-over.parquet").write_bytes(b"half a part")
    assert all("left-over" not in path.name for path in parts_of(tmp_path / "c"))
    assert isinstance(manifest_in(tmp_path / "c").parts[0], PartFile)


@pytest.mark.parametrize(
    ("calculation", "kind", "kept"),
    [
        ("${age} + 1", pa.float64(), 31.0),
        ("if(${age} > 20, 1, '')", pa.float64(), 1.0),
        ("if(${age} > 40, 1, '')", pa.float64(), None),
        ("count-selected(${q_src})", pa.float64(), 2.0),
        ("if(${age} > 20, 'old', 'young')", pa.string(), "old"),
        ("${age} > 20", pa.string(), "true"),
        ("coalesce(${q_lead}, 'nothing')", pa.string(), "yes"),
    ],
)
def test_a_calculation_has_a_column_of_numbers_where_it_always_gives_one(
    calculation: str, kind: pa.DataType, kept: object
) -> None:
    document = survey_document()
    document["sections"][0]["questions"][7]["calculation"] = calculation
    survey = load_survey(document)
    answers = {"age": 30, "q_src": ["law", "news"], "q_lead": "yes"}
    calculated = computed(survey, answers, today=date(2026, 11, 20))
    table = Columns(survey).table([LakeRow("may-10", date(2026, 11, 20), "vi", "tablet", {**answers, **calculated})])
    assert table.schema.field("older").type == kind
    assert table.column("older").to_pylist() == [kept]
