"""What is known of a campaign besides its responses: places, what the field counted, and the k that holds for it."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from server.analysis.facts import Fieldwork, facts_of
from server.database import session
from server.fieldwork.tables import Campaign
from tests.support.people import CAMPAIGN, FACTORY, WORKSHOP, lan_opens_a_campaign, minh_enrols


def test_counts_of_the_field_add_up_by_workplace(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    for site, day in ((FACTORY, "2026-11-21"), (FACTORY, "2026-11-22"), (WORKSHOP, "2026-11-21")):
        address = f"/api/v1/tallies/{CAMPAIGN}/{site}/{day}"
        client.put(address, json={"collected": 3, "refused": 1}, headers=minh)
    with app.app_context():
        facts = facts_of(session(), CAMPAIGN)
    assert facts.fieldwork == {FACTORY: Fieldwork(6, 2), WORKSHOP: Fieldwork(3, 1)}
    assert FACTORY in {place.id for place in facts.places}
    assert all(place.headcount > 0 for place in facts.places)


def test_the_stricter_k_holds_and_strong_campaigns_are_known(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with app.app_context():
        pack = facts_of(session(), CAMPAIGN).survey.pack
        session().execute(update(Campaign).values(threshold=25, strong=True))
        policy = facts_of(session(), CAMPAIGN).policy
    assert policy.k == max(25, (pack.min_n if pack else None) or 0)
    assert policy.strong
