"""The one database of a server: the base of every table, how a connection is set up, and the way to head.

SQLite is the embedded default, PostgreSQL the one for many machines. Both keep the promise behind every
receipt: what a committed transaction holds survives a power cut.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, Engine, MetaData, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from server.failures import Failure
from server.settings import Settings

LOCK_SECONDS = 10
CONNECT_SECONDS = 5
VANISHED = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
"""After a minute of silence from PostgreSQL's machine a statement fails, instead of after the system's quarter of an hour or two hours."""
MIGRATIONS = Path(__file__).parent / "migrations"
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""The column type of a JSON document."""


class Base(DeclarativeBase):
    """What every table inherits from; each column says in its comment what it is for."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def attach(app: Flask, settings: Settings) -> None:
    """Give the app its database, with connections that keep what they acknowledge."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    db.init_app(app)
    with app.app_context():
        _set_up_connections(db.engine)


def session() -> Session:
    """Return the session of this request or command."""
    return db.session()


@contextmanager
def transaction() -> Iterator[Session]:
    """One writing transaction of its own, durable when the block ends, undone when it raises.

    On SQLite it takes the write lock at its beginning, so that two of them queue up instead of failing half-way.
    """
    with Session(db.engine.execution_options(takes_write_lock=True), expire_on_commit=False) as own, own.begin():
        yield own


def _engine_options(settings: Settings) -> dict[str, Any]:
    """Leave room for two connections a thread: one that reads while another writes."""
    pool = {"pool_size": 2 * settings.threads + 2, "max_overflow": 2, "pool_timeout": LOCK_SECONDS}
    options: dict[str, Any] = {"hide_parameters": True, "connect_args": driver_timeouts(settings), **pool}
    return options if settings.on_sqlite else options | {"pool_pre_ping": True}


def driver_timeouts(settings: Settings) -> dict[str, Any]:
    """Return the driver's timeouts: of waiting for a lock (SQLite), of connecting, and of a connection whose machine is gone."""
    if settings.on_sqlite:
        return {"timeout": LOCK_SECONDS}
    return {"connect_timeout": CONNECT_SECONDS, **VANISHED}


def _set_up_connections(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={LOCK_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("takes_write_lock", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: Any, _record: object) -> None:
    before, connection.autocommit = connection.autocommit, True
    connection.execute("SET synchronous_commit = on")
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.execute("SET timezone = 'UTC'")
    connection.autocommit = before


def migration_config(connection: Connection | None = None) -> Config:
    """Configure Alembic without a file: where the migrations are and the connection they run on."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


class NewerDatabase(Failure):
    """A newer version of this program was here."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision`, all of it or nothing."""
    is_at_head(engine)
    with _migrating(engine) as connection:
        command.upgrade(migration_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision`, all of it or nothing."""
    with _migrating(engine) as connection:
        command.downgrade(migration_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction; on SQLite without foreign keys, because altering a table there means dropping it for a while."""
    with engine.execution_options(takes_write_lock=True).connect() as connection:
        _enforce_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            _enforce_foreign_keys(connection, "ON")


def _enforce_foreign_keys(connection: Connection, whether: str) -> None:
    """Set the pragma on the driver's connection, outside of any transaction, where alone it works."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - narrows the type for the checker
        driver.execute(f"PRAGMA foreign_keys={whether}")


def is_at_head(engine: Engine) -> bool:
    """Tell whether every migration that this version ships has been applied; raise NewerDatabase if others have."""
    with engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    scripts = ScriptDirectory.from_config(migration_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if not current <= known:
        raise NewerDatabase(
            f"A newer version of Lắng Nghe has worked on this database (it stands at {', '.join(sorted(current))}, this version "
            f"knows up to {', '.join(scripts.get_heads())}): install that version again. Nothing was changed."
        )
    return current == set(scripts.get_heads())


def failure_code(error: DBAPIError) -> str:
    """Tell a full disk (`store.full`) from a database that is locked, read-only or away (`store.unavailable`)."""
    original = error.orig
    if getattr(original, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(original, "sqlstate", "") == "53100":
        return "store.full"
    return "store.unavailable"


def is_out_of_reach(error: DBAPIError) -> bool:
    """Tell a failure of the database itself from a mistake in what was asked of it."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return (
        isinstance(error, OperationalError) or error.connection_invalidated or state.startswith(("25006", "53", "57"))
    )
