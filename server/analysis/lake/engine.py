"""The engine that counts: DuckDB in this process, or Spark by its address (server.analysis.lake.spark). Both run the same expressions.

Ibis writes the SQL, and nothing else is taken of it: its own connections hand everything over by way of pandas, and read only one
file at a time from Spark. What is left to do for an engine stands here and in the Spark module.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from typing import Any

import duckdb
import ibis
import pyarrow as pa

DUCKDB = "duckdb://"
MEMORY_LIMIT = "600MB"
PIECE = 250_000  # rows that come at a time

_numbers = count()


class EngineFailure(Exception):
    """An expression could not be run. Says nothing of what the engine said, which may hold answers."""


class Engine(ABC):
    """Runs Ibis expressions over Parquet files."""

    @abstractmethod
    def read(self, addresses: Sequence[str]) -> Any:
        """Give the rows of some files as an Ibis table; a column that some of them lack is empty there. Raises EngineFailure."""

    @abstractmethod
    def columns(self, expression: Any) -> pa.Table:
        """Run an expression and give its rows. Raises EngineFailure."""

    @abstractmethod
    def batches(self, expression: Any) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows piece by piece. Raises EngineFailure."""

    @abstractmethod
    def view(self, expression: Any) -> Any:
        """Give an expression a name, under which others write it shortly. It is worked out by each of them. Raises EngineFailure."""

    @abstractmethod
    def table(self, columns: pa.Table) -> Any:
        """Give rows of ours as an Ibis table while a `with` lasts."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what was read."""


class DuckDB(Engine):
    """DuckDB in this process, for one thread."""

    def __init__(self, memory_limit: str = MEMORY_LIMIT) -> None:
        self._connection = duckdb.connect()
        # Answers are not written to a folder of DuckDB's own when memory is short, and nothing is fetched from outside.
        for setting in (
            "temp_directory = ''",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "preserve_insertion_order = false",
            f"memory_limit = '{memory_limit}'",
        ):
            self._connection.execute(f"SET {setting}")
        self._protocols: set[str] = set()

    def read(self, addresses: Sequence[str]) -> Any:
        """Read files, those of an object store through fsspec."""
        for protocol in {address.partition("://")[0] for address in addresses if "://" in address} - self._protocols:
            self._connection.register_filesystem(import_module("fsspec").filesystem(protocol))
            self._protocols.add(protocol)
        name = fresh_name("rows")
        with _failures():
            self._connection.read_parquet(list(addresses), union_by_name=True).create_view(name)
            return self._known(name)

    def columns(self, expression: Any) -> pa.Table:
        """Run an expression."""
        with _failures():
            return self._connection.sql(ibis.to_sql(expression, dialect="duckdb")).to_arrow_table()

    def batches(self, expression: Any) -> Iterator[pa.RecordBatch]:
        """Run an expression; rows come as DuckDB makes them."""
        with _failures():
            yield from self._connection.sql(ibis.to_sql(expression, dialect="duckdb")).to_arrow_reader(PIECE)

    def view(self, expression: Any) -> Any:
        """Name an expression."""
        name = fresh_name("view")
        with _failures():
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {ibis.to_sql(expression, dialect='duckdb')}")
        return ibis.table(expression.schema(), name=name)

    @contextmanager
    def table(self, columns: pa.Table) -> Iterator[Any]:
        """Let DuckDB look at rows of ours."""
        name = fresh_name("ours")
        self._connection.register(name, columns)
        try:
            yield self._known(name)
        finally:
            self._connection.unregister(name)

    def close(self) -> None:
        """Close the connection; all that it held in memory goes."""
        self._connection.close()

    def _known(self, name: str) -> Any:
        """Give a table of DuckDB to Ibis."""
        empty = self._connection.table(name).limit(0).to_arrow_table()
        return ibis.table(ibis.Schema.from_pyarrow(empty.schema), name=name)


def connect(address: str = DUCKDB, memory_limit: str = MEMORY_LIMIT) -> Engine:
    """Open the engine of an address: `duckdb://`, or Spark's `sc://…`, `spark://…`, `local[2]` and the like. Whoever opens it closes it."""
    if address.startswith(DUCKDB):
        return DuckDB(memory_limit)
    engine: Engine = import_module("server.analysis.lake.spark").Spark(
        address
    )  # Spark is installed by those who need it only
    return engine


def fresh_name(sort: str) -> str:
    """Name a table that nobody else has."""
    return f"{sort}_{next(_numbers)}"


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise EngineFailure(type(error).__name__) from None
