"""Writing a pool of opened responses: shuffled, under fresh random ids, with what was written in own words apart.

A database remembers in which transaction, and on which page, a row was written. So that a small pool cannot be told apart
there, nor its remarks be laid beside its responses, some of those who came before are written again together with it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session

from server.intake.judging import Held, Opened
from server.intake.tables import Quarantined, Remark, Response
from sync.chance import Chance

Thing = TypeVar("Thing")
CROWD = 200
_RESPONSE = ("id", "campaign_id", "version", "site_id", "day", "language", "mode", "answers")


def write_pool(session: Session, chance: Chance, campaign: str, opened: Sequence[Opened], held: Sequence[Held]) -> None:
    """Write a pool; each of the three kinds of row in an order of its own."""
    connection = session.connection()
    earlier = _taken_out(connection, chance, Response, campaign, CROWD - len(opened)) if opened else []
    responses = [(new_uuid(chance), campaign, one) for one in opened] + [_as_opened(row) for row in earlier]
    _write_responses(connection, shuffled(responses, chance))
    written = [remark for one in opened for remark in one.remarks]
    remarks = [
        {"id": new_uuid(chance), "campaign_id": campaign, "question": question, "text": words}
        for question, words in written
    ]
    if remarks:
        remarks += _taken_out(connection, chance, Remark, campaign, CROWD - len(written))
        connection.execute(insert(Remark), shuffled(remarks, chance))
    kept = [
        {
            "id": new_uuid(chance),
            "campaign_id": campaign,
            "reason": one.reason,
            "envelope_id": one.envelope_id,
            "key_id": one.key_id,
            "sealed": one.sealed,
        }
        for one in shuffled(held, chance)
    ]
    if kept:
        connection.execute(insert(Quarantined), kept)


def new_uuid(chance: Chance) -> UUID:
    """Draw an id that says nothing: all random, neither time nor machine in it."""
    return UUID(bytes=chance.bytes(16), version=4)


def shuffled(things: Iterable[Thing], chance: Chance) -> list[Thing]:
    """Return the things in a random order."""
    order: list[Any] = list(things)
    chance.shuffle(order)
    return order


def _taken_out(
    connection: Connection, chance: Chance, table: type[Response] | type[Remark], campaign: str, most: int
) -> list[dict[str, Any]]:
    """Take some earlier rows out, to be written again: those that follow a random id, round the circle."""
    start, chosen = new_uuid(chance), list[UUID]()
    for half in (table.id >= start, table.id < start):
        left = max(0, most - len(chosen))
        some = select(table.id).where(table.campaign_id == campaign, half).order_by(table.id).limit(left)
        chosen += connection.scalars(some)
    leaving = delete(table).where(table.campaign_id == campaign, table.id.in_(chosen))
    return [dict(row) for row in connection.execute(leaving.returning(*table.__table__.columns)).mappings()]


def _as_opened(row: dict[str, Any]) -> tuple[UUID, str, Opened]:
    answers = orjson.dumps(row["answers"])
    place = {"version": row["version"], "site": row["site_id"], "day": row["day"]}
    return (
        row["id"],
        row["campaign_id"],
        Opened(language=row["language"], mode=row["mode"], answers=answers, remarks=(), **place),
    )


def _write_responses(connection: Connection, rows: list[tuple[UUID, str, Opened]]) -> None:
    """Write responses by the quickest way that each database has."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, rows)
        return
    places = f"INSERT INTO response ({', '.join(_RESPONSE)}) VALUES (?,?,?,?,?,?,?,?)"  # noqa: S608 - names of columns
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
            )
            for key, campaign, one in rows
        ],
    )


def _copy(connection: Connection, rows: list[tuple[UUID, str, Opened]]) -> None:
    driver: Any = connection.connection
    with driver.cursor() as cursor, cursor.copy(f"COPY response ({', '.join(_RESPONSE)}) FROM STDIN") as copy:
        for key, campaign, one in rows:
            copy.write_row(
                (key, campaign, one.version, one.site, one.day, one.language, one.mode, one.answers.decode())
            )
