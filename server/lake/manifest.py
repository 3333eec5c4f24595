"""What a campaign's lake holds, as its manifest says: the one file that names the parts which count."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Self

import orjson

from server.lake.storage import FileMissing, Storage

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class PartFile:
    """One Parquet file that counts. Its rows are all of one edition; None: they are in no edition yet.

    `size` (bytes) and `digest` (SHA-256 in hexadecimal) tell a damaged file; None in manifests of before editions.
    """

    name: str
    responses: int
    edition: int | None = None
    size: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a campaign's lake holds: `parts`, with `responses` rows in all, as the database had them at `generation`."""

    campaign: str
    survey: str
    version: int
    fingerprint: str
    generation: int
    responses: int
    parts: tuple[PartFile, ...]

    def with_parts(self, parts: Sequence[PartFile]) -> Self:
        """Say the same of other parts."""
        return replace(self, parts=tuple(parts))

    def document(self) -> bytes:
        """Write it as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


def read_manifest(storage: Storage, campaign: str) -> Manifest | None:
    """Read what a campaign's lake holds; None when there is none, or none that makes sense. Raises StorageFailure."""
    try:
        document = orjson.loads(storage.read(f"{campaign}/{MANIFEST}"))
        parts = tuple(PartFile(**part) for part in document.pop("parts"))
        return Manifest(**document, parts=parts)
    except FileMissing:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
