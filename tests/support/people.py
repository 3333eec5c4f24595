"""The people of the tests: Lan publishes and plans, Minh carries a tablet, Hoa reads results, Quang has no rights.

Workers have no names at all.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from schemas.pack_reader import read_pack
from schemas.survey import Survey
from server.accounts.users import create_user
from server.collectors.enrolment import invite
from server.database import transaction
from server.fieldwork.campaigns import Plan, create_campaign, open_campaign
from server.fieldwork.tables import Campaign, Site, Unit
from server.services import services
from server.surveys.publishing import publish_survey

PACK = "ge_awareness_short"
CAMPAIGN = "garment-2026"
FACTORY, MINE, WORKSHOP = "may-10", "than-1", "to-sua"
PASSWORD = "lúa chín đồng xanh mây"


def lan_publishes(app: Flask, pack: str = PACK) -> str:
    """Lan publishes a survey from a pack; returns its name."""
    with app.app_context(), transaction() as session:
        return publish_survey(session, read_pack(pack), services().today()).id


def lan_knows_some_sites(session: Session) -> None:
    """A garment factory, a mine, and a workshop of five people, under two units."""
    session.add_all([Unit(id="cd-may", name="CĐCS May", level="grassroots"), Unit(id="cd-than", name="CĐCS Than")])
    session.flush()
    session.add_all(
        [
            Site(id=FACTORY, name="Công ty May Hưng Yên", unit_id="cd-may", women=820, men=180),
            Site(id=MINE, name="Mỏ than Hà Lầm", unit_id="cd-than", women=200, men=800),
            Site(id=WORKSHOP, name="Tổ sửa chữa", unit_id="cd-than", women=2, men=3),
        ]
    )
    session.flush()


def a_plan(survey: str, **changes: Any) -> Plan:
    """What Lan plans, unless a test says otherwise."""
    usual: dict[str, Any] = {
        "id": CAMPAIGN,
        "title": {"vi": "Bình đẳng giới quý 4"},
        "survey": survey,
        "version": None,
        "opens": date(2026, 11, 16),
        "closes": date(2026, 12, 15),
        "sites": (FACTORY, WORKSHOP),
        "day_unit": "day",
        "threshold": 10,
    }
    return Plan(**(usual | changes))


def campaign_at(
    session: Session, survey: Survey, units: Sequence[Unit], sites: Sequence[Site], **changes: Any
) -> Campaign:
    """Publish a survey, and plan and open a campaign of it at all of some workplaces."""
    at_hand = services()
    published = publish_survey(session, survey, at_hand.today())
    for some in (units, sites):
        session.add_all(some)
        session.flush()
    plan = a_plan(published.id, sites=tuple(site.id for site in sites), **changes)
    create_campaign(session, at_hand.keyring, plan)
    return open_campaign(session, plan.id, at_hand.today())


def lan_opens_a_campaign(app: Flask, **changes: Any) -> str:
    """Lan publishes, plans and opens; returns the campaign's name."""
    survey = lan_publishes(app)
    with app.app_context(), transaction() as session:
        if session.get(Site, FACTORY) is None:
            lan_knows_some_sites(session)
        campaign = create_campaign(session, services().keyring, a_plan(survey, **changes))
        return open_campaign(session, campaign.id, services().today()).id


def lan_invites(app: Flask, days: int = 7) -> str:
    """Lan makes an invitation code."""
    with app.app_context(), transaction() as session:
        at_hand = services()
        return invite(session, at_hand.keyring, at_hand.chance, today=at_hand.today(), days=days)


def minh_enrols(app: Flask) -> dict[str, str]:
    """Minh enrols his tablet; returns the headers with which it speaks from now on."""
    answer = app.test_client().post("/api/v1/enrolments", json={"code": lan_invites(app), "name": "Máy 07"})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def an_account(app: Flask, name: str = "hoa", role: str = "analyst", password: str = PASSWORD) -> str:
    """Somebody who may sign in; returns the name."""
    with app.app_context(), transaction() as session:
        at_hand = services()
        today = at_hand.today()
        user = create_user(
            session, at_hand.settings, at_hand.chance, name=name, password=password, role=role, today=today
        )
        return user.name


def code_of(answer: Any) -> str:
    """The problem code of an answer, which has to be a problem document."""
    assert answer.content_type == "application/problem+json", answer.get_data(as_text=True)
    return str(answer.get_json()["code"])


def anybody(app: Flask) -> FlaskClient:
    """Somebody without a token."""
    return app.test_client()
