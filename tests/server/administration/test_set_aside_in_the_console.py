"""Envelopes set aside, in the console: counted by reason, tried again, let in with a reason; no answer is ever shown."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.audit.tables import AuditEntry
from server.database import session, transaction
from server.fieldwork.tables import Allowance
from server.intake.site_bounds import surplus_reason
from server.intake.tables import InboxRow, Quarantined
from tests.server.administration.test_workplaces_in_the_console import hidden
from tests.support.answered_campaign import token_on
from tests.support.people import CAMPAIGN, WORKSHOP, lan_opens_a_campaign

SET_ASIDE = "/console/manage/set-aside"
SURPLUS = f"{SET_ASIDE}/{CAMPAIGN}/{WORKSHOP}"
DISCARD = f"{SET_ASIDE}/{CAMPAIGN}/held/discard?for=envelope.broken"


@pytest.fixture
def app(app: Flask) -> Flask:
    """A server that holds two envelopes which do not open and three that are too many for the workshop."""
    lan_opens_a_campaign(app)
    with app.app_context(), transaction() as writing:
        for reason, number in (("envelope.broken", 2), (surplus_reason(WORKSHOP), 3)):
            for _ in range(number):
                writing.add(
                    Quarantined(
                        id=uuid4(), campaign_id=CAMPAIGN, envelope_id=uuid4().hex[:22], key_id="k", sealed=b"sealed", variant=0,
                        reason=reason,
                    )
                )  # fmt: skip
    return app


def counts(app: Flask) -> tuple[int, int]:
    """How many are held, and how many wait to be opened."""
    with app.app_context():
        held, waiting = (session().scalar(select(func.count()).select_from(table)) for table in (Quarantined, InboxRow))
        return int(held or 0), int(waiting or 0)


def test_what_is_held_is_counted_by_reason(lan: FlaskClient) -> None:
    page = lan.get(SET_ASIDE).text
    assert "envelope.broken" in page
    assert "Tổ sửa chữa gửi về nhiều hơn số người cộng một phần năm" in page


def test_what_is_held_is_tried_again(app: Flask, lan: FlaskClient) -> None:
    lan.post(f"{SET_ASIDE}/{CAMPAIGN}/retry", data={"csrf_token": token_on(lan.get(SET_ASIDE).text)})
    assert counts(app) == (0, 5)


def test_a_surplus_is_let_in_with_a_reason_that_is_kept(app: Flask, lan: FlaskClient) -> None:
    page = lan.get(SURPLUS).text
    assert lan.post(SURPLUS, data={"csrf_token": token_on(page), "reason": "  "}).status_code == 422
    assert counts(app) == (5, 0)
    assert lan.post(SURPLUS, data={"csrf_token": token_on(page), "reason": "Ca đêm chưa tính"}).location == SET_ASIDE
    assert counts(app) == (2, 3)
    with app.app_context():
        noted = session().scalars(select(Allowance)).one()
        assert (noted.number, noted.reason, noted.account) == (3, "Ca đêm chưa tính", "lan")
    assert lan.get(SURPLUS).status_code == 404


def test_what_is_held_for_one_reason_is_thrown_away_with_a_reason_in_the_audit_log(
    app: Flask, lan: FlaskClient
) -> None:
    page = lan.get(DISCARD).text
    assert "không thể hoàn tác" in page
    sent = {"csrf_token": token_on(page), "number": hidden(page, "number")}
    assert lan.post(DISCARD, data={**sent, "reason": " "}).status_code == 422
    assert counts(app) == (5, 0)
    assert lan.post(DISCARD, data={**sent, "reason": "Thử máy trước đợt"}).location == SET_ASIDE
    assert counts(app) == (3, 0)
    with app.app_context():
        noted = session().scalars(select(AuditEntry).where(AuditEntry.action == "envelopes.discarded")).one()
        assert (noted.actor, noted.subject) == ("lan", CAMPAIGN)
        assert noted.facts == {"number": 2, "held": "envelope.broken", "reason": "Thử máy trước đợt"}
    assert lan.get(DISCARD).status_code == 404


def test_envelopes_that_came_after_somebody_looked_are_not_thrown_away(app: Flask, lan: FlaskClient) -> None:
    page = lan.get(DISCARD).text
    for number in ("1", "", "x"):
        sent = {"csrf_token": token_on(page), "number": number, "reason": "Thử máy"}
        assert lan.post(DISCARD, data=sent).status_code == 422
    assert counts(app) == (5, 0)


def test_analysts_do_not_see_it(hoa: FlaskClient) -> None:
    assert [hoa.get(one).status_code for one in (SET_ASIDE, SURPLUS, DISCARD)] == [403] * 3
