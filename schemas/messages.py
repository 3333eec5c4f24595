"""The messages that cross between two hops, as frozen values, and the letters and lengths that their parts may have.

Import them from schemas.wire. Envelopes arrive by the hundred, so they have a reader of their own here, which a test holds to
the schema that documents them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.problems import ENVELOPE_MALFORMED, Kind

MAX_BATCH_BYTES = 8 * 1024 * 1024
MAX_ENVELOPES = 500
FRAME_SIZES = (768, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
SEALING_OVERHEAD = 65 + 16  # the sender's one-time public key before the sealed text, the authentication tag behind it
SEALED_LENGTHS = frozenset(((size + SEALING_OVERHEAD) * 4 + 2) // 3 for size in FRAME_SIZES)
SUITE = "P256-HKDF-SHA256-AES256GCM"

ID = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]\Z")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
"""What the server takes as the name of a new campaign or site: a `NAME` that is the same on every device and in every file."""
KEY_ID = re.compile(r"[0-9a-f]{16}\Z")
POINT = re.compile(r"B[A-Za-z0-9_-]{85}[AEIMQUYcgkosw048]\Z")
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{85}[AQgw]\Z")
IDENTITY = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\Z")
CODE = re.compile(r"[a-z][a-z_]*\.[a-z_]+\Z")

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LAST_LETTERS = {0: _ALPHABET.decode(), 2: "AQgw", 3: "AEIMQUYcgkosw048"}
ECHOED = 128

Status = Literal["stored", "duplicate", "refused"]
Text = Mapping[str, str]


def is_base64url(text: str) -> bool:
    """Whether the text is the canonical base64url of some bytes: known letters, no padding, spare bits zero."""
    if not text:
        return True
    last_letters = _LAST_LETTERS.get(len(text) % 4)
    return (
        text.isascii()
        and last_letters is not None
        and text[-1] in last_letters
        and not text.encode().translate(None, _ALPHABET)
    )


def is_sealed(text: str) -> bool:
    """Whether the text has the length and the letters of a sealed frame; what is inside no hop can tell."""
    return len(text) in SEALED_LENGTHS and is_base64url(text)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One sealed response; only the holder of the campaign's private key can read it."""

    id: str
    campaign: str
    key: str
    sealed: str

    def document(self) -> dict[str, str]:
        """The envelope as it crosses."""
        return {"id": self.id, "campaign": self.campaign, "key": self.key, "sealed": self.sealed}


@dataclass(frozen=True, slots=True)
class ReceiptProblem:
    """Why an envelope was refused: a code from the catalogue (or from a newer one) and its sentence."""

    code: str
    title: str

    @classmethod
    def of(cls, kind: Kind) -> "ReceiptProblem":
        """The reason as receipts carry it."""
        return cls(kind.code, kind.title)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer for one envelope. `digest` says which content it speaks of; see sync.digests."""

    id: str
    status: Status
    problem: ReceiptProblem | None = None
    digest: str | None = None

    @classmethod
    def refusal(cls, envelope_id: str, kind: Kind, digest: str | None = None) -> "Receipt":
        """The answer that an envelope was not taken, and why."""
        return cls(envelope_id, "refused", ReceiptProblem.of(kind), digest)

    def document(self) -> dict[str, object]:
        """The receipt as it crosses."""
        document: dict[str, object] = {"id": self.id, "status": self.status}
        if self.problem is not None:
            document["problem"] = {"code": self.problem.code, "title": self.problem.title}
        if self.digest is not None:
            document["digest"] = self.digest
        return document


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent in one request. `refused` answers the envelopes that were too malformed to become one."""

    id: str
    envelopes: tuple[Envelope, ...]
    refused: tuple[Receipt, ...] = ()

    def document(self) -> dict[str, object]:
        """The batch as it crosses."""
        return {"batch": self.id, "envelopes": [envelope.document() for envelope in self.envelopes]}


@dataclass(frozen=True, slots=True)
class BatchReceipt:
    """The answer to a batch: one receipt an envelope, signed by the hop that holds them now."""

    batch: str
    receipts: tuple[Receipt, ...]
    signature: str | None = None

    def signed_part(self) -> dict[str, object]:
        """What the signature covers, as canonical JSON."""
        return {"batch": self.batch, "receipts": [receipt.document() for receipt in self.receipts]}

    def document(self) -> dict[str, object]:
        """The answer as it crosses."""
        return self.signed_part() | ({} if self.signature is None else {"signature": self.signature})


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A collector introduces itself with a code that works once."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """Who answered an enrolment: a name for people, an Ed25519 public key to pin."""

    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """What an enrolled collector gets: its id, its secret token (shown once) and whom it may trust."""

    collector: str
    token: str = field(repr=False)
    server: ServerFacts


@dataclass(frozen=True, slots=True)
class CampaignKey:
    """The public key that seals a campaign's responses."""

    id: str
    suite: str
    public: str


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A workplace, as a collector needs it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CampaignDocument:
    """One survey version that may be asked at some sites in a period. `frame` is the least frame size, where one is set."""

    id: str
    title: Text
    opens: str
    closes: str
    day: str
    key: CampaignKey
    sites: tuple[SiteFacts, ...]
    survey: Mapping[str, Any]
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignList:
    """What a collector may ask."""

    campaigns: tuple[CampaignDocument, ...]


@dataclass(frozen=True, slots=True)
class LinkDocument:
    """What a worker's own phone may answer: one campaign with one site."""

    campaign: CampaignDocument


@dataclass(frozen=True, slots=True)
class Tally:
    """What field staff counted by hand at a site on a day."""

    collected: int
    refused: int


@dataclass(frozen=True, slots=True)
class HopDocument:
    """Who serves this page; a collector hands its own pages the code to enrol with."""

    hop: Literal["collector", "server"]
    name: str
    code: str | None = None


def read_envelope(item: object) -> Envelope | Receipt:
    """The envelope, or the receipt that refuses what is none; names it only if it can be named shortly."""
    if isinstance(item, dict):
        envelope_id, campaign, key, sealed = item.get("id"), item.get("campaign"), item.get("key"), item.get("sealed")
        if (
            isinstance(envelope_id, str)
            and isinstance(campaign, str)
            and isinstance(key, str)
            and isinstance(sealed, str)
            and ID.match(envelope_id)
            and NAME.match(campaign)
            and KEY_ID.match(key)
            and is_sealed(sealed)
        ):
            return Envelope(envelope_id, campaign, key, sealed)
        if isinstance(envelope_id, str) and len(envelope_id) <= ECHOED and _encodable(envelope_id):
            return Receipt.refusal(envelope_id, ENVELOPE_MALFORMED)
    return Receipt.refusal("", ENVELOPE_MALFORMED)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
