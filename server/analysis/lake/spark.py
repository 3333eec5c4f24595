"""Spark as the engine that counts, for campaigns that have outgrown one machine. The same expressions, written as Spark's SQL.

Addresses: `sc://host:port` (Spark Connect), `spark://host:port` (a cluster), `local[2]`, `local-cluster[2,1,1024]`. Every worker
must be able to read the lake's files under their addresses. Needs the extra `spark`, and Java 17 on this machine unless the address
is one of Spark Connect.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import ibis
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import types as kinds

from server.analysis.lake.engine import Engine, EngineFailure, fresh_name

CONNECT = "sc://"
# A list is looked into beyond its end, and words that are no numbers are read as none, as in DuckDB.
SESSION: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.mergeSchema": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
# What Spark lays down on the disks of its workers while it counts is sealed with a key that ends with the session.
OWN_SESSION: Mapping[str, str] = {
    "spark.io.encryption.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.eventLog.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
}
_KINDS: Mapping[str, kinds.DataType] = {
    "string": kinds.StringType(),
    "float64": kinds.DoubleType(),
    "int16": kinds.ShortType(),
    "int32": kinds.IntegerType(),
    "int64": kinds.LongType(),
    "array<string>": kinds.ArrayType(kinds.StringType()),
}


class Spark(Engine):
    """Spark by its address. A process has one session at a time."""

    def __init__(self, address: str) -> None:
        builder = SparkSession.builder.appName("langnghe")
        if address.startswith(CONNECT):
            builder = builder.remote(address)
        else:
            builder = builder.master(address)
            for key, value in OWN_SESSION.items():
                builder = builder.config(key, value)
        with _failures():
            self._session = builder.getOrCreate()
            for key, value in SESSION.items():
                self._session.conf.set(key, value)

    def read(self, addresses: Sequence[str]) -> Any:
        """Read files."""
        with _failures():
            return self._named(self._session.read.parquet(*addresses))

    def columns(self, expression: Any) -> pa.Table:
        """Run an expression; its rows come to this machine."""
        with _failures():
            return self._session.sql(_sql(expression)).toArrow()

    def batches(self, expression: Any) -> Iterator[pa.RecordBatch]:
        """Run an expression; its rows come to this machine."""
        yield from self.columns(expression).to_batches()

    def view(self, expression: Any) -> Any:
        """Name an expression."""
        with _failures():
            return self._named(self._session.sql(_sql(expression)))

    @contextmanager
    def table(self, columns: pa.Table) -> Iterator[Any]:
        """Send rows of ours to Spark."""
        names = [str(name) for name in columns.column_names]
        fields = [kinds.StructField(name, _kind_of(columns.schema.field(name).type)) for name in names]
        rows = list(zip(*(column.to_pylist() for column in columns.columns), strict=True))
        with _failures():
            table = self._named(self._session.createDataFrame(rows, kinds.StructType(fields)))
        try:
            yield table
        finally:
            self._session.catalog.dropTempView(table.get_name())

    def close(self) -> None:
        """End the session; the cluster's memory is free for others."""
        self._session.stop()

    def _named(self, frame: Any) -> Any:
        """Give a data frame of Spark to Ibis."""
        name = fresh_name("spark")
        frame.createOrReplaceTempView(name)
        known = {field.name: _known(field.dataType) for field in frame.schema.fields}
        return ibis.table({column: kind for column, kind in known.items() if kind}, name=name)


def _sql(expression: Any) -> str:
    """Write an expression as Spark's SQL. Ibis knows its own settings for Spark only after it was asked for that backend."""
    return str(ibis.to_sql(expression, dialect=ibis.pyspark.name))


def _kind_of(kind: pa.DataType) -> kinds.DataType:
    return _KINDS[str(ibis.Schema.from_pyarrow(pa.schema([("one", kind)]))["one"])]


def _known(kind: kinds.DataType) -> str:
    """Name a type of Spark as Ibis does; the types that no answer has are left out."""
    if isinstance(kind, kinds.ArrayType):
        return "array<string>"
    return next((name for name, one in _KINDS.items() if type(one) is type(kind)), "")


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise EngineFailure(type(error).__name__) from None
