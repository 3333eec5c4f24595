"""Where a published survey was altered in the database, nobody is asked other words, and everybody else is still asked theirs."""

from flask import Flask
from sqlalchemy import text

from server.database import session, transaction
from server.fieldwork.campaigns import campaign_documents, create_campaign, open_campaign
from server.services import services
from tests.support.people import CAMPAIGN, PACK, a_plan, lan_opens_a_campaign, lan_publishes

ALTERED = text("UPDATE survey_version SET fingerprint = :mark WHERE id = :name")


def test_its_campaign_is_left_out_and_the_others_stay(app: Flask) -> None:
    lan_opens_a_campaign(app)
    other = lan_publishes(app, "pulse")
    with app.app_context(), transaction() as writing:
        create_campaign(writing, services().keyring, a_plan(other, id="second"))
        open_campaign(writing, "second", services().today())
    with app.app_context():
        assert [one["id"] for one in campaign_documents(session(), services().today())] == [CAMPAIGN, "second"]
    with app.app_context(), transaction() as writing:
        writing.execute(ALTERED, {"mark": "0" * 64, "name": PACK})
    with app.app_context():
        assert [one["id"] for one in campaign_documents(session(), services().today())] == ["second"]
