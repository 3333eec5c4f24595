"""The people of a campaign as one table: a row for each pinned response, with its answers, its workplace and its cohort."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import ibis
import pyarrow as pa

from schemas.model import Survey
from server.analysis.lake.engine import Engine, EngineFailure
from server.lake.columns import Columns

COHORT = "@cohort"
WORKPLACE = "site"


class LakeDamaged(Exception):
    """A part of the lake cannot be read. `part` is its file's name; nothing of what it holds is said."""

    def __init__(self, part: str) -> None:
        super().__init__(f"The part {part} of the lake cannot be read.")
        self.part = part


@dataclass(frozen=True, slots=True)
class People:
    """Responses that are pinned to editions. `table` is an Ibis table, `cohorts` the editions' numbers, oldest first.

    The table has the column `site`, one for each question with a column in the lake (texts, lists of texts, or numbers with
    decimals), and `@cohort`. Where an older part lacks a column, its people gave no answer.
    """

    engine: Engine
    survey: Survey
    table: Any
    cohorts: tuple[int, ...]
    parts: tuple[str, ...]

    def columns(self, expression: Any) -> pa.Table:
        """Run an expression and give its rows. Raises LakeDamaged, EngineFailure."""
        with _naming_damage(self.engine, self.parts):
            return self.engine.columns(expression)

    def batches(self, expression: Any) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows piece by piece. Raises LakeDamaged, EngineFailure."""
        with _naming_damage(self.engine, self.parts):
            yield from self.engine.batches(expression)

    def view(self, expression: Any) -> Any:
        """Give an expression a name, under which others write it shortly. Raises LakeDamaged, EngineFailure."""
        with _naming_damage(self.engine, self.parts):
            return self.engine.view(expression)


def open_people(engine: Engine, parts: Mapping[int, Sequence[str]], survey: Survey) -> People:
    """Open the pinned responses of a campaign: for each edition's number the addresses of its parts. Nothing is counted yet.

    Raises LakeDamaged for a part that is no Parquet file, and ValueError when there are no parts.
    """
    held = {cohort: tuple(addresses) for cohort, addresses in sorted(parts.items()) if addresses}
    if not held:
        raise ValueError("Nobody is pinned to an edition.")
    all_parts = tuple(part for addresses in held.values() for part in addresses)
    with _naming_damage(engine, all_parts):
        tables = [
            _shaped(engine.read(addresses), survey).mutate(**{COHORT: ibis.literal(cohort, "int32")})
            for cohort, addresses in held.items()
        ]
        table = engine.view(ibis.union(*tables, distinct=False) if len(tables) > 1 else tables[0])
    return People(engine, survey, table, tuple(held), all_parts)


@contextmanager
def _naming_damage(engine: Engine, parts: Sequence[str]) -> Iterator[None]:
    """Where the engine fails, see whether a part is damaged, and say so."""
    try:
        yield
    except EngineFailure:
        for part in parts:
            _read_whole(engine, part)
        raise


def _read_whole(engine: Engine, part: str) -> None:
    """Read every column of a part, down to its values. Raises LakeDamaged where that fails."""
    try:
        table = engine.read([part])
        engine.columns(table.aggregate(**{f"n{at}": table[name].nunique() for at, name in enumerate(table.columns)}))
    except EngineFailure:
        raise LakeDamaged(PurePosixPath(part).name) from None


def _shaped(table: Any, survey: Survey) -> Any:
    """Give the columns of this version of the survey, each with its type."""
    wanted = {field.name: _kind(field.type) for field in Columns(survey).schema}
    return table.select(**{name: _cast(table, name, kind) for name, kind in wanted.items() if kind})


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array<string>"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return "float64"
    return "" if pa.types.is_date(kind) else "string"


def _cast(table: Any, name: str, kind: str) -> Any:
    if name not in table.columns:
        return ibis.null(kind)
    column = table[name]
    if str(column.type()) == kind:
        return column
    return column.try_cast(kind) if column.type().is_string() else column.cast(kind)
