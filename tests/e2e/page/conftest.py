"""A browser, a small real hop, and a tablet with the page on it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from schemas.survey import Survey
from tests.support.fonts import opened
from tests.support.page_enrolled import EnrolledTablet
from tests.support.page_hop import LINK, PageHop, running_hop
from tests.support.page_walk import Tablet, small_survey
from tests.support.waiting import LIMIT, LIMIT_IN_MILLISECONDS

PHONE = {"width": 360, "height": 740}
ROOT = Path(__file__).parents[3]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e/page" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def built_page() -> None:
    """The page as its sources are now; costs nothing when nothing changed."""
    subprocess.run([sys.executable, ROOT / "client/web/build_page.py"], check=True, capture_output=True, timeout=LIMIT)


@pytest.fixture
def hop() -> Iterator[PageHop]:
    with running_hop(small_survey()) as running:
        yield running


@pytest.fixture
def device(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(LIMIT_IN_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def page(device: BrowserContext) -> Page:
    return opened(device)


@pytest.fixture
def wrong(page: Page) -> Iterator[list[str]]:
    """Nothing may go wrong unseen: no error in a script, nothing that the content policy had to stop."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console", lambda message: found.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield found
    assert not found


@pytest.fixture
def tablet(page: Page, hop: PageHop, wrong: list[str]) -> Tablet:
    """A tablet with the page on it."""
    return Tablet(page, hop)


@pytest.fixture
def worker(page: Page, wrong: list[str]) -> Iterator[Callable[[Survey], Tablet]]:
    """A worker on her own phone, in front of the first question of whatever survey a test gives her."""
    with ExitStack() as hops:

        def answering(survey: Survey) -> Tablet:
            phone = Tablet(page, hops.enter_context(running_hop(survey)))
            phone.opens(f"#/l/{LINK}")
            phone.agrees()
            return phone

        yield answering


@pytest.fixture(scope="session")
def enrolled(chromium: Browser) -> EnrolledTablet:
    """A tablet that staff have enrolled and given a PIN."""
    with running_hop(small_survey()) as hop, chromium.new_context(viewport=PHONE, locale="vi-VN") as context:
        context.set_default_timeout(LIMIT_IN_MILLISECONDS)
        return EnrolledTablet.enrol(Tablet(context.new_page(), hop))


@pytest.fixture
def kiosk(tablet: Tablet, enrolled: EnrolledTablet) -> Tablet:
    """An enrolled tablet in a worker's hands."""
    enrolled.wakes_up_as(tablet)
    tablet.hands_over()
    return tablet
