"""Who may come in: a known token, a link that is open, and nobody else; each refusal has its own code."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.collectors.authentication import collector_from_request, sender_from_request
from server.database import transaction
from server.fieldwork.links import create_link, revoke_link
from server.services import services
from tests.support.people import CAMPAIGN, FACTORY, code_of, lan_opens_a_campaign, minh_enrols
from tests.support.server_app import close, make_app


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "token.missing"),
        ({"Authorization": ""}, "token.missing"),
        ({"Authorization": "Bearer"}, "token.missing"),
        ({"Authorization": "Bearer "}, "token.missing"),
        ({"Authorization": "Basic bGFuOmxhbg=="}, "token.missing"),
        ({"Authorization": "Bearer " + "x" * 5000}, "token.missing"),
        ({"Authorization": "Bearer wrong"}, "token.unknown"),
        ({"Authorization": "Bearer ' OR 1=1 --"}, "token.unknown"),
        ({"Authorization": "Link AAAA"}, "token.missing"),
    ],
)
def test_whoever_has_no_good_token_is_told_what_is_wrong(
    client: FlaskClient, headers: dict[str, str], code: str
) -> None:
    answer = client.get("/api/v1/campaigns", headers=headers)
    assert (answer.status_code, code_of(answer)) == (401, code)
    assert "WWW-Authenticate" in answer.headers


def test_a_link_lets_its_own_campaign_and_site_in(app: Flask) -> None:
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        link, code = create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)
    with app.test_request_context(headers={"Authorization": f"Link {code.lower()}"}):
        sender = sender_from_request()
    assert (sender.kind, sender.id, sender.campaign, sender.site) == ("link", link.id, CAMPAIGN, FACTORY)
    assert sender.left == 1200


def test_a_token_lets_a_collector_in_by_either_door(app: Flask) -> None:
    minh = minh_enrols(app)
    with app.test_request_context(headers=minh):
        assert sender_from_request() == collector_from_request()
        assert sender_from_request().campaign is None


def test_a_revoked_link_is_told_to_keep_what_waits(app: Flask, client: FlaskClient) -> None:
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        link, code = create_link(writing, services().keyring, services().chance, CAMPAIGN, FACTORY)
        writing.flush()
        revoke_link(writing, link.id, services().today())
    answer = client.post("/api/v1/batches", data=b"{}", headers={"Authorization": f"Link {code}"})
    assert (answer.status_code, code_of(answer), answer.json["retry"]) == (410, "link.revoked", "after_fix")


def test_one_token_that_calls_without_end_has_to_wait_and_others_need_not(tmp_path: Path, database_url: str) -> None:
    app = make_app(tmp_path, database_url, calls_per_minute=3)
    minh, other = minh_enrols(app), minh_enrols(app)
    client = app.test_client()
    answers = [client.get("/api/v1/campaigns", headers=minh) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert code_of(answers[-1]) == "rate.limited"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert client.get("/api/v1/campaigns", headers=other).status_code == 200
    close(app)
