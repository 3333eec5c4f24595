"""How long a test waits at most for what it needs. One limit for all: a busy machine is no failure, so only what hangs takes this long."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

LIMIT = 500.0
"""Seconds."""
LIMIT_IN_MILLISECONDS = LIMIT * 1000
"""The same as Playwright wants it."""
PAUSE = 0.02


def until(happened: Callable[[], object], what: str = "it never came", *, pause: float = PAUSE) -> None:
    """Wait until it is so; fails when it never is."""
    _until(happened, what, lambda: time.sleep(pause))


def until_on(page: Page, happened: Callable[[], object], what: str = "it never came") -> None:
    """The same where the browser has to go on meanwhile: its events and routes are served between two looks."""
    _until(happened, what, lambda: page.wait_for_timeout(PAUSE * 1000))


def _until(happened: Callable[[], object], what: str, rest: Callable[[], None]) -> None:
    end = time.monotonic() + LIMIT
    while not happened():
        assert time.monotonic() < end, f"waited in vain: {what}"
        rest()
