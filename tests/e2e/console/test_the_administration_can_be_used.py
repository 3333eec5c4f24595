"""The pages of those who run a server can be used by everybody, on a phone and at a desk, in both languages, by day and by night."""

import pytest

from tests.support.console_checks import SIZES, barriers_on, opened, what_does_not_fit
from tests.support.console_pages import ADMINISTRATION


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_a_serious_barrier_by_day_or_by_night(chromium, address, lan_signed_in, language):
    page = opened(chromium, address, lan_signed_in, viewport=SIZES["desk"])
    found = barriers_on(page, ADMINISTRATION, language)
    page.context.close()
    assert not found


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_screen(chromium, address, lan_signed_in, size):
    page = opened(chromium, address, lan_signed_in, viewport=SIZES[size], locale="vi-VN")
    found = what_does_not_fit(page, ADMINISTRATION)
    page.context.close()
    assert not found


def test_every_page_is_one_that_is_there(address, chromium, lan_signed_in):
    page = opened(chromium, address, lan_signed_in)
    answered = {name: page.request.get(f"{address}{where}").status for name, where in ADMINISTRATION.items()}
    page.context.close()
    assert {name: status for name, status in answered.items() if status != 200} == {}
