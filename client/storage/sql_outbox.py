"""The collector's outbox: the other side of its inbox. What was taken waits here until the server has answered for it."""

from collections import Counter
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from client.storage import counting
from client.storage.sql_inbox import SqlInbox, envelope_of
from client.storage.tables import WaitingEnvelope
from schemas.messages import Envelope, Receipt
from sync.chance import Chance
from sync.sending import Counts, Held


@dataclass(frozen=True, slots=True)
class SqlOutbox(SqlInbox):
    """Implements `sync.sending.Outbox` on the same table."""

    chance: Chance

    def counts(self) -> Counts:
        """How many wait, how many the server took, how many it refused."""
        with self.database.reading() as session:
            total = sum(counting.count(session).values(), counting.Counts())
        return Counts(total.waiting, total.sent, total.refused)

    def peek(self, limit: int) -> list[Envelope]:
        """Up to `limit` waiting envelopes, drawn at random from all of them, in random order. They stay."""
        drawn = select(WaitingEnvelope.id).where(WaitingEnvelope.held.is_(None)).order_by(func.random()).limit(limit)
        with self.database.reading() as session:
            ids = list(session.scalars(drawn))
            rows = session.scalars(select(WaitingEnvelope).where(WaitingEnvelope.id.in_(ids)))
            envelopes = [envelope_of(row) for row in rows]
        self.chance.shuffle(cast("MutableSequence[object]", envelopes))
        return envelopes

    def settle(self, receipts: Sequence[Receipt]) -> None:
        """Forget and count what the server has; hold what it refused. What is not here is passed over."""
        with self.database.writing() as session:
            ids = [receipt.id for receipt in receipts]
            here = {row.id: row for row in session.scalars(select(WaitingEnvelope).where(WaitingEnvelope.id.in_(ids)))}
            for receipt in receipts:
                if receipt.status == "refused" and receipt.id in here:
                    _hold(session, receipt)
            done = [here[each.id] for each in receipts if each.status != "refused" and each.id in here]
            self._forget(session, {row.id: row for row in done})

    def held(self) -> list[Held]:
        """Everything that the server refused, under random ids."""
        query = select(WaitingEnvelope.id, WaitingEnvelope.held, WaitingEnvelope.reason)
        with self.database.reading() as session:
            rows = session.execute(query.where(WaitingEnvelope.held.is_not(None))).all()
        return [Held(envelope_id, code or "", reason or "") for envelope_id, code, reason in rows]

    def retry_held(self) -> int:
        """Put everything that is held back to what waits; how many those were."""
        with self.database.writing() as session:
            freed = update(WaitingEnvelope).where(WaitingEnvelope.held.is_not(None)).values(held=None, reason=None)
            return len(session.execute(freed.returning(WaitingEnvelope.id)).all())

    def _forget(self, session: Session, done: dict[str, WaitingEnvelope]) -> None:
        if not done:
            return
        self.memory.remember(session, [envelope_of(row) for row in done.values()])
        counting.note(session, "sent", Counter(row.campaign for row in done.values()))
        session.execute(delete(WaitingEnvelope).where(WaitingEnvelope.id.in_(list(done))))


def _hold(session: Session, receipt: Receipt) -> None:
    code, reason = (receipt.problem.code, receipt.problem.title) if receipt.problem else ("", "")
    held = update(WaitingEnvelope).where(WaitingEnvelope.id == receipt.id).values(held=code, reason=reason)
    session.execute(held.execution_options(synchronize_session=False))
