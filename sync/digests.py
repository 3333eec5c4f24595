"""What a receipt says was stored: a digest of the whole envelope, so that a sender forgets only what arrived as it was sent.

The signature of an answer proves who took something; this proves what. A letter that changed on the way is thus found
before the only true copy is forgotten, and the collector finds with it what changed on its own disk.
"""

import hashlib
from collections.abc import Mapping

from schemas.messages import Envelope
from sync.identifiers import b64url

_BYTES = 16
_PARTS = ("id", "campaign", "key", "sealed")


def content_digest(envelope: Envelope) -> str:
    """The first 16 bytes of SHA-256 over id, campaign, key and sealed text with 0x1F between them, in base64url."""
    return _digest(envelope.document())


def digest_of_item(item: object) -> str | None:
    """The same for what came as an envelope and is none; nothing where a part is missing or no text."""
    if not isinstance(item, Mapping) or not all(isinstance(item.get(part), str) for part in _PARTS):
        return None
    try:
        return _digest(item)
    except UnicodeEncodeError:
        return None


def _digest(parts: Mapping[str, str]) -> str:
    return b64url(hashlib.sha256("\x1f".join(parts[name] for name in _PARTS).encode()).digest()[:_BYTES])
