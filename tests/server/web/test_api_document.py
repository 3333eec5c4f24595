"""The API documents itself, in OpenAPI 3.1, on a page that asks nobody else; and keeps to what it documents."""

import re

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.people import lan_opens_a_campaign, minh_enrols


def document(client: FlaskClient) -> dict:
    return client.get("/api/openapi.json").get_json()


def test_every_endpoint_of_the_protocol_is_documented(client: FlaskClient) -> None:
    api = document(client)
    assert api["openapi"].startswith("3.1")
    assert {(verb, path) for path, verbs in api["paths"].items() for verb in verbs if verb != "parameters"} >= {
        ("post", "/api/v1/batches"),
        ("post", "/api/v1/enrolments"),
        ("get", "/api/v1/campaigns"),
        ("get", "/api/v1/links/{code}"),
        ("put", "/api/v1/tallies/{campaign}/{site}/{day}"),
        ("get", "/api/v1/hop"),
    }


def test_every_operation_says_who_may_and_what_may_go_wrong(client: FlaskClient) -> None:
    for path, verbs in document(client)["paths"].items():
        for verb, operation in verbs.items():
            if verb == "parameters":
                continue
            assert operation["summary"].endswith("."), path
            if path != "/api/v1/hop":
                assert any(status.startswith("4") for status in operation["responses"]), path


def test_patterns_are_those_of_json_schema(client: FlaskClient) -> None:
    assert "\\\\Z" not in client.get("/api/openapi.json").text
    assert document(client)["components"]["schemas"]["Envelope"]["properties"]["id"]["pattern"].endswith("$")


def test_the_page_reads_it_out_without_asking_anybody_else(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    assert "/api/v1/batches" in page
    assert "BatchReceipt" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


OPERATIONS = [
    "POST /api/v1/batches",
    "POST /api/v1/enrolments",
    "GET /api/v1/campaigns",
    "GET /api/v1/links/{code}",
    "PUT /api/v1/tallies/{campaign}/{site}/{day}",
    "GET /api/v1/hop",
]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("has_token", [True, False], ids=["enrolled", "stranger"])
def test_whatever_is_sent_the_answer_is_a_documented_one(app: Flask, operation: str, has_token: bool) -> None:
    lan_opens_a_campaign(app)
    headers = {"Accept-Encoding": "identity"} | (minh_enrols(app) if has_token else {})
    verb, path = operation.split()
    asked = schemathesis.openapi.from_wsgi("/api/openapi.json", app)[path][verb]

    @given(case=asked.as_strategy())
    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
