"""An insider who may ask the database anything, also what it notes for itself, looks for who came together (A5, A8)."""

from collections import Counter

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from server.database import db
from server.intake import writing
from server.intake.opening import open_envelopes
from server.intake.tables import Remark, Response
from server.services import services
from tests.support.running_campaign import World, make_world

POOLS = 4


@pytest.fixture
def world(app: Flask) -> World:
    """A server with one open campaign, on each kind of database."""
    return make_world(app)


def pools_come_one_by_one(world: World, door: FlaskClient) -> None:
    """Four pools of five people; in each one person writes a remark."""
    for pool in range(POOLS):
        start = 5 * pool
        world.collect(door, world.sealed(4, start=start))
        world.collect(door, world.sealed(1, start=start + 4, more={"q_say": f"remark of pool {pool}"}))
        with world.app.app_context():
            open_envelopes(services())


def test_postgresql_does_not_note_which_responses_and_remarks_came_together(
    world: World, client: FlaskClient, database_url: str
) -> None:
    """`xmin` names the transaction that wrote a row: a remark would be beside the five responses it came with."""
    if not database_url.startswith("postgresql"):
        return
    pools_come_one_by_one(world, client)
    for table in ("response", "remark"):
        with world.app.app_context(), db.engine.connect() as connection:
            groups = connection.execute(text(f"SELECT count(*) FROM {table} GROUP BY xmin::text")).all()
        assert len(groups) == 1, table


def test_a_pool_is_written_among_those_who_came_before(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite puts what is written later on later pages: whatever lies there together has to be many pools at once."""
    at_once: list[list[int]] = []
    write = writing._write_responses

    def look_on(connection, rows):  # type: ignore[no-untyped-def]
        at_once.append([orjson.loads(one.answers)["age"] - 18 for _, _, one in rows])
        write(connection, rows)

    monkeypatch.setattr(writing, "_write_responses", look_on)
    pools_come_one_by_one(world, client)
    assert [sorted(ages) for ages in at_once] == [list(range(5 * pool)) for pool in range(1, POOLS + 1)]
    assert at_once[-1] != sorted(at_once[-1])


def test_who_is_written_again_stays_who_she_was_under_another_id(world: World, client: FlaskClient) -> None:
    world.collect(client, world.sealed(5, more={"q_say": "one"}))
    with world.app.app_context():
        open_envelopes(services())
    before, said = contents(world), {row.text: row.id for row in world.rows(Remark)}
    ids = {row.id for row in world.rows(Response)}
    world.collect(client, world.sealed(5, start=5, more={"q_say": "two"}))
    with world.app.app_context():
        open_envelopes(services())
    assert len(contents(world)) == 10
    assert not before - contents(world)
    assert not ids & {row.id for row in world.rows(Response)}
    assert not set(said.values()) & {row.id for row in world.rows(Remark)}
    assert Counter(row.text for row in world.rows(Remark)) == {"one": 5, "two": 5}


def contents(world: World) -> Counter[str]:
    """What was answered where and when, without ids."""
    rows = world.rows(Response)
    return Counter(
        repr((row.site_id, row.day, row.mode, row.language, row.version, sorted(row.answers.items()))) for row in rows
    )


def test_of_a_large_campaign_a_crowd_is_written_again_and_not_everybody(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "CROWD", 6)
    sizes: list[int] = []
    write = writing._write_responses

    def look_on(connection, rows):  # type: ignore[no-untyped-def]
        sizes.append(len(rows))
        write(connection, rows)

    monkeypatch.setattr(writing, "_write_responses", look_on)
    pools_come_one_by_one(world, client)
    assert sizes[:2] == [5, 10]
    assert set(sizes[2:]) == {11}
    assert world.count(Response) == 20
