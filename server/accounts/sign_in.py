"""Signing in: the right password for an open account, slowly if it was guessed at; sessions that a new stamp ends."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Request, current_app
from flask import session as cookie
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import CSRFProtect

from schemas.problems import RATE_LIMITED, Problem
from server.accounts import guards
from server.accounts.account_links import owner_of, use_account_link
from server.accounts.known_browsers import counted_for, remember_this_browser
from server.accounts.passwords import check_strength, hash_password, is_right, should_be_hashed_anew
from server.accounts.permissions import Permission, permissions_of
from server.accounts.tables import User
from server.accounts.throttle import Throttle
from server.accounts.users import find_user, set_password, sign_out_everywhere
from server.database import session, transaction
from server.services import Services, services, services_of
from server.settings import Settings
from server.web.below_a_path import path_of

csrf = CSRFProtect()
CONSOLE = "/console"
PLACES = "langnghe_places_to_look_at_passwords"


@dataclass(frozen=True, slots=True)
class Refused:
    """A sign-in that failed: after `wait` seconds another try makes sense. Never says whether there is such an account."""

    wait: int = 0


class ConsoleSessions(SecureCookieSessionInterface):
    """Sessions for people who sign in. The API and the page know none: they neither read nor set a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open a session only where somebody may be signed in."""
        return super().open_session(app, request) if request.path.startswith(CONSOLE) else None


class Person(UserMixin):  # type: ignore[misc]
    """Whoever is signed in, as pages see them."""

    def __init__(self, user: User) -> None:
        self.id, self.name, self.role, self.unit = user.id, user.name, user.role, user.unit_id
        self._stamp = user.stamp

    def get_id(self) -> str:
        """Name the session's owner: the account and the stamp that ends its sessions."""
        return f"{self.id}.{self._stamp}"

    def may(self, permission: Permission | str) -> bool:
        """Tell whether this person's role has a permission; raises ValueError for one that does not exist."""
        return Permission(permission) in permissions_of(self.role)

    @property
    def manages(self) -> bool:
        """Tell whether there is anything in the administration for this person."""
        return bool(permissions_of(self.role) - {Permission.SEE_RESULTS})


def attach(app: Flask, settings: Settings) -> None:
    """Let people sign in to this app: signed cookies, short sessions, a token in every form."""
    app.config.update(
        SECRET_KEY=services_of(app).keyring.derived("session"),
        SESSION_COOKIE_NAME="langnghe",
        SESSION_COOKIE_PATH=path_of(settings) + CONSOLE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=settings.session_minutes * 60,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions[PLACES] = BoundedSemaphore(max(1, settings.threads // 2))
    app.session_interface = ConsoleSessions()
    people = LoginManager(app)
    people.session_protection = None  # the usual one remembers address and agent; ours remembers neither
    people.user_loader(_load)
    csrf.init_app(app)
    guards.attach(app)


def try_to_sign_in(name: str, password: str) -> Person | Refused:
    """Sign a person in, or refuse without telling why; as slow for a name that does not exist.

    A try is counted before it is looked at: many at once get no more of them than one after the other. Looking takes
    long, so nothing is locked meanwhile, and it is never done for so many at once that envelopes would have to wait.
    """
    at_hand = services()
    with _place_to_look():
        with transaction() as writing:
            user = find_user(writing, name)
            throttle, counted = Throttle(writing, at_hand), counted_for(name, user.password if user else "")
            if not throttle.take_a_try(counted):
                return Refused(throttle.seconds_to_wait(counted))
        right = _is_right(at_hand, user, password) and user is not None and user.disabled_on is None
        anew = right and user is not None and should_be_hashed_anew(at_hand.settings, user.password, password)
        renewed = hash_password(at_hand.settings, password) if anew else ""
    with transaction() as writing:
        throttle = Throttle(writing, at_hand)
        now = writing.get(User, user.id) if right and user is not None else None
        if user is None or now is None or not _is_as_it_was(user, now):
            return Refused(throttle.seconds_to_wait(counted))
        throttle.forget(counted)
        now.password = renewed or now.password
        person, hashed = Person(now), now.password
    _let_in(person, hashed)
    return person


def change_own_password(password: str) -> None:
    """Give whoever is signed in another password: signed out everywhere, and in again here, whatever strangers guess meanwhile.

    Raises WeakPassword. Whether they know the present one has been asked before.
    """
    at_hand = services()
    with transaction() as writing:
        user = writing.get_one(User, current_user.id)
        set_password(writing, at_hand.settings, at_hand.chance, user, password)
        Throttle(writing, at_hand).forget_all(user.name)
        person, hashed = Person(user), user.password
    _let_in(person, hashed)


def choose_password(code: str, password: str) -> str:
    """Give the owner of a one-time link the password that they chose; returns the account's name.

    Raises LinkOver or WeakPassword. It signs nobody in: whoever found the link in somebody's messages knows no second factor.
    """
    at_hand = services()
    check_strength(password, owner_of(session(), at_hand, code).name)
    with _place_to_look():
        hashed = hash_password(at_hand.settings, password)
    with transaction() as writing:
        return use_account_link(writing, at_hand, code, password, hashed)


def _is_as_it_was(before: User, now: User) -> bool:
    """Tell whether nobody shut the account or gave it another password while this one was looked at, which takes a while.

    Another sign-in may have hashed the same password anew meanwhile, and signing out elsewhere changes the stamp alone.
    """
    return now.disabled_on is None and (now.password == before.password or now.stamp == before.stamp)


def _let_in(person: Person, hashed: str) -> None:
    cookie.clear()  # whatever stood in it belonged to nobody
    login_user(person)
    cookie.permanent = True
    config = current_app.config
    secure = config["SESSION_COOKIE_SECURE"]
    remember_this_browser(person.name, hashed, config["SESSION_COOKIE_PATH"], secure=secure)


def sign_out() -> None:
    """Forget who was signed in, and let no copy of the cookie open anything again, here or elsewhere."""
    if current_user.is_authenticated:
        with transaction() as writing:
            sign_out_everywhere(services().chance, writing.get_one(User, current_user.id))
    logout_user()
    cookie.clear()


@contextmanager
def _place_to_look() -> Iterator[None]:
    """Let half of a process's threads look at passwords; whoever comes when they all do is asked to come back."""
    places: BoundedSemaphore = current_app.extensions[PLACES]
    if not places.acquire(blocking=False):
        raise Problem(RATE_LIMITED, retry_after=2)
    try:
        yield
    finally:
        places.release()


def _is_right(at_hand: Services, user: User | None, password: str) -> bool:
    return is_right(at_hand.settings, (user and user.password) or None, password)


def _load(owner: str) -> Person | None:
    account, _, stamp = owner.partition(".")
    user: Any = session().get(User, account)
    if user is None or user.disabled_on is not None or not hmac.compare_digest(user.stamp, stamp):
        return None
    return Person(user)
