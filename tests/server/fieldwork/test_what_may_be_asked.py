"""What cannot be collected is not planned, and nobody is asked about violence while no number to turn to was called lately."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from schemas.pack_reader import read_pack
from schemas.survey import Survey, load_survey
from server.database import transaction
from server.fieldwork.campaigns import CannotPlan, create_campaign, open_campaign
from server.fieldwork.tables import OPEN
from server.services import services
from server.surveys.publishing import publish_survey
from tests.support.people import CAMPAIGN, a_plan, lan_knows_some_sites
from tests.support.surveys import document, number, select

TODAY = date(2026, 11, 22)


def planned(app: Flask, survey: Survey, **changes: object) -> None:
    with app.app_context(), transaction() as session:
        publish_survey(session, survey, TODAY)
        lan_knows_some_sites(session)
        create_campaign(session, services().keyring, a_plan(survey.id, **changes))


def opened(app: Flask) -> str:
    with app.app_context(), transaction() as session:
        return open_campaign(session, CAMPAIGN, TODAY).state


def with_a_line_called(days_ago: int | None, *, verified: bool = True) -> Survey:
    """The pack on safety at work, with one line of the unit's own."""
    pack = read_pack("gbv_sh_work")
    called = None if days_ago is None else (TODAY - timedelta(days=days_ago)).isoformat()
    own = replace(pack.support[0], phone="0254 000 000", verified=verified, checked_on=called)
    return replace(pack, support=(own, *pack.support))


@pytest.mark.parametrize("kind", ["unit_form", "feedback", "nomination"])
def test_a_kind_without_a_store_cannot_be_planned(app: Flask, kind: str):
    with pytest.raises(CannotPlan, match="no store of its own"):
        planned(app, load_survey(document(select("q"), kind=kind)))


def test_as_it_ships_the_pack_on_violence_cannot_be_opened(app: Flask):
    planned(app, read_pack("gbv_sh_work"))
    with pytest.raises(CannotPlan, match="help is at hand"):
        opened(app)


@pytest.mark.parametrize(("days_ago", "verified"), [(91, True), (None, True), (3, False), (-1, True)])
def test_a_line_that_was_not_called_lately_is_no_help(app: Flask, days_ago: int | None, verified: bool):
    planned(app, with_a_line_called(days_ago, verified=verified))
    with pytest.raises(CannotPlan):
        opened(app)


@pytest.mark.parametrize("days_ago", [0, 90])
def test_with_a_line_that_was_called_it_opens(app: Flask, days_ago: int):
    planned(app, with_a_line_called(days_ago))
    assert opened(app) == OPEN


def test_an_open_campaign_stays_open_whatever_the_day(app: Flask):
    planned(app, with_a_line_called(0))
    opened(app)
    with app.app_context(), transaction() as session:
        assert open_campaign(session, CAMPAIGN, TODAY + timedelta(days=400)).state == OPEN


@pytest.mark.parametrize("unit", ["week", "month"])
def test_what_is_worked_out_from_the_very_day_needs_exact_days(app: Flask, unit: str):
    points = {
        "type": "calculate",
        "name": "points",
        "calculation": "if(today() >= '2026-12-10', ${q} = 'no', ${q} = 'yes')",
    }
    asked = load_survey(document(select("q"), points))
    with pytest.raises(CannotPlan, match="points is worked out from the day itself"):
        planned(app, asked, day_unit=unit)
    planned(app, asked)


def test_a_question_that_appears_on_a_day_needs_none(app: Flask):
    planned(app, load_survey(document(number("n", relevant="today() >= '2026-12-10'"))), day_unit="month")


def test_a_right_answer_that_changes_meanwhile_needs_exact_days(app: Flask):
    keys = [{"choice": "yes", "until": "2026-12-09"}, {"choice": "no", "from": "2026-12-10"}]
    asked = load_survey(document(select("q", correct=keys)))
    with pytest.raises(CannotPlan, match="q: 2026-12-10"):
        planned(app, asked, day_unit="month")
    planned(app, asked, day_unit="month", opens=date(2026, 12, 10))
