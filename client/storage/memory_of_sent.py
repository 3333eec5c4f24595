"""Remembers envelopes that went upstream, to answer a late duplicate truthfully, without keeping what they were called.

Only keyed digests are kept, and at most `remembered` of them: beyond that some are forgotten, whichever, for there is no
order to go by. A duplicate of a forgotten one is taken and sent once more; the server knows it and counts it once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from client.storage.tables import SentEnvelope
from schemas.messages import Envelope
from sync.keys import keyed_digest

DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class MemoryOfSent:
    """The ids and contents of what was sent, as digests under a key that lies outside the database."""

    key: bytes = field(repr=False)
    most: int

    def contents_of(self, session: Session, envelope_ids: Collection[str]) -> dict[str, set[bytes]]:
        """The content digests that are remembered under each of these ids."""
        names = {self._name(envelope_id): envelope_id for envelope_id in envelope_ids}
        found: dict[str, set[bytes]] = {}
        rows = select(SentEnvelope.digest, SentEnvelope.content).where(SentEnvelope.digest.in_(list(names)))
        for digest, content in session.execute(rows):
            found.setdefault(names[digest], set()).add(content)
        return found

    def content(self, envelope: Envelope) -> bytes:
        """What is remembered of an envelope's content."""
        return keyed_digest(self.key, "content", envelope.campaign, envelope.key, envelope.sealed)[:DIGEST_BYTES]

    def remember(self, session: Session, envelopes: Iterable[Envelope]) -> None:
        """Note that these went upstream; forget some where there would be too many."""
        rows = [{"digest": self._name(each.id), "content": self.content(each)} for each in envelopes]
        if rows:
            session.execute(insert(SentEnvelope).on_conflict_do_nothing(), rows)
            self._forget_beyond(session)

    def _forget_beyond(self, session: Session) -> None:
        count = session.scalar(select(func.count()).select_from(SentEnvelope)) or 0
        if count > self.most:
            # Digests are random, so the smallest are as good as any; a tenth at once, so that this is rare.
            surplus = (
                select(SentEnvelope.digest).order_by(SentEnvelope.digest).limit(count - self.most + self.most // 10)
            )
            session.execute(delete(SentEnvelope).where(SentEnvelope.digest.in_(surplus)))

    def _name(self, envelope_id: str) -> bytes:
        return keyed_digest(self.key, "id", envelope_id)[:DIGEST_BYTES]
