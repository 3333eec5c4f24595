"""Sessions: one for each browser in which somebody is signed in, that its owner can see and end.

A session is a row with a random name, which the signed cookie carries. It knows when it was made and last used, to the minute, and
nothing of the browser, its address or its place. It ends when nobody clicks for a while (the cookie's own time), some hours after it
was made however much it is used, when it is signed out or ended by its owner, and with the account's stamp.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from server.accounts.tables import User, UserSession
from server.audit.actions import Action
from server.audit.log import record
from server.services import Services
from sync.identifiers import new_id

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its owner sees it, in seconds since 1970."""

    id: str
    number: int
    made_at: int
    used_at: int
    current: bool


def begin(writing: Session, at_hand: Services, user: User) -> str:
    """Begin a session and return its name; those of the account that ended by themselves are cleared away."""
    now = _now(at_hand)
    writing.execute(delete(UserSession).where(UserSession.user_id == user.id, ~_goes_on(at_hand, user)))
    made = UserSession(id=new_id(at_hand.chance), user_id=user.id, stamp=user.stamp, made_at=now, used_at=now)
    writing.add(made)
    writing.flush()
    return made.id


def find(session: Session, at_hand: Services, user: User, name: str) -> UserSession | None:
    """Return a session of an account, unless it has ended."""
    return session.scalar(select(UserSession).where(UserSession.id == name, _goes_on(at_hand, user)))


def is_to_be_noted(at_hand: Services, found: UserSession) -> bool:
    """Tell whether the time of last use is a minute old or more, so that not every click writes."""
    return _now(at_hand) - found.used_at >= MINUTE


def note_use(writing: Session, at_hand: Services, name: str) -> None:
    """Note that a session is in use; nothing for one that ended in this moment."""
    now = _now(at_hand) // MINUTE * MINUTE
    writing.execute(update(UserSession).where(UserSession.id == name).values(used_at=now))


def sessions_of(session: Session, at_hand: Services, user: User, current: str) -> list[Listed]:
    """List the sessions of an account that go on, the oldest first, numbered from 1."""
    found = session.scalars(
        select(UserSession).where(_goes_on(at_hand, user)).order_by(UserSession.made_at, UserSession.id)
    )
    return [
        Listed(one.id, number, one.made_at, one.used_at, one.id == current) for number, one in enumerate(found, start=1)
    ]


def end(writing: Session, user: User, name: str) -> bool:
    """End one session of an account; False where it has none of that name."""
    ours = (UserSession.user_id == user.id, UserSession.id == name)
    return writing.execute(delete(UserSession).where(*ours).returning(UserSession.id)).first() is not None


def end_others(writing: Session, user: User, current: str) -> int:
    """End all sessions of an account but one; returns how many."""
    others = (UserSession.user_id == user.id, UserSession.id != current)
    gone = len(writing.execute(delete(UserSession).where(*others).returning(UserSession.id)).all())
    record(writing, Action.ACCOUNT_SESSIONS_ENDED, user.name, entries=gone)
    return gone


def _goes_on(at_hand: Services, user: User) -> ColumnElement[bool]:
    now, settings = _now(at_hand), at_hand.settings
    return and_(
        UserSession.user_id == user.id,
        UserSession.stamp == user.stamp,
        UserSession.made_at > now - settings.session_hours * 3600,
        UserSession.used_at > now - settings.session_minutes * 60 - MINUTE,
    )


def _now(at_hand: Services) -> int:
    return int(at_hand.clock.now().timestamp())
