"""Stores that live in memory: the reference for what every durable store does, and the hops of the simulation.

They are as durable as the object; whoever wants to survive a power cut takes the SQL stores of the collector or the server.
"""

from collections.abc import Sequence
from threading import Lock

from schemas.messages import Envelope, Receipt
from sync.chance import Chance, SystemChance
from sync.receiving import Verdict
from sync.sending import Counts, Held


class MemoryInbox:
    """Takes every envelope once and knows every id it took, also after the envelopes were taken out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, Envelope] = {}
        self.envelopes: dict[str, Envelope] = {}

    def store(self, envelopes: Sequence[Envelope]) -> list[Verdict]:
        """One verdict each; see sync.receiving.Inbox."""
        with self._lock:
            return [self._store(envelope) for envelope in envelopes]

    def _store(self, envelope: Envelope) -> Verdict:
        known = self._known.get(envelope.id)
        if known is None:
            self._known[envelope.id] = self.envelopes[envelope.id] = envelope
            return Verdict.STORED
        return Verdict.DUPLICATE if known == envelope else Verdict.CONFLICT


class MemoryOutbox:
    """Holds envelopes until they are answered for. It is an inbox too: what a hop takes in is what it has to send on."""

    def __init__(self, chance: Chance | None = None) -> None:
        self._chance = chance or SystemChance()
        self._lock = Lock()
        self._waiting: dict[str, Envelope] = {}
        self._held: dict[str, tuple[Envelope, Held]] = {}
        self._sent = 0

    def store(self, envelopes: Sequence[Envelope]) -> list[Verdict]:
        """One verdict each; see sync.receiving.Inbox. What was sent and forgotten is taken as new."""
        with self._lock:
            return [self._store(envelope) for envelope in envelopes]

    def counts(self) -> Counts:
        """How many wait, how many the next hop took, how many it refused."""
        with self._lock:
            return Counts(len(self._waiting), self._sent, len(self._held))

    def peek(self, limit: int) -> list[Envelope]:
        """Up to `limit` waiting envelopes, drawn at random from all of them, in random order."""
        with self._lock:
            envelopes = list(self._waiting.values())
        self._chance.shuffle(envelopes)
        return envelopes[:limit]

    def settle(self, receipts: Sequence[Receipt]) -> None:
        """Forget what was taken, hold what was refused, pass over what is not here."""
        with self._lock:
            for receipt in receipts:
                self._settle(receipt)

    def held(self) -> list[Held]:
        """Everything that is held."""
        with self._lock:
            return [held for _, held in self._held.values()]

    def retry_held(self) -> int:
        """Put everything that is held back to what waits."""
        with self._lock:
            count = len(self._held)
            self._waiting |= {envelope.id: envelope for envelope, _ in self._held.values()}
            self._held.clear()
            return count

    def _store(self, envelope: Envelope) -> Verdict:
        known = self._waiting.get(envelope.id) or self._held.get(envelope.id, (None,))[0]
        if known is None:
            self._waiting[envelope.id] = envelope
            return Verdict.STORED
        return Verdict.DUPLICATE if known == envelope else Verdict.CONFLICT

    def _settle(self, receipt: Receipt) -> None:
        envelope = self._waiting.pop(receipt.id, None) or self._held.pop(receipt.id, (None,))[0]
        if envelope is None:
            return
        if receipt.status == "refused":
            problem = receipt.problem
            held = Held(receipt.id, problem.code if problem else "", problem.title if problem else "")
            self._held[receipt.id] = (envelope, held)
        else:
            self._sent += 1
