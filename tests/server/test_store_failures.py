"""A database that is locked, read-only, full or away: one problem to retry, one sentence, and nothing half done."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from server import database
from server.accounts.guards import open_to_all
from server.database import db, transaction
from server.fieldwork.tables import Unit
from tests.support.command import Command
from tests.support.people import CAMPAIGN, FACTORY, code_of, lan_invites, lan_opens_a_campaign, minh_enrols
from tests.support.server_app import close, make_app

COUNTS = {"collected": 1, "refused": 0}
TALLY = f"/api/v1/tallies/{CAMPAIGN}/{FACTORY}/2026-11-21"


def driver_address(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else holds what every writer needs."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(make_url(url).database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
    else:
        with psycopg.connect(driver_address(url)) as other:
            other.execute("LOCK TABLE tally, invitation, survey_version, inbox IN ACCESS EXCLUSIVE MODE")
            yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_SECONDS", 1)


@pytest.fixture
def hurried(tmp_path: Path, database_url: str, impatient: None) -> Iterator[Flask]:
    made = make_app(tmp_path, database_url)
    yield made
    close(made)


def test_a_locked_database_is_a_problem_to_retry_and_nothing_is_half_done(hurried: Flask, database_url: str) -> None:
    lan_opens_a_campaign(hurried)
    minh, client = minh_enrols(hurried), hurried.test_client()
    with locked(database_url):
        answer = client.put(TALLY, json=COUNTS, headers=minh)
        assert (answer.status_code, code_of(answer)) == (503, "store.unavailable")
        assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/readyz").status_code == 503
    assert client.put(TALLY, json=COUNTS, headers=minh).status_code == 204
    assert client.get("/readyz").status_code == 200


def test_a_code_that_met_a_locked_database_still_works(hurried: Flask, database_url: str) -> None:
    asked, client = {"code": lan_invites(hurried), "name": "Máy 07"}, hurried.test_client()
    with locked(database_url):
        assert client.post("/api/v1/enrolments", json=asked).status_code == 503
    assert client.post("/api/v1/enrolments", json=asked).status_code == 201


def test_a_command_on_a_locked_database_is_one_sentence(
    tmp_path: Path, empty_database_url: str, impatient: None
) -> None:
    command = Command(tmp_path / "home", empty_database_url)
    command.works("init", "--generate")
    with locked(empty_database_url):
        assert "locked" in command.fails("survey", "publish", "ge_awareness_short")
    command.works("survey", "publish", "ge_awareness_short")


def make_read_only(app: Flask, url: str) -> None:
    with app.app_context():
        if url.startswith("sqlite"):
            event.listen(db.engine, "connect", lambda line, _record: line.execute("PRAGMA query_only=ON"))
        else:
            with db.engine.begin() as connection:
                name = make_url(url).database
                connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        db.engine.dispose()


def test_a_read_only_database_still_answers_what_needs_no_writing(
    app: Flask, client: FlaskClient, database_url: str
) -> None:
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    make_read_only(app, database_url)
    answer = client.put(TALLY, json=COUNTS, headers=minh)
    assert (answer.status_code, code_of(answer)) == (503, "store.unavailable")
    assert client.get("/api/v1/campaigns", headers=minh).status_code == 200
    assert client.get("/readyz").get_json() == {"status": "not ready", "code": "store.unavailable"}


def test_a_full_disk_is_told_from_a_locked_database(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "full.db"
    path.write_bytes(sqlite_template.read_bytes())
    app = make_app(tmp_path, f"sqlite:///{path}")

    @app.get("/api/v1/fill")
    @open_to_all
    def fill() -> str:
        with transaction() as writing:
            writing.add_all([Unit(id=f"u{number}", name="Công đoàn " * 20) for number in range(2000)])
        return "there was room"

    with app.app_context():
        event.listen(db.engine, "connect", lambda line, _record: line.execute("PRAGMA max_page_count=1"))
        db.engine.dispose()
    answer = app.test_client().get("/api/v1/fill")
    assert (answer.status_code, code_of(answer)) == (507, "store.full")
    assert answer.get_json()["retry"] == "later"
    close(app)


def test_a_database_that_went_away_comes_back_without_a_restart(
    app: Flask, client: FlaskClient, database_url: str, database_kind: str
) -> None:
    if database_kind == "sqlite":
        return  # an embedded database does not go away
    lan_opens_a_campaign(app)
    minh = minh_enrols(app)
    name, address = make_url(database_url).database, make_url(driver_address(database_url)).set(database="postgres")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as boss:
        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        boss.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        answer = client.get("/api/v1/campaigns", headers=minh)
        assert (answer.status_code, code_of(answer)) == (503, "store.unavailable")
        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert client.get("/api/v1/campaigns", headers=minh).status_code == 200
