"""Keys: the pair that seals a campaign, the identity that signs receipts, the master key that wraps private keys, keyed digests.

Private keys and the master key are bytes whose home is somebody else's business (files with mode 0600, outside the database);
nothing here writes, prints or logs one.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schemas.messages import SUITE, CampaignKey
from sync.identifiers import b64url, unb64url

_CURVE = ec.SECP256R1()
_SCALAR_BYTES = 32
_NONCE_BYTES = 12
_WRAPPING = b"langnghe/private-key/1"


class KeyBroken(ValueError):
    """These bytes are no such key, or do not belong to this master key or campaign."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key that everybody has, to seal a campaign's responses with."""

    id: str
    point: ec.EllipticCurvePublicKey = field(repr=False)

    @classmethod
    def load(cls, public: str) -> "PublicKey":
        """The key behind an uncompressed point in base64url; raises KeyBroken for a point that is not on the curve."""
        try:
            point = unb64url(public)
            return cls(key_id(point), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
        except ValueError as error:
            raise KeyBroken("not a public key") from error

    @classmethod
    def from_wire(cls, key: CampaignKey) -> "PublicKey":
        """The key of a campaign document; raises KeyBroken unless suite and id fit it."""
        loaded = cls.load(key.public)
        if key.suite != SUITE or loaded.id != key.id:
            raise KeyBroken("the key's id or suite does not fit it")
        return loaded


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The key that only the central server holds, to open a campaign's envelopes with."""

    id: str
    secret: ec.EllipticCurvePrivateKey = field(repr=False)

    @classmethod
    def load(cls, private: bytes) -> "PrivateKey":
        """The key behind its 32 bytes."""
        if len(private) != _SCALAR_BYTES:
            raise KeyBroken("not a private key")
        try:
            secret = ec.derive_private_key(int.from_bytes(private, "big"), _CURVE)
        except ValueError as error:
            raise KeyBroken("not a private key") from error
        return cls(key_id(_encoded(secret.public_key())), secret)


@dataclass(frozen=True, slots=True)
class SealingPair:
    """A fresh pair for one campaign: 32 private bytes, the public point in base64url, and the id that envelopes name."""

    private: bytes = field(repr=False)
    public: str
    id: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An Ed25519 key with which a hop signs its receipts; `private` are 32 bytes to keep, `public` is what others pin."""

    private: bytes = field(repr=False)
    public: str
    secret: ed25519.Ed25519PrivateKey = field(repr=False)

    @classmethod
    def load(cls, private: bytes) -> "Identity":
        """The identity behind its 32 bytes."""
        try:
            secret = ed25519.Ed25519PrivateKey.from_private_bytes(private)
        except ValueError as error:
            raise KeyBroken("not an identity") from error
        return cls(private, b64url(secret.public_key().public_bytes_raw()), secret)


def key_id(point: bytes) -> str:
    """The name of a public key: the first 8 bytes of its SHA-256, in hex."""
    return hashlib.sha256(point).hexdigest()[:16]


def new_sealing_pair() -> SealingPair:
    """A fresh pair for one campaign."""
    secret = ec.generate_private_key(_CURVE)
    point = _encoded(secret.public_key())
    private = secret.private_numbers().private_value.to_bytes(_SCALAR_BYTES, "big")
    return SealingPair(private, b64url(point), key_id(point))


def new_identity() -> Identity:
    """A fresh identity for a hop."""
    return Identity.load(ed25519.Ed25519PrivateKey.generate().private_bytes_raw())


def new_master_key() -> bytes:
    """A fresh master key, 32 bytes."""
    return AESGCM.generate_key(256)


def wrap_private(private: bytes, master_key: bytes, campaign: str) -> bytes:
    """The private key encrypted for its file (AES-256-GCM), bound to its campaign."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(master_key).encrypt(nonce, private, _place(campaign))


def unwrap_private(wrapped: bytes, master_key: bytes, campaign: str) -> bytes:
    """The private key out of its file; raises KeyBroken for another master key, another campaign, or a changed file."""
    cipher = _cipher(master_key)
    try:
        return cipher.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], _place(campaign))
    except (InvalidTag, ValueError) as error:
        raise KeyBroken(
            "the private key cannot be unwrapped: wrong master key, wrong campaign or a damaged file"
        ) from error


def sign(identity: Identity, message: bytes) -> str:
    """The identity's signature over the message, in base64url."""
    return b64url(identity.secret.sign(message))


def verify(public: str, message: bytes, signature: str) -> bool:
    """Whether the signature is that identity's over that message; False for whatever is no key or no signature."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(unb64url(public)).verify(unb64url(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def keyed_digest(key: bytes, *parts: str | bytes) -> bytes:
    """HMAC-SHA-256 over the parts, each with its length, so that no two lists of parts share a digest."""
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return hmac.digest(key, b"".join(len(part).to_bytes(8, "big") + part for part in encoded), "sha256")


def _encoded(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _cipher(master_key: bytes) -> AESGCM:
    if len(master_key) != _SCALAR_BYTES:
        raise KeyBroken("a master key has 32 bytes")
    return AESGCM(master_key)


def _place(campaign: str) -> bytes:
    return _WRAPPING + b"\x1f" + campaign.encode()
