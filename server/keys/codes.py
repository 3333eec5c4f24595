"""Codes and tokens that let somebody in: made from chance, said once, and kept as keyed digests only."""

from server.keys.keyring import Keyring
from sync.chance import Chance
from sync.codes import readings
from sync.identifiers import b64url

INVITATION_LENGTH = 15  # 60 bits: a right code always opens, so that trying has to be hopeless at any speed
LINK_LENGTH = 17  # 68 bits: a link stays good for weeks and is tried by strangers, so it cannot be as short

ACCOUNT_LINK_LENGTH = 26  # 104 bits: whoever has it becomes somebody who may see and change a lot


def new_token(chance: Chance) -> str:
    """Draw a collector's token of 256 bits."""
    return b64url(chance.bytes(32))


def in_groups(code: str) -> str:
    """The code as people read it, five letters at a time."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def digests_of(keyring: Keyring, purpose: str, typed: str) -> list[bytes]:
    """Digest everything that a typed code may have meant."""
    return [code_digest(keyring, purpose, reading) for reading in readings(typed)]


def code_digest(keyring: Keyring, purpose: str, secret: str) -> bytes:
    """Digest a code or token under a key that is not in the database."""
    return keyring.digest(purpose, secret.encode("utf-8", "replace"))
