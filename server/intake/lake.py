"""The lake: per campaign a folder of Parquet parts, and a manifest that says which of them count.

    <home>/lake/<campaign>/manifest.json          generation, number of responses, survey, parts
    <home>/lake/<campaign>/part-<random>.parquet  rows in no order, without ids

A reader takes the parts that the manifest names (`parts_of`), and no others: a part is first written whole and durably,
then the manifest is replaced in one step, then parts that no longer count are removed. The database says at which
generation a campaign stands; a manifest of another generation or count is behind, and the campaign's lake is built anew.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from server.intake.lake_rows import concatenated, in_order
from sync.chance import Chance
from sync.identifiers import new_id

MANIFEST = "manifest.json"
PART_ROWS = 100_000
SMALL_PART = 10_000
NO_TIME = (0, 0)  # a part does not tell when it was written


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file that counts."""

    name: str
    responses: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a campaign's lake holds."""

    campaign: str
    survey: str
    version: int
    fingerprint: str
    generation: int
    responses: int
    parts: tuple[Part, ...]


def read_manifest(folder: Path) -> Manifest | None:
    """Read what a campaign's folder holds; None when there is none, or none that can be read."""
    try:
        document = orjson.loads((folder / MANIFEST).read_bytes())
        parts = tuple(Part(part["name"], part["responses"]) for part in document.pop("parts"))
        return Manifest(**document, parts=parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def parts_of(folder: Path) -> tuple[Path, ...]:
    """List the files that make up a campaign's lake just now."""
    manifest = read_manifest(folder)
    return tuple(folder / part.name for part in manifest.parts) if manifest else ()


class LakeWriter:
    """Writes one campaign's part of the lake. One at a time: whoever writes holds the opening lock."""

    def __init__(self, lake: Path, campaign: str, chance: Chance) -> None:
        self.folder, self._chance = lake / campaign, chance

    def stands_at(self, generation: int, responses: int) -> bool:
        """Tell whether the files hold just what the database held at that generation."""
        manifest = read_manifest(self.folder)
        if manifest is None:
            return generation == 0 and responses == 0
        whole = all((self.folder / part.name).exists() for part in manifest.parts)
        return whole and (manifest.generation, manifest.responses) == (generation, responses)

    def append(self, table: pa.Table, manifest: Manifest) -> None:
        """Add the rows of one opening run; `manifest` says what the lake is after it, but for its parts."""
        before = read_manifest(self.folder)
        old = before.parts if before else ()
        kept, merged = _worth_merging(old)
        tables = [pq.read_table(self.folder / part.name, schema=table.schema) for part in merged]
        self._switch(manifest, (*kept, *self._write(concatenated([*tables, table]))))

    def replace(self, tables: Iterable[pa.Table], manifest: Manifest) -> None:
        """Put new parts, made from the database, in the place of all old ones."""
        self._switch(manifest, tuple(part for table in tables for part in self._write(table)))

    def remove(self) -> None:
        """Remove a campaign's folder: nothing of it is in the database."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, table: pa.Table) -> Sequence[Part]:
        self.folder.mkdir(parents=True, exist_ok=True)
        order: list[Any] = list(range(table.num_rows))
        self._chance.shuffle(order)
        shuffled = in_order(table, order)
        return [
            self._write_part(shuffled.slice(start, PART_ROWS)) for start in range(0, max(1, table.num_rows), PART_ROWS)
        ]

    def _write_part(self, table: pa.Table) -> Part:
        part = Part(f"part-{new_id(self._chance)}.parquet", table.num_rows)
        with _whole_or_not_at_all(self.folder / part.name) as scratch:
            pq.write_table(table, scratch, compression="zstd", write_statistics=False)
        os.utime(self.folder / part.name, NO_TIME)
        return part

    def _switch(self, manifest: Manifest, parts: Sequence[Part]) -> None:
        """Let the manifest name these parts, then remove the files that it does not name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        document = asdict(replace(manifest, parts=tuple(parts)))
        with _whole_or_not_at_all(self.folder / MANIFEST) as scratch:
            scratch.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        named = {part.name for part in parts} | {MANIFEST}
        for path in self.folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


def _worth_merging(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Divide parts into those that stay and small ones, which are merged into the new one.

    Small parts left side by side would tell which few people were opened together, and in which order such pools came.
    """
    return (
        tuple(part for part in parts if part.responses >= SMALL_PART),
        tuple(part for part in parts if part.responses < SMALL_PART),
    )


@contextlib.contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[Path]:
    """Give a scratch path to write to; leave the old file or the whole new one, whatever happens to the power."""
    scratch = path.with_name(f".{path.name}.scratch")
    try:
        yield scratch
        _flush(scratch, os.O_RDWR)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    if os.name == "posix":
        _flush(path.parent, os.O_RDONLY)


def _flush(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
