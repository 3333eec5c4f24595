"""The SQL inbox does what every inbox must, on both databases."""

from collections.abc import Callable

import pytest
from flask import Flask

from server.database import db, transaction
from server.intake.sql_inbox import SqlInbox
from sync.receiving import Inbox
from tests.sync.contract_inbox import InboxContract


class _InThisApp:
    """The inbox as threads of a server use it: each call within the app's context."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def store(self, envelopes):
        with self._app.app_context():
            try:
                return SqlInbox(transaction, b"k" * 32).store(envelopes)
            finally:
                db.session.remove()


class TestSqlInbox(InboxContract):
    @pytest.fixture
    def open_inbox(self, app: Flask) -> Callable[[], Inbox]:
        return lambda: _InThisApp(app)
