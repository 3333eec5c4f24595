"""Reading the lake with Ibis: by default on DuckDB in this process, on another engine by its address."""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis

from server.intake.lake import Manifest, read_manifest

STEP = "@step"
DUCKDB = "duckdb://"

_here = threading.local()


def connect(address: str = DUCKDB) -> Any:
    """Give this thread's connection to the engine; connections are kept, because opening one costs more than a query."""
    kept: dict[str, Any] = _here.__dict__.setdefault("engines", {})
    if address not in kept:
        kept[address] = ibis.connect(address)
        if address.startswith(DUCKDB):
            _keep_quiet(kept[address])
    return kept[address]


def _keep_quiet(engine: Any) -> None:
    """Let DuckDB neither write answers to a folder of its own when memory is short, nor fetch extensions from outside."""
    for setting in ("temp_directory = ''", "autoinstall_known_extensions = false", "autoload_known_extensions = false"):
        engine.raw_sql(f"SET {setting}")


class Lake:
    """The Parquet files of all campaigns."""

    def __init__(self, folder: Path, engine: str = DUCKDB) -> None:
        self.folder, self._engine = folder, engine

    def manifest(self, campaign: str) -> Manifest | None:
        """Read what a campaign's part of the lake holds just now."""
        return read_manifest(self.folder / campaign)

    def paths(self, manifest: Manifest) -> tuple[Path, ...]:
        """List the files that a manifest names."""
        return tuple(self.folder / manifest.campaign / part.name for part in manifest.parts)

    def table(self, campaign: str) -> Any:
        """Give all that a campaign's part of the lake holds, as an Ibis table."""
        manifest = self.manifest(campaign)
        if manifest is None or not manifest.parts:
            raise LookupError(f"The lake holds nothing of campaign {campaign}.")
        return read(self.paths(manifest), self._engine)


class Responses:
    """The responses on which the tables of a step are computed: those that each step added, with its number."""

    def __init__(self, files: Mapping[int, Sequence[Path]], engine: str = DUCKDB) -> None:
        self._files, self._engine = files, engine
        self.steps = tuple(sorted(files))

    @cached_property
    def table(self) -> Any:
        """Give the responses as an Ibis table; files are opened only when something has to be counted."""
        if not self.moved_on:
            return read(self._files[self.steps[0]], self._engine)
        added = [
            read(self._files[step], self._engine).mutate(**{STEP: ibis.literal(step, "int32")}) for step in self.steps
        ]
        return ibis.union(*added)

    @property
    def moved_on(self) -> bool:
        """Tell whether there is more than one step to tell apart."""
        return len(self.steps) > 1

    @property
    def step_key(self) -> dict[str, Any]:
        """Give the key by which to group by step; none while there is one step only, which is a third faster."""
        return {STEP: self.table[STEP]} if self.moved_on else {}

    def with_columns(self, columns: Mapping[str, Any]) -> "Responses":
        """Give the same responses with more columns."""
        other = copy(self)
        other.__dict__["table"] = self.table.mutate(**columns)
        return other

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """Run an expression and give its rows."""
        columns = connect(self._engine).to_pyarrow(expression).to_pydict()
        return list(zip(*columns.values(), strict=True))

    def counted(self, keys: Mapping[str, Any], figures: Mapping[str, Any]) -> Any:
        """Group by some keys and the step, and give the expression of the figures."""
        return self.table.group_by(**keys, **self.step_key).agg(**figures)

    def split(self, row: Sequence[Any], keys: int) -> tuple[tuple[Any, ...], int, tuple[Any, ...]]:
        """Take a row of `counted` apart: keys, step, figures."""
        if self.moved_on:
            return tuple(row[:keys]), int(row[keys]), tuple(row[keys + 1 :])
        return tuple(row[:keys]), self.steps[0], tuple(row[keys:])


def read(paths: Sequence[Path], engine: str = DUCKDB) -> Any:
    """Give the rows of some files as an Ibis table; the same files always under the same name, so that none pile up."""
    names = [str(path) for path in paths]
    table = f"rows_{hashlib.sha256('|'.join(names).encode()).hexdigest()[:24]}"
    return connect(engine).read_parquet(names, table_name=table)
