"""A person at the tablet, in a real browser: staff hand it over, three people answer with no network at all, then it syncs.

The browser knows the page only from outside, as a person does: it taps what is on the screen. Where this machine has no Chromium, or
nothing to drive it with, the demonstration says so and goes on without.
"""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
QUIET = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
PIN = "270526"
MOST_SCREENS = 120
TIMEOUT_MS = 20_000


@dataclass(frozen=True)
class People:
    """How many answered in the browser; or why that was left out."""

    answered: int
    left_out: str = ""


class Tablet:
    """A browser that has opened the collector's page."""

    def __init__(self, address: str, rng: random.Random) -> None:
        self._address = address
        self._rng = rng

    def answered_offline(
        self, site: str, people: int, advance: Callable[[int], None], arrived: Callable[[], None]
    ) -> People:
        """Let so many people answer with the network off, then switch it on and wait until `arrived` returns.

        site: the name of the workplace as staff see it. `arrived` waits until the collector has them all, and raises if it never does.
        """
        try:
            from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - a developer's tool, absent on a production server
        except ImportError:
            return People(0, "three people in a real browser (in a checkout, `make tools` brings what drives one).")
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(executable_path=_installed(), args=[*QUIET, *_as_root()])
            except Error:
                return People(
                    0, "three people in a real browser (no Chromium here; install the package 'chromium' to see them)."
                )
            context = browser.new_context(locale="vi-VN", viewport={"width": 412, "height": 892})
            context.set_default_timeout(TIMEOUT_MS)
            page = context.new_page()
            self._start_sitting(page, site)
            context.set_offline(True)
            for _ in range(people):
                self._answer(page)
                advance(1)
            context.set_offline(False)
            arrived()
            browser.close()
        return People(people)

    def _start_sitting(self, page: "Page", site: str) -> None:
        """What staff do in the morning: set a PIN, choose the workplace, hand the tablet over."""
        page.goto(self._address)
        page.locator("#pin").fill(PIN)
        page.locator("#again").fill(PIN)
        page.locator("button[type=submit]").click()
        page.locator("button.site", has_text=site).click()
        page.locator(".sitting-panel button.primary").click()
        page.locator(".welcome").wait_for()

    def _answer(self, page: "Page") -> None:
        """One person from the first screen to the last, tapping something on each."""
        page.locator(".welcome .actions .primary").click()
        for _ in range(MOST_SCREENS):
            page.locator(".actions .primary:enabled").wait_for()  # not while the answer is being sealed
            if page.locator(".end-screen").count():
                page.locator(".actions .primary").click()
                page.locator(".welcome").wait_for()
                return
            self._tap_choices(page)
            before = page.locator(".page").inner_html()
            page.locator(".actions .primary").click()
            page.wait_for_function("before => document.querySelector('.page')?.innerHTML !== before", arg=before)
            if (leaving_out := page.locator(".actions .notice button")).count():
                leaving_out.click()
        raise RuntimeError("The survey did not come to an end.")

    def _tap_choices(self, page: "Page") -> None:
        """Choose one answer in each group of choices on this screen."""
        names = page.locator("input[type=radio]").evaluate_all(
            "inputs => [...new Set(inputs.map(input => input.name))]"
        )
        for name in names:
            group = page.locator(f"label:has(input[name='{name}'])")
            group.nth(self._rng.randrange(group.count())).click()
        if not names and (boxes := page.locator("label:has(input[type=checkbox])")).count():
            boxes.nth(self._rng.randrange(boxes.count())).click()


def _installed() -> str | None:
    """The path of an installed Chromium; None lets Playwright look for its own."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _as_root() -> list[str]:
    """Chromium's own sandbox refuses to work for root; only then it is switched off, for pages of this machine alone."""
    geteuid: Any = getattr(os, "geteuid", None)
    return ["--no-sandbox"] if geteuid is not None and geteuid() == 0 else []
