"""An author tries a survey in a browser before anybody else sees it: on both sizes, in each language, to the end, and on paper."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from waitress import create_server

from schemas.pack_reader import read_pack
from server.surveys.preview import create_preview
from server.surveys.sources import Source
from sync.clock import SystemClock
from tests.support.browser import axe_source
from tests.support.pack_walk import Respondent, first_way

DIST = Path(__file__).parents[3] / "client/web/dist"
SERIOUS = """async () => (await axe.run(document, { iframes: false })).violations
  .filter(one => ['serious', 'critical'].includes(one.impact)).map(one => one.id)"""


@pytest.fixture
def address() -> Iterator[str]:
    """The preview of the pulse pack, as `survey preview` serves it."""
    server = create_server(
        create_preview(lambda: Source(read_pack("pulse")), DIST, SystemClock()), host="127.0.0.1", port=0
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(10)


@pytest.mark.parametrize("size", ["phone", "tablet"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_shown_in_a_device_s_frame_beside_what_lint_says(phone: Page, address: str, size: str, language: str):
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"{address}/?size={size}&language={language}")
    inside = phone.frame_locator("iframe")
    inside.get_by_text(read_pack("pulse").title[language]).first.wait_for()
    assert phone.locator("iframe").evaluate("one => one.clientWidth") == {"phone": 360, "tablet": 834}[size]
    assert phone.locator("aside li").count()


def test_it_is_answered_to_the_end_and_nothing_is_kept(phone: Page, address: str):
    phone.goto(f"{address}/")
    phone.goto(address + phone.locator("iframe").get_attribute("src"))
    phone.locator(".actions .primary").click()
    phone.locator(".actions .primary").click()
    for _ in Respondent(phone, read_pack("pulse"), first_way).screens():
        pass
    phone.locator(".actions .primary").last.click()
    phone.get_by_role("heading", name="Cảm ơn Anh/Chị").wait_for()
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


@pytest.mark.parametrize("path", ["/", "/paper/vi", "/paper/en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_its_pages_can_be_used_by_everybody(chromium: Browser, address: str, path: str, width: int):
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    page.add_script_tag(content=axe_source())
    assert page.evaluate(SERIOUS) == []
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert sideways <= 0
