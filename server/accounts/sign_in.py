"""Signing in: the right password for an open account, and the right code where it has a second factor; slowly if it was guessed at."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from flask import Flask, Request, current_app, g
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
from server.accounts.second_factor import counted_codes, is_forced, is_right_code
from server.accounts.sessions import begin, end, find, is_to_be_noted, note_use
from server.accounts.tables import User
from server.accounts.throttle import Throttle
from server.accounts.users import find_user, set_password
from server.database import session, transaction
from server.services import Services, services, services_of
from server.settings import Settings
from server.web.below_a_path import path_of

csrf = CSRFProtect()
CONSOLE = "/console"
HALF_WAY, HALF_WAY_SECONDS = "half way", 600
PLACES = "langnghe_places_to_look_at_passwords"


@dataclass(frozen=True, slots=True)
class Refused:
    """A sign-in that failed: after `wait` seconds another try makes sense. Never says whether there is such an account."""

    wait: int = 0


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """A right password of an account that has a second factor: its code is missing."""


class ConsoleSessions(SecureCookieSessionInterface):
    """Sessions for people who sign in. The API and the page know none: they neither read nor set a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open a session only where somebody may be signed in."""
        return super().open_session(app, request) if request.path.startswith(CONSOLE) else None


class Person(UserMixin):  # type: ignore[misc]
    """Whoever is signed in, as pages see them."""

    def __init__(self, user: User, session: str) -> None:
        self.id, self.name, self.role, self.unit = user.id, user.name, user.role, user.unit_id
        self.session = session
        self.must_set_up = not user.second_factor and is_forced(services(), user.role)
        """Whether nothing may be done before a second factor is set up."""

    def get_id(self) -> str:
        """Name the session's owner and the session."""
        return f"{self.id}.{self.session}"

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
    guards.attach(app)  # before the forms' tokens, which end with the session too
    csrf.init_app(app)


def try_to_sign_in(name: str, password: str) -> Person | Refused | CodeWanted:
    """Sign a person in, or ask for the code of their second factor, or refuse without telling why.

    As slow for a name that does not exist.
    """
    checked = _checked(name, password)
    if isinstance(checked, Refused):
        return checked
    if checked.second_factor:
        _empty_cookie()
        cookie[HALF_WAY] = [checked.id, checked.stamp, int(services().clock.now().timestamp())]
        return CodeWanted()
    return _let_in(checked)


def is_half_way() -> bool:
    """Tell whether this browser has given a right password lately and only the code is missing."""
    return _half_way() is not None


def try_code(code: str) -> Person | Refused | None:
    """Sign in whoever gave the right password before, by a code of their second factor; None where the password was too long ago.

    A try is counted before it is looked at, as one of a password is.
    """
    user, at_hand = _half_way(), services()
    if user is None:
        return None
    counted = counted_codes(counted_for(user.name, user.password))
    with transaction() as writing:
        throttle = Throttle(writing, at_hand)
        if not throttle.take_a_try(counted):
            return Refused(throttle.seconds_to_wait(counted))
        right = is_right_code(writing, at_hand, user, code)
        if right:
            throttle.forget(counted)
    return _let_in(user) if right else Refused()


def is_own_password(password: str) -> Refused | None:
    """Refuse whoever is signed in but does not know their present password; counted as at the door."""
    checked = _checked(current_user.name, password)
    return checked if isinstance(checked, Refused) else None


def change_own_password(password: str) -> None:
    """Give whoever is signed in another password: signed out everywhere, and in again here, whatever strangers guess meanwhile.

    Raises WeakPassword. Whether they know the present one has been asked before.
    """
    at_hand = services()
    with transaction() as writing:
        user = writing.get_one(User, current_user.id)
        set_password(writing, at_hand.settings, at_hand.chance, user, password)
        Throttle(writing, at_hand).forget_all(user.name)
    _let_in(user)


def _checked(name: str, password: str) -> User | Refused:
    """Look whether a password opens an account, without opening it.

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
    return now


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


def _let_in(user: User) -> Person:
    """Begin a session for an account as it was just seen: another stamp since then, and the session ends with its beginning."""
    with transaction() as writing:
        person = Person(user, begin(writing, services(), user))
    _empty_cookie()
    login_user(person)
    cookie.permanent = True
    config = current_app.config
    secure = config["SESSION_COOKIE_SECURE"]
    remember_this_browser(user.name, user.password, config["SESSION_COOKIE_PATH"], secure=secure)
    return person


def _empty_cookie() -> None:
    """Forget whatever stood in the cookie, and the forms' token with it: pages of this very answer get a new one."""
    cookie.clear()
    g.pop("csrf_token", None)


def _half_way() -> User | None:
    account, stamp, since = cookie.get(HALF_WAY, ("", "", 0))
    user = session().get(User, account)
    if user is None or user.disabled_on is not None or not hmac.compare_digest(user.stamp, stamp):
        return None
    return user if services().clock.now().timestamp() < since + HALF_WAY_SECONDS else None


def sign_out() -> None:
    """Forget who was signed in here, and let no copy of the cookie open anything again."""
    if current_user.is_authenticated:
        with transaction() as writing:
            end(writing, writing.get_one(User, current_user.id), current_user.session)
    logout_user()
    _empty_cookie()


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
    account, _, name = owner.partition(".")
    user, at_hand = session().get(User, account), services()
    if user is None or user.disabled_on is not None:
        return None
    found = find(session(), at_hand, user, name)
    if found is None:
        return None
    if is_to_be_noted(at_hand, found):
        with transaction() as writing:
            note_use(writing, at_hand, name)
    return Person(user, name)
