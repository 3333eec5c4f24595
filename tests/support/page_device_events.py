"""What happens to a device while somebody answers: its screen goes dark, its clock is put right, time passes."""

from playwright.sync_api import Page

GOES_DARK = """() => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
LIGHTS_UP = """() => {
  delete document.visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
}"""
CLOCK_IS_PUT = "seconds => { const now = Date.now.bind(Date); Date.now = () => now() + seconds * 1000; }"


def goes_dark(page: Page) -> None:
    """The screen goes dark, or another program comes to the front."""
    page.evaluate(GOES_DARK)


def lights_up(page: Page) -> None:
    """The page is seen again."""
    page.evaluate(LIGHTS_UP)


def clock_is_put(page: Page, seconds: int) -> None:
    """Somebody, or the network, puts the device's clock right. The monotonic clock does not know."""
    page.evaluate(CLOCK_IS_PUT, seconds)


def time_can_pass(page: Page) -> None:
    """From the next load on, both clocks of the page go only as the test says."""
    page.clock.install()
    page.reload()


PIECE = 4_000
"""Milliseconds; less than the page waits for its store to answer."""


def time_passes(page: Page, milliseconds: int) -> None:
    """Let time go by in pieces: between them the device's store answers, as it does in real time."""
    while milliseconds > 0:
        page.evaluate("indexedDB.databases().then(() => 0)")
        page.clock.run_for(min(milliseconds, PIECE))
        milliseconds -= PIECE
