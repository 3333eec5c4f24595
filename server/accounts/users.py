"""The people who sign in: made, listed, given another role or password, shut out."""

import re
from datetime import date

from sqlalchemy import column, func, literal, select, table
from sqlalchemy.orm import Session

from server.accounts.passwords import check_strength, hash_password
from server.accounts.permissions import ADMINISTRATOR, ROLES
from server.accounts.tables import User
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
    password: str,
    role: str,
    today: date,
    unit: str | None = None,
) -> User:
    """Make an account, for all units or for one and what lies below it; raises CannotChange or WeakPassword."""
    name = name.strip().casefold()
    if not NAME.match(name):
        raise CannotChange("A name to sign in with has 2 to 64 letters a-z, digits, dots, hyphens, @ or underscores.")
    if role not in ROLES:
        raise CannotChange(f"A role is one of {', '.join(ROLES)}.")
    if find_user(session, name) is not None:
        raise CannotChange(f"There is already an account {name}.")
    _known_unit(session, unit)
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
        raise CannotChange(f"There is no account {name}. `langnghe-server user list` shows them.")
    return user


def users(session: Session) -> list[User]:
    """List all accounts by name."""
    return list(session.scalars(select(User).order_by(User.name)))


def sign_out_everywhere(chance: Chance, user: User) -> None:
    """End all sessions of an account: what their cookies carry is the stamp it had."""
    user.stamp = new_id(chance)


def set_password(session: Session, settings: Settings, chance: Chance, user: User, password: str) -> None:
    """Give an account another password and sign it out everywhere."""
    check_strength(password, user.name)
    user.password = hash_password(settings, password)
    sign_out_everywhere(chance, user)
    record(session, Action.ACCOUNT_PASSWORD, user.name)


def set_role(session: Session, chance: Chance, user: User, role: str, unit: str | None = None) -> None:
    """Give an account another role, for all units or for one; the last administrator of all units stays one."""
    if role not in ROLES:
        raise CannotChange(f"A role is one of {', '.join(ROLES)}.")
    _known_unit(session, unit)
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
        raise CannotChange(f"{user.name} is the last administrator: make another one first.")


def _known_unit(session: Session, unit: str | None) -> None:
    """Refuse a unit that does not exist; the tables of units belong to a room above this one, so they are asked by name."""
    if (
        unit is not None
        and session.scalar(select(literal(1)).where(column("id") == unit).select_from(table("unit"))) is None
    ):
        raise CannotChange(f"There is no unit {unit}: import it with its sites first.")
