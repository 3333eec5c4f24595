"""Lets pages of this device in: a one-time code with the page, a token for the code.

Codes live in memory and age by a clock that only goes forward, so a wrong date on the device does not matter. A token is
its page's random id with a keyed digest of it: nothing is stored, so a new database does not lock a page out.
"""

import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from schemas.problems import (
    ENROLMENT_EXPIRED,
    ENROLMENT_UNKNOWN_CODE,
    ENROLMENT_USED,
    TOKEN_MISSING,
    TOKEN_UNKNOWN,
    Problem,
)
from sync.chance import Chance
from sync.codes import new_code, readings
from sync.identifiers import b64url, new_id
from sync.keys import keyed_digest

CODE_LENGTH = 10
CODE_SECONDS = 300.0
MOST_CODES = 256


@dataclass(slots=True)
class _Code:
    expires: float
    is_used: bool = False


class PageTokens:
    """Who of this device's pages may hand in envelopes."""

    def __init__(self, secret: bytes, chance: Chance, ticks: Callable[[], float] = time.monotonic) -> None:
        self._secret, self._chance, self._ticks = secret, chance, ticks
        self._codes: OrderedDict[str, _Code] = OrderedDict()
        self._lock = threading.Lock()

    def new_code(self) -> str:
        """A code that lets one page in, once, soon; the oldest is forgotten when there are very many."""
        code = new_code(self._chance, CODE_LENGTH)
        with self._lock:
            self._codes[code] = _Code(self._ticks() + CODE_SECONDS)
            while len(self._codes) > MOST_CODES:
                self._codes.popitem(last=False)
        return code

    def admit(self, code: str) -> tuple[str, str]:
        """The id and the token of a new page, for a good code; raises the problem that a bad one has."""
        with self._lock:
            known = next((self._codes[each] for each in readings(code) if each in self._codes), None)
            if known is None:
                raise Problem(ENROLMENT_UNKNOWN_CODE)
            if known.is_used:
                raise Problem(ENROLMENT_USED)
            if known.expires < self._ticks():
                raise Problem(ENROLMENT_EXPIRED)
            known.is_used = True
        page = new_id(self._chance)
        return page, f"{page}.{self._seal(page)}"

    def page_behind(self, authorization: str | None) -> str:
        """Which page sends this; raises the problem if none of ours does."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Problem(TOKEN_MISSING)
        page, _, seal = token.strip().partition(".")
        if not token.isascii() or not hmac.compare_digest(seal, self._seal(page)):
            raise Problem(TOKEN_UNKNOWN)
        return page

    def _seal(self, page: str) -> str:
        return b64url(keyed_digest(self._secret, b"page", page.encode()))
