"""Identifiers: 128 random bits that say nothing, and the one spelling of bytes as base64url without padding."""

import base64
import binascii

from schemas.messages import is_base64url
from sync.chance import Chance

ID_BYTES = 16


def b64url(data: bytes) -> str:
    """Bytes as base64url, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64url(text: str) -> bytes:
    """The bytes behind the one canonical spelling; raises ValueError for every other (padding, spaces, spare bits)."""
    if not is_base64url(text):
        raise ValueError("not canonical base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not canonical base64url") from error


def new_id(chance: Chance) -> str:
    """A fresh identifier: 22 characters, random in every bit, so that it can hold neither order nor time."""
    return b64url(chance.bytes(ID_BYTES))
