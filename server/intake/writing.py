"""Writing a pool of opened responses: shuffled, under fresh random ids, with what was written in own words apart."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from server.intake.judging import Held, Opened
from server.intake.tables import Quarantined, Remark
from sync.chance import Chance

Thing = TypeVar("Thing")
_RESPONSE = ("id", "campaign_id", "version", "site_id", "day", "language", "mode", "answers")


def write_pool(session: Session, chance: Chance, campaign: str, opened: Sequence[Opened], held: Sequence[Held]) -> None:
    """Write a pool; each of the three kinds of row in an order of its own."""
    connection = session.connection()
    _write_responses(connection, [(new_uuid(chance), campaign, one) for one in shuffled(opened, chance)])
    remarks = [
        {"id": new_uuid(chance), "campaign_id": campaign, "question": question, "text": written}
        for question, written in shuffled([remark for one in opened for remark in one.remarks], chance)
    ]
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
    if remarks:
        connection.execute(insert(Remark), remarks)
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
