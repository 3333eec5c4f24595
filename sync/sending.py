"""Sending: offer the next hop a batch, and forget only what it answered for.

One turn takes envelopes at random from the whole outbox. A batch that is turned away as a whole is halved down to single
envelopes, so that one bad envelope never blocks the others; a peer that fails at everything is left alone soon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from schemas.canonical import canonical_json
from schemas.messages import Batch, BatchReceipt, Envelope, Receipt, ReceiptProblem
from schemas.problems import KINDS
from sync.backoff import Backoff
from sync.chance import Chance
from sync.digests import content_digest
from sync.identifiers import new_id
from sync.keys import verify

__all__ = [
    "Backoff",
    "Counts",
    "Failure",
    "Held",
    "Outbox",
    "SendReport",
    "Transport",
    "TransportFailure",
    "send_everything",
    "send_once",
]

BATCH_LIMIT = 100
_FRUITLESS_LIMIT = 12  # a way down from 500 envelopes to one, and two more


class Failure(Enum):
    """What kept a batch from being answered."""

    OFFLINE = "offline"
    BUSY = "busy"
    UNAUTHORISED = "unauthorised"
    REJECTED = "rejected"
    FOREIGN = "foreign"


class TransportFailure(Exception):
    """A batch was not answered. `code` is the peer's problem code where it gave one; nothing else of its answer is kept."""

    def __init__(
        self, kind: Failure, *, status: int | None = None, code: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{kind.value}{f' {status}' if status else ''}{f' {code}' if code else ''}")
        self.kind, self.status, self.code, self.retry_after = kind, status, code, retry_after


class Transport(Protocol):
    """One way to the next hop."""

    def deliver(self, batch: Batch) -> BatchReceipt:
        """The peer's answer; raises TransportFailure when there is none. Whether the batch arrived is then unknown."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of everything that an outbox ever took."""

    waiting: int = 0
    sent: int = 0
    held: int = 0

    @property
    def collected(self) -> int:
        """All of it."""
        return self.waiting + self.sent + self.held


@dataclass(frozen=True, slots=True)
class Held:
    """An envelope that the next hop refused, and why."""

    id: str
    code: str
    title: str


class Outbox(Protocol):
    """A durable store of envelopes on their way. Every call is one transaction, durable on return."""

    def counts(self) -> Counts:
        """How many wait, how many the next hop took, how many it refused."""

    def peek(self, limit: int) -> list[Envelope]:
        """Up to `limit` waiting envelopes, drawn at random from all of them, in random order; no id twice. They stay."""

    def settle(self, receipts: Sequence[Receipt]) -> None:
        """Forget what was `stored` or `duplicate` and count it as sent; hold what was `refused`, with its reason.

        A receipt speaks of the envelope with its id and its digest. What is not in the outbox (any more) is passed over, so
        that settling twice changes nothing.
        """

    def held(self) -> list[Held]:
        """Everything that is held, in no telling order."""

    def retry_held(self) -> int:
        """Put everything that is held back to what waits; how many those were."""


@dataclass(slots=True)
class SendReport:
    """What one turn came to. `failure` is the last reason why something was not answered, also where other things were.

    `altered` were answered for with another content than was sent: something on the way changed them, and they go on waiting.
    `unsettled` were answered for, and the outbox could not note it: they are sent again, and count once.
    """

    stored: int = 0
    duplicates: int = 0
    refused: int = 0
    unanswered: int = 0
    altered: int = 0
    unsettled: int = 0
    failure: TransportFailure | None = None

    @property
    def moved(self) -> int:
        """How many envelopes got an answer."""
        return self.stored + self.duplicates + self.refused

    @property
    def is_over(self) -> bool:
        """Whether another turn right away would be pointless."""
        return self.moved == 0 or (self.failure is not None and self.failure.kind is not Failure.REJECTED)

    def add(self, other: "SendReport") -> None:
        """Count a further turn in."""
        self.stored += other.stored
        self.duplicates += other.duplicates
        self.refused += other.refused
        self.unanswered += other.unanswered
        self.altered += other.altered
        self.unsettled += other.unsettled
        self.failure = other.failure


def send_once(
    outbox: Outbox, transport: Transport, *, chance: Chance, limit: int = BATCH_LIMIT, identity: str | None = None
) -> SendReport:
    """One turn: up to `limit` envelopes, each answered, refused, or still waiting at the end of it.

    With a pinned `identity`, an answer that this identity did not sign counts for nothing.
    """
    turn = _Turn(outbox, transport, chance, identity)
    turn.offer(outbox.peek(limit))
    return turn.report


def send_everything(
    outbox: Outbox,
    transport: Transport,
    *,
    chance: Chance,
    limit: int = BATCH_LIMIT,
    first: int | None = None,
    identity: str | None = None,
    report: SendReport | None = None,
) -> SendReport:
    """Turn after turn, until nothing waits or a turn comes to nothing; `report` tells how far it came where the outbox fails.

    The first turn offers `first` envelopes, each further one twice as many up to `limit`: a line that was too slow for many may
    carry a few, and one that is well again is soon used to the full.
    """
    total, offered = report or SendReport(), min(first or limit, limit)
    for _ in range(1 + outbox.counts().waiting):
        turn = _Turn(outbox, transport, chance, identity)
        try:
            turn.offer(outbox.peek(offered))
        finally:
            total.add(turn.report)
        if turn.report.is_over:
            break
        offered = min(2 * offered, limit)
    return total


class _Turn:
    """The halving of one turn's envelopes, and the count of what came of it."""

    def __init__(self, outbox: Outbox, transport: Transport, chance: Chance, identity: str | None) -> None:
        self._outbox, self._transport, self._chance, self._identity = outbox, transport, chance, identity
        self._fruitless = 0
        self.report = SendReport()

    def offer(self, envelopes: Sequence[Envelope]) -> None:
        """Send these in one batch; where it is turned away as a whole, in halves."""
        portions = [list(envelopes)] if envelopes else []
        while portions:
            portion = portions.pop()
            try:
                self._settle(portion, *self._ask(portion))
            except TransportFailure as failure:
                self.report.failure = failure
                self._fruitless += 1
                if failure.kind is not Failure.REJECTED or self._fruitless > _FRUITLESS_LIMIT:
                    self.report.unanswered += len(portion) + sum(map(len, portions))
                    return
                portions.extend(self._smaller(portion, failure))

    def _smaller(self, portion: list[Envelope], failure: TransportFailure) -> list[list[Envelope]]:
        """Both halves; a single envelope is held where the peer says that it is to blame, and goes on waiting otherwise."""
        if len(portion) > 1:
            middle = len(portion) // 2
            return [portion[:middle], portion[middle:]]
        if _blames_the_envelope(failure.code):
            self._settle(
                portion, [Receipt(portion[0].id, "refused", _reason(failure.code), content_digest(portion[0]))]
            )
        else:
            self.report.unanswered += 1
        return []

    def _ask(self, portion: Sequence[Envelope]) -> tuple[list[Receipt], int]:
        """The receipts for these envelopes, one each at most, and how many the peer has otherwise than they were sent.

        An answer that names none of them is foreign.
        """
        batch = Batch(new_id(self._chance), tuple(portion))
        answer = self._transport.deliver(batch)
        if answer.batch != batch.id or not self._is_genuine(answer):
            raise TransportFailure(Failure.FOREIGN)
        own = {envelope.id: content_digest(envelope) for envelope in portion}
        named = {receipt.id for receipt in answer.receipts} & own.keys()
        if not named:
            raise TransportFailure(Failure.FOREIGN)
        receipts = _one_each(answer.receipts, own)
        return receipts, len(named) - len(receipts)

    def _is_genuine(self, answer: BatchReceipt) -> bool:
        if self._identity is None:
            return True
        return answer.signature is not None and verify(
            self._identity, canonical_json(answer.signed_part()), answer.signature
        )

    def _settle(self, portion: Sequence[Envelope], receipts: Sequence[Receipt], altered: int = 0) -> None:
        try:
            self._outbox.settle(receipts)
        except BaseException:
            self.report.unsettled += len(receipts)
            raise
        self._fruitless = 0
        self.report.stored += sum(receipt.status == "stored" for receipt in receipts)
        self.report.duplicates += sum(receipt.status == "duplicate" for receipt in receipts)
        self.report.refused += sum(receipt.status == "refused" for receipt in receipts)
        self.report.altered += altered
        self.report.unanswered += len(portion) - len(receipts) - altered


def _one_each(receipts: Sequence[Receipt], own: Mapping[str, str]) -> list[Receipt]:
    """One receipt an envelope; where a peer contradicts itself the refusal counts, because that one loses nothing.

    Only what speaks of the very content that was sent counts; a refusal may leave out of which one it speaks.
    """
    answers: dict[str, Receipt] = {}
    for receipt in receipts:
        is_new = receipt.id not in answers or receipt.status == "refused"
        if is_new and receipt.id in own and _speaks_of(receipt, own[receipt.id]):
            answers[receipt.id] = replace(receipt, digest=own[receipt.id])
    return list(answers.values())


def _speaks_of(receipt: Receipt, digest: str) -> bool:
    return receipt.digest == digest or (receipt.digest is None and receipt.status == "refused")


def _blames_the_envelope(code: str | None) -> bool:
    return code is not None and (code.startswith("envelope.") or code in {"batch.malformed", "batch.too_large"})


def _reason(code: str | None) -> ReceiptProblem | None:
    kind = KINDS.get(code or "")
    return ReceiptProblem.of(kind) if kind else ReceiptProblem(code or "", "")
