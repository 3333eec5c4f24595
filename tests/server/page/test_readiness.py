"""`/healthz` says that the process lives, `/readyz` that it can store; a full disk and a lost database are told apart."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from server.database import db
from tests.support.server_app import close, make_app


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
        connection.execute(text("DROP TABLE invitation"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "store.unavailable")
