"""What tests of the transport are made of: clocks and chances that tests own, envelopes, admission, campaigns with keys."""

import random
from collections.abc import MutableSequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from schemas.problems import Kind
from schemas.response import ResponseDocument
from schemas.wire import FRAME_SIZES, SEALING_OVERHEAD, Envelope, Receipt
from sync.digests import content_digest
from sync.identifiers import b64url, new_id


class TestClock:
    """A clock that stands still until it is told otherwise."""

    __test__ = False

    def __init__(self, now: datetime = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def lose_power(self) -> None:
        """A drained device wakes up years ago."""
        self._now = datetime(2010, 1, 1, tzinfo=UTC)


class SeededChance:
    """Chance that a test can repeat. Never for keys."""

    def __init__(self, seed: object = 0) -> None:
        self._random = random.Random(str(seed))

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

    def uniform(self, low: float, high: float) -> float:
        return self._random.uniform(low, high)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        self._random.shuffle(items)


class FixedChance(SeededChance):
    """Chance whose every number lies at the same place between low and high."""

    def __init__(self, place: float) -> None:
        super().__init__()
        self._place = place

    def uniform(self, low: float, high: float) -> float:
        return low + self._place * (high - low)


class OpenDoor:
    """Admits everything."""

    def refusal_of(self, envelope: Envelope) -> Kind | None:
        return None


def envelope(
    seed: object = 0,
    *,
    campaign: str = "ge-2026",
    key: str = "0123456789abcdef",
    size: int = FRAME_SIZES[0],
    content: object = "",
) -> Envelope:
    """An envelope of the right form whose content is noise; same seed, same id; other content, other noise."""
    noise = SeededChance((seed, content)).bytes(size + SEALING_OVERHEAD)
    return Envelope(new_id(SeededChance(("id", seed))), campaign, key, b64url(noise))


def envelopes(count: int, *, start: int = 0, **options: Any) -> list[Envelope]:
    """Several of them, all different."""
    return [envelope(number, **options) for number in range(start, start + count)]


def took(sent: Envelope, status: Literal["stored", "duplicate"] = "stored") -> Receipt:
    """The receipt of a hop that has this very envelope."""
    return Receipt(sent.id, status, digest=content_digest(sent))


def refused(sent: Envelope, kind: Kind) -> Receipt:
    """The receipt of a hop that refused this very envelope."""
    return Receipt.refusal(sent.id, kind, content_digest(sent))


def response(**changes: Any) -> ResponseDocument:
    """A worker's answers."""
    document: dict[str, Any] = {
        "campaign": "ge-2026",
        "survey": "ge_awareness",
        "version": 1,
        "site": "may-10",
        "day": date(2026, 11, 21),
        "mode": "tablet",
        "language": "vi",
        "answers": {"q_lead": "agree", "q_src": ["law", "news"], "age": 34},
    }
    return ResponseDocument(**(document | changes))
