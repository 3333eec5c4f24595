"""Pages, a collector and a server in one process, and between them a network that does what networks do.

Everything crosses as bytes through the product's own reading and writing. A mishap is named by the step at which it strikes; a
crash throws away whatever the process was doing and leaves what its store had made durable.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marshmallow import ValidationError

from schemas.problems import ENVELOPE_UNKNOWN_CAMPAIGN, Kind, Problem
from schemas.wire import Batch, BatchReceipt, BatchReceiptSchema, Envelope, Receipt
from sync.identifiers import b64url, new_id, unb64url
from sync.in_memory import MemoryInbox, MemoryOutbox
from sync.keys import Identity, sign
from sync.receiving import Verdict, read_batch, receive_batch
from sync.sending import Failure, SendReport, TransportFailure, send_everything
from tests.support.envelopes import SeededChance

LOSSES = (
    "request lost",
    "answer lost",
    "server busy",
    "login page",
    "request cut",
    "answer cut",
    "answer of another batch",
    "answer names half",
    "letters change on the way",
    "answer's digests change",
)
CRASHES = (
    "receiver dies before storing",
    "receiver dies after storing",
    "sender dies before settling",
    "sender dies after settling",
)
MISHAPS = (None, *LOSSES, *CRASHES)


class Crash(Exception):
    """A process is gone; its store stays."""


class Hop:
    """A process that takes envelopes in: the collector, or the server."""

    def __init__(self, store: MemoryInbox | MemoryOutbox, number: int) -> None:
        self.store, self.taken = store, 0
        self.identity = Identity.load(bytes([number]) * 32)
        self.known_campaigns = {"ge-2026"}

    def answer(self, body: bytes, mishap: str | None = None) -> dict[str, object]:
        """What the hop answers to a body; raises Problem as its HTTP door would."""
        hop = self

        class Guarded:
            def store(self, envelopes: Sequence[Envelope]) -> Sequence[Verdict]:
                if mishap == "receiver dies before storing":
                    raise Crash
                verdicts = hop.store.store(envelopes)
                hop.taken += sum(verdict is Verdict.STORED for verdict in verdicts)
                if mishap == "receiver dies after storing":
                    raise Crash
                return verdicts

        receipt = receive_batch(read_batch(body, "gzip"), Guarded(), self, lambda message: sign(self.identity, message))
        return receipt.document()

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        return None if envelope.campaign in self.known_campaigns else ENVELOPE_UNKNOWN_CAMPAIGN


class Network:
    """Carries bodies; keeps a copy of each, which may arrive again at any time."""

    def __init__(self) -> None:
        self.copies: list[tuple[Hop, bytes]] = []

    def arrive_again(self, number: int) -> None:
        """An old copy turns up, out of order, and nobody waits for its answer."""
        if self.copies:
            hop, body = self.copies[number % len(self.copies)]
            hop.answer(body)


class Way:
    """A transport to one hop, with the mishaps that strike its deliveries one after the other."""

    def __init__(self, network: Network, hop: Hop, mishaps: Iterator[str | None]) -> None:
        self.network, self.hop, self.mishaps = network, hop, mishaps
        self.mishap: str | None = None

    def deliver(self, batch: Batch) -> BatchReceipt:
        self.mishap = mishap = next(self.mishaps, None)
        sent = altered(batch) if mishap == "letters change on the way" else batch
        body = gzip.compress(json.dumps(sent.document()).encode(), 1)
        if mishap == "request lost":
            raise TransportFailure(Failure.OFFLINE)
        if mishap == "server busy":
            raise TransportFailure(Failure.BUSY, retry_after=5)
        self.network.copies.append((self.hop, body))
        try:
            answer = self.hop.answer(body[: len(body) // 2] if mishap == "request cut" else body, mishap)
        except Crash:
            raise TransportFailure(Failure.OFFLINE) from None
        except Problem as problem:
            raise TransportFailure(Failure.REJECTED, status=problem.kind.status, code=problem.kind.code) from None
        return _on_the_way_back(answer, mishap)


def altered(batch: Batch) -> Batch:
    """Every other envelope with one bit turned, the same one each time."""
    return Batch(
        batch.id, tuple(_altered(one) if number % 2 == 0 else one for number, one in enumerate(batch.envelopes))
    )


def _altered(envelope: Envelope) -> Envelope:
    sealed = bytearray(unb64url(envelope.sealed))
    sealed[100] ^= 1
    return replace(envelope, sealed=b64url(bytes(sealed)))


def _on_the_way_back(answer: dict[str, object], mishap: str | None) -> BatchReceipt:
    if mishap == "answer lost":
        raise TransportFailure(Failure.OFFLINE)
    if mishap in {"login page", "answer cut"}:
        raise TransportFailure(Failure.FOREIGN, status=200)
    if mishap == "answer of another batch":
        answer = answer | {"batch": "A" * 22}
    if mishap == "answer names half":
        receipts = answer["receipts"]
        assert isinstance(receipts, list)
        answer = answer | {"receipts": receipts[: len(receipts) // 2]}
    if mishap == "answer's digests change":
        receipts = answer["receipts"]
        assert isinstance(receipts, list)
        answer = answer | {"receipts": [receipt | {"digest": "A" * 22} for receipt in receipts]}
    try:
        return BatchReceiptSchema().load(json.loads(json.dumps(answer)))
    except ValidationError:
        raise TransportFailure(Failure.FOREIGN) from None


class Mortal:
    """An outbox whose process may die around settling."""

    def __init__(self, outbox: MemoryOutbox, way: Way) -> None:
        self.outbox, self.way = outbox, way
        self.peek, self.counts, self.held, self.retry_held = outbox.peek, outbox.counts, outbox.held, outbox.retry_held

    def settle(self, receipts: Sequence[Receipt]) -> None:
        if self.way.mishap == "sender dies before settling":
            raise Crash
        self.outbox.settle(receipts)
        if self.way.mishap == "sender dies after settling":
            raise Crash


class SimulatedHops:
    """Three pages, a collector, a server; `accepted` is everything that a worker was thanked for."""

    def __init__(self, seed: int = 0) -> None:
        self.chance = SeededChance(seed)
        self.network = Network()
        self.pages = [MemoryOutbox(self.chance) for _ in range(3)]
        self.collector = Hop(MemoryOutbox(self.chance), 1)
        self.server = Hop(MemoryInbox(), 2)
        self.accepted: dict[str, Envelope] = {}

    def accept(self, page: int, envelope: Envelope) -> None:
        """A worker taps *Gửi*: the page's store has it, then she is thanked."""
        self.pages[page].store([envelope])
        self.accepted[envelope.id] = envelope

    def send(
        self, sender: MemoryOutbox, hop: Hop, mishaps: Sequence[str | None], *, limit: int = 100, pinned: bool = True
    ) -> SendReport | None:
        """Turns of one sender under these mishaps; None if it died over it."""
        way = Way(self.network, hop, iter(mishaps))
        identity = hop.identity.public if pinned else None
        try:
            return send_everything(Mortal(sender, way), way, chance=self.chance, limit=limit, identity=identity)
        except Crash:
            return None

    def send_forged(self, forged: Envelope) -> None:
        """Somebody with a token offers the server another content under an id that it has."""
        batch = Batch(new_id(self.chance), (forged,))
        Way(self.network, self.server, iter(())).deliver(batch)

    @property
    def forwarding(self) -> MemoryOutbox:
        """The collector's store, as an outbox."""
        assert isinstance(self.collector.store, MemoryOutbox)
        return self.collector.store

    @property
    def stored(self) -> list[Envelope]:
        """What the server has, changed and forged copies included."""
        assert isinstance(self.server.store, MemoryInbox)
        return [*self.server.store.envelopes.values(), *self.server.store.further]

    @property
    def intact(self) -> set[Envelope]:
        """Every envelope that waits somewhere or is stored."""
        outboxes = [*self.pages, self.forwarding]
        return {one for outbox in outboxes for one in outbox.waiting()} | set(self.stored)

    @property
    def opened(self) -> dict[str, Envelope]:
        """What opens at the server: sealing sees to it that only what was sealed on a page does."""
        return {one.id: one for one in self.stored if one == self.accepted.get(one.id)}

    def heal(self) -> None:
        """The network is whole again, and everybody sends until nothing waits."""
        self.collector.known_campaigns = self.server.known_campaigns = {"ge-2026", "later"}
        for page in self.pages:
            page.retry_held()
            self.send(page, self.collector, ())
        self.forwarding.retry_held()
        self.send(self.forwarding, self.server, ())
