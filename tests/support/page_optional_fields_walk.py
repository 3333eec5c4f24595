"""A worker's way through the survey of rarer fields, stopping at each screen."""

from collections.abc import Iterator

from tests.support.page_walk import Tablet

NAMES = "all => all.map(one => one.id.replace(/-label$/, ''))"
TYPED = {"born": "19", "hours": "17"}


def every_screen_of(phone: Tablet) -> Iterator[str]:
    """Through the whole of the full survey on a phone of one's own; what changes a screen is filled in and stopped at too."""
    page = phone.page
    while not page.locator(".column > .ghost .icon").count():
        name = (_names(phone) or ["between"])[0]
        yield name
        yield from _fills(phone, name)
    page.locator(".actions .primary").click()
    page.locator(".right-answers").wait_for()
    yield "right answers"


def _names(phone: Tablet) -> list[str]:
    phone.page.locator(".actions").wait_for()
    names: list[str] = phone.page.locator("[id$=-label]").evaluate_all(NAMES)
    return names


def _fills(phone: Tablet, name: str) -> Iterator[str]:
    """What this screen shows once it is filled in, wrongly where that is possible; then the next screen."""
    page = phone.page
    if name == "door_open":
        page.locator(".ways button").first.click()
        return
    if name == "province":
        phone.field(name).select_option("hung_yen")
    if name in {*TYPED, "way", "wishes"}:
        _answers(phone, name)
        phone.goes_on() if name != "way" else None
        yield f"{name}, filled in"
        page.locator(".column > .ghost.wide").first.click()
        return
    phone.passes()


def _answers(phone: Tablet, name: str) -> None:
    if name in TYPED:
        phone.field(name).fill(TYPED[name])
    elif name == "way":
        phone.page.locator(".choice").last.click()
    else:
        for _ in range(2):
            phone.page.locator(".rank-choice").last.click()
