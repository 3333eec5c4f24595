"""An insider with dumps of a real PostgreSQL, and staff who know who came when, look for the newest pool, its collector, its remarks.

What a dump holds beside the rows is what the database notes of them: the transaction that wrote a row (`xmin`), where it lies
(`ctid`), and the order of its ids. What is left to two dumps is asserted at the end: they show a pool as a whole, never less.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from server.collectors.enrolment import enrol, invite
from server.database import db, transaction
from server.intake.opening import open_envelopes
from server.intake.writing import CROWD
from server.services import services
from tests.support.running_campaign import CAMPAIGN, World, make_world

EARLIER = 450
ROUNDS = 12
POOL = 5


@pytest.fixture
def database_kind() -> str:
    """Only PostgreSQL notes who wrote a row."""
    return "postgresql"


@pytest.fixture
def world(app: Flask) -> World:
    """A server on which many have answered already, and some wrote a remark."""
    made = make_world(app)
    door = app.test_client()
    for start in range(0, EARLIER, 90):
        made.collect(door, made.sealed(60, start=start, site="may-10"))
        made.collect(door, made.sealed(30, start=start + 60, site="may-10", more={"q_say": "an earlier remark"}))
        open_now(made)
    return made


def open_now(world: World) -> None:
    with world.app.app_context():
        open_envelopes(services())


@dataclass(frozen=True)
class Seen:
    """A row as a dump has it, and what the database notes of it."""

    id: str
    content: str
    xmin: int
    place: tuple[int, int]
    collector: str = ""


def dump(world: World, table: str) -> list[Seen]:
    """Read a table with its system columns, in the order in which it lies."""
    with world.app.app_context(), db.engine.connect() as connection:
        found = connection.execute(text(f"SELECT xmin::text AS xmin, ctid::text AS ctid, * FROM {table} ORDER BY ctid"))
        return [seen(dict(row)) for row in found.mappings()]


def seen(row: dict[str, Any]) -> Seen:
    xmin, ctid, key = int(row.pop("xmin")), row.pop("ctid"), str(row.pop("id", ""))
    page, line = ctid.strip("()").split(",")
    return Seen(key, repr(sorted(row.items(), key=str)), xmin, (int(page), int(line)), row.get("collector_id", ""))


def newest(rows: list[Seen]) -> list[Seen]:
    """The rows of the last transaction that wrote any."""
    last = max(row.xmin for row in rows)
    return [row for row in rows if row.xmin == last]


def outside_the_arc(rows: list[Seen]) -> set[str]:
    """Of the newest rows those that do not lie in the longest stretch of ids that are all newest: once, these were the pool."""
    group = {row.id for row in newest(rows)}
    ids = sorted(row.id for row in rows)
    longest: list[str] = []
    stretch: list[str] = []
    for one in ids + ids:
        stretch = [*stretch, one] if one in group else []
        longest = max(longest, stretch, key=len)
    return group - set(longest)


def test_one_dump_does_not_tell_the_newest_pool(world: World, client: FlaskClient) -> None:
    """Four ways to name five people: outside of the arc of ids, first and last where they lie, at the ends of the ids."""
    hits: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for round_ in range(ROUNDS):
        before = Counter(row.content for row in dump(world, "response"))
        world.collect(client, world.sealed(POOL, start=EARLIER + POOL * round_, site="may-10", language="en"))
        open_now(world)
        rows = dump(world, "response")
        group = newest(rows)
        assert len(group) >= CROWD + POOL
        new = {row.id for row in rows if not before[row.content]}
        assert len(new) == POOL
        lying = [row.id for row in sorted(group, key=lambda row: row.place)]
        by_id = sorted(lying)
        ways = {
            "arc": outside_the_arc(rows),
            "first": lying[:POOL],
            "last": lying[-POOL:],
            "ends": [*by_id[:3], *by_id[-2:]],
        }
        for way, guessed in ways.items():
            hits[way] += len(new & set(guessed))
            named[way] += len(guessed)
    chance = POOL / (CROWD + POOL)
    for way, number in named.items():
        assert hits[way] <= number * chance * 1.5 + 12, way


def test_the_newest_pool_hides_among_those_of_its_own_site_and_day(world: World, client: FlaskClient) -> None:
    """Staff know that the last five answered at the mine today: among those written last must be others of the mine, today."""
    world.collect(client, world.sealed(40, site="mo-than"))
    open_now(world)
    world.collect(client, world.sealed(POOL, start=40, site="mo-than"))
    open_now(world)
    group = newest(dump(world, "response"))
    assert sum("mo-than" in row.content for row in group) == 40 + POOL
    assert len(group) >= CROWD


def test_one_dump_does_not_name_the_collector_behind_a_pool(world: World, client: FlaskClient) -> None:
    """Four tablets count and send in turn; whoever counted last before a pool was opened would have brought it."""
    tablets = [a_tablet(world) for _ in range(4)]
    hits = 0
    for round_ in range(16):
        collector, token = tablets[round_ * 7 % 4]
        headers = {"Authorization": f"Bearer {token}"}
        world.send(client, world.sealed(POOL, start=POOL * round_, site="may-10"), **headers)
        for number, (_, other) in enumerate(tablets):
            if round_ == 0:
                count(client, other, number)
        count(client, token, 10 + round_)
        open_now(world)
        rows = dump(world, "tally")
        assert len({row.xmin for row in rows}) == 1
        assert {row.xmin for row in rows} == {row.xmin for row in newest(dump(world, "response"))}
        hits += rows[-1].collector == collector
    assert hits < 11  # four are expected; of chance alone eleven come once in five thousand runs
    assert len({row.xmin for row in dump(world, "link")}) == 1


def a_tablet(world: World) -> tuple[str, str]:
    with world.app.app_context(), transaction() as session:
        at_hand = services()
        today = at_hand.today()
        code = invite(session, at_hand.keyring, at_hand.chance, today=today, days=7)
        session.flush()
        return enrol(session, at_hand.keyring, at_hand.chance, code=code, name="Máy", today=today)


def count(client: FlaskClient, token: str, collected: int) -> None:
    answer = client.put(
        f"/api/v1/tallies/{CAMPAIGN}/may-10/2026-11-20",
        json={"collected": collected, "refused": 0},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 204


@pytest.mark.parametrize("writes", [True, False], ids=["with a remark", "without a remark"])
def test_a_remark_does_not_lie_beside_the_responses_it_came_with(
    world: World, client: FlaskClient, writes: bool
) -> None:
    more = {"q_say": "the newest remark"} if writes else {}
    world.collect(client, [*world.sealed(POOL - 1, start=1), *world.sealed(1, start=9, more=more)])
    open_now(world)
    remarks, responses = dump(world, "remark"), dump(world, "response")
    together = newest(remarks)
    assert {row.xmin for row in together} == {row.xmin for row in newest(responses)}
    assert len(together) == len(remarks)  # fewer than two hundred: all of them are written again, whoever wrote
    assert len(newest(responses)) >= CROWD + POOL


def test_two_dumps_show_a_pool_as_a_whole_and_nothing_that_is_smaller(world: World, client: FlaskClient) -> None:
    """What remains: whoever dumps right before and right after an opening has its responses, five or more, in no order."""
    before = {table: dump(world, table) for table in ("response", "remark", "tally")}
    world.collect(client, world.sealed(POOL, start=EARLIER, site="may-10", language="en"))
    open_now(world)
    after = dump(world, "response")
    known = {row.id for row in before["response"]}
    assert sum(row.id not in known for row in after) >= CROWD + POOL  # by ids, places and transactions: a crowd
    left = Counter(row.content for row in after) - Counter(row.content for row in before["response"])
    assert left.total() == POOL  # by what was answered: the pool
    world.collect(client, world.sealed(POOL - 1, start=EARLIER + POOL, site="may-10"))
    open_now(world)
    assert Counter(row.content for row in dump(world, "response")) == Counter(row.content for row in after)
