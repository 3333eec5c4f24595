"""Receiving: as often as it is sent, in whatever order and company; stored once, durably, before it is acknowledged.

`read_batch` turns hostile bytes into a batch within fixed bounds of time and memory. `receive_batch` asks the doorkeeper, hands
the rest to the inbox in one transaction, and answers one receipt an envelope.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

from schemas.canonical import canonical_json
from schemas.messages import ID, MAX_BATCH_BYTES, MAX_ENVELOPES, Batch, BatchReceipt, Envelope, Receipt, read_envelope
from schemas.problems import (
    BATCH_BAD_ENCODING,
    BATCH_MALFORMED,
    BATCH_TOO_LARGE,
    ENVELOPE_CONFLICT,
    REQUEST_UNSUPPORTED_MEDIA,
    Kind,
    Problem,
)
from sync.bounded import TooMuch, Unreadable, gunzip, read_json

_MOST_BRACKETS = (
    10 * MAX_ENVELOPES
)  # a batch has one pair an envelope and two more; far more is an attack on the parser
_MOST_COMMAS = 20 * MAX_ENVELOPES

Signer = Callable[[bytes], str]


class Verdict(Enum):
    """What an inbox did with an envelope."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


class Inbox(Protocol):
    """A durable store of envelopes that knows every id it ever took."""

    def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
        """Take the envelopes in one transaction that is durable on return; one verdict each, in their order.

        No id stands twice in one call. STORED: it is new. DUPLICATE: the same envelope was taken before. CONFLICT: another one
        was taken under this id and stays. Under any concurrency one id is STORED once. Raises Problem when it cannot store
        (store.unavailable, store.full), and has then stored none of them.
        """


class Doorkeeper(Protocol):
    """Says which envelopes belong here at all."""

    def admits(self, envelope: Envelope) -> Kind | None:
        """None, or why it may not come in. What the inbox took once it keeps admitting: sending again must stay safe."""


def read_batch(body: bytes, encoding: str | None = None) -> Batch:
    """The batch in a request body; raises Problem for a body that is none. A bad envelope is answered in `refused`, no more."""
    raw = _unpacked(body, encoding)
    try:
        document = read_json(raw, brackets=_MOST_BRACKETS, commas=_MOST_COMMAS)
    except Unreadable:
        raise Problem(BATCH_MALFORMED) from None
    batch_id, items = _members(document)
    if len(items) > MAX_ENVELOPES:
        raise Problem(BATCH_TOO_LARGE, most=MAX_ENVELOPES)
    read = [read_envelope(item) for item in items]
    return Batch(
        batch_id,
        tuple(item for item in read if isinstance(item, Envelope)),
        tuple(item for item in read if isinstance(item, Receipt)),
    )


def receive_batch(batch: Batch, inbox: Inbox, doorkeeper: Doorkeeper, sign: Signer) -> BatchReceipt:
    """Store what may come in and answer for each envelope. Whatever is answered `stored` or `duplicate` is durable by then."""
    refusals = [doorkeeper.admits(envelope) for envelope in batch.envelopes]
    admitted = [envelope for envelope, kind in zip(batch.envelopes, refusals, strict=True) if kind is None]
    turned_away = [
        Receipt.refusal(envelope.id, kind)
        for envelope, kind in zip(batch.envelopes, refusals, strict=True)
        if kind is not None
    ]
    receipts = (*_stored(admitted, inbox), *turned_away, *batch.refused)
    unsigned = BatchReceipt(batch.id, receipts)
    return BatchReceipt(batch.id, receipts, sign(canonical_json(unsigned.signed_part())))


def _stored(envelopes: Sequence[Envelope], inbox: Inbox) -> list[Receipt]:
    """Hand each id to the inbox once; a repetition within the batch is answered by how the first of it fared."""
    firsts: dict[str, Envelope] = {}
    for envelope in envelopes:
        firsts.setdefault(envelope.id, envelope)
    verdicts = dict(zip(firsts, inbox.store(list(firsts.values())), strict=True)) if firsts else {}
    receipts = []
    for envelope in envelopes:
        verdict = verdicts[envelope.id]
        receipts.append(_receipt(envelope, Verdict.CONFLICT if envelope != firsts[envelope.id] else verdict))
        if verdict is Verdict.STORED:
            verdicts[envelope.id] = Verdict.DUPLICATE
    return receipts


def _receipt(envelope: Envelope, verdict: Verdict) -> Receipt:
    if verdict is Verdict.CONFLICT:
        return Receipt.refusal(envelope.id, ENVELOPE_CONFLICT)
    return Receipt(envelope.id, "stored" if verdict is Verdict.STORED else "duplicate")


def _unpacked(body: bytes, encoding: str | None) -> bytes:
    if len(body) > MAX_BATCH_BYTES:
        raise Problem(BATCH_TOO_LARGE, most_bytes=MAX_BATCH_BYTES)
    match (encoding or "identity").strip().lower():
        case "identity":
            return body
        case "gzip" | "x-gzip":
            try:
                return gunzip(body, MAX_BATCH_BYTES)
            except TooMuch:
                raise Problem(BATCH_TOO_LARGE, most_bytes=MAX_BATCH_BYTES) from None
            except Unreadable:
                raise Problem(BATCH_BAD_ENCODING) from None
        case _:
            raise Problem(REQUEST_UNSUPPORTED_MEDIA)


def _members(document: object) -> tuple[str, list[object]]:
    if isinstance(document, dict):
        batch_id, items = document.get("batch"), document.get("envelopes")
        if isinstance(batch_id, str) and ID.match(batch_id) and isinstance(items, list) and items:
            return batch_id, items
    raise Problem(BATCH_MALFORMED)
