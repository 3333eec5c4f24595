"""A campaign that records the week or the month: whatever the page takes on some day of it is opened, with nothing contradicted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from schemas.days import first_day
from schemas.publishing import published
from schemas.response import ResponseDocument
from schemas.survey import Survey, load_survey
from server.intake.judging import CampaignRules, Held, Judge, Opened
from sync.chance import SystemChance
from sync.identifiers import unb64url
from sync.keys import PrivateKey, PublicKey, new_sealing_pair
from sync.sealing import seal
from tests.support.page_language import PageLanguage, page_language
from tests.support.surveys import both, document, select

OPENS, CLOSES = date(2026, 11, 16), date(2027, 1, 15)
CHANCE = SystemChance()
SINCE = {
    "type": "date",
    "name": "since",
    "appearance": "month-year",
    "constraint": ". <= today()",
    "label": both("Từ?"),
}
BORN = {"type": "date", "name": "year", "appearance": "year", "constraint": ". <= today()", "label": both("Năm?")}
NEW_LAW = select("law", relevant="today() >= '2026-12-10'", required=True)
OLD_LAW = select("old", relevant="today() < '2026-12-10'", required=True)
YEAR = {"type": "calculate", "name": "year_now", "calculation": "format-date(today(), '%Y')"}


@pytest.fixture(scope="module")
def page() -> Iterator[PageLanguage]:
    with page_language() as talking:
        yield talking


class Field:
    """A campaign by such units, and the page that answers it."""

    def __init__(self, page: PageLanguage, survey: Survey, unit: str) -> None:
        self.page, self.survey, self.unit = page, survey, unit
        self.pair = new_sealing_pair()
        documents = {1: published(survey)}
        self.known = page.ask("learn", survey=documents[1])
        site, public = frozenset({"may-10"}), self.pair.public
        rules = CampaignRules("c", self.pair.id, public, survey.id, 1, "", documents, site, OPENS, CLOSES, unit)
        self.judge = Judge(rules, PrivateKey.load(self.pair.private), CHANCE)

    def page_takes(self, answers: dict[str, Any], day: date) -> bool:
        return self.page_tells(answers, day)["problems"] == []

    def page_tells(self, answers: dict[str, Any], day: date) -> Any:
        return self.page.ask("check", survey=self.known, answers=answers, today=day.isoformat())

    def opened(self, answers: dict[str, Any], day: date) -> Opened | Held:
        """What becomes of answers that the page recorded by the first day of the unit."""
        given = ResponseDocument("c", self.survey.id, 1, "may-10", first_day(day, self.unit), "tablet", "vi", answers)
        envelope = seal(given, PublicKey.load(self.pair.public), chance=CHANCE)
        return self.judge.judge(envelope.id, envelope.key, unb64url(envelope.sealed))


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize(
    ("questions", "choose"),
    [
        ([SINCE], lambda day: {"since": day.replace(day=1).isoformat()}),
        ([BORN], lambda day: {"year": f"{day.year}-01-01"}),
        ([OLD_LAW, NEW_LAW], lambda day: {"law" if day >= date(2026, 12, 10) else "old": "yes"}),
    ],
)
def test_an_honest_answer_of_any_day_is_never_held(page: PageLanguage, unit: str, questions: list[Any], choose: Any):
    field = Field(page, load_survey(document(*questions)), unit)
    for day in days(OPENS, CLOSES):
        answers = choose(day)
        assert field.page_takes(answers, day)
        found = field.opened(answers, day)
        assert isinstance(found, Opened), (day, found)
        assert orjson.loads(found.answers) == answers


@pytest.mark.parametrize("day", [date(2015, 3, 4), date(2099, 12, 31)])
@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_a_tablet_whose_clock_is_years_off_is_judged_by_its_own_day(page: PageLanguage, unit: str, day: date):
    field = Field(page, load_survey(document(SINCE)), unit)
    answers = {"since": day.replace(day=1).isoformat()}
    assert field.page_takes(answers, day)
    found = field.opened(answers, day)
    assert isinstance(found, Opened)
    assert OPENS - timedelta(days=31) <= found.day <= CLOSES


@pytest.mark.parametrize("unit", ["week", "month"])
def test_what_holds_on_no_day_of_the_period_is_held_all_the_same(page: PageLanguage, unit: str):
    field = Field(page, load_survey(document(SINCE)), unit)
    assert isinstance(field.opened({"since": "2027-02-01"}, date(2026, 12, 10)), Held)


def test_answers_that_no_single_day_allows_together_are_held(page: PageLanguage):
    field = Field(page, load_survey(document(OLD_LAW, NEW_LAW)), "month")
    assert isinstance(field.opened({"law": "yes", "old": "yes"}, date(2026, 12, 10)), Held)


def test_what_is_worked_out_is_what_the_page_worked_out(page: PageLanguage):
    field = Field(page, load_survey(document(OLD_LAW, NEW_LAW, YEAR)), "month")
    for day in days(OPENS, CLOSES):
        answers = {"law" if day >= date(2026, 12, 10) else "old": "yes"}
        found = field.opened(answers, day)
        assert isinstance(found, Opened)
        assert orjson.loads(found.answers) == answers | field.page_tells(answers, day)["computed"]
