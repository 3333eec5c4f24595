"""A number that nobody has called yet has a star, and what it means stands once below all numbers; one that was called has none."""

from dataclasses import replace

import pytest

from tests.support.page_walk import small_survey

UNTRIED = "Số có dấu * chưa được gọi thử"


@pytest.mark.parametrize("called", [(True, True), (True, False), (False, False)])
def test_what_the_star_means_is_said_once_however_many_numbers_have_one(worker, called):
    survey = small_survey()
    lines = tuple(
        replace(survey.support[0], phone=phone, verified=done)
        for phone, done in zip(("115", "113"), called, strict=True)
    )
    phone = worker(replace(survey, support=lines))
    phone.answers()
    phone.sends()
    assert phone.page.get_by_text(UNTRIED).count() == (0 if all(called) else 1)
    numbers = [number.replace("\u00a0", " ") for number in phone.page.locator(".support-number").all_inner_texts()]
    assert numbers == [f"{line.phone}{'' if line.verified else ' *'}" for line in lines]
