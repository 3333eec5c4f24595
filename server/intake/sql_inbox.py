"""The durable inbox: an envelope is on the disk before its receipt is written, and counts once however often it comes.

The ledger decides. One statement inserts the digests that nobody has inserted before and says which they were; parallel
requests that bring the same envelope wait for each other there, in the order of the digests, so that they cannot lock
each other out. Only the fresh ones go into the inbox, in the same transaction.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from schemas.messages import Envelope
from server.collectors.tables import Link
from server.intake.tables import IntakeCount, LedgerRow
from sync.identifiers import unb64url
from sync.keys import keyed_digest
from sync.receiving import Verdict

DIGEST_BYTES = 16
Begin = Callable[[], AbstractContextManager[Session]]

# Insert what is fresh into both tables at once; the join keeps what the ledger knew already out of the inbox.
_TAKE_IN = """
WITH fresh AS (
    INSERT INTO ledger (digest, content)
    SELECT * FROM unnest(%(digests)b::bytea[], %(contents)b::bytea[])
    ON CONFLICT DO NOTHING RETURNING digest
), kept AS (
    INSERT INTO inbox (campaign_id, id, key_id, sealed)
    SELECT campaign_id, id, key_id, sealed
    FROM unnest(%(digests)b::bytea[], %(campaigns)b::text[], %(ids)b::text[], %(keys)b::text[], %(sealed)b::bytea[])
        AS came (digest, campaign_id, id, key_id, sealed)
    JOIN fresh USING (digest)
)
SELECT digest FROM fresh
"""


class QuotaMoved(RuntimeError):
    """Others used the same link in the meantime and less of its quota is left; nothing was stored, look again."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An envelope with its two digests."""

    digest: bytes
    content: bytes
    envelope: Envelope


def id_digest(key: bytes, envelope_id: str) -> bytes:
    """Return what the ledger keeps of an envelope's id."""
    return keyed_digest(key, "id", envelope_id)[:DIGEST_BYTES]


class SqlInbox:
    """The inbox on SQLite or PostgreSQL. `late` names the campaigns that have closed; `link` is the code that was used."""

    def __init__(
        self, begin: Begin, key: bytes, *, late: frozenset[str] = frozenset(), link: str | None = None
    ) -> None:
        self._begin, self._key, self._late, self._link = begin, key, late, link

    def store(self, envelopes: Sequence[Envelope]) -> list[Verdict]:
        """Store what is new in one durable transaction, and say of each envelope what became of it."""
        if not envelopes:
            return []
        arrivals = [self._digested(envelope) for envelope in envelopes]
        with self._begin() as session:
            connection = session.connection()
            fresh = _take_in(connection, sorted(arrivals, key=lambda arrival: arrival.digest))
            known = contents_of(connection, [arrival.digest for arrival in arrivals if arrival.digest not in fresh])
            verdicts = [_verdict(arrival, known) for arrival in arrivals]
            self._count(connection, envelopes, verdicts)
        return verdicts

    def _digested(self, envelope: Envelope) -> _Arrival:
        content = keyed_digest(self._key, "content", envelope.campaign, envelope.key, envelope.sealed)[:DIGEST_BYTES]
        return _Arrival(id_digest(self._key, envelope.id), content, envelope)

    def _count(self, connection: Connection, envelopes: Sequence[Envelope], verdicts: Sequence[Verdict]) -> None:
        """Keep the sums that no single envelope can be told from; last of all, so that nobody waits long for them."""
        stored = sum(verdict is Verdict.STORED for verdict in verdicts)
        if self._link is not None and stored:
            _use_link(connection, self._link, stored)
        sums: dict[str, dict[str, int]] = {}
        for envelope, verdict in zip(envelopes, verdicts, strict=True):
            late = verdict is Verdict.STORED and envelope.campaign in self._late
            if late or verdict is Verdict.CONFLICT:
                sums.setdefault(envelope.campaign, {"late": 0, "conflicts": 0})["late" if late else "conflicts"] += 1
        for campaign in sorted(sums):
            _add_counts(connection, campaign, sums[campaign])


def _verdict(arrival: _Arrival, known: dict[bytes, bytes]) -> Verdict:
    content = known.get(arrival.digest)
    if content is None:
        return Verdict.STORED
    return Verdict.DUPLICATE if content == arrival.content else Verdict.CONFLICT


def _take_in(connection: Connection, arrivals: Sequence[_Arrival]) -> set[bytes]:
    if connection.dialect.name == "postgresql":
        columns = {
            "digests": [arrival.digest for arrival in arrivals],
            "contents": [arrival.content for arrival in arrivals],
            "campaigns": [arrival.envelope.campaign for arrival in arrivals],
            "ids": [arrival.envelope.id for arrival in arrivals],
            "keys": [arrival.envelope.key for arrival in arrivals],
            "sealed": [unb64url(arrival.envelope.sealed) for arrival in arrivals],
        }
        return {bytes(row[0]) for row in connection.exec_driver_sql(_TAKE_IN, columns)}
    return _take_in_on_sqlite(connection, arrivals)


def _take_in_on_sqlite(connection: Connection, arrivals: Sequence[_Arrival]) -> set[bytes]:
    """Do the same in two statements: on SQLite one writer works at a time."""
    places = ",".join(["(?,?)"] * len(arrivals))
    digests = tuple(part for arrival in arrivals for part in (arrival.digest, arrival.content))
    remember = f"INSERT INTO ledger (digest, content) VALUES {places} ON CONFLICT DO NOTHING RETURNING digest"  # noqa: S608 - only question marks
    fresh = {row[0] for row in connection.exec_driver_sql(remember, digests)}
    rows: list[Any] = [
        (arrival.envelope.campaign, arrival.envelope.id, arrival.envelope.key, unb64url(arrival.envelope.sealed))
        for arrival in arrivals
        if arrival.digest in fresh
    ]
    if rows:
        connection.exec_driver_sql("INSERT INTO inbox (campaign_id, id, key_id, sealed) VALUES (?,?,?,?)", rows)
    return fresh


def contents_of(connection: Connection, digests: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return what the ledger remembers of these envelopes: digest of the content by digest of the id."""
    if not digests:
        return {}
    rows = connection.execute(select(LedgerRow.digest, LedgerRow.content).where(LedgerRow.digest.in_(digests)))
    return {bytes(row.digest): bytes(row.content) for row in rows}


def _use_link(connection: Connection, link: str, stored: int) -> None:
    """Count what a link brought, unless that is more than its quota."""
    used = connection.execute(
        update(Link)
        .where(Link.id == link, Link.stored + stored <= Link.quota)
        .values(stored=Link.stored + stored)
        .returning(Link.stored)
    )
    if used.first() is None:
        raise QuotaMoved(link)


def _add_counts(connection: Connection, campaign: str, sums: dict[str, int]) -> None:
    make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    row = make(IntakeCount).values(campaign_id=campaign, **sums)
    more = {"late": IntakeCount.late + row.excluded.late, "conflicts": IntakeCount.conflicts + row.excluded.conflicts}
    connection.execute(row.on_conflict_do_update(index_elements=[IntakeCount.campaign_id], set_=more))
