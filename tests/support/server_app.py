"""A whole server for a test: its home, keys and database, with hashing at its cheapest and a clock that the test owns."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from server.app import create_app
from server.database import db, transaction
from server.keys import installation
from server.keys.keyring import Keyring
from server.services import services
from server.settings import Settings

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""Half past one at night in Ha Noi, where the next day has begun already."""


class OwnClock:
    """A clock that stands until the test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        """The moment the test has set."""
        return self.at

    def pass_by(self, **duration: float) -> None:
        """Let time go by."""
        self.at += timedelta(**duration)


def make_settings(tmp_path: Path, database_url: str, **changes: Any) -> Settings:
    """Settings for a test: everything below `tmp_path`, cheap hashing, no floor under the disk, no second factor."""
    cheap: dict[str, Any] = {"password_memory": 8, "password_rounds": 1, "disk_floor": 0, "second_factor": "nobody"}
    return Settings(home=tmp_path, database_url=database_url, **(cheap | changes))


def make_app(tmp_path: Path, database_url: str, *, clock: OwnClock | None = None, **changes: Any) -> Flask:
    """A server on a database that has its tables: keys made, database bound to them, ready for requests."""
    settings = make_settings(tmp_path, database_url, **changes)
    Keyring.create(settings)
    app = create_app(settings, clock=clock or OwnClock())
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context(), transaction() as session:
        installation.bind(session, services().keyring, services().today())
    return app


def close(app: Flask) -> None:
    """Let go of the app's connections."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
