"""The durable inbox: an envelope is on the disk before its receipt is written, and counts once however often it comes.

The ledger decides. One statement inserts the digests that nobody has inserted before and says which they were; parallel
requests that bring the same envelope wait for each other there, in the order of the digests, so that they cannot lock
each other out. Only the fresh ones go into the inbox, in the same transaction.

An id may come with several contents: one was altered on its way, and nobody here can tell which. So each is kept, up to a bound, as a
variant of its id, and the opening decides: only the true content opens under its id.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from schemas.messages import Envelope
from server.collectors.tables import Link
from server.intake.tables import BROKEN, IntakeCount, LedgerRow, Quarantined
from sync.identifiers import unb64url
from sync.keys import keyed_digest
from sync.receiving import MOST_CONTENTS, Verdict

DIGEST_BYTES = 16
_Both = tuple[bytes, bytes]
Begin = Callable[[], AbstractContextManager[Session]]

# Insert what is fresh into both tables at once; the join keeps what the ledger knew already out of the inbox.
_TAKE_IN = """
WITH fresh AS (
    INSERT INTO ledger (digest, variant, content)
    SELECT digest, %(variant)s, content FROM unnest(%(digests)b::bytea[], %(contents)b::bytea[]) AS came (digest, content)
    ON CONFLICT DO NOTHING RETURNING digest, content
), kept AS (
    INSERT INTO inbox (campaign_id, id, variant, key_id, sealed)
    SELECT campaign_id, id, %(variant)s, key_id, sealed
    FROM unnest(
        %(digests)b::bytea[], %(contents)b::bytea[],
        %(campaigns)b::text[], %(ids)b::text[], %(keys)b::text[], %(sealed)b::bytea[]
    ) AS came (digest, content, campaign_id, id, key_id, sealed)
    JOIN fresh USING (digest, content)
)
SELECT digest, content FROM fresh
"""


class QuotaMoved(RuntimeError):
    """Others used the same link in the meantime and less of its quota is left; nothing was stored, look again."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An envelope with its two digests."""

    digest: bytes
    content: bytes
    envelope: Envelope

    @property
    def both(self) -> _Both:
        """The two digests, which together are the envelope."""
        return self.digest, self.content


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
            first = _take_in(connection, sorted(arrivals, key=lambda arrival: arrival.digest), 0)
            left = [arrival for arrival in arrivals if arrival.both not in first]
            further, refused = _take_in_further(connection, left) if left else (set[_Both](), set[_Both]())
            verdicts = [_verdict(arrival, first | further, refused) for arrival in arrivals]
            self._count(connection, arrivals, verdicts, further)
        return verdicts

    def _digested(self, envelope: Envelope) -> _Arrival:
        content = keyed_digest(self._key, "content", envelope.campaign, envelope.key, envelope.sealed)[:DIGEST_BYTES]
        return _Arrival(id_digest(self._key, envelope.id), content, envelope)

    def _count(
        self, connection: Connection, arrivals: Sequence[_Arrival], verdicts: Sequence[Verdict], further: set[_Both]
    ) -> None:
        """Keep the sums that no single envelope can be told from; last of all, so that nobody waits long for them."""
        stored = sum(verdict is Verdict.STORED for verdict in verdicts) - len(further)  # an id counts once for its link
        if self._link is not None and stored:
            _use_link(connection, self._link, stored)
        sums: dict[str, dict[str, int]] = {}
        for arrival, verdict in zip(arrivals, verdicts, strict=True):
            campaign = arrival.envelope.campaign
            late = verdict is Verdict.STORED and campaign in self._late
            conflict = verdict is Verdict.CONFLICT or arrival.both in further
            if late or conflict:
                sum_up = sums.setdefault(campaign, {"late": 0, "conflicts": 0})
                sum_up["late"] += late
                sum_up["conflicts"] += conflict
        for campaign in sorted(sums):
            _add_counts(connection, campaign, sums[campaign])


def _verdict(arrival: _Arrival, stored: set[_Both], refused: set[_Both]) -> Verdict:
    if arrival.both in stored:
        return Verdict.STORED
    return Verdict.CONFLICT if arrival.both in refused else Verdict.DUPLICATE


def _take_in_further(connection: Connection, arrivals: Sequence[_Arrival]) -> tuple[set[_Both], set[_Both]]:
    """Take in, of envelopes whose ids came before, those with a content that is new; return what was stored, and what was one too many."""
    stored: set[_Both] = set()
    coming = _unknown(connection, arrivals)
    broken = _broken(connection, coming)
    for variant in range(1, MOST_CONTENTS + max(broken.values(), default=0)):
        with_room = [one for one in coming if variant < MOST_CONTENTS + broken.get(one.envelope.id, 0)]
        if not with_room:
            break
        stored |= _take_in(connection, sorted(with_room, key=lambda arrival: arrival.digest), variant)
        coming = _unknown(connection, coming)
    return stored, {arrival.both for arrival in coming}


def _unknown(connection: Connection, arrivals: Sequence[_Arrival]) -> list[_Arrival]:
    """Return those of the arrivals whose contents the ledger does not have."""
    known = contents_of(connection, [arrival.digest for arrival in arrivals])
    return [arrival for arrival in arrivals if arrival.content not in known[arrival.digest]]


def _broken(connection: Connection, arrivals: Sequence[_Arrival]) -> dict[str, int]:
    """Count, by id, the contents that did not open: they take no place from one that may still be the true one."""
    held = select(Quarantined.envelope_id, func.count()).where(
        Quarantined.envelope_id.in_({arrival.envelope.id for arrival in arrivals}), Quarantined.reason == BROKEN
    )
    return {row[0]: row[1] for row in connection.execute(held.group_by(Quarantined.envelope_id))} if arrivals else {}


def _take_in(connection: Connection, arrivals: Sequence[_Arrival], variant: int) -> set[_Both]:
    """Store those of the arrivals whose ids have no such variant yet; return which these were."""
    if connection.dialect.name == "postgresql":
        columns = {
            "variant": variant,
            "digests": [arrival.digest for arrival in arrivals],
            "contents": [arrival.content for arrival in arrivals],
            "campaigns": [arrival.envelope.campaign for arrival in arrivals],
            "ids": [arrival.envelope.id for arrival in arrivals],
            "keys": [arrival.envelope.key for arrival in arrivals],
            "sealed": [unb64url(arrival.envelope.sealed) for arrival in arrivals],
        }
        rows = connection.exec_driver_sql(_TAKE_IN, columns)
        return {(bytes(row.digest), bytes(row.content)) for row in rows}
    return _take_in_on_sqlite(connection, arrivals, variant)


def _take_in_on_sqlite(connection: Connection, arrivals: Sequence[_Arrival], variant: int) -> set[_Both]:
    """Do the same in two statements: on SQLite one writer works at a time."""
    places = ",".join(["(?,?,?)"] * len(arrivals))
    digests = tuple(part for arrival in arrivals for part in (arrival.digest, variant, arrival.content))
    remember = f"INSERT INTO ledger (digest, variant, content) VALUES {places} ON CONFLICT DO NOTHING RETURNING digest, content"  # noqa: S608 - only question marks
    fresh = {(row[0], row[1]) for row in connection.exec_driver_sql(remember, digests)}
    rows: list[Any] = [
        (one.envelope.campaign, one.envelope.id, variant, one.envelope.key, unb64url(one.envelope.sealed))
        for one in arrivals
        if one.both in fresh
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO inbox (campaign_id, id, variant, key_id, sealed) VALUES (?,?,?,?,?)", rows
        )
    return fresh


def contents_of(connection: Connection, digests: Sequence[bytes]) -> dict[bytes, set[bytes]]:
    """Return what the ledger remembers of these envelopes: digests of their contents by digest of the id."""
    known: dict[bytes, set[bytes]] = {digest: set() for digest in digests}
    if digests:
        rows = connection.execute(select(LedgerRow.digest, LedgerRow.content).where(LedgerRow.digest.in_(digests)))
        for row in rows:
            known[bytes(row.digest)].add(bytes(row.content))
    return known


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
