"""Where a reader finds the rows of a campaign: in the parts that its manifest names, and in no others."""

from collections.abc import Mapping
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq

from server.lake.manifest import Manifest, PartFile, read_manifest
from server.lake.storage import FileMissing, Storage, StorageFailure


class DamagedPart(StorageFailure):
    """A file of the lake does not hold what was written to it."""


def parts_by_edition(storage: Storage, campaign: str) -> Mapping[int | None, tuple[str, ...]]:
    """Give the addresses of the files that make up a campaign's lake just now, by the edition that first counted their rows.

    Under None stand the rows that are in no edition yet. Parts of an edition stay as long as the lake is not built anew.
    """
    manifest = read_manifest(storage, campaign)
    found: dict[int | None, list[str]] = {}
    for part in manifest.parts if manifest else ():
        found.setdefault(part.edition, []).append(storage.address(f"{campaign}/{part.name}"))
    return {edition: tuple(addresses) for edition, addresses in found.items()}


def read_part(storage: Storage, campaign: str, part: PartFile, schema: pa.Schema | None = None) -> pa.Table:
    """Read the rows of one part; raises DamagedPart where they are not what was written, FileMissing where there is none."""
    name = f"{campaign}/{part.name}"
    data = storage.read(name)
    try:
        if part.digest in {None, digest_of(data)}:
            return pq.read_table(pa.BufferReader(data), schema=schema)
    except pa.ArrowException:
        pass
    raise DamagedPart(f"The file {storage.address(name)} is damaged.")


def damaged_parts(storage: Storage, manifest: Manifest) -> tuple[str, ...]:
    """Name the parts that are missing or do not hold what was written, by reading them all."""
    return tuple(part.name for part in manifest.parts if not _is_sound(storage, manifest.campaign, part))


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of a file's content, in hexadecimal."""
    return sha256(data).hexdigest()


def _is_sound(storage: Storage, campaign: str, part: PartFile) -> bool:
    try:
        if part.digest is None:
            return int(read_part(storage, campaign, part).num_rows) == part.responses
        return digest_of(storage.read(f"{campaign}/{part.name}")) == part.digest
    except (FileMissing, DamagedPart):
        return False
