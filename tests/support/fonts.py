"""Letters for tests that measure words: two families, a wide and a usual one, which come with the page's locked packages.

What a machine happens to have installed then makes no difference. The letters are handed to the page by a script of the
browser's own, so that neither the page nor its content policy knows of them.
"""

import base64
import json
import os
from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

FAMILIES = ("DejaVu Sans", "Noto Sans")
PACKAGES = Path(__file__).parents[2] / "client/web/node_modules/@fontsource"
SUBSETS = {"DejaVu Sans": ("latin",), "Noto Sans": ("latin", "latin-ext", "vietnamese")}
WEIGHTS = (400, 700)

SCRIPT = """(() => {
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  for (const { family, data, weight, range } of %s)
    document.fonts.add(new FontFace(family, bytes(data), { weight, ...(range && { unicodeRange: range }) }));
  const wear = () => document.documentElement?.style.setProperty('font-family', %s, 'important');
  wear();
  addEventListener('DOMContentLoaded', wear);
})()"""


def opened(context: BrowserContext) -> Page:
    """A page in the machine's letters, or in those that PAGE_LETTERS names: so that all tests can be run with each family."""
    page = context.new_page()
    if family := os.environ.get("PAGE_LETTERS"):
        wears(page, family)
    return page


def wears(page: Page, family: str) -> None:
    """Whatever this page opens from now on is written in these letters."""
    page.add_init_script(_script(family))


@cache
def _script(family: str) -> str:
    name = family.lower().replace(" ", "-")
    ranges = json.loads((PACKAGES / name / "unicode.json").read_text("utf-8"))
    faces = [
        {
            "family": f"Tested {family}",
            "data": base64.b64encode(
                (PACKAGES / name / "files" / f"{name}-{subset}-{weight}-normal.woff2").read_bytes()
            ).decode(),
            "weight": str(weight),
            "range": ranges.get(subset, ""),
        }
        for subset in SUBSETS[family]
        for weight in WEIGHTS
    ]
    return SCRIPT % (json.dumps(faces), json.dumps(f'"Tested {family}"'))
