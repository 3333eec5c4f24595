"""The collector's inbox: takes each envelope once, in one durable transaction, and knows again what it already had."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from client.database import Database
from client.errors import kind_of_database_failure
from client.storage import counting
from client.storage.memory_of_sent import MemoryOfSent
from client.storage.tables import WaitingEnvelope
from schemas.messages import Envelope
from schemas.problems import Problem
from sync.digests import content_digest, digest_of_item
from sync.identifiers import b64url, unb64url
from sync.receiving import MOST_CONTENTS, Verdict


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

    def store_first(self, envelope: Envelope) -> Verdict:
        """Take it unless anything was ever taken under its id: a page sends the same answers again, and they seal anew."""
        try:
            with self.database.writing() as session:
                known = self._waiting(session, {envelope.id}) or self.memory.contents_of(session, [envelope.id])
                return Verdict.DUPLICATE if known else self._store(session, [envelope])[0]
        except DBAPIError as failure:
            raise Problem(kind_of_database_failure(failure)) from None

    def _store(self, session: Session, envelopes: Sequence[Envelope]) -> list[Verdict]:
        ids = {envelope.id for envelope in envelopes}
        waiting, sent = self._waiting(session, ids), self.memory.contents_of(session, ids)
        verdicts = []
        others: Counter[str] = Counter()
        for envelope in envelopes:
            here, gone = waiting.setdefault(envelope.id, {}), sent.get(envelope.id, set())
            verdict = self._verdict(envelope, here, gone)
            if verdict is not Verdict.DUPLICATE and (here or gone):
                others[envelope.campaign] += 1
            if verdict is Verdict.STORED:
                here[content_digest(envelope)] = row = WaitingEnvelope(**row_of(envelope))
                session.add(row)
            verdicts.append(verdict)
        new = zip(envelopes, verdicts, strict=True)
        counting.note(
            session, "collected", Counter(each.campaign for each, outcome in new if outcome is Verdict.STORED)
        )
        counting.note(session, "conflicts", others)
        return verdicts

    def _waiting(self, session: Session, ids: Collection[str]) -> dict[str, dict[str, WaitingEnvelope]]:
        """The rows that lie under each of these ids, by digest."""
        found: dict[str, dict[str, WaitingEnvelope]] = {}
        for row in session.scalars(select(WaitingEnvelope).where(WaitingEnvelope.id.in_(ids))):
            found.setdefault(row.id, {})[row.digest] = row
        return found

    def _verdict(self, envelope: Envelope, here: dict[str, WaitingEnvelope], gone: set[bytes]) -> Verdict:
        known = here.get(content_digest(envelope))
        if known is not None:
            if envelope_of(known) != envelope:  # the disk lost it, and here it comes again
                known.campaign, known.key, known.sealed = envelope.campaign, envelope.key, unb64url(envelope.sealed)
                known.held = known.reason = None
            return Verdict.DUPLICATE
        if self.memory.content(envelope) in gone:
            return Verdict.DUPLICATE
        return Verdict.STORED if len(here) + len(gone) < MOST_CONTENTS else Verdict.CONFLICT


def row_of(envelope: Envelope) -> dict[str, object]:
    """The envelope as it lies in the table."""
    return {
        "id": envelope.id,
        "digest": content_digest(envelope),
        "campaign": envelope.campaign,
        "key": envelope.key,
        "sealed": unb64url(envelope.sealed),
    }


def envelope_of(row: WaitingEnvelope) -> Envelope:
    """The envelope as it came; where `is_sound`, for the disk may have changed it."""
    return Envelope(row.id, row.campaign, row.key, b64url(row.sealed))


def is_sound(row: WaitingEnvelope) -> bool:
    """Whether the row still holds what came, to the last bit."""
    return row.digest == digest_of_row(row.id, row.campaign, row.key, row.sealed)


def digest_of_row(envelope_id: object, campaign: object, key: object, sealed: object) -> str | None:
    """The digest of what the columns hold; nothing where a column holds what none can: a disk may hand out anything."""
    spelled = b64url(sealed) if isinstance(sealed, bytes) else sealed
    return digest_of_item({"id": envelope_id, "campaign": campaign, "key": key, "sealed": spelled})
