"""`/healthz` says that the process lives, `/readyz` that it can store; a full disk and a lost database are told apart."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, text

from server.database import db, session
from server.intake.tables import InboxRow
from tests.support.server_app import close, make_app

NO_ROOM = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
)


def test_a_healthy_server_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_a_disk_below_its_floor_is_not_ready(tmp_path: Path, database_url: str) -> None:
    app = make_app(tmp_path, database_url, disk_floor=10**9)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["code"]) == (507, "store.full")
    assert app.test_client().get("/healthz").status_code == 200
    close(app)


def test_a_database_that_cannot_be_written_is_not_ready(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE inbox"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "store.unavailable")


def test_whatever_refuses_a_batch_makes_it_not_ready(app: Flask, client: FlaskClient, database_url: str) -> None:
    """A full disk, as each database says it: SQLite may have no more pages, PostgreSQL cannot extend its file."""
    with app.app_context():
        if database_url.startswith("sqlite"):
            db.engine.dispose()
            event.listen(db.engine, "connect", lambda made, _: made.execute("PRAGMA max_page_count=1"))
        else:
            with db.engine.begin() as connection:
                connection.execute(text(NO_ROOM))
                connection.execute(text("CREATE TRIGGER no_room BEFORE INSERT ON inbox EXECUTE FUNCTION no_room()"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["code"]) == (507, "store.full")


def test_asking_leaves_nothing_behind(app: Flask, client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(InboxRow)) == 0
