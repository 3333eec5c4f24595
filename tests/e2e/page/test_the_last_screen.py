"""The last screen before handing in looks the same for whoever had much to say in a private part and for whoever had nothing."""

from tests.support.page_walk import Tablet, small_survey

LOOK = "main => [main.innerText, main.scrollHeight, document.documentElement.scrollHeight]"


def look(phone: Tablet) -> list[object]:
    """All that can be seen of the last screen, and how long it is."""
    phone.button("Gửi").wait_for()
    seen: list[object] = phone.page.locator("main").evaluate(LOOK)
    return seen


def test_whoever_said_much_and_whoever_said_nothing_end_before_the_same_screen(worker):
    phone = worker(small_survey())
    phone.answers()
    much = look(phone)
    phone.page.reload()
    phone.agrees()
    phone.goes_on()
    phone.page.get_by_text("Nam", exact=True).click()
    while not phone.button("Gửi").count():
        phone.passes()
    assert look(phone) == much
    assert not any(letter.isdigit() for letter in str(much[0]))
