"""`init`: from nothing to a server that can serve, as often as one likes; what is there is never written over."""

import sys
from dataclasses import asdict, dataclass

import click

from server.accounts.permissions import ADMINISTRATOR
from server.accounts.tables import User
from server.accounts.users import create_user, new_password, users
from server.commands.command_line import as_json, asked_password, print_json, settings_in_force
from server.commands.store import has_rows, store_at_this_version
from server.database import transaction
from server.keys import installation
from server.services import services
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `init` found or made. The password is there only if it was generated just now."""

    home: str
    identity: str
    administrator: str | None
    password: str | None


def set_up(settings: Settings, administrator: str, password: str | None) -> SetUp:
    """Bring database and keys to this version, and make the first administrator if there is nobody yet."""
    with store_at_this_version(settings):
        return _set_up_people(settings, administrator, password)


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
    asks = not generate and sys.stdin.isatty() and not has_rows(settings, User)
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
