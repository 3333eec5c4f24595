"""A device's clock may be years off: answers are judged, and recorded, by a day of the campaign's period."""

from datetime import date, datetime, timedelta

import pytest

from schemas.days import days_of, first_day
from schemas.survey import load_survey
from server.intake.examining import Examiner, Parted
from tests.support.page_hop import LINK, running_hop
from tests.support.page_walk import Tablet
from tests.support.surveys import both, document

SINCE = {
    "type": "date",
    "name": "since",
    "appearance": "year",
    "constraint": ". <= today()",
    "label": both("Từ năm nào?"),
}


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("clock", [datetime(2015, 3, 4, 9), datetime(2099, 12, 31, 9)])
def test_a_wrong_clock_turns_no_honest_answer_away(page, wrong, clock, unit):
    survey = load_survey(document(SINCE))
    with running_hop(survey, day_unit=unit) as hop:
        page.clock.set_fixed_time(clock)
        phone = Tablet(page, hop)
        phone.opens(f"#/l/{LINK}")
        phone.agrees()
        opens, closes = (date.today() + timedelta(days=days) for days in (-6, 23))
        phone.field("since").fill(str(opens.year))
        phone.goes_on()
        assert phone.handed_in() == {"since": f"{opens.year}-01-01"}
        (response,) = hop.responses()
    assert response.day in {first_day(opens, unit), first_day(closes, unit)}
    assert isinstance(Examiner(survey).examine(response, days_of(response.day, unit)), Parted)
