"""A real Chromium for the tests: found, started once a session, and kept from calling home."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tests.machine import find_browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium; fails with one sentence where there is none."""
    try:
        return playwright.chromium.launch(
            executable_path=find_browser(),
            headless=True,
            args=list(ARGUMENTS),
            env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"},
        )
    except Error as failure:
        raise RuntimeError("There is no Chromium to test with: run `make machine`.") from failure


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A browser for a while."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this session of tests. tests/conftest.py hands it to all of them."""
    with running_browser() as browser:
        yield browser


RULES_OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of the accessibility checker that look at colours: what another colour scheme can break."""


def axe_source() -> str:
    """The accessibility checker that comes with the page's locked packages."""
    root = Path(__file__).parents[2]
    return (root / "client/web/node_modules/axe-core/axe.min.js").read_text("utf-8")
