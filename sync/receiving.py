"""Receiving: as often as it is sent, in whatever order and company; stored once, durably, before it is acknowledged.

`read_batch` turns hostile bytes into a batch within fixed bounds of time and memory. `receive_batch` asks which are admitted, hands
the rest to the inbox in one transaction, and answers one receipt an envelope.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from sync.digests import content_digest, digest_of_item

_MOST_BRACKETS = (
    10 * MAX_ENVELOPES
)  # a batch has one pair an envelope and two more; far more is an attack on the parser
_MOST_COMMAS = 20 * MAX_ENVELOPES
MOST_CONTENTS = 3  # that are kept under one id: the true one, and copies that were changed on their way

Signer = Callable[[bytes], str]


class Verdict(Enum):
    """What an inbox did with an envelope."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


class Inbox(Protocol):
    """A durable store of envelopes that knows every envelope it ever took."""

    def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
        """Take the envelopes in one transaction that is durable on return; one verdict each, in their order.

        No envelope stands twice in one call; an id may, with different contents. STORED: it is new, or another content came
        under its id before: nobody but the opener can tell which one is true, so both are kept. DUPLICATE: this very envelope
        was taken before. CONFLICT: MOST_CONTENTS others stand under this id. Under any concurrency one envelope is STORED
        once. Raises Problem when it cannot store (store.unavailable, store.full), and has then stored none of them.
        """


class Admission(Protocol):
    """Says which envelopes belong here at all."""

    def refusal_of(self, envelope: Envelope) -> Kind | None:
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
    read = [_answerable(read_envelope(item), item) for item in items]
    return Batch(
        batch_id,
        tuple(item for item in read if isinstance(item, Envelope)),
        tuple(item for item in read if isinstance(item, Receipt)),
    )


def receive_batch(batch: Batch, inbox: Inbox, admission: Admission, sign: Signer) -> BatchReceipt:
    """Store what may come in and answer for each envelope. Whatever is answered `stored` or `duplicate` is durable by then."""
    refusals = [admission.refusal_of(envelope) for envelope in batch.envelopes]
    admitted = [envelope for envelope, kind in zip(batch.envelopes, refusals, strict=True) if kind is None]
    turned_away = [
        Receipt.refusal(envelope.id, kind, content_digest(envelope))
        for envelope, kind in zip(batch.envelopes, refusals, strict=True)
        if kind is not None
    ]
    receipts = (*_stored(admitted, inbox), *turned_away, *batch.refused)
    unsigned = BatchReceipt(batch.id, receipts)
    return BatchReceipt(batch.id, receipts, sign(canonical_json(unsigned.signed_part())))


def _stored(envelopes: Sequence[Envelope], inbox: Inbox) -> list[Receipt]:
    """Hand each envelope to the inbox once; a repetition within the batch is answered by how the first of it fared."""
    once = list(dict.fromkeys(envelopes))
    verdicts = dict(zip(once, inbox.store(once), strict=True)) if once else {}
    receipts = []
    for envelope in envelopes:
        receipts.append(_receipt(envelope, verdicts[envelope]))
        if verdicts[envelope] is Verdict.STORED:
            verdicts[envelope] = Verdict.DUPLICATE
    return receipts


def _receipt(envelope: Envelope, verdict: Verdict) -> Receipt:
    digest = content_digest(envelope)
    if verdict is Verdict.CONFLICT:
        return Receipt.refusal(envelope.id, ENVELOPE_CONFLICT, digest)
    return Receipt(envelope.id, "stored" if verdict is Verdict.STORED else "duplicate", digest=digest)


def _answerable(read: Envelope | Receipt, item: object) -> Envelope | Receipt:
    """A refusal names what it refuses, so that the sender can tell whether that is what it sent."""
    return replace(read, digest=digest_of_item(item)) if isinstance(read, Receipt) else read


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
