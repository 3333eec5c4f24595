"""The collector's inbox: takes each envelope once, in one durable transaction, and knows again what it already had."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from client.database import Database
from client.errors import kind_of_database_failure
from client.storage import counting
from client.storage.memory_of_sent import MemoryOfSent
from client.storage.tables import WaitingEnvelope
from schemas.messages import Envelope
from schemas.problems import Problem
from sync.identifiers import b64url, unb64url
from sync.receiving import Verdict


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """Implements `sync.receiving.Inbox` on SQLite."""

    database: Database
    memory: MemoryOfSent

    def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
        """Take what is new; one verdict an envelope, durable on return. Raises Problem and takes nothing if it cannot."""
        try:
            with self.database.writing() as session:
                return self._store(session, envelopes)
        except DBAPIError as failure:
            raise Problem(kind_of_database_failure(failure)) from None

    def has(self, envelope_id: str) -> bool:
        """Whether an envelope of this id was ever taken, as far as this collector remembers."""
        with self.database.reading() as session:
            waits = session.get(WaitingEnvelope, envelope_id) is not None
            return waits or bool(self.memory.content_of(session, [envelope_id]))

    def _store(self, session: Session, envelopes: Sequence[Envelope]) -> list[Verdict]:
        ids = [envelope.id for envelope in envelopes]
        waiting = {row.id: row for row in session.scalars(select(WaitingEnvelope).where(WaitingEnvelope.id.in_(ids)))}
        sent = self.memory.content_of(session, ids)
        verdicts = [self._verdict(envelope, waiting.get(envelope.id), sent.get(envelope.id)) for envelope in envelopes]
        ruled = list(zip(envelopes, verdicts, strict=True))
        new = [envelope for envelope, verdict in ruled if verdict is Verdict.STORED]
        if new:
            session.execute(insert(WaitingEnvelope), [row_of(envelope) for envelope in new])
        counting.note(session, "collected", Counter(each.campaign for each in new))
        conflicts = Counter(each.campaign for each, verdict in ruled if verdict is Verdict.CONFLICT)
        counting.note(session, "conflicts", conflicts)
        return verdicts

    def _verdict(self, envelope: Envelope, waiting: WaitingEnvelope | None, sent: bytes | None) -> Verdict:
        if waiting is not None:
            return Verdict.DUPLICATE if envelope_of(waiting) == envelope else Verdict.CONFLICT
        if sent is not None:
            return Verdict.DUPLICATE if self.memory.is_same(envelope, sent) else Verdict.CONFLICT
        return Verdict.STORED


def row_of(envelope: Envelope) -> dict[str, object]:
    """The envelope as it lies in the table."""
    return {
        "id": envelope.id,
        "campaign": envelope.campaign,
        "key": envelope.key,
        "sealed": unb64url(envelope.sealed),
        "held": None,
        "reason": None,
    }


def envelope_of(row: WaitingEnvelope) -> Envelope:
    """The envelope as it came."""
    return Envelope(row.id, row.campaign, row.key, b64url(row.sealed))
