"""The page speaks the language that was wanted last, however slowly another one's words come."""

from playwright.sync_api import Route

from tests.support.page_hop import LINK
from tests.support.waiting import until_on


def test_words_that_come_late_do_not_change_the_language_back(tablet):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tablet.page.route("**/assets/en-*.js", hold)
    tablet.opens(f"#/l/{LINK}")
    tablet.button("English").click()
    until_on(tablet.page, lambda: held)
    tablet.button("Tiếng Việt").click()
    with tablet.page.expect_response("**/assets/en-*.js"):
        held[0].continue_()
    tablet.page.wait_for_timeout(200)
    assert tablet.page.evaluate("() => document.documentElement.lang") == "vi"
    assert tablet.button("Bắt đầu").is_visible()
    tablet.button("English").click()
    tablet.button("Start").wait_for()
