"""The people who sign in: made, listed, given another role or password, shut out."""

import re
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts.passwords import check_strength, hash_password
from server.accounts.tables import ADMINISTRATOR, ROLES, User
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


def create_user(
    session: Session, settings: Settings, chance: Chance, *, name: str, password: str, role: str, today: date
) -> User:
    """Make an account."""
    name = name.strip().casefold()
    if not NAME.match(name):
        raise CannotChange("A name to sign in with has 2 to 64 letters a-z, digits, dots, hyphens, @ or underscores.")
    if role not in ROLES:
        raise CannotChange(f"A role is one of {', '.join(ROLES)}.")
    if find_user(session, name) is not None:
        raise CannotChange(f"There is already an account {name}.")
    check_strength(password, name)
    hashed = hash_password(settings, password)
    user = User(id=new_id(chance), name=name, password=hashed, role=role, stamp=new_id(chance), created_on=today)
    session.add(user)
    session.flush()
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


def set_password(settings: Settings, chance: Chance, user: User, password: str) -> None:
    """Give an account another password and sign it out everywhere."""
    check_strength(password, user.name)
    user.password = hash_password(settings, password)
    sign_out_everywhere(chance, user)


def set_role(session: Session, chance: Chance, user: User, role: str) -> None:
    """Give an account another role; the last administrator stays one."""
    if role not in ROLES:
        raise CannotChange(f"A role is one of {', '.join(ROLES)}.")
    if role != ADMINISTRATOR:
        _keep_one_administrator(session, user)
    user.role = role
    sign_out_everywhere(chance, user)


def disable(session: Session, chance: Chance, user: User, today: date) -> None:
    """Shut an account and sign it out everywhere; the last administrator stays."""
    _keep_one_administrator(session, user)
    user.disabled_on = today
    sign_out_everywhere(chance, user)


def enable(user: User) -> None:
    """Open an account again."""
    user.disabled_on = None


def _keep_one_administrator(session: Session, user: User) -> None:
    others = select(func.count()).where(User.role == ADMINISTRATOR, User.disabled_on.is_(None), User.id != user.id)
    if user.role == ADMINISTRATOR and not session.scalar(others):
        raise CannotChange(f"{user.name} is the last administrator: make another one first.")
