"""What a first visit to each shipped questionnaire weighs: the page, the parts that it loads, and its survey as a link sends it.

Forms of units and nominations have no campaigns yet; so all are asked by the small hop of the page's tests, which serves the built
page and cuts and packs the document of a link as the server does.
"""

from typing import Any

from playwright.sync_api import Browser

from schemas.pack_reader import pack_names, read_pack
from tests.support.counting_line import Answer, CountingLine
from tests.support.page_hop import LINK, running_hop

SETTLED = """async () => {
  await navigator.serviceWorker.ready;
  for (let before = -1; ; ) {
    let files = 0;
    for (const name of await caches.keys()) files += (await (await caches.open(name)).keys()).length;
    if (files && files === before) return;
    before = files;
    await new Promise(done => setTimeout(done, 400));
  }
}"""


def first_visit(browser: Browser, pack: str) -> list[Answer]:
    """Everything that a new phone was sent until the page was kept on it."""
    with running_hop(read_pack(pack)) as hop, CountingLine(hop.address) as line:
        context = browser.new_context(locale="vi-VN")
        page = context.new_page()
        page.goto(f"{line.address}/#/l/{LINK}")
        page.locator(".welcome .actions .primary").wait_for()
        page.evaluate(SETTLED)
        context.close()
        return line.answers()


def weights_of_packs(browser: Browser) -> dict[str, Any]:
    """For each pack the bytes of the whole visit, and of its survey alone; and the heaviest of all."""
    figures: dict[str, Any] = {}
    for pack in pack_names():
        answers = first_visit(browser, pack)
        figures[f"visit_{pack}_bytes"] = sum(one.body for one in answers)
        figures[f"survey_{pack}_bytes"] = sum(one.body for one in answers if one.path.startswith("/api/"))
    return {"heaviest_pack_bytes": max(figures.values())} | figures
