"""What can be measured about a screen: accessibility, sizes of targets, room for larger text."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.support.browser import RULES_OF_COLOURS, axe_source
from tests.support.page_device_events import goes_dark, lights_up
from tests.support.page_hop import CODE
from tests.support.page_walk import ANSWERS, PIN, Tablet

ENGLISH = {
    "English": "English",
    "Bắt đầu": "Start",
    "Đồng ý": "I agree",
    "Che màn hình": "Cover the screen",
    "Chạm để tiếp tục": "Tap to go on",
    "Gửi": "Send",
    "Người tiếp theo": "Next person",
}

AXE = """async rules => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const runOnly = rules.length ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const result = await axe.run(document, { runOnly, resultTypes: ['violations'] });
  return result.violations
    .filter(found => ['serious', 'critical'].includes(found.impact))
    .map(found => `${found.id}: ${found.nodes.map(node => `${node.target} ${node.failureSummary}`).join(' | ').slice(0, 500)}`);
}"""

SMALL_TARGETS = """() => {
  const targets = 'button, summary, label:has(input), input:not([type=radio], [type=checkbox]), select, textarea';
  return [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility())
    .map(one => [one.innerText || one.id || one.className, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
    .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`);
}"""

TOO_WIDE = """() => {
  const wide = [...document.querySelectorAll('body *')]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(one => !one.closest('svg, .matrix-head') && getComputedStyle(one).position !== 'absolute');
  return document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? wide.map(one => `${one.tagName}.${one.className}`) : [];
}"""


SETTLED = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(done => requestAnimationFrame(done));
}"""


def serious_barriers(page: Page, *rules: str) -> list[str]:
    """What the accessibility checker calls serious or critical, by all its rules or by these; the page has to hold its source already."""
    found: list[str] = page.evaluate(AXE, rules)
    return found


def barriers_by_day_and_night(page: Page) -> list[str]:
    """The same in both colour schemes, with the checker put into the page; by night only the colours are others."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    page.emulate_media(color_scheme="light")
    found = [f"light: {barrier}" for barrier in serious_barriers(page)]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {barrier}" for barrier in serious_barriers(page, *RULES_OF_COLOURS)]


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def sticks_out(page: Page, text_size: int) -> list[str]:
    """What is wider than the screen when the reader's text is this many percent of the usual size."""
    with resized(page, text_size):
        found: list[str] = page.evaluate(TOO_WIDE)
    return found


@contextmanager
def resized(page: Page, text_size: int) -> Iterator[None]:
    """The reader's text is this many percent of the usual size for a while."""
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * text_size // 100}})
    page.evaluate(SETTLED)
    yield
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    settings.detach()


def every_screen(tablet: Tablet, words: dict[str, str]) -> Iterator[str]:
    """Walk through the whole page, staff's side and worker's side, and stop at each screen."""
    page = tablet.page

    def press(name: str) -> None:
        tablet.button(words.get(name, name)).click()

    tablet.opens()
    page.locator("#code").wait_for()
    if words:
        press("English")
    yield "enrol"
    page.locator("#code").fill(CODE)
    page.locator("#name").fill("Máy 07")
    page.locator("[type=submit]").click()
    page.locator("#pin").wait_for()
    yield "pin"
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.locator("[type=submit]").click()
    page.locator(".site").first.wait_for()
    yield "desk"
    page.locator(".site").first.click()
    yield "sitting panel"
    page.locator(".sitting-panel .primary").click()
    page.locator(".hero").wait_for()
    if words:
        press("English")
    yield "welcome"
    press("Bắt đầu")
    yield "consent"
    press("Đồng ý")
    yield from _questions(tablet)
    yield "review"
    page.locator(".column .ghost").first.click()
    page.locator(".answers").wait_for()
    yield "answers"
    page.locator(".icon-button").click()
    page.locator(".column .ghost").last.click()
    yield "record"
    page.locator(".icon-button").click()
    press("Che màn hình")
    yield "cover"
    press("Chạm để tiếp tục")
    press("Gửi")
    page.locator(".countdown").wait_for()
    yield "thanks"
    press("Người tiếp theo")
    # The next person meets the survey in its first language.
    tablet.button("Không tham gia").click()
    page.locator(".countdown").wait_for()
    yield "declined"
    tablet.button("Người tiếp theo").click()
    tablet.button("Bắt đầu").click()
    tablet.button("Đồng ý").click()
    goes_dark(page)
    lights_up(page)
    yield "covered by a dark screen"
    tablet.button("Chạm để tiếp tục").click()
    tablet.button("Thoát nhanh").click()
    tablet.button("Người tiếp theo").click()
    page.locator(".quiet-on-dark").last.click()
    page.locator("#pin").wait_for()
    for _ in range(5):
        page.locator("#pin").fill("1357")
        page.locator("[type=submit]").click()
        page.wait_for_function("() => document.querySelector('#pin').value === ''")
    page.get_by_role("timer").wait_for()
    yield "gate, with a wait"


def _questions(tablet: Tablet) -> Iterator[str]:
    """Each screen twice where it can complain: as it opens, and once something is missing or filled in."""
    seen: set[str] = set()
    while True:
        names = tablet.asked()
        title = names[0] if names else "between"
        yield title
        if title == "gender":
            tablet.goes_on()
            yield "gender, with a problem"
        for name in names:
            tablet.fills(name)
        if title == "wish":
            tablet.page.locator("textarea").fill("chị Lan 0912345678")
            yield "wish, with a warning"
        seen |= set(names)
        tablet.goes_on()
        if seen >= set(ANSWERS):
            return
