"""The people who sign in: made, listed, given another role or password, shut out."""

import re
from collections.abc import Collection
from datetime import date

from sqlalchemy import column, delete, func, literal, select, table
from sqlalchemy.orm import Session

from schemas.words import say
from server.accounts.passwords import check_strength, hash_password
from server.accounts.permissions import ADMINISTRATOR, ROLES
from server.accounts.tables import AccountLink, User
from server.audit.actions import Action
from server.audit.log import record
from server.failures import Failure
from server.keys.codes import in_groups
from server.settings import Settings
from sync.chance import Chance
from sync.codes import new_code
from sync.identifiers import new_id

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}\Z")
GENERATED_LENGTH = 25


UNITS = Collection[str] | None
"""The units that somebody deals with; None for all of the union and what belongs to no unit."""


class CannotChange(Failure, ValueError):
    """An account that cannot be made or changed like this; the sentence says why."""


def new_password(chance: Chance) -> str:
    """Make a password of 100 random bits, in groups that can be read aloud and that no keyboard changes."""
    return in_groups(new_code(chance, GENERATED_LENGTH).lower())


def create_user(  # noqa: PLR0913 - one argument for each fact of an account
    session: Session,
    settings: Settings,
    chance: Chance,
    *,
    name: str,
    password: str | None,
    role: str,
    today: date,
    unit: str | None = None,
    within: UNITS = None,
) -> User:
    """Make an account, for all units or for one and what lies below it; raises CannotChange or WeakPassword.

    Without a password nobody can sign in until a one-time link is used. `within` are the units of whoever makes it.
    """
    name = name.strip().casefold()
    if not NAME.match(name):
        raise CannotChange("A name to sign in with has 2 to 64 letters a-z, digits, dots, hyphens, @ or underscores.")
    if role not in ROLES:
        raise CannotChange(say("A role is one of {roles}.", roles=", ".join(ROLES)))
    if find_user(session, name) is not None:
        raise CannotChange(say("There is already an account {name}.", name=name))
    _known_unit(session, unit)
    _own_unit(unit, within)
    hashed = ""
    if password is not None:
        check_strength(password, name)
        hashed = hash_password(settings, password)
    user = User(
        id=new_id(chance), name=name, password=hashed, role=role, unit_id=unit, stamp=new_id(chance), created_on=today
    )
    session.add(user)
    session.flush()
    record(session, Action.ACCOUNT_CREATED, name, role=role, unit=unit)
    return user


def find_user(session: Session, name: str) -> User | None:
    """Return the account of a name, if there is one."""
    return session.scalar(select(User).where(User.name == name.strip().casefold()))


def known_user(session: Session, name: str) -> User:
    """Return the account of a name, or say that there is none."""
    user = find_user(session, name)
    if user is None:
        raise CannotChange(say("There is no account {name}. `langnghe-server user list` shows them.", name=name))
    return user


def users(session: Session, within: UNITS = None) -> list[User]:
    """List the accounts of some units, or all, by name."""
    return [one for one in session.scalars(select(User).order_by(User.name)) if is_within(one, within)]


def is_within(user: User, within: UNITS) -> bool:
    """Tell whether somebody who deals with these units may see and change an account: never one for all units, unless for all."""
    return within is None or user.unit_id in within


def sign_out_everywhere(chance: Chance, user: User) -> None:
    """End all sessions of an account: what their cookies carry is the stamp it had."""
    user.stamp = new_id(chance)


def set_password(session: Session, settings: Settings, chance: Chance, user: User, password: str) -> None:
    """Give an account another password and sign it out everywhere."""
    check_strength(password, user.name)
    user.password = hash_password(settings, password)
    sign_out_everywhere(chance, user)
    session.execute(delete(AccountLink).where(AccountLink.user_id == user.id))
    record(session, Action.ACCOUNT_PASSWORD, user.name)


def set_role(
    session: Session, chance: Chance, user: User, role: str, unit: str | None = None, *, within: UNITS = None
) -> None:
    """Give an account another role, for all units or for one; the last administrator of all units stays one.

    `within` are the units of whoever changes it.
    """
    if role not in ROLES:
        raise CannotChange(say("A role is one of {roles}.", roles=", ".join(ROLES)))
    _known_unit(session, unit)
    _own_unit(unit, within)
    if role != ADMINISTRATOR or unit is not None:
        _keep_one_administrator(session, user)
    before = user.role
    user.role, user.unit_id = role, unit
    sign_out_everywhere(chance, user)
    record(session, Action.ACCOUNT_ROLE, user.name, role=role, unit=unit, before=before)


def disable(session: Session, chance: Chance, user: User, today: date) -> None:
    """Shut an account and sign it out everywhere; the last administrator stays."""
    _keep_one_administrator(session, user)
    user.disabled_on = today
    sign_out_everywhere(chance, user)
    session.execute(delete(AccountLink).where(AccountLink.user_id == user.id))
    record(session, Action.ACCOUNT_DISABLED, user.name)


def enable(session: Session, user: User) -> None:
    """Open an account again."""
    user.disabled_on = None
    record(session, Action.ACCOUNT_ENABLED, user.name)


def _keep_one_administrator(session: Session, user: User) -> None:
    others = select(func.count()).where(
        User.role == ADMINISTRATOR, User.unit_id.is_(None), User.disabled_on.is_(None), User.id != user.id
    )
    if user.role == ADMINISTRATOR and user.unit_id is None and not session.scalar(others):
        raise CannotChange(say("{name} is the last administrator: make another one first.", name=user.name))


def _known_unit(session: Session, unit: str | None) -> None:
    """Refuse a unit that does not exist; the tables of units belong to a room above this one, so they are asked by name."""
    if (
        unit is not None
        and session.scalar(select(literal(1)).where(column("id") == unit).select_from(table("unit"))) is None
    ):
        raise CannotChange(say("There is no unit {unit}: import it with its sites first.", unit=unit))


def _own_unit(unit: str | None, within: UNITS) -> None:
    if within is not None and unit not in within:
        raise CannotChange("You can make and change accounts of your own unit and those below it only.")
