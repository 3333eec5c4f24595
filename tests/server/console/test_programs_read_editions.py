"""Analysts' programs read whole editions: the figures of the pages, for whoever may see those, as documents that say what is wrong."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from server.analysis.edition import store
from server.analysis.edition.release import read_release
from server.database import db
from tests.support.answered_campaign import CAMPAIGN, signed_in
from tests.support.console_pages import HERE
from tests.support.people import an_account

EDITIONS = f"/console/api/v1/campaigns/{CAMPAIGN}/editions"
ONE = f"{EDITIONS}/2"
PROBLEM = "application/problem+json"


def test_the_editions_of_a_campaign_are_listed(hoa: FlaskClient):
    assert hoa.get(EDITIONS).json["campaign"] == CAMPAIGN
    (one,) = hoa.get(EDITIONS).json["editions"]
    assert one["number"] == 2
    assert one["people"] >= 10


def test_an_edition_holds_every_table_that_pages_show(hoa: FlaskClient, read_app: Flask):
    document = hoa.get(ONE).json
    with read_app.app_context(), Session(db.engine) as session:
        listed = [(one.kind, one.subject, one.by) for one in store.list_releases(session, CAMPAIGN)]
        shown = [store.find_release(session, CAMPAIGN, *name) for name in listed]
    assert [read_release(one) for one in document["releases"]] == shown


def test_every_page_of_results_leads_to_it(hoa: FlaskClient):
    for page in (HERE, f"{HERE}/indicators", f"{HERE}/gap", f"{HERE}/breakdown"):
        assert f'href="{ONE}"' in hoa.get(page).text


@pytest.mark.parametrize("address", [EDITIONS, ONE])
def test_what_has_not_changed_is_not_sent_again(hoa: FlaskClient, address: str):
    first = hoa.get(address)
    again = hoa.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "address", [f"{EDITIONS}/7", f"{EDITIONS}/0", EDITIONS.replace(CAMPAIGN, "none"), f"{EDITIONS}/x"]
)
def test_what_is_not_there_is_said_in_a_problem_document(hoa: FlaskClient, address: str):
    answer = hoa.get(address)
    assert (answer.status_code, answer.content_type) == (404, PROBLEM)
    assert answer.get_json(force=True)["code"] == "request.not_found"


@pytest.mark.parametrize("address", [EDITIONS, ONE, f"{EDITIONS}/x"])
def test_nobody_who_is_not_signed_in_reads_one(read_app: Flask, address: str):
    answer = read_app.test_client().get(address)
    assert (answer.status_code, answer.content_type) == (401, PROBLEM)
    assert answer.get_json(force=True)["code"] == "session.missing"


def test_an_account_that_may_not_see_results_reads_none(own_app: Flask):
    an_account(own_app, name="minh", role="author")
    answer = signed_in(own_app, "minh").get(EDITIONS)
    assert (answer.status_code, answer.content_type) == (403, PROBLEM)
    assert answer.get_json(force=True)["code"] == "session.not_allowed"


def test_it_is_documented_with_the_cookie_that_it_asks_for(hoa: FlaskClient):
    document = hoa.get("/api/openapi.json").json
    verb = document["paths"]["/console/api/v1/campaigns/{campaign}/editions/{number}"]["get"]
    assert verb["security"] == [{"session": []}]
    assert set(verb["responses"]) >= {"200", "304", "401", "403", "404"}
    assert document["components"]["securitySchemes"]["session"]["name"] == "langnghe"
