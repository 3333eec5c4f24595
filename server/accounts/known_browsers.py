"""Browsers in which an account was opened before: strangers who guess at it do not shut its owner out of them.

Such a browser keeps a cookie that only this server could have made, for one account (a "device cookie" as OWASP has it). Wrong
passwords that come with it are counted for that browser, all others for the account: who was here before is let in by the right
password however many strangers guess, and no answer tells a stranger whether a guess was right while they have to wait.

It is good for as long as the password stays: whoever knew an old one, and collected cookies by it, guesses at the new one as
slowly as anybody.
"""

import hmac

from flask import after_this_request, request
from flask.wrappers import Response

from server.accounts.throttle import Counted
from server.services import services
from sync.identifiers import b64url, new_id

DAYS = 400  # as long as browsers keep a cookie
PURPOSE = "browser"


def counted_for(name: str, hashed: str) -> Counted:
    """Say what wrong passwords for a name are counted for: this browser where it is known, else the name alone.

    `hashed` is the account's password as it is kept, empty where there is no such account.
    """
    return Counted(_account(name), _mark(name, hashed))


def remember_this_browser(name: str, hashed: str, path: str, *, secure: bool) -> None:
    """Give this browser its cookie with the answer, unless it has one that holds for the password as it is kept now."""
    if _mark(name, hashed):
        return
    mark = new_id(services().chance)
    cookie, value = _cookie(name), f"{mark}.{_seal(name, hashed, mark)}"

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            cookie, value, max_age=DAYS * 86_400, path=path, secure=secure, httponly=True, samesite="Lax"
        )
        return response


def _account(name: str) -> str:
    return name.strip().casefold()


def _mark(name: str, hashed: str) -> str:
    """Return the mark of this browser for a name, if it has one that is ours."""
    mark, _, seal = request.cookies.get(_cookie(name), "").partition(".")
    return mark if mark and hmac.compare_digest(seal.encode(), _seal(name, hashed, mark).encode()) else ""


def _cookie(name: str) -> str:
    """Name the cookie after the account without saying which: people who share a browser have one each."""
    return f"langnghe-{services().keyring.digest(PURPOSE, 'cookie', _account(name)).hex()[:16]}"


def _seal(name: str, hashed: str, mark: str) -> str:
    return b64url(services().keyring.digest(PURPOSE, "seal", _account(name), hashed, mark))
