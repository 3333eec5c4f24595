"""Attacks on A4, A5 and A6 with all that an insider has: the whole database, its file, and the logs, but not the keys."""

import logging
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from server.database import Base, db
from server.intake.opening import open_envelopes
from server.intake.tables import InboxRow, LedgerRow, Response
from server.services import services
from sync.identifiers import unb64url
from tests.support.running_campaign import SECRETS, World, survey_document

OURS = {
    "inbox": {"campaign_id", "id", "variant", "key_id", "sealed"},
    "ledger": {"digest", "variant", "content"},
    "response": {"campaign_id", "id", "version", "site_id", "day", "language", "mode", "answers", "edition"},
    "remark": {"campaign_id", "id", "question", "text"},
    "quarantine": {"id", "campaign_id", "reason", "envelope_id", "variant", "key_id", "sealed"},
    "intake_count": {"campaign_id", "late", "conflicts"},
    "lake_state": {"campaign_id", "generation", "responses", "rest_opened"},
}
"""Whoever adds a column to what belongs to a response has to change this, and a reviewer sees it.

`edition` is the number of the edition of results that first counted a response: at least k people share it.
"""


def open_now(world: World) -> None:
    with world.app.app_context():
        open_envelopes(services())


def dump(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database, table by table."""
    with world.app.app_context(), Session(db.engine) as session:
        return {
            name: [tuple(row) for row in session.execute(select(table))] for name, table in Base.metadata.tables.items()
        }


def cells(rows: list[tuple[Any, ...]]) -> set[str]:
    """Every value that could serve to join, as text."""
    return {value.hex() if isinstance(value, bytes) else str(value) for row in rows for value in row}


def test_the_tables_hold_these_columns_and_no_other() -> None:
    found = {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()}
    assert {name: found[name] for name in OURS} == OURS


def test_no_table_of_responses_counts_its_rows_or_keeps_a_time() -> None:
    for name in OURS:
        table = Base.metadata.tables[name]
        assert table.dialect_options["sqlite"]["with_rowid"] is False or name in {"intake_count", "lake_state"}
        assert not any(column.server_default or column.identity for column in table.columns)
        assert all("TIME" not in str(column.type).upper() for column in table.columns)
        assert not table.foreign_keys


def test_once_opened_nothing_joins_a_response_to_what_came_in(world: World, collector: FlaskClient) -> None:
    envelopes = world.sealed(20)
    world.collect(collector, envelopes)
    before = dump(world)
    open_now(world)
    after = dump(world)
    sealed = {unb64url(one.sealed).hex() for one in envelopes}
    handed_over = sealed | {one.id for one in envelopes} | {world.token, world.link}
    response_ids = {str(row[1]) for row in after["response"]}
    for name, rows in after.items():
        assert not cells(rows) & handed_over, name
        if name != "response":
            assert not cells(rows) & response_ids, name
    assert after["ledger"] == before["ledger"]
    assert not response_ids & cells(before["inbox"])
    assert after["inbox"] == []


def test_the_ledger_says_nothing_without_the_key(world: World, collector: FlaskClient) -> None:
    from hashlib import blake2b, md5, sha1, sha256

    envelopes = world.sealed(5)
    world.collect(collector, envelopes)
    kept = {bytes(row.digest) for row in world.rows(LedgerRow)} | {bytes(row.content) for row in world.rows(LedgerRow)}
    for envelope in envelopes:
        for text in (envelope.id, envelope.sealed, envelope.campaign + envelope.id):
            for digest in (md5, sha1, sha256, blake2b):
                assert digest(text.encode()).digest()[:16] not in kept


def test_the_order_of_arrival_is_not_in_the_order_of_the_responses(world: World, collector: FlaskClient) -> None:
    """Sixty workers come by age. If an order were kept, the ranks of coming and of lying in the table would agree."""
    people = 60
    for worker in range(people):
        world.collect(collector, world.sealed(1, start=worker))
    open_now(world)
    physical = [row.answers["age"] - 18 for row in world.rows(Response)]
    assert sorted(physical) == list(range(people))
    by_id = [row.answers["age"] - 18 for row in sorted(world.rows(Response), key=lambda row: row.id)]
    for lying in (physical, by_id):
        # Under a random order this lies within ±0.52 in all but one of a hundred thousand runs.
        assert abs(rank_correlation(lying)) < 0.52
        assert sum(after == before + 1 for before, after in pairwise(lying)) < 9


def rank_correlation(order: list[int]) -> float:
    """Spearman's rho between places and values."""
    n = len(order)
    return 1 - 6 * sum((place - value) ** 2 for place, value in enumerate(order)) / (n * (n**2 - 1))


def test_ids_hold_neither_time_nor_machine(world: World, collector: FlaskClient) -> None:
    world.collect(collector, world.sealed(40))
    open_now(world)
    ids = [row.id for row in world.rows(Response)]
    assert {one.version for one in ids} == {4}
    bits = [f"{one.int:0128b}" for one in ids]
    fixed = [place for place in range(128) if len({bit[place] for bit in bits}) == 1]
    assert len(fixed) == 6  # the version and variant of a random UUID, and nothing else


def test_a_pool_is_never_smaller_than_five(world: World, collector: FlaskClient) -> None:
    for _ in range(4):
        world.collect(collector, world.sealed(1))
        open_now(world)
    assert (world.count(InboxRow), world.count(Response)) == (4, 0)


def test_the_file_of_the_database_forgets_what_was_sealed(
    world: World, collector: FlaskClient, database_url: str
) -> None:
    if not database_url.startswith("sqlite"):
        return  # PostgreSQL keeps no file of ours; its dead rows are sealed and go with the next vacuum
    envelopes = world.sealed(30, more={"q_say": SECRETS[0]})
    world.collect(collector, envelopes)
    path = Path(make_url(database_url).database or "")
    sealed = [row.sealed for row in world.rows(InboxRow)]
    assert all(one[:40] in on_disk(path) for one in sealed)
    open_now(world)
    left = on_disk(path)
    assert not any(one[:40] in left or one[-40:] in left for one in sealed)
    assert not any(envelope.id.encode() in left for envelope in envelopes)


def on_disk(path: Path) -> bytes:
    """The database's file with its log."""
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Everything that any part of this process logs, before it is scrubbed."""
    kept: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record.getMessage() + str(record.exc_info or ""))

    keeper, root = Keeper(), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(keeper)
    root.setLevel(level)


def test_no_line_of_the_log_tells_an_answer_a_token_an_id_or_an_address(
    world: World, collector: FlaskClient, lines: list[str]
) -> None:
    good = world.sealed(6, more={"q_say": SECRETS[0]})
    bad = world.sealed(2, start=6, more={"age": 4321, "q_say": SECRETS[1]})
    agent = {"User_Agent": "planted-agent", "X_Forwarded_For": "203.0.113.77"}
    world.send(collector, [*good, *bad], **agent)
    world.send(collector, good, Authorization=f"Link {world.link}", **agent)
    open_now(world)
    log = "\n".join(lines)
    planted = (
        *SECRETS,
        "4321",
        world.token,
        world.link,
        "planted-agent",
        "203.0.113.77",
        good[0].id,
        good[0].sealed[:40],
    )
    assert not [secret for secret in planted if secret in log]


def test_no_line_of_the_log_tells_that_or_how_many_were_opened(
    world: World, collector: FlaskClient, lines: list[str]
) -> None:
    """E4: beside a list of who came when, a number with a clock time would be an order."""
    before: list[str] = []
    for pool in range(3):
        world.collect(collector, world.sealed(5 + pool, start=10 * pool))
        before[:] = lines
        open_now(world)
        assert [line for line in lines[len(before) :] if "alembic" not in line] == []


def test_answers_are_not_told_by_the_size_of_what_came(world: World) -> None:
    """A3: whatever closed questions are answered with, the envelopes of a campaign have one size."""
    chosen = random.Random(7)
    sizes = {len(one.sealed) for n in range(40) for one in world.sealed(1, start=chosen.randrange(1000) + n)}
    assert len(sizes) == 1


def test_a_calculation_from_somebodys_words_does_not_carry_them_back(world: World, collector: FlaskClient) -> None:
    assert any(
        "q_say" in str(question.get("calculation")) for question in survey_document()["sections"][0]["questions"]
    )
    world.collect(collector, world.sealed(5, more={"q_say": SECRETS[0]}))
    open_now(world)
    assert {row.answers["echo"] for row in world.rows(Response)} == {"silent"}
