"""How much at once: counted for a token, a link code or an account, never for an address; a factory's phones share one.

Each process counts for itself, so the true bound is the setting times the number of processes.
"""

from hashlib import sha256

from flask import Flask, request
from flask_limiter import Limiter
from limits import parse

from schemas.problems import RATE_LIMITED, Problem
from server.services import services
from server.settings import Settings

NOBODY = "nobody"
WRONG_CODES_A_MINUTE = 120


def credential() -> str:
    """Name whoever calls by what they hold; the name cannot be turned back into the secret."""
    given = request.headers.get("Authorization") or (request.view_args or {}).get("code", "")
    return sha256(given.encode()).hexdigest()[:32] if given else NOBODY


limiter = Limiter(key_func=credential, storage_uri="memory://", strategy="fixed-window", default_limits=[])


def batches_allowed() -> str:
    """Say how many batches one token or link may send."""
    return f"{services().settings.batches_per_minute} per minute"


def calls_allowed() -> str:
    """Say how many other calls one token or link may make."""
    return f"{services().settings.calls_per_minute} per minute"


def attach(app: Flask, settings: Settings) -> None:
    """Count from now on."""
    app.config["RATELIMIT_ENABLED"] = settings.calls_per_minute > 0
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    limiter.init_app(app)


def slow_down_guessing(what: str) -> None:
    """Count one wrong code; when too many come, from wherever, wrong ones are not answered for a while.

    A right code always opens: it is looked up first. So codes have to be too long to be found by trying, limited or not.
    """
    if not limiter.limiter.hit(parse(f"{WRONG_CODES_A_MINUTE} per minute"), "wrong", what):
        raise Problem(RATE_LIMITED, retry_after=60)


def refuse_while_guessed(what: str) -> None:
    """Refuse a wrong code while too many of them are coming in."""
    if not limiter.limiter.test(parse(f"{WRONG_CODES_A_MINUTE} per minute"), "wrong", what):
        raise Problem(RATE_LIMITED, retry_after=60)
