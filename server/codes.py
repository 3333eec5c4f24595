"""Codes and tokens that open a door: made from chance, said once, and kept as keyed digests only."""

from server.keyring import Keyring
from sync.chance import Chance
from sync.identifiers import b64url

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capital letters without those that are taken for one another: 0 O, 1 I L, U V."""

INVITATION_LENGTH = 8
LINK_LENGTH = 14  # 68 bits: a link stays good for weeks and is tried by strangers, so it cannot be as short


def new_code(chance: Chance, length: int) -> str:
    """Draw a code of `length` letters, each equally likely."""
    letters = ""
    while len(letters) < length:
        letters += "".join(ALPHABET[byte % 30] for byte in chance.bytes(2 * length) if byte < 240)
    return letters[:length]


def new_token(chance: Chance) -> str:
    """Draw a collector's token of 256 bits."""
    return b64url(chance.bytes(32))


def as_typed(code: str) -> str:
    """Undo what people do to a code when they type it: small letters, spaces, hyphens."""
    return "".join(code.split()).replace("-", "").upper()


def code_digest(keyring: Keyring, purpose: str, secret: str) -> bytes:
    """Digest a code or token under a key that is not in the database."""
    return keyring.digest(purpose, secret.encode("utf-8", "replace"))
