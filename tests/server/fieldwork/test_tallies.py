"""Field staff's counts: what a collector counted of a campaign, site and day only grows, and the sums add up."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.database import session
from server.fieldwork.tables import Tally
from server.fieldwork.tallies import tallied
from tests.support.people import CAMPAIGN, FACTORY, MINE, WORKSHOP, code_of, lan_opens_a_campaign, minh_enrols


def url(site: str = FACTORY, day: str = "2026-11-21", campaign: str = CAMPAIGN) -> str:
    return f"/api/v1/tallies/{campaign}/{site}/{day}"


def test_saying_the_same_again_changes_nothing_and_more_is_more(app: Flask, client: FlaskClient) -> None:
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
        (url(day="10000-01-01"), {"collected": 1, "refused": 1}, "tally.malformed"),
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


@pytest.mark.parametrize(
    ("counted_on", "kept"),
    [
        ("0001-01-01", date(2026, 11, 16)),
        ("2015-01-06", date(2026, 11, 16)),
        ("2026-11-20", date(2026, 11, 20)),
        ("9999-12-31", date(2026, 12, 15)),
    ],
)
def test_a_clock_that_is_years_off_costs_no_count(app: Flask, client: FlaskClient, counted_on: str, kept: date) -> None:
    lan_opens_a_campaign(app)
    assert (
        client.put(url(day=counted_on), json={"collected": 1, "refused": 2}, headers=minh_enrols(app)).status_code
        == 204
    )
    with app.app_context():
        assert tallied(session(), CAMPAIGN) == (1, 2)
        assert session().scalars(select(Tally.day)).all() == [kept]


def test_a_restored_tablet_does_not_turn_its_counts_back(app: Flask, client: FlaskClient) -> None:
    """The tablet had told of 55; a copy from when it had 40 comes back, counts on to 45, and later beyond 55."""
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    counts = []
    for collected, refused in ((55, 4), (40, 5), (45, 5), (56, 5)):
        client.put(url(), json={"collected": collected, "refused": refused}, headers=minh)
        with app.app_context():
            counts.append(tallied(session(), CAMPAIGN))
    assert counts == [(55, 4), (55, 5), (55, 5), (56, 5)]


def test_every_day_of_a_week_keeps_its_own_count(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app, day_unit="week")
    minh = minh_enrols(app)
    for day in ("2026-11-16", "2026-11-17", "2026-11-18"):
        client.put(url(day=day), json={"collected": 10, "refused": 1}, headers=minh)
    with app.app_context():
        assert tallied(session(), CAMPAIGN) == (30, 3)


def test_nobody_counts_without_a_token(app: Flask, client: FlaskClient) -> None:
    assert code_of(client.put(url(), json={"collected": 1, "refused": 1})) == "token.missing"
