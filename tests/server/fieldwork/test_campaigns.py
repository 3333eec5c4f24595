"""A campaign is planned with a key of its own, told to collectors while it is open, and honest about small sites."""

import gzip
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.wire import CampaignListSchema
from server.database import session, transaction
from server.fieldwork.campaigns import (
    CannotPlan,
    Plan,
    campaign_documents,
    close_campaign,
    create_campaign,
    find_campaign,
    open_campaign,
    small_sites,
)
from server.keys.keyring import Keyring
from server.services import services
from server.surveys.publishing import UnknownSurvey
from sync.keys import PublicKey
from tests.support.people import (
    CAMPAIGN,
    FACTORY,
    WORKSHOP,
    a_plan,
    lan_knows_some_sites,
    lan_opens_a_campaign,
    lan_publishes,
    minh_enrols,
)
from tests.support.server_app import OwnClock

URL = "/api/v1/campaigns"


def plan(planned: Plan) -> None:
    with transaction() as writing:
        lan_knows_some_sites(writing)
        create_campaign(writing, services().keyring, planned)


def test_a_collector_is_told_what_it_may_ask(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    answer = client.get(URL, headers=minh_enrols(app))
    (campaign,) = CampaignListSchema().load(answer.get_json()).campaigns
    assert (campaign.id, campaign.opens, campaign.closes, campaign.day) == (CAMPAIGN, "2026-11-16", "2026-12-15", "day")
    assert [site.id for site in campaign.sites] == [FACTORY, WORKSHOP]
    assert campaign.survey["sections"]
    PublicKey.from_wire(campaign.key)


def test_no_headcount_leaves_the_server(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    document = client.get(URL, headers=minh_enrols(app)).get_json()["campaigns"][0]
    assert set(document) == {"id", "title", "from", "to", "day", "key", "sites", "survey"}
    assert all(set(site) == {"id", "name"} for site in document["sites"])


def test_what_has_not_changed_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    first = client.get(URL, headers=minh)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(URL, headers=minh | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context(), transaction() as writing:
        close_campaign(writing, CAMPAIGN, services().today())
    after = client.get(URL, headers=minh | {"If-None-Match": tag})
    assert (after.status_code, after.get_json()) == (200, {"campaigns": []})


def test_the_documents_travel_packed(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    plain, packed = client.get(URL, headers=minh), client.get(URL, headers=minh | {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    tag = packed.headers["ETag"]
    assert tag != plain.headers["ETag"]
    again = client.get(URL, headers=minh | {"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert again.status_code == 304


def test_a_draft_is_not_told_and_a_closed_one_may_be_opened_again(app: Flask) -> None:
    survey = lan_publishes(app)
    with app.app_context(), transaction() as writing:
        lan_knows_some_sites(writing)
        create_campaign(writing, services().keyring, a_plan(survey))
        assert campaign_documents(writing, services().today()) == []
        with pytest.raises(CannotPlan, match="not been opened"):
            close_campaign(writing, CAMPAIGN, services().today())
        open_campaign(writing, CAMPAIGN, services().today())
        close_campaign(writing, CAMPAIGN, services().today())
        assert campaign_documents(writing, services().today()) == []
        open_campaign(writing, CAMPAIGN, services().today())
        assert len(campaign_documents(writing, services().today())) == 1


@pytest.mark.parametrize(
    ("today", "is_handed_out"),
    [
        (date(2026, 11, 1), False),
        (date(2026, 11, 2), True),  # a tablet may have no network on the first day
        (date(2026, 11, 16), True),
        (date(2026, 12, 15), True),
        (date(2026, 12, 16), False),
        (date(2099, 1, 1), False),
    ],
)
def test_a_campaign_is_told_shortly_before_it_begins_and_until_it_ends(
    app: Flask, client: FlaskClient, clock: OwnClock, today: date, is_handed_out: bool
) -> None:
    lan_opens_a_campaign(app)
    clock.at = datetime.combine(today, time(5), UTC)
    campaigns = client.get(URL, headers=minh_enrols(app)).get_json()["campaigns"]
    assert [one["id"] for one in campaigns] == ([CAMPAIGN] if is_handed_out else [])


def test_sites_below_the_threshold_are_named_when_it_is_planned(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with app.app_context():
        (small,) = small_sites(session(), find_campaign(session(), CAMPAIGN))
        assert (small.site.id, small.unit.id) == (WORKSHOP, "cd-than")


def test_the_private_key_is_outside_the_database_and_bound_to_its_campaign(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with app.app_context():
        campaign = find_campaign(session(), CAMPAIGN)
        path = services().settings.keys / campaign.key_id
        assert path.stat().st_mode & 0o777 == 0o600
        private = services().keyring.private_key(CAMPAIGN, campaign.key_id)
        assert private.id == campaign.key_id
        with pytest.raises(ValueError, match="unwrapped"):
            services().keyring.private_key("another", campaign.key_id)
        assert Keyring.open(services().settings).private_key(CAMPAIGN, campaign.key_id).id == campaign.key_id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Chiến dịch"}, "short name"),
        ({"id": "../x"}, "short name"),
        ({"id": ""}, "short name"),
        ({"closes": date(2026, 11, 15)}, "before it opens"),
        ({"threshold": 4}, "less than 5"),
        ({"sites": ()}, "one site at least"),
        ({"sites": (FACTORY, "nowhere")}, "no site nowhere"),
    ],
)
def test_a_plan_that_cannot_work_is_told_why_and_leaves_no_key(app: Flask, changes: dict, message: str) -> None:
    survey = lan_publishes(app)
    with app.app_context():
        before = set(services().settings.keys.iterdir())
        with pytest.raises(CannotPlan, match=message):
            plan(a_plan(survey, **changes))
        assert set(services().settings.keys.iterdir()) == before


def test_two_campaigns_cannot_share_a_name(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with pytest.raises(CannotPlan, match="already"):
        lan_opens_a_campaign(app)


def test_a_survey_that_is_not_published_cannot_be_asked(app: Flask) -> None:
    with app.app_context(), pytest.raises(UnknownSurvey):
        plan(a_plan("nothing"))
