"""The database and keys of an installation: made where there are none, brought to this version, never written over."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, inspect, select

from server import database
from server.core import create_core
from server.database import Base, db, transaction
from server.keys import installation
from server.keys.installation import Installation
from server.keys.keyring import Keyring, KeysMissing, make_private_file, make_private_folder
from server.services import services
from server.settings import Settings

RELEASED = "released"
"""The folder in which a version before editions kept copies of responses; nothing reads them any more."""

KEYS_LOST = (
    "This database was set up before, but its keys are missing: restore the keys folder from your backup. Without it nobody can "
    "open what is sealed; to begin anew, with nothing, name another home folder or database."
)


def set_up_store(settings: Settings) -> None:
    """Make database and keys where nothing is yet, for somebody who publishes before anybody is to sign in."""
    with store_at_this_version(settings), transaction() as session:
        installation.bind(session, services().keyring, services().today())


@contextmanager
def store_at_this_version(settings: Settings) -> Iterator[None]:
    """Work in an app whose database and keys are there and at this version.

    Raises KeysMissing where the database had keys and has none now, NewerDatabase where a newer version was at work.
    """
    make_private_folder(settings.home)
    _refuse_lost_keys(settings)
    Keyring.create(settings)
    if settings.sqlite_file is not None and settings.sqlite_file.is_absolute():
        make_private_file(settings.sqlite_file)
    app = create_core(settings)
    with app.app_context():
        try:
            database.upgrade(db.engine)
            shutil.rmtree(settings.home / RELEASED, ignore_errors=True)
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _refuse_lost_keys(settings: Settings) -> None:
    """Make no new keys for a database that has some: its envelopes could never be opened with them."""
    if settings.master_key_file.exists() and (settings.keys / "identity").exists():
        return
    if is_bound(settings):
        raise KeysMissing(KEYS_LOST)


def is_bound(settings: Settings) -> bool:
    """Tell whether the database was set up before, with keys of its own."""
    return has_rows(settings, Installation)


def has_rows(settings: Settings, table: type[Base]) -> bool:
    """Tell whether a table exists and holds a row, without making a database that is not there."""
    path = settings.sqlite_file
    if path is not None and not path.exists():
        return False
    engine = create_engine(settings.database_url, hide_parameters=True, connect_args=database.driver_timeouts(settings))
    try:
        with engine.connect() as connection:
            exists = inspect(connection).has_table(table.__tablename__)
            return exists and connection.scalar(select(table.__table__).limit(1)) is not None
    finally:
        engine.dispose()
