"""A link shows one campaign at one site to whoever has its code, and lets a fifth more in than work there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.wire import LinkDocumentSchema
from server.database import transaction
from server.fieldwork.campaigns import CannotPlan, close_campaign
from server.fieldwork.links import create_link, links, quota_of, revoke_link
from server.services import services
from tests.support.cast import CAMPAIGN, FACTORY, MINE, WORKSHOP, code_of, lan_opens_a_campaign


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


def test_a_campaign_that_has_closed_is_no_longer_shown(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    code = lan_makes_a_link(app)
    with app.app_context(), transaction() as writing:
        close_campaign(writing, CAMPAIGN)
    assert code_of(client.get(f"/api/v1/links/{code}")) == "link.unknown"


@pytest.mark.parametrize("code", ["AAAA", "%00", "%F0%9F%92%A9", "a" * 1500, "..%2F..%2Fetc"])
def test_a_code_that_nobody_made_is_a_problem(app: Flask, client: FlaskClient, code: str) -> None:
    answer = client.get(f"/api/v1/links/{code}")
    assert answer.status_code == 404
    assert code_of(answer) in {"link.unknown", "request.not_found"}


@pytest.mark.parametrize(("headcount", "quota"), [(0, 0), (1, 2), (5, 6), (10, 12), (1000, 1200), (1001, 1202)])
def test_the_quota_is_the_headcount_and_a_fifth_more(headcount: int, quota: int) -> None:
    assert quota_of(headcount) == quota


def test_a_link_is_for_a_site_of_its_campaign(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with pytest.raises(CannotPlan, match="not asked"):
        lan_makes_a_link(app, MINE)


def test_links_are_listed_without_their_codes_and_revoked_by_name(app: Flask) -> None:
    lan_opens_a_campaign(app)
    lan_makes_a_link(app, WORKSHOP)
    with app.app_context(), transaction() as writing:
        (link,) = links(writing)
        assert (link.site_id, link.quota, link.stored) == (WORKSHOP, 6, 0)
        assert revoke_link(writing, link.id, services().today()).revoked_on is not None
        with pytest.raises(CannotPlan, match="no link"):
            revoke_link(writing, "nothing", services().today())
