"""Brings the collector's database to the newest form, unattended and in the field: tried on a copy before it is touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, create_engine, pool

from client.database import prepared

NEWEST = "0002"  # a test compares it with the folder of migrations, so that a start needs no Alembic


class UpgradeFailed(Exception):
    """The database is as it was; the sentence says what to do."""


def version_of(path: Path) -> str | None:
    """Which step the database stands at; None for one without tables."""
    with closing(sqlite3.connect(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row[0] if row else None


def upgrade(path: Path) -> None:
    """Bring the database to the newest form, or leave it exactly as it was and raise UpgradeFailed."""
    version = version_of(path)
    if version == NEWEST:
        return
    if version is not None:
        _try_on_a_copy(path)
    run_migrations(path, "upgrade", "head")


def _try_on_a_copy(path: Path) -> None:
    trial = path.with_name(f"{path.name}.trial")
    trial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(trial)) as copy:
            original.backup(copy)
        run_migrations(trial, "upgrade", "head")
    except Exception as failure:
        raise UpgradeFailed(
            f"The database at {path} could not be brought to this version's form ({type(failure).__name__}). "
            "Nothing in it was changed: go back to the version that worked, and send what it holds first."
        ) from failure
    finally:
        for leftover in path.parent.glob(f"{trial.name}*"):
            leftover.unlink()


def run_migrations(path: Path, direction: str, target: str) -> None:
    """Run Alembic over the file, without an ini file; imported here because a normal start has no need of it."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "client:migrations")
    engine = prepared(create_engine(URL.create("sqlite", database=str(path)), poolclass=pool.NullPool))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        getattr(command, direction)(config, target)
