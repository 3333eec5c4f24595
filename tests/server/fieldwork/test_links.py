"""A link shows one campaign at one site to whoever has its code, and lets a fifth more in than work there."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.wire import LinkDocumentSchema
from server.database import transaction
from server.fieldwork.campaigns import CannotPlan, close_campaign
from server.fieldwork.links import create_link, links, quota_of, restore_link, revoke_link, set_quota
from server.fieldwork.tables import DRAFT, Campaign
from server.services import services
from tests.support.people import CAMPAIGN, FACTORY, MINE, WORKSHOP, code_of, lan_opens_a_campaign
from tests.support.server_app import OwnClock


def lan_makes_a_link(app: Flask, site: str = FACTORY) -> str:
    with app.app_context(), transaction() as writing:
        return create_link(writing, services().keyring, services().chance, CAMPAIGN, site)[1]


def test_a_code_shows_one_campaign_and_one_site(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    answer = client.get(f"/api/v1/links/{lan_makes_a_link(app)}")
    campaign = LinkDocumentSchema().load(answer.get_json()).campaign
    assert campaign.id == CAMPAIGN
    assert [site.id for site in campaign.sites] == [FACTORY]
    tag = answer.headers["ETag"]
    again = client.get(f"/api/v1/links/{lan_makes_a_link(app)}", headers={"If-None-Match": tag})
    assert again.status_code == 304


def asked(client: FlaskClient, code: str) -> tuple[int, str, dict[str, str]]:
    """What a phone reads that opens a link by which nobody may answer: status, code, and the day if one is told."""
    answer = client.get(f"/api/v1/links/{code}")
    days = {name: answer.get_json()[name] for name in ("from", "to") if name in answer.get_json()}
    return answer.status_code, code_of(answer), days


def test_before_its_first_day_a_campaign_says_when_it_begins(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app, opens=date(2026, 11, 23))
    assert asked(client, lan_makes_a_link(app)) == (409, "campaign.not_begun", {"from": "2026-11-23"})


def test_a_campaign_that_nobody_opened_has_not_begun(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        writing.get_one(Campaign, CAMPAIGN).state = DRAFT
    assert asked(client, lan_makes_a_link(app)) == (409, "campaign.not_begun", {})


def test_after_its_last_day_a_campaign_is_over(app: Flask, client: FlaskClient, clock: OwnClock) -> None:
    lan_opens_a_campaign(app, closes=date(2026, 11, 22))
    code = lan_makes_a_link(app)
    assert client.get(f"/api/v1/links/{code}").status_code == 200  # its last day where people live
    clock.pass_by(hours=24)
    assert asked(client, code) == (410, "campaign.over", {"to": "2026-11-22"})


def test_a_campaign_that_was_closed_early_is_over_and_names_no_day(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    code = lan_makes_a_link(app)
    with app.app_context(), transaction() as writing:
        close_campaign(writing, CAMPAIGN, services().today())
    assert asked(client, code) == (410, "campaign.over", {})


def test_a_full_link_says_so_and_takes_more_once_its_quota_was_raised(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    code = lan_makes_a_link(app, WORKSHOP)
    with app.app_context(), transaction() as writing:
        ((link, _),) = links(writing)
        link.stored = link.quota
    assert asked(client, code) == (409, "quota.site_full", {})
    with app.app_context(), transaction() as writing:
        set_quota(writing, link.id, link.quota + 1)
    assert client.get(f"/api/v1/links/{code}").status_code == 200


def test_a_revoked_link_says_so_until_it_is_restored(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    code = lan_makes_a_link(app)
    with app.app_context(), transaction() as writing:
        ((link, _),) = links(writing)
        revoke_link(writing, link.id, services().today())
    assert asked(client, code) == (410, "link.revoked", {})
    with app.app_context(), transaction() as writing:
        restore_link(writing, link.id)
    assert client.get(f"/api/v1/links/{code}").status_code == 200


@pytest.mark.parametrize("code", ["AAAA", "%00", "%F0%9F%92%A9", "a" * 1500, "..%2F..%2Fetc"])
def test_a_code_that_nobody_made_is_a_problem(app: Flask, client: FlaskClient, code: str) -> None:
    answer = client.get(f"/api/v1/links/{code}")
    assert answer.status_code == 404
    assert code_of(answer) in {"link.unknown", "request.not_found"}


@pytest.mark.parametrize(("headcount", "quota"), [(0, 100), (1, 2), (5, 6), (10, 12), (1000, 1200), (1001, 1202)])
def test_the_quota_is_the_headcount_and_a_fifth_more_and_a_hundred_where_none_is_known(
    headcount: int, quota: int
) -> None:
    assert quota_of(headcount) == quota


def test_a_link_is_for_a_site_of_its_campaign(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with pytest.raises(CannotPlan, match="not asked"):
        lan_makes_a_link(app, MINE)


def test_links_are_listed_without_their_codes_and_revoked_by_name(app: Flask) -> None:
    lan_opens_a_campaign(app)
    lan_makes_a_link(app, WORKSHOP)
    with app.app_context(), transaction() as writing:
        ((link, _),) = links(writing)
        assert (link.site_id, link.quota, link.stored) == (WORKSHOP, 6, 0)
        assert revoke_link(writing, link.id, services().today()).revoked_on is not None
        with pytest.raises(CannotPlan, match="no link"):
            revoke_link(writing, "nothing", services().today())
