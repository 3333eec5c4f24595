"""Every route says who may call it, and a role opens exactly the routes of its permissions."""

import pytest
from flask import Flask

from server.accounts import guards
from server.accounts.guards import Guard, guard_of
from server.accounts.permissions import ROLES, Permission, permissions_of
from tests.support.answered_campaign import signed_in
from tests.support.people import an_account


def test_no_route_is_without_a_guard(app: Flask) -> None:
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if guard_of(app, rule.endpoint) is None]
    assert silent == []


def test_a_route_that_says_nothing_is_shut_for_everybody(app: Flask) -> None:
    app.add_url_rule("/console/forgotten", "forgotten", lambda: "secret")
    an_account(app, name="lan", role="administrator")
    for client in (app.test_client(), signed_in(app, "lan")):
        answer = client.get("/console/forgotten")
        assert answer.status_code == 403
        assert "secret" not in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_has_a_permission_for_and_nothing_else(app: Flask, role: str) -> None:
    for permission in Permission:
        view = guards.needs(permission)(lambda: "here")
        app.add_url_rule(f"/console/needs/{permission}", f"needs {permission}", view)
    an_account(app, name="hoa", role=role)
    client = signed_in(app, "hoa")
    opened = {one for one in Permission if client.get(f"/console/needs/{one}").status_code == 200}
    assert opened == ROLES[role]


def test_whoever_is_not_signed_in_is_asked_to_and_led_back(app: Flask) -> None:
    app.add_url_rule("/console/needs", "needs", guards.needs(Permission.SEE_AUDIT_LOG)(lambda: "here"))
    answer = app.test_client().get("/console/needs?page=2")
    assert answer.status_code == 302
    assert answer.location == "/console/sign-in?next=/console/needs?page%3D2"


def test_a_role_that_does_not_exist_may_do_nothing() -> None:
    assert permissions_of("king") == frozenset()


def test_programs_are_guarded_by_what_they_prove(app: Flask) -> None:
    programs = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert programs
    assert {guard_of(app, endpoint) for endpoint in programs} == {Guard.PROVED}
