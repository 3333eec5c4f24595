"""One-time links: by one the owner of an account chooses a password that nobody else ever knew.

An administrator makes a link and hands it over; the code in it is random, shown once, and kept as a keyed digest only. Opening the
link changes nothing, so that a messenger that looks at it does not use it up; sending the form does, once, within the days that
the settings name. Making another link for an account ends the one before.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.accounts.passwords import check_strength
from server.accounts.tables import AccountLink, User
from server.accounts.throttle import Throttle
from server.accounts.users import CannotChange, sign_out_everywhere
from server.audit.actions import Action
from server.audit.log import record
from server.failures import Failure
from server.keys.codes import ACCOUNT_LINK_LENGTH, code_digest
from server.services import Services
from sync.codes import new_code

PURPOSE = "account link"


class LinkOver(Failure, ValueError):
    """A one-time link that is not good: used, replaced, too old, or never made."""


def new_account_link(writing: Session, at_hand: Services, user: User) -> str:
    """Make a link for an account and return its code, which is kept nowhere; the account's password and sessions end.

    Raises CannotChange for an account that is shut.
    """
    if user.disabled_on is not None:
        raise CannotChange("This account is shut: open it again first.")
    code = new_code(at_hand.chance, ACCOUNT_LINK_LENGTH)
    end_of_link(writing, user)
    writing.add(
        AccountLink(
            user_id=user.id,
            code_digest=_digest(at_hand, code),
            expires_at=int((at_hand.clock.now() + timedelta(days=at_hand.settings.account_link_days)).timestamp()),
        )
    )
    user.password = ""
    sign_out_everywhere(at_hand.chance, user)
    writing.flush()
    record(writing, Action.ACCOUNT_LINK, user.name, days=at_hand.settings.account_link_days)
    return code


def end_of_link(writing: Session, user: User) -> None:
    """Let the link of an account open nothing any more, if it has one."""
    writing.execute(delete(AccountLink).where(AccountLink.user_id == user.id))


def owner_of(session: Session, at_hand: Services, code: str) -> User:
    """Return the account that a link's code opens; raises LinkOver."""
    owner = session.scalar(
        select(User)
        .join(AccountLink, AccountLink.user_id == User.id)
        .where(
            AccountLink.code_digest == _digest(at_hand, code),
            AccountLink.expires_at > int(at_hand.clock.now().timestamp()),
            User.disabled_on.is_(None),
        )
    )
    if owner is None:
        raise LinkOver("This link is no longer good: ask an administrator for another one.")
    return owner


def use_account_link(writing: Session, at_hand: Services, code: str, password: str, hashed: str) -> str:
    """Give the owner of a link the password that they chose, once; returns the account's name.

    `hashed` is the password as `hash_password` makes it: that takes long, so it is done before the transaction.
    Raises LinkOver or WeakPassword.
    """
    owner = owner_of(writing, at_hand, code)
    check_strength(password, owner.name)
    used = writing.execute(
        delete(AccountLink).where(AccountLink.code_digest == _digest(at_hand, code)).returning(AccountLink.user_id)
    ).first()
    if used is None:  # somebody else used it in this very moment
        raise LinkOver("This link is no longer good: ask an administrator for another one.")
    owner.password = hashed
    sign_out_everywhere(at_hand.chance, owner)
    Throttle(writing, at_hand).forget_all(owner.name)
    record(writing, Action.ACCOUNT_LINK_USED, owner.name)
    return owner.name


def _digest(at_hand: Services, code: str) -> bytes:
    return code_digest(at_hand.keyring, PURPOSE, code)
