"""Writing a pool of opened responses: shuffled, under fresh random ids, with what was written in own words apart.

A database remembers in which transaction, and on which page, a row was written. So that a pool cannot be told apart there, nor its
remarks be laid beside its responses, nor the collector be named that had just counted, a crowd is written again together with it,
under fresh ids: of the responses that are in no edition yet those that chance picks, at first of the same site and day; of the
remarks likewise; and all counts and links of the campaign. What an edition has counted is known not to have come just now, and stays.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from server.collectors.tables import Link
from server.fieldwork.tables import Tally
from server.intake.judging import Held, Opened
from server.intake.tables import Quarantined, Remark, Response
from sync.chance import Chance

Thing = TypeVar("Thing")
CROWD = 200
MOST_NAMED = 2000  # rows that one statement names
_RESPONSE = ("id", "campaign_id", "version", "site_id", "day", "language", "mode", "answers", "edition")


def write_pool(session: Session, chance: Chance, campaign: str, opened: Sequence[Opened], held: Sequence[Held]) -> None:
    """Write a pool; each kind of row in an order of its own."""
    connection = session.connection()
    if opened:
        earlier = _taken_out(connection, Response, campaign, _crowd(connection, campaign, opened))
        responses = [(new_uuid(chance), campaign, one) for one in (*opened, *map(_as_opened, earlier))]
        _write_responses(connection, shuffled(responses, chance))
        _write_remarks(connection, chance, campaign, [remark for one in opened for remark in one.remarks])
    kept = [
        {
            "id": new_uuid(chance),
            "campaign_id": campaign,
            "reason": one.reason,
            "envelope_id": one.envelope_id,
            "key_id": one.key_id,
            "sealed": one.sealed,
            "variant": one.variant,
        }
        for one in shuffled(held, chance)
    ]
    if kept:
        connection.execute(insert(Quarantined), kept)
    for table in (Tally.__table__, Link.__table__):
        assert isinstance(table, Table)  # noqa: S101 - narrows the type for the checker
        _write_again(connection, chance, table, campaign)


def take_out(connection: Connection, campaign: str, chosen: Sequence[UUID]) -> list[Opened]:
    """Take responses out of the database, to be written again."""
    rows: list[Opened] = []
    for start in range(0, len(chosen), MOST_NAMED):
        rows += map(_as_opened, _taken_out(connection, Response, campaign, chosen[start : start + MOST_NAMED]))
    return rows


def write_pinned(
    connection: Connection, chance: Chance, campaign: str, edition: int, responses: Sequence[Opened]
) -> None:
    """Write responses that an edition counts first, in a random order and under fresh ids."""
    rows = [(new_uuid(chance), campaign, one) for one in responses]
    _write_responses(connection, shuffled(rows, chance), edition)


def new_uuid(chance: Chance) -> UUID:
    """Draw an id that says nothing: all random, neither time nor machine in it."""
    return UUID(bytes=chance.bytes(16), version=4)


def shuffled(things: Iterable[Thing], chance: Chance) -> list[Thing]:
    """Return the things in a random order."""
    order: list[Any] = list(things)
    chance.shuffle(order)
    return order


def _crowd(connection: Connection, campaign: str, opened: Sequence[Opened]) -> list[UUID]:
    """Pick the responses that are written again: by chance, first where and when those of the pool were given, then anywhere.

    What else is in the database of that site and day is what a response can hide among.
    """
    places = sorted({(one.site, one.day) for one in opened})
    rank = func.row_number().over(partition_by=(Response.site_id, Response.day), order_by=func.random()).label("rank")
    there = (
        select(Response.id, rank)
        .where(
            Response.campaign_id == campaign,
            Response.edition.is_(None),
            tuple_(Response.site_id, Response.day).in_(places),
        )
        .subquery()
    )
    chosen = set(connection.scalars(select(there.c.id).where(there.c.rank <= ceil(CROWD / len(places)))))
    if len(chosen) < CROWD:
        chosen |= set(_by_chance(connection, Response, campaign, CROWD, Response.edition.is_(None)))
    return list(chosen)


def _by_chance(
    connection: Connection,
    table: type[Response] | type[Remark],
    campaign: str,
    most: int,
    *conditions: ColumnElement[bool],
) -> Sequence[UUID]:
    """Pick so many rows of a campaign that meet the conditions, all equally likely."""
    chosen = select(table.id).where(table.campaign_id == campaign, *conditions)
    return connection.scalars(chosen.order_by(func.random()).limit(most)).all()


def _taken_out(
    connection: Connection, table: type[Response] | type[Remark], campaign: str, chosen: Sequence[UUID]
) -> list[dict[str, Any]]:
    """Take rows out, to be written again."""
    if not chosen:
        return []
    leaving = delete(table).where(table.campaign_id == campaign, table.id.in_(chosen))
    return [dict(row) for row in connection.execute(leaving.returning(*table.__table__.columns)).mappings()]


def _write_remarks(connection: Connection, chance: Chance, campaign: str, written: Sequence[tuple[str, str]]) -> None:
    """Write what was written in own words, and others' words again with it, also where this pool brought none."""
    earlier = _taken_out(connection, Remark, campaign, _by_chance(connection, Remark, campaign, CROWD))
    pairs = [*written, *((row["question"], row["text"]) for row in earlier)]
    remarks = [
        {"id": new_uuid(chance), "campaign_id": campaign, "question": question, "text": words}
        for question, words in pairs
    ]
    if remarks:
        connection.execute(insert(Remark), shuffled(remarks, chance))


def _write_again(connection: Connection, chance: Chance, table: Table, campaign: str) -> None:
    """Write the rows of a campaign again, so that none of them tells which of them changed last."""
    leaving = delete(table).where(table.c.campaign_id == campaign).returning(*table.columns)
    rows = [dict(row) for row in connection.execute(leaving).mappings()]
    if rows:
        connection.execute(insert(table), shuffled(rows, chance))


def _as_opened(row: dict[str, Any]) -> Opened:
    answers = orjson.dumps(row["answers"])
    place = {"version": row["version"], "site": row["site_id"], "day": row["day"]}
    return Opened(language=row["language"], mode=row["mode"], answers=answers, remarks=(), **place)


def _write_responses(connection: Connection, rows: list[tuple[UUID, str, Opened]], edition: int | None = None) -> None:
    """Write responses by the quickest way that each database has."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, rows, edition)
        return
    places = f"INSERT INTO response ({', '.join(_RESPONSE)}) VALUES (?,?,?,?,?,?,?,?,?)"  # noqa: S608 - names of columns
    connection.exec_driver_sql(
        places,
        [
            (
                key.hex,
                campaign,
                one.version,
                one.site,
                one.day.isoformat(),
                one.language,
                one.mode,
                one.answers.decode(),
                edition,
            )
            for key, campaign, one in rows
        ],
    )


def _copy(connection: Connection, rows: list[tuple[UUID, str, Opened]], edition: int | None) -> None:
    driver: Any = connection.connection
    with driver.cursor() as cursor, cursor.copy(f"COPY response ({', '.join(_RESPONSE)}) FROM STDIN") as copy:
        for key, campaign, one in rows:
            copy.write_row(
                (key, campaign, one.version, one.site, one.day, one.language, one.mode, one.answers.decode(), edition)
            )
