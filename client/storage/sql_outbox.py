"""The collector's outbox: the other side of its inbox. What was taken waits here until the server has answered for it."""

from collections import Counter
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from client.errors import is_trouble_with_the_disk
from client.storage import counting
from client.storage.reserve import Reserve
from client.storage.sql_inbox import SqlInbox, envelope_of, is_sound
from client.storage.tables import WaitingEnvelope
from schemas.messages import Envelope, Receipt
from sync.chance import Chance
from sync.sending import Counts, Held

AT_A_TIME = 20


@dataclass(frozen=True, slots=True)
class SqlOutbox(SqlInbox):
    """Implements `sync.sending.Outbox` on the same table."""

    chance: Chance
    reserve: Reserve

    def counts(self) -> Counts:
        """How many wait, how many the server took, how many it refused."""
        with self.database.reading() as session:
            total = sum(counting.count(session).values(), counting.Counts())
        return Counts(total.waiting, total.sent, total.refused)

    def peek(self, limit: int) -> list[Envelope]:
        """Up to `limit` waiting envelopes, drawn at random from all of them, in random order; no id twice. They stay.

        What the disk changed is set aside and not sent.
        """
        waits = WaitingEnvelope.held.is_(None)
        drawn = select(WaitingEnvelope.id).distinct().where(waits).order_by(func.random()).limit(limit)
        with self.database.reading() as session:
            ids = list(session.scalars(drawn))
            rows = list(session.scalars(select(WaitingEnvelope).where(waits, WaitingEnvelope.id.in_(ids))))
            damaged = [(row.id, row.digest) for row in rows if not is_sound(row)]
            envelopes = [envelope_of(row) for row in rows if is_sound(row)]
        if damaged:
            self._set_aside(damaged)
        if damaged and not envelopes:
            return self.peek(limit)
        self.chance.shuffle(cast("MutableSequence[object]", envelopes))
        return list({envelope.id: envelope for envelope in envelopes}.values())

    def settle(self, receipts: Sequence[Receipt]) -> None:
        """Forget and count what the server has; hold what it refused. What is not here is passed over.

        On a full disk the reserve is given back for it, and little is written at a time.
        """
        try:
            self._settle(receipts)
        except DBAPIError as failure:
            if not is_trouble_with_the_disk(failure) or not self.reserve.release():
                raise
            for start in range(0, len(receipts), AT_A_TIME):
                self._settle(receipts[start : start + AT_A_TIME])

    def _settle(self, receipts: Sequence[Receipt]) -> None:
        with self.database.writing() as session:
            here = self._waiting(session, {receipt.id for receipt in receipts})
            done = []
            for receipt in receipts:
                row = here.get(receipt.id, {}).pop(receipt.digest or "", None)
                if row is not None and receipt.status == "refused":
                    row.held, row.reason = _held_reason(receipt)
                elif row is not None:
                    done.append(row)
            self._forget(session, done)

    def held(self) -> list[Held]:
        """Everything that the server refused, under random ids."""
        query = select(WaitingEnvelope.id, WaitingEnvelope.held, WaitingEnvelope.reason)
        with self.database.reading() as session:
            rows = session.execute(query.where(counting.IS_REFUSED)).all()
        return [Held(envelope_id, code or "", reason or "") for envelope_id, code, reason in rows]

    def retry_held(self) -> int:
        """Put everything that is held back to what waits; how many those were."""
        with self.database.writing() as session:
            freed = update(WaitingEnvelope).where(counting.IS_REFUSED).values(held=None, reason=None)
            return len(session.execute(freed.returning(WaitingEnvelope.id)).all())

    def _forget(self, session: Session, done: Sequence[WaitingEnvelope]) -> None:
        self.memory.remember(session, [envelope_of(row) for row in done])
        counting.note(session, "sent", Counter(row.campaign for row in done))
        for row in done:
            session.delete(row)

    def _set_aside(self, damaged: Sequence[tuple[str, str]]) -> None:
        place = tuple_(WaitingEnvelope.id, WaitingEnvelope.digest)
        with self.database.writing() as session:
            session.execute(update(WaitingEnvelope).where(place.in_(damaged)).values(held=counting.DAMAGED))


def _held_reason(receipt: Receipt) -> tuple[str, str]:
    return (receipt.problem.code, receipt.problem.title) if receipt.problem else ("", "")
