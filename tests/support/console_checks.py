"""What is measured on pages of the console: barriers for people, what is wider than the screen, pictures that are not there."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support.browser import RULES_OF_COLOURS, axe_source

AXE = """async only => (await axe.run(document, {...only, resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target} ${node.failureSummary}`))"""
OF_COLOURS = {"runOnly": {"type": "rule", "values": RULES_OF_COLOURS}}
STICKS_OUT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = one => one.getBoundingClientRect().right > clientWidth + 1;
  return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll("body *")].filter(beyond).map(one =>
    `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)} > ${clientWidth}`);
}"""
BROKEN = "() => [...document.images].filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
LOAD_ALL = "() => Promise.all([...document.images].map(each => { each.loading = 'eager'; return each.decode(); }))"
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


def opened(chromium: Browser, address: str, state: dict[str, object], **how: Any) -> Page:
    """A page of a device on which somebody is signed in."""
    return chromium.new_context(base_url=address, storage_state=state, **how).new_page()  # type: ignore[arg-type]


def barriers_on(page: Page, pages: Mapping[str, str], language: str) -> list[str]:
    """What the accessibility checker finds serious or critical, by day and by night."""
    found = []
    for name, where in pages.items():
        page.goto(f"{where}{'&' if '?' in where else '?'}lang={language}")
        page.evaluate(axe_source())
        for scheme, rules in (("light", {}), ("dark", OF_COLOURS)):  # by night only the colours are others
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}: {barrier}" for barrier in page.evaluate(AXE, rules)]
    return found


def what_does_not_fit(page: Page, pages: Mapping[str, str]) -> list[str]:
    """Parts that are wider than the screen, pictures that did not load, and what the content policy had to stop."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if "Content Security" in message.text else None)
    for name, where in pages.items():
        page.goto(where)
        page.evaluate(LOAD_ALL)
        found += [f"{name}: {part}" for part in page.evaluate(STICKS_OUT)]
        found += page.evaluate(BROKEN)
    return found
