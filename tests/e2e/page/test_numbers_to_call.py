"""A number that nobody has called yet says so, wherever it is shown; one that was called stands by itself."""

from dataclasses import replace

import pytest

from tests.support.page_walk import small_survey

UNTRIED = "Số này chưa được gọi thử"


@pytest.mark.parametrize("called", [False, True])
def test_only_a_number_that_was_called_is_shown_without_a_remark(worker, called):
    survey = small_survey()
    phone = worker(replace(survey, support=tuple(replace(line, verified=called) for line in survey.support)))
    phone.answers()
    phone.sends()
    assert phone.page.get_by_text("115").is_visible()
    assert phone.page.get_by_text(UNTRIED).count() == (0 if called else len(survey.support))
