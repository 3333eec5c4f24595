"""`init`: from nothing to a server that can serve, as often as one likes; what is there is never written over."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import click
from sqlalchemy import create_engine, inspect, select

from server import database, installation
from server.accounts.tables import ADMINISTRATOR, User
from server.accounts.users import create_user, new_password, users
from server.command_line import as_json, asked_password, print_json, settings_in_force
from server.core import create_core
from server.database import Base, db, transaction
from server.installation import Installation
from server.keyring import Keyring, KeysMissing, make_private_file, make_private_folder
from server.services import services
from server.settings import Settings

RELEASED = "released"
"""The folder in which a version before editions kept copies of responses; nothing reads them any more."""

KEYS_LOST = (
    "This database was set up before, but its keys are missing: restore the keys folder from your backup. Without it nobody can "
    "open what is sealed; to begin anew, with nothing, name another home folder or database."
)


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `init` found or made. The password is there only if it was generated just now."""

    home: str
    identity: str
    administrator: str | None
    password: str | None


def set_up(settings: Settings, administrator: str, password: str | None) -> SetUp:
    """Bring database and keys to this version, and make the first administrator if there is nobody yet."""
    with _store(settings):
        return _set_up_people(settings, administrator, password)


def set_up_store(settings: Settings) -> None:
    """Make database and keys where nothing is yet, for somebody who publishes before anybody is to sign in."""
    with _store(settings), transaction() as session:
        installation.bind(session, services().keyring, services().today())


@contextmanager
def _store(settings: Settings) -> Iterator[None]:
    """Work in the app on database and keys that are at this version."""
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


def _set_up_people(settings: Settings, administrator: str, password: str | None) -> SetUp:
    at_hand = services()
    with transaction() as session:
        installation.bind(session, at_hand.keyring, at_hand.today())
        if users(session):
            return SetUp(str(settings.home), at_hand.keyring.public_identity, None, None)
        given = password or new_password(at_hand.chance)
        first = create_user(
            session,
            settings,
            at_hand.chance,
            name=administrator,
            password=given,
            role=ADMINISTRATOR,
            today=at_hand.today(),
        )
        shown = None if password else given
        return SetUp(str(settings.home), at_hand.keyring.public_identity, first.name, shown)


def _refuse_lost_keys(settings: Settings) -> None:
    """Make no new keys for a database that has some: its envelopes could never be opened with them."""
    if settings.master_key_file.exists() and (settings.keys / "identity").exists():
        return
    if is_bound(settings):
        raise KeysMissing(KEYS_LOST)


def is_bound(settings: Settings) -> bool:
    """Tell whether the database was set up before, with keys of its own."""
    return _is_there(settings, Installation)


def has_people(settings: Settings) -> bool:
    """Tell whether somebody can sign in already."""
    return _is_there(settings, User)


def _is_there(settings: Settings, table: type[Base]) -> bool:
    """Tell whether a table exists and holds a row, without making a database that is not there."""
    path = settings.sqlite_file
    if path is not None and not path.exists():
        return False
    engine = create_engine(settings.database_url, hide_parameters=True, connect_args=database.patience(settings))
    try:
        with engine.connect() as connection:
            exists = inspect(connection).has_table(table.__tablename__)
            return exists and connection.scalar(select(table.__table__).limit(1)) is not None
    finally:
        engine.dispose()


@click.command()
@click.option("--admin", default="admin", show_default=True, help="Name of the first administrator.")
@click.option("--generate", is_flag=True, help="Make the administrator's password and show it once, without asking.")
@as_json
def init(admin: str, generate: bool, as_json: bool) -> None:
    """Set up database, keys and the first administrator.

    Can be run again at any time, and after every upgrade: it brings the database to this version and leaves keys and
    people as they are.

    \b
    Example:
      langnghe-server init --admin lan
    """  # noqa: D301
    settings = settings_in_force()
    asks = not generate and sys.stdin.isatty() and not has_people(settings)
    password = asked_password(admin) if asks else None
    done = set_up(settings, admin, password)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"Ready: database and keys are in {done.home}. Back up its keys folder, apart from the database.")
    click.echo(f"Identity that collectors will pin: {done.identity}")
    if done.administrator:
        click.echo(f"First administrator: {done.administrator}")
    if done.password:
        click.echo(f"Password, shown this once: {done.password}")
