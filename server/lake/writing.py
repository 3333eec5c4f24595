"""Writing a campaign's lake: rows are appended, given the edition that first counts them, or all written anew.

Rows of different editions never stand in one file, and a file tells no more than its edition of when its rows came: rows lie in
a random order, small files of one edition are merged, and no file tells when it was written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from server.lake.manifest import MANIFEST, Manifest, PartFile, read_manifest
from server.lake.reading import digest_of, read_part
from server.lake.rows import concatenated, in_order
from server.lake.storage import Storage
from sync.chance import Chance
from sync.identifiers import new_id

PART_ROWS = 100_000
SMALL_PART = 10_000
CROWD = 200  # rows picked at random that stand in the newest part, however few came with the last run


class LakeWriter:
    """Writes one campaign's part of the lake. One at a time: whoever writes holds the opening lock."""

    def __init__(self, storage: Storage, campaign: str, chance: Chance) -> None:
        self._storage, self._campaign, self._chance = storage, campaign, chance

    def stands_at(self, generation: int, responses: int) -> bool:
        """Tell whether the files hold just what the database held at that generation, as far as their names and sizes tell."""
        manifest = read_manifest(self._storage, self._campaign)
        if manifest is None:
            return generation == 0 and responses == 0
        sizes = self._storage.sizes(self._campaign)
        whole = all(part.name in sizes and part.size in {None, sizes[part.name]} for part in manifest.parts)
        return whole and (manifest.generation, manifest.responses) == (generation, responses)

    def append(self, table: pa.Table, manifest: Manifest) -> None:
        """Add the rows of one opening run; `manifest` says what the lake is after it, but for its parts.

        They are merged with small parts that are in no edition yet, and with no others.
        """
        before = self._parts()
        pinned = [part for part in before if part.edition is not None]
        kept, merged = _worth_merging([part for part in before if part.edition is None], self._chance)
        tables = [read_part(self._storage, self._campaign, part, table.schema) for part in merged]
        added = self._write(concatenated([*tables, table]), None, left_behind=CROWD)
        self._switch(manifest, (*pinned, *kept, *added))

    def pin(self, edition: int, manifest: Manifest, tables: Iterable[pa.Table] | None = None) -> None:
        """Give an edition to the parts that are in none yet; where `tables` are given, these take the place of their rows."""
        before = self._parts()
        pinned = [part for part in before if part.edition is not None]
        if tables is None:
            given: Sequence[PartFile] = [replace(part, edition=edition) for part in before if part.edition is None]
        else:
            given = [part for table in tables for part in self._write(table, edition)]
        self._switch(manifest, (*pinned, *given))

    def replace(self, tables: Iterable[tuple[int | None, pa.Table]], manifest: Manifest) -> None:
        """Put new parts, made from the database edition by edition, in the place of all old ones."""
        self._switch(manifest, tuple(part for edition, table in tables for part in self._write(table, edition)))

    def _parts(self) -> Sequence[PartFile]:
        manifest = read_manifest(self._storage, self._campaign)
        return manifest.parts if manifest else ()

    def _write(self, table: pa.Table, edition: int | None, left_behind: int = 0) -> Sequence[PartFile]:
        """Write rows in a random order. Parts that are large enough to stay leave some rows for the next run to stand among."""
        order: list[Any] = list(range(table.num_rows))
        self._chance.shuffle(order)
        shuffled = in_order(table, order)
        stays = table.num_rows - left_behind
        starts = [*range(0, stays, PART_ROWS), stays] if left_behind and stays >= SMALL_PART else []
        starts = starts or [*range(0, max(1, table.num_rows), PART_ROWS)]
        ends = [*starts[1:], table.num_rows]
        return [self._write_part(shuffled.slice(at, end - at), edition) for at, end in zip(starts, ends, strict=True)]

    def _write_part(self, table: pa.Table, edition: int | None) -> PartFile:
        name = f"part-{new_id(self._chance)}.parquet"
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", write_statistics=False)
        data = sink.getvalue().to_pybytes()
        self._storage.put(f"{self._campaign}/{name}", data)
        return PartFile(name, table.num_rows, edition, len(data), digest_of(data))

    def _switch(self, manifest: Manifest, parts: Sequence[PartFile]) -> None:
        """Let the manifest name these parts, then remove the files that it does not name."""
        self._storage.replace(f"{self._campaign}/{MANIFEST}", manifest.with_parts(parts).document())
        named = {part.name for part in parts} | {MANIFEST}
        for name in self._storage.sizes(self._campaign):
            if name not in named:
                self._storage.delete(f"{self._campaign}/{name}")


def _worth_merging(parts: Sequence[PartFile], chance: Chance) -> tuple[list[PartFile], list[PartFile]]:
    """Divide parts into those that stay and small ones, which are merged into the new one.

    Small parts left side by side would tell which few people were opened together, and in which order such pools came. Where the
    small ones are too few to hide anybody, as when a lake was built anew, one of the large ones is merged, too.
    """
    stay = [part for part in parts if part.responses >= SMALL_PART]
    small = [part for part in parts if part.responses < SMALL_PART]
    if stay and sum(part.responses for part in small) < CROWD:
        chance.shuffle(stay)
        small.append(stay.pop())
    return stay, small
