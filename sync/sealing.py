"""Sealing: from the worker's tap on, a response is an envelope that only the holder of the campaign's private key can open.

HPKE (RFC 9180), base mode, single shot, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The envelope's campaign and id are
bound into it: moved to another campaign, or under another id, it does not open.

Not promised: sealing does not say who sealed (base mode: whoever has the public key can), does not hide that an envelope exists,
when it moved, or its size step, and does not protect old envelopes once the private key is lost to a thief (no forward secrecy
on the receiving side).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from schemas.messages import FRAME_SIZES, Envelope, is_sealed
from schemas.response import ResponseDocument, ResponseInvalid
from sync.chance import Chance
from sync.framing import FramingError, frame, unframe
from sync.identifiers import b64url, new_id, unb64url
from sync.keys import PrivateKey, PublicKey

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealBroken(ValueError):
    """The envelope does not open to a response of its campaign: wrong key, tampered, moved, or no response inside."""


def seal(document: ResponseDocument, key: PublicKey, *, chance: Chance, least: int = FRAME_SIZES[0]) -> Envelope:
    """The response as an envelope with a fresh id; raises FramingError when it is too long for the largest frame."""
    return seal_bytes(document.to_json(), document.campaign, key, envelope_id=new_id(chance), least=least)


def seal_bytes(
    plain: bytes, campaign: str, key: PublicKey, *, envelope_id: str, least: int = FRAME_SIZES[0]
) -> Envelope:
    """Any plaintext as an envelope; what is no response document will be refused where it is opened."""
    sealed = _SUITE.encrypt(frame(plain, least), key.point, _context(campaign, envelope_id))
    return Envelope(envelope_id, campaign, key.id, b64url(sealed))


def unseal(envelope: Envelope, key: PrivateKey) -> ResponseDocument:
    """The response inside; raises SealBroken and never says what it found instead."""
    try:
        document = ResponseDocument.from_json(unseal_bytes(envelope, key))
    except ResponseInvalid as error:
        raise SealBroken(str(error)) from None
    if document.campaign != envelope.campaign:
        raise SealBroken("the response inside belongs to another campaign")
    return document


def unseal_bytes(envelope: Envelope, key: PrivateKey) -> bytes:
    """The plaintext inside; raises SealBroken."""
    if envelope.key != key.id:
        raise SealBroken("sealed for another key")
    if not is_sealed(envelope.sealed):
        raise SealBroken("not the size of a sealed frame")
    try:
        framed = _SUITE.decrypt(unb64url(envelope.sealed), key.secret, _context(envelope.campaign, envelope.id))
        return unframe(framed)
    except (InvalidTag, FramingError, ValueError):
        raise SealBroken("tampered with, moved, or sealed for another key") from None


def _context(campaign: str, envelope_id: str) -> bytes:
    return b"langnghe/envelope/1\x1f" + campaign.encode() + b"\x1f" + envelope_id.encode()
