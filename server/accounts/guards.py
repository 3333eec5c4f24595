"""Who may call what: every route says so, and one that says nothing is shut.

A view of people's pages is marked by `needs(permission)`, `signed_in_only` or `open_to_all`. The routes of programs, and the page that
workers see, are marked as a whole (`mark`), because they ask for a token or link themselves, or for nothing.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from schemas.problems import SESSION_MISSING, Problem
from server.accounts.permissions import Permission
from server.audit.log import act_as
from server.web.errors import is_for_programs

View = TypeVar("View", bound=Callable[..., Any])
SIGN_IN, KEEP_FORM = "console.sign_in", "console.keep_form"
SECOND_FACTOR = "console.second_factor"
SETTING_UP = frozenset({SECOND_FACTOR, "console.leave"})
"""What whoever still has to set up their second factor may call, beside what is open to all."""
MARK = "langnghe_guard"


class Guard(StrEnum):
    """Who may call a route, where no permission is needed."""

    EVERYBODY = "everybody"
    """Anybody: what is there is no secret, or the view asks for a password itself."""
    PROVED = "token, link or code"
    """Programs: the view asks for a collector's token, a link or a code where it needs one."""
    SIGNED_IN = "signed in"
    """Whoever is signed in, whatever the role."""


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view: only whoever has this permission may call it."""
    return _marking(permission)


def signed_in_only(view: View) -> View:
    """Mark a view: whoever is signed in may call it."""
    return _marking(Guard.SIGNED_IN)(view)


def open_to_all(view: View) -> View:
    """Mark a view: anybody may call it."""
    return _marking(Guard.EVERYBODY)(view)


def mark(blueprint: Blueprint, guard: Guard | Permission) -> None:
    """Mark all views of a blueprint that do not say themselves."""
    setattr(blueprint, MARK, guard)


def guard_of(app: Flask, endpoint: str) -> Guard | Permission | None:
    """Say who may call an endpoint: what its view says, else its blueprint; None where neither says anything."""
    own = getattr(app.view_functions.get(endpoint), MARK, None)
    blueprint = app.blueprints.get(endpoint.rpartition(".")[0])
    found = own or getattr(blueprint, MARK, None)
    if found is None and endpoint == "static":
        return Guard.EVERYBODY
    return found if isinstance(found, Guard | Permission) else None


def attach(app: Flask) -> None:
    """Ask before each request whether whoever calls may; a route without a mark is shut."""

    @app.before_request
    def _ask() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        guard = guard_of(app, request.endpoint)
        if guard is None:
            abort(403)
        if guard in (Guard.EVERYBODY, Guard.PROVED):
            return None
        if not current_user.is_authenticated:
            return _sent_to_sign_in()
        act_as(current_user.name)
        if current_user.must_set_up and request.endpoint not in SETTING_UP:
            return _sent_to(SECOND_FACTOR)
        if isinstance(guard, Permission) and not current_user.may(guard):
            abort(403)
        return None


def _sent_to_sign_in() -> ResponseReturnValue:
    if request.method == "POST":  # sent again as it is, so that what somebody typed comes along through the sign-in
        return _sent_to(KEEP_FORM, 307, to=_here())
    return _sent_to(SIGN_IN, next=_here())


def _sent_to(endpoint: str, code: int = 302, **values: Any) -> ResponseReturnValue:
    """Lead people to a page; tell programs that nobody is signed in."""
    if is_for_programs(request.path):
        raise Problem(SESSION_MISSING)
    return redirect(url_for(endpoint, **values), code=code)


def _here() -> str:
    query = request.query_string.decode("ascii", "ignore")
    return request.script_root + request.path + (f"?{query}" if query else "")


def _marking(guard: Guard | Permission) -> Callable[[View], View]:
    def marked(view: View) -> View:
        setattr(view, MARK, guard)
        return view

    return marked
