"""The audit log: who did what, in a chain that shows when somebody with the database, but without the keys, altered it."""

import pytest
from flask import Flask
from sqlalchemy import delete, update

from server.audit import log
from server.audit.actions import Action
from server.audit.log import Break
from server.audit.tables import AppendOnly, AuditEntry
from server.database import session, transaction
from server.services import services
from tests.support.answered_campaign import signed_in
from tests.support.people import an_account
from tests.support.server_app import OwnClock


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A server whose log has five entries."""
    with app.app_context(), transaction() as writing:
        for number in range(5):
            log.record(writing, Action.CAMPAIGN_OPENED, f"campaign-{number}", sites=number)
    return app


def broken(app: Flask) -> list[Break]:
    with app.app_context():
        return log.check(session(), services())


def test_a_log_that_nobody_touched_holds(filled: Flask) -> None:
    assert broken(filled) == []


@pytest.mark.parametrize("column", ["actor", "action", "subject", "at", "facts"])
def test_an_entry_that_was_altered_is_found(filled: Flask, column: str) -> None:
    other = {"at": 1, "facts": {"sites": 7}}.get(column, "somebody else")
    with filled.app_context(), transaction() as writing:
        writing.execute(update(AuditEntry).where(AuditEntry.number == 3).values({column: other}))
    assert Break(3, "altered") in broken(filled)


@pytest.mark.parametrize("number", [1, 3])
def test_an_entry_that_was_removed_is_found(filled: Flask, number: int) -> None:
    with filled.app_context(), transaction() as writing:
        writing.execute(delete(AuditEntry).where(AuditEntry.number == number))
    assert Break(number, "missing") in broken(filled)


def test_an_entry_that_was_put_in_without_the_keys_is_found(filled: Flask) -> None:
    with filled.app_context(), transaction() as writing:
        last = writing.get_one(AuditEntry, 5)
        false = AuditEntry(
            number=6, at=last.at, actor="lan", action="x", subject="", facts={}, previous=last.seal, seal=b"x" * 32
        )
        writing.add(false)
    assert broken(filled) == [Break(6, "altered")]


def test_no_entry_can_be_changed_or_removed_by_the_program_itself(filled: Flask) -> None:
    with filled.app_context():
        with pytest.raises(AppendOnly), transaction() as writing:
            writing.get_one(AuditEntry, 2).actor = "somebody else"
        with pytest.raises(AppendOnly), transaction() as writing:
            writing.delete(writing.get_one(AuditEntry, 2))
    assert broken(filled) == []


def test_what_is_undone_leaves_no_entry(app: Flask) -> None:
    def fails_half_way() -> None:
        with transaction() as writing:
            log.record(writing, Action.CAMPAIGN_OPENED, "garment-2026")
            raise KeyError

    with app.app_context():
        with pytest.raises(KeyError):
            fails_half_way()
        assert log.entries(session()) == []


def test_old_entries_go_after_the_set_time_and_the_chain_goes_on(filled: Flask, clock: OwnClock) -> None:
    clock.pass_by(days=3 * 365)
    with filled.app_context(), transaction() as writing:
        log.record(writing, Action.CAMPAIGN_CLOSED, "campaign-1")
    clock.pass_by(days=3 * 365)
    with filled.app_context(), transaction() as writing:
        assert log.prune(writing, services()) == 5
    with filled.app_context():
        assert [one.number for one in log.entries(session())] == [7, 6]
    assert broken(filled) == []


def test_the_log_names_the_account_that_is_signed_in(app: Flask) -> None:
    an_account(app, name="lan", role="administrator")
    client = signed_in(app, "lan")
    token = client.get("/console/account").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    words = "bốn năm con trâu vàng"
    answer = client.post(
        "/console/account",
        data={"csrf_token": token, "present": "lúa chín đồng xanh mây", "new": words, "again": words},
    )
    assert answer.status_code == 302
    with app.app_context():
        last = log.entries(session())[0]
    assert (last.actor, last.action, last.subject) == ("lan", "account.password_changed", "lan")


def test_entries_are_found_by_kind_of_change_account_and_subject(filled: Flask) -> None:
    with filled.app_context():
        assert [one.number for one in log.entries(session(), action="campaign", before=4, most=2)] == [3, 2]
        assert [one.number for one in log.entries(session(), subject="campaign-2")] == [3]
        assert log.entries(session(), actor="nobody") == []
