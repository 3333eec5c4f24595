"""Field staff's counts: the last word for a collector, campaign, site and day stands, and the sums add up."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.database import session
from server.fieldwork.tables import Campaign
from server.fieldwork.tallies import tallied
from tests.support.cast import CAMPAIGN, FACTORY, MINE, WORKSHOP, code_of, lan_opens_a_campaign, minh_enrols


def url(site: str = FACTORY, day: str = "2026-11-21", campaign: str = CAMPAIGN) -> str:
    return f"/api/v1/tallies/{campaign}/{site}/{day}"


def test_saying_the_same_again_changes_nothing_and_a_later_word_stands(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    for counts in ({"collected": 3, "refused": 1}, {"collected": 3, "refused": 1}, {"collected": 5, "refused": 2}):
        assert client.put(url(), json=counts, headers=minh).status_code == 204
    with app.app_context():
        assert tallied(session(), CAMPAIGN) == (5, 2)


def test_collectors_sites_and_days_add_up(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    for minh in (minh_enrols(app), minh_enrols(app)):
        for address in (url(), url(WORKSHOP), url(day="2026-11-22")):
            client.put(address, json={"collected": 2, "refused": 1}, headers=minh)
    with app.app_context():
        assert tallied(session(), CAMPAIGN) == (12, 6)
        assert tallied(session(), "nothing") == (0, 0)


@pytest.mark.parametrize(
    ("address", "counts", "code"),
    [
        (url(campaign="nothing"), {"collected": 1, "refused": 1}, "campaign.unknown"),
        (url(site=MINE), {"collected": 1, "refused": 1}, "site.unknown"),
        (url(day="yesterday"), {"collected": 1, "refused": 1}, "tally.malformed"),
        (url(day="20261121"), {"collected": 1, "refused": 1}, "tally.malformed"),
        (url(day="2026-02-30"), {"collected": 1, "refused": 1}, "tally.malformed"),
        (url(day="0001-01-01"), {"collected": 1, "refused": 1}, "tally.malformed"),
        (url(day="9999-12-31"), {"collected": 1, "refused": 1}, "tally.malformed"),
        (url(), {"collected": -1, "refused": 1}, "request.malformed"),
        (url(), {"collected": 1.5, "refused": 1}, "request.malformed"),
        (url(), {"collected": 10**30, "refused": 1}, "request.malformed"),
        (url(), {"collected": 1}, "request.malformed"),
        (url(), [], "request.malformed"),
    ],
)
def test_counts_that_cannot_be_are_told_why(
    app: Flask, client: FlaskClient, address: str, counts: object, code: str
) -> None:
    lan_opens_a_campaign(app)
    answer = client.put(address, json=counts, headers=minh_enrols(app))
    assert code_of(answer) == code


def test_a_day_may_lie_a_month_outside_the_campaigns_period_and_no_more(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    with app.app_context():
        campaign = session().get_one(Campaign, CAMPAIGN)
    first, last = campaign.opens - timedelta(days=31), campaign.closes + timedelta(days=31)
    beyond = (first - timedelta(days=1), last + timedelta(days=1))
    counts = {"collected": 1, "refused": 0}
    for day in (first, last):
        assert client.put(url(day=day.isoformat()), json=counts, headers=minh).status_code == 204
    for day in beyond:
        assert code_of(client.put(url(day=day.isoformat()), json=counts, headers=minh)) == "tally.malformed"
    with app.app_context():
        assert tallied(session(), CAMPAIGN) == (2, 0)


def test_nobody_counts_without_a_token(app: Flask, client: FlaskClient) -> None:
    assert code_of(client.put(url(), json={"collected": 1, "refused": 1})) == "token.missing"
