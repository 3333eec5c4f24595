"""Remembers envelopes that went upstream, to answer a late duplicate truthfully, without keeping what they were called.

Only keyed digests are kept, and at most `remembered` of them: beyond that some are forgotten, whichever, for there is no
order to go by. A duplicate of a forgotten one is taken and sent once more; the server knows it and counts it once.
"""

from collections.abc import Iterable, Sequence
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

    def content_of(self, session: Session, envelope_ids: Sequence[str]) -> dict[str, bytes]:
        """The content digest of each of these envelopes that is remembered."""
        names = {self._name(envelope_id): envelope_id for envelope_id in envelope_ids}
        rows = session.execute(
            select(SentEnvelope.digest, SentEnvelope.content).where(SentEnvelope.digest.in_(list(names)))
        )
        return {names[digest]: content for digest, content in rows}

    def is_same(self, envelope: Envelope, content: bytes) -> bool:
        """Whether the envelope holds what the remembered one held."""
        return self._content(envelope) == content

    def remember(self, session: Session, envelopes: Iterable[Envelope]) -> None:
        """Note that these went upstream; forget some where there would be too many."""
        rows = [{"digest": self._name(each.id), "content": self._content(each)} for each in envelopes]
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

    def _content(self, envelope: Envelope) -> bytes:
        return keyed_digest(self.key, "content", envelope.campaign, envelope.key, envelope.sealed)[:DIGEST_BYTES]
