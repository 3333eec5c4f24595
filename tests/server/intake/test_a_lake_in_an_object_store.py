"""The lake in an object store: filled, pinned, merged and built anew as in a folder; out of reach it keeps nobody from being opened."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.intake.lake_feeding import rebuild_lake
from server.intake.opening import open_envelopes
from server.intake.pinning import CannotPin, pin
from server.intake.tables import Response
from server.lake.addresses import open_storage, probe
from server.lake.manifest import read_manifest
from server.lake.reading import parts_by_edition
from server.lake.storage import StorageFailure
from server.services import services, services_of
from tests.support import server_app
from tests.support.object_store import at_store, bucket, object_store  # noqa: F401 - fixtures are used by name
from tests.support.running_campaign import CAMPAIGN, World, make_world


@pytest.fixture
def app(tmp_path: Path, database_url: str, bucket: str) -> Iterator[Flask]:  # noqa: F811
    """A server whose lake is in an object store, on each kind of database."""
    made = server_app.make_app(tmp_path, database_url, lake=f"s3://{bucket}/langnghe")
    yield made
    server_app.close(made)


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign."""
    return make_world(app)


def come(world: World, door: FlaskClient, ages: range) -> tuple[str, ...]:
    """Let people of these ages come; the campaigns whose lake lags behind then."""
    world.collect(door, [one for age in ages for one in world.sealed(start=age - 18)])
    with world.app.app_context():
        return open_envelopes(services()).lakes_behind


def in_lake(world: World) -> dict[int | None, list[int]]:
    """The ages of those whom each edition counted first, as whoever has the addresses reads them."""
    storage = open_storage(services_of(world.app).settings.lake)
    found = {}
    for edition, addresses in parts_by_edition(storage, CAMPAIGN).items():
        assert all(address.startswith("s3://") for address in addresses)
        names = [address.rpartition("/")[2] for address in addresses]
        tables = [pq.read_table(pa.BufferReader(storage.read(f"{CAMPAIGN}/{name}"))) for name in names]
        found[edition] = sorted(age for table in tables for age in table.column("age").to_pylist())
    return found


def test_it_is_filled_pinned_and_built_anew(world: World, client: FlaskClient, tmp_path: Path) -> None:
    assert come(world, client, range(20, 26)) == ()
    assert come(world, client, range(26, 32)) == ()
    with world.app.app_context():
        assert pin(services(), CAMPAIGN, 1) == 12
    come(world, client, range(40, 46))
    expected = {1: list(range(20, 32)), None: list(range(40, 46))}
    assert in_lake(world) == expected
    storage = open_storage(services_of(world.app).settings.lake)
    before = storage.sizes(CAMPAIGN)
    with world.app.app_context():
        assert rebuild_lake(services(), CAMPAIGN) == 18
    assert in_lake(world) == expected
    assert set(before) & set(storage.sizes(CAMPAIGN)) == {"manifest.json"}
    assert not (tmp_path / "lake").exists()


def test_a_store_out_of_reach_keeps_nobody_from_being_opened_and_is_caught_up_with(
    world: World,
    client: FlaskClient,
    object_store: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    come(world, client, range(20, 26))
    at_store(monkeypatch, "http://127.0.0.1:9")
    assert come(world, client, range(40, 46)) == (CAMPAIGN,)
    assert "cannot be reached" in caplog.text
    assert world.count(Response) == 12
    with world.app.app_context(), pytest.raises(CannotPin, match="keep their pins"):
        pin(services(), CAMPAIGN, 1)
    with pytest.raises(StorageFailure, match="cannot be reached"):
        probe(services_of(world.app).settings.lake)
    at_store(monkeypatch, object_store)
    with world.app.app_context():
        assert open_envelopes(services()).lakes_behind == ()
        assert pin(services(), CAMPAIGN, 1) == 12
    assert in_lake(world) == {1: [*range(20, 26), *range(40, 46)]}
    probe(services_of(world.app).settings.lake)


def test_a_damaged_object_is_noticed_when_an_edition_is_pinned(world: World, client: FlaskClient) -> None:
    come(world, client, range(20, 26))
    storage = open_storage(services_of(world.app).settings.lake)
    manifest = read_manifest(storage, CAMPAIGN)
    assert manifest is not None
    (part,) = manifest.parts
    data = bytearray(storage.read(f"{CAMPAIGN}/{part.name}"))
    data[-1] ^= 1
    storage.replace(f"{CAMPAIGN}/{part.name}", bytes(data))
    with world.app.app_context():
        assert pin(services(), CAMPAIGN, 1) == 6
    assert in_lake(world) == {1: list(range(20, 26))}
