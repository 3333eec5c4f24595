"""Every response remembers the edition that first counted it, in the database and in the lake, and nothing finer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from server.database import db
from server.intake import pinning
from server.intake.lake_feeding import lake_states, mend_lakes, rebuild_lake
from server.intake.one_at_a_time import one_at_a_time
from server.intake.opening import JOB, open_envelopes
from server.intake.pinning import CannotPin, pin, pinned, unpinned
from server.intake.tables import Response
from server.lake import storage
from server.lake.manifest import read_manifest
from server.lake.reading import parts_by_edition
from server.lake.storage import Folder
from server.services import services
from tests.support.lake import manifest_in, parts_of
from tests.support.running_campaign import CAMPAIGN, World


@pytest.fixture
def lake(world: World) -> Path:
    """The folder of the campaign's lake."""
    return Path(world.app.extensions["langnghe"].settings.lake) / CAMPAIGN


@pytest.fixture
def come(world: World, collector: FlaskClient) -> Callable[..., None]:
    """Let people of these ages come, and open their envelopes."""

    def coming(ages: range) -> None:
        world.collect(collector, [one for age in ages for one in world.sealed(start=age - 18)])
        with world.app.app_context():
            open_envelopes(services())

    return coming


def pin_now(world: World, edition: int) -> int:
    with world.app.app_context():
        return pin(services(), CAMPAIGN, edition)


def in_database(world: World) -> dict[int | None, list[int]]:
    """The ages of those whom each edition counted first."""
    found: dict[int | None, list[int]] = {}
    for row in world.rows(Response):
        found.setdefault(row.edition, []).append(row.answers["age"])
    return {edition: sorted(ages) for edition, ages in found.items()}


def in_lake(lake: Path) -> dict[int | None, list[int]]:
    parts = parts_by_edition(Folder(lake.parent), lake.name)
    return {
        edition: sorted(age for path in paths for age in pq.read_table(path).column("age").to_pylist())
        for edition, paths in parts.items()
    }


def test_who_is_in_no_edition_yet_is_pinned_and_who_comes_later_is_not(
    world: World, come: Callable[..., None], lake: Path
) -> None:
    come(range(20, 32))
    assert pin_now(world, 1) == 12
    come(range(40, 46))
    expected = {1: list(range(20, 32)), None: list(range(40, 46))}
    assert in_database(world) == expected
    assert in_lake(lake) == expected
    with world.app.app_context(), Session(db.engine) as session:
        assert unpinned(session, CAMPAIGN) == 6
        assert pinned(session, CAMPAIGN) == {1: 12}


def test_pinning_the_same_edition_again_adds_nobody(world: World, come: Callable[..., None], lake: Path) -> None:
    come(range(20, 32))
    assert pin_now(world, 1) == 12
    come(range(40, 46))
    assert pin_now(world, 1) == 12
    assert in_lake(lake) == in_database(world) == {1: list(range(20, 32)), None: list(range(40, 46))}


def test_an_edition_cannot_come_before_an_earlier_one(world: World, come: Callable[..., None]) -> None:
    come(range(20, 32))
    pin_now(world, 2)
    come(range(40, 46))
    with pytest.raises(ValueError, match="cannot follow"):
        pin_now(world, 1)


def test_pinning_nobody_changes_nothing(world: World, come: Callable[..., None], lake: Path) -> None:
    come(range(20, 32))
    pin_now(world, 1)
    before = (lake / "manifest.json").read_bytes()
    assert pin_now(world, 2) == 0
    assert (lake / "manifest.json").read_bytes() == before


def test_a_campaign_without_any_response_has_nobody_to_pin(world: World) -> None:
    assert pin_now(world, 1) == 0


def test_nobody_is_pinned_while_envelopes_are_being_opened(world: World, come: Callable[..., None]) -> None:
    come(range(20, 32))
    with world.app.app_context():
        at_hand = services()
        with one_at_a_time(JOB, db.engine, at_hand.settings) as mine:
            assert mine
            with pytest.raises(CannotPin, match="opening"):
                pin(at_hand, CAMPAIGN, 1)
    assert set(in_database(world)) == {None}


def test_pins_are_built_anew_with_the_lake(world: World, come: Callable[..., None], lake: Path) -> None:
    come(range(20, 32))
    pin_now(world, 1)
    come(range(32, 40))
    pin_now(world, 2)
    come(range(40, 46))
    files = set(parts_of(lake))
    with world.app.app_context():
        assert rebuild_lake(services(), CAMPAIGN) == 26
    assert not files & set(parts_of(lake))
    assert in_lake(lake) == {1: list(range(20, 32)), 2: list(range(32, 40)), None: list(range(40, 46))}


def test_the_lake_catches_up_after_a_cut_between_database_and_manifest(
    world: World, come: Callable[..., None], lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes when the database has the pins and the lake has not."""

    class PowerCut(Exception):
        pass

    def cut(*_arguments: object) -> None:
        raise PowerCut

    come(range(20, 32))
    with monkeypatch.context() as patched:
        patched.setattr(pinning, "_pin_in_lake", cut)
        with pytest.raises(PowerCut):
            pin_now(world, 1)
    assert in_database(world) == {1: list(range(20, 32))}
    assert set(in_lake(lake)) == {None}
    with world.app.app_context():
        assert mend_lakes(services()) == ()
    assert in_lake(lake) == {1: list(range(20, 32))}
    assert pin_now(world, 1) == 12


def test_a_lake_without_room_keeps_the_pins_and_catches_up(
    world: World, come: Callable[..., None], lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    come(range(20, 32))
    before = in_lake(lake)
    with monkeypatch.context() as patched:
        patched.setattr(storage.os, "fsync", no_room)
        with pytest.raises(CannotPin, match="keep their pins"):
            pin_now(world, 1)
    assert in_lake(lake) == before
    assert pin_now(world, 1) == 12
    assert in_lake(lake) == in_database(world) == {1: list(range(20, 32))}


def test_a_damaged_part_is_noticed_and_built_anew(world: World, come: Callable[..., None], lake: Path) -> None:
    """One bit of a file of an earlier edition turned; its length did not change."""
    come(range(20, 32))
    pin_now(world, 1)
    (path,) = parts_of(lake)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    come(range(40, 52))
    assert pin_now(world, 2) == 12
    assert not path.exists()
    assert in_lake(lake) == {1: list(range(20, 32)), 2: list(range(40, 52))}


def test_a_part_that_was_cut_short_is_built_anew_by_the_next_run(
    world: World, come: Callable[..., None], lake: Path
) -> None:
    come(range(20, 32))
    (path,) = parts_of(lake)
    path.write_bytes(path.read_bytes()[:-100])
    with world.app.app_context():
        assert mend_lakes(services()) == ()
    assert in_lake(lake) == {None: list(range(20, 32))}


def test_a_manifest_of_before_editions_is_read(world: World, come: Callable[..., None], lake: Path) -> None:
    come(range(20, 32))
    document = orjson.loads((lake / "manifest.json").read_bytes())
    document["parts"] = [{"name": part["name"], "responses": part["responses"]} for part in document["parts"]]
    (lake / "manifest.json").write_bytes(orjson.dumps(document))
    assert in_lake(lake) == {None: list(range(20, 32))}
    with world.app.app_context():
        assert mend_lakes(services()) == ()
    assert read_manifest(Folder(lake.parent), CAMPAIGN) is not None
    assert pin_now(world, 1) == 12
    assert in_lake(lake) == {1: list(range(20, 32))}


def test_a_pool_is_not_written_among_those_whom_an_edition_has_counted(world: World, come: Callable[..., None]) -> None:
    """Rows of an edition keep their ids; those in none are written again with every pool."""
    come(range(20, 32))
    pin_now(world, 1)
    come(range(40, 46))
    ids = {row.id: row.edition for row in world.rows(Response)}
    come(range(46, 52))
    after = {row.id: row.edition for row in world.rows(Response)}
    assert Counter(after.values()) == {1: 12, None: 12}
    assert set(ids) & set(after) == {key for key, edition in ids.items() if edition == 1}


def test_files_of_an_edition_stay_while_others_come(world: World, come: Callable[..., None], lake: Path) -> None:
    come(range(20, 32))
    pin_now(world, 1)
    (first,) = manifest_in(lake).parts
    for start in (40, 46, 52):
        come(range(start, start + 6))
    parts = manifest_in(lake).parts
    assert replace(first) == parts[0]
    assert [(part.edition, part.responses) for part in parts] == [(1, 12), (None, 18)]
    with world.app.app_context():
        assert [state.generation for state in lake_states()] == [5]
