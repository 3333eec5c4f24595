"""`user`: people who may sign in."""

import sys
from datetime import date

import click

from server.accounts import second_factor
from server.accounts import users as people
from server.accounts.permissions import ANALYST, ROLES
from server.accounts.throttle import Throttle
from server.commands.command_line import as_json, asked_password, at_work, print_json, print_list
from server.database import session, transaction
from server.services import Services

role = click.option(
    "--role", type=click.Choice(list(ROLES)), default=ANALYST, show_default=True, help="What they may do."
)
unit = click.option("--unit", metavar="UNIT", help="The unit that they deal with, and those below it; by default all.")
generate = click.option("--generate", is_flag=True, help="Make the password and show it once, without asking.")


@click.group()
def user() -> None:
    """People who may sign in.

    \b
    Example:
      langnghe-server user create hoa --role analyst
    """  # noqa: D301


@user.command()
@click.argument("name")
@role
@unit
@generate
@as_json
def create(name: str, role: str, unit: str | None, generate: bool, as_json: bool) -> None:
    """Make an account; the password is typed twice, or made and shown once.

    \b
    Example:
      langnghe-server user create hoa --role analyst --generate
    """  # noqa: D301
    with at_work() as at_hand:
        password = _new_password(at_hand, name, generate)
        with transaction() as writing:
            made = people.create_user(
                writing,
                at_hand.settings,
                at_hand.chance,
                name=name,
                password=password,
                role=role,
                unit=unit,
                today=at_hand.today(),
            )
        _show(made.name, password if generate else None, as_json)


@user.command("list")
@as_json
def list_users(as_json: bool) -> None:
    """List all accounts.

    \b
    Example:
      langnghe-server user list
    """  # noqa: D301
    with at_work():
        rows = [
            {
                "name": one.name,
                "role": one.role,
                "unit": one.unit_id,
                "since": str(one.created_on),
                "disabled": _text(one.disabled_on),
            }
            for one in people.users(session())
        ]
    print_list(("name", "role", "unit", "since", "disabled"), rows, as_json=as_json, nothing="Nobody can sign in yet.")


@user.command("password")
@click.argument("name")
@generate
@as_json
def change_password(name: str, generate: bool, as_json: bool) -> None:
    """Give somebody another password and sign them out everywhere.

    Whoever had to wait because of wrong passwords need not any more.

    \b
    Example:
      langnghe-server user password hoa --generate
    """  # noqa: D301
    with at_work() as at_hand:
        password = _new_password(at_hand, name, generate)
        with transaction() as writing:
            one = people.known_user(writing, name)
            people.set_password(writing, at_hand.settings, at_hand.chance, one, password)
            Throttle(writing, at_hand).forget_all(one.name)  # who tried the old one too often need not wait
        _show(one.name, password if generate else None, as_json)


@user.command("role")
@click.argument("name")
@click.argument("new_role", metavar="ROLE", type=click.Choice(list(ROLES)))
@unit
def change_role(name: str, new_role: str, unit: str | None) -> None:
    """Give somebody another role, for all units or for one and what lies below it.

    \b
    Example:
      langnghe-server user role hoa campaign_manager --unit cd-may
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        people.set_role(writing, at_hand.chance, people.known_user(writing, name), new_role, unit)
    click.echo(f"{name} is now {new_role}.")


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Shut an account and sign it out everywhere.

    \b
    Example:
      langnghe-server user disable quang
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        people.disable(writing, at_hand.chance, people.known_user(writing, name), at_hand.today())
    click.echo(f"{name} can no longer sign in.")


@user.command("remove-second-factor")
@click.argument("name")
def remove_second_factor(name: str) -> None:
    """Take the second factor away from somebody who lost their phone and the recovery codes.

    \b
    Example:
      langnghe-server user remove-second-factor lan
    """  # noqa: D301
    with at_work(), transaction() as writing:
        second_factor.remove(writing, people.known_user(writing, name))
    click.echo(f"{name} signs in with the password alone until another second factor is set up.")


@user.command()
@click.argument("name")
def enable(name: str) -> None:
    """Open an account again, also one that has to wait because of wrong passwords.

    \b
    Example:
      langnghe-server user enable quang
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        one = people.known_user(writing, name)
        people.enable(writing, one)
        Throttle(writing, at_hand).forget_all(one.name)
    click.echo(f"{name} can sign in again.")


def _new_password(at_hand: Services, name: str, generate: bool) -> str:
    if generate:
        return people.new_password(at_hand.chance)
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody can type a password here: use --generate.")
    return asked_password(name)


def _show(name: str, password: str | None, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "password": password})
    else:
        click.echo(f"{name} can sign in." + (f" Password, shown this once: {password}" if password else ""))


def _text(day: date | None) -> str | None:
    return str(day) if day else None
