"""Stores that live in memory: the reference for what every durable store does, and the hops of the simulation.

They are as durable as the object; whoever wants to survive a power cut takes the SQL stores of the collector or the server.
"""

from collections.abc import Collection, Sequence
from threading import Lock

from schemas.messages import Envelope, Receipt
from sync.chance import Chance, SystemChance
from sync.digests import content_digest
from sync.receiving import MOST_CONTENTS, Verdict
from sync.sending import Counts, Held


class MemoryInbox:
    """Takes every envelope once and knows every one it took, also after the envelopes were taken out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, list[Envelope]] = {}
        self.envelopes: dict[str, Envelope] = {}
        self.further: list[Envelope] = []
        """Other contents that came under an id in `envelopes`."""

    def store(self, envelopes: Sequence[Envelope]) -> list[Verdict]:
        """One verdict each; see sync.receiving.Inbox."""
        with self._lock:
            return [self._store(envelope) for envelope in envelopes]

    def _store(self, envelope: Envelope) -> Verdict:
        known = self._known.setdefault(envelope.id, [])
        verdict = _verdict(envelope, known)
        if verdict is Verdict.STORED:
            if known:
                self.further.append(envelope)
            else:
                self.envelopes[envelope.id] = envelope
            known.append(envelope)
        return verdict


class MemoryOutbox:
    """Holds envelopes until they are answered for. It is an inbox too: what a hop takes in is what it has to send on."""

    def __init__(self, chance: Chance | None = None) -> None:
        self._chance = chance or SystemChance()
        self._lock = Lock()
        self._waiting: dict[tuple[str, str], Envelope] = {}
        self._held: dict[tuple[str, str], tuple[Envelope, Held]] = {}
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
        """Up to `limit` waiting envelopes, drawn at random from all of them, in random order; no id twice."""
        with self._lock:
            envelopes = list(self._waiting.values())
        self._chance.shuffle(envelopes)
        return list({envelope.id: envelope for envelope in envelopes}.values())[:limit]

    def waiting(self) -> list[Envelope]:
        """Everything that waits."""
        with self._lock:
            return list(self._waiting.values())

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
            self._waiting |= {place: envelope for place, (envelope, _) in self._held.items()}
            self._held.clear()
            return count

    def _store(self, envelope: Envelope) -> Verdict:
        here = [*self._waiting.values(), *(held for held, _ in self._held.values())]
        verdict = _verdict(envelope, [each for each in here if each.id == envelope.id])
        if verdict is Verdict.STORED:
            self._waiting[envelope.id, content_digest(envelope)] = envelope
        return verdict

    def _settle(self, receipt: Receipt) -> None:
        place = (receipt.id, receipt.digest or "")
        envelope = self._waiting.pop(place, None) or self._held.pop(place, (None,))[0]
        if envelope is None:
            return
        if receipt.status == "refused":
            problem = receipt.problem
            held = Held(receipt.id, problem.code if problem else "", problem.title if problem else "")
            self._held[place] = (envelope, held)
        else:
            self._sent += 1


def _verdict(envelope: Envelope, known: Collection[Envelope]) -> Verdict:
    if envelope in known:
        return Verdict.DUPLICATE
    return Verdict.STORED if len(known) < MOST_CONTENTS else Verdict.CONFLICT
