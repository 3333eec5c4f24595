"""The administration's first page says what to do next, ticks what is done, and offers nothing that somebody may not do."""

import re

from flask import Flask
from flask.testing import FlaskClient

from server.database import transaction
from tests.support.answered_campaign import signed_in
from tests.support.people import an_account, lan_invites, lan_knows_some_sites, lan_opens_a_campaign, lan_publishes

START = "/console/manage"


def to_do(client: FlaskClient) -> tuple[list[bool], str]:
    """Which steps are done, and the address of the next one."""
    page = client.get(START).text
    found = re.findall(r'<li class="card([^"]*)"', page)
    current = re.search(r'class="button" href="([^"]+)"', page)
    return ["done" in classes for classes in found], current[1] if current else ""


def test_it_leads_from_an_empty_server_to_a_campaign_that_runs(app: Flask, lan: FlaskClient) -> None:
    assert to_do(lan) == ([False] * 6, "/console/manage/surveys/packs")
    lan_publishes(app)
    assert to_do(lan) == ([True] + [False] * 5, "/console/manage/sites/upload")
    with app.app_context(), transaction() as writing:
        lan_knows_some_sites(writing)
    assert to_do(lan) == ([True] * 2 + [False] * 4, "/console/manage/campaigns/new")
    lan_opens_a_campaign(app)
    assert to_do(lan) == ([True] * 4 + [False] * 2, "/console/manage/collectors")
    code = lan_invites(app)
    assert app.test_client().post("/api/v1/enrolments", json={"code": code, "name": "Máy 07"}).status_code == 201
    assert to_do(lan) == ([True] * 5 + [False], "/console/")
    assert "Đã xong 5 trên 6 bước." in lan.get(START).text


def test_a_draft_is_opened_next(app: Flask, lan: FlaskClient) -> None:
    from server.fieldwork.campaigns import create_campaign
    from server.services import services
    from tests.support.people import a_plan

    survey = lan_publishes(app)
    with app.app_context(), transaction() as writing:
        lan_knows_some_sites(writing)
        create_campaign(writing, services().keyring, a_plan(survey))
    assert to_do(lan)[1] == "/console/manage/campaigns/garment-2026/open"


def test_it_offers_only_what_somebody_may_do(app: Flask, hoa: FlaskClient) -> None:
    an_account(app, "minh", role="author")
    an_account(app, "mai", role="field_coordinator")
    assert to_do(signed_in(app, "minh")) == ([False], "/console/manage/surveys/packs")
    assert to_do(signed_in(app, "mai")) == ([False], "/console/manage/collectors")
    assert hoa.get(START).status_code == 403
