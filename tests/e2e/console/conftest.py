"""A server with an edition of made-up figures, served for real, and a browser in front of it."""

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import HOA, LAN
from tests.support.databases import sqlite_template
from tests.support.people import PASSWORD
from tests.support.releases import press_of, publish_edition

__all__ = ["sqlite_template"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e/console" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[str]:
    """The address of a running server, for as long as the tests run."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    home = tmp_path_factory.mktemp("console")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    app = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    answered_campaign.people(app)
    answered_campaign.planned(app)
    publish_edition(app, press_of(app))
    http = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    server_app.close(app)


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, address: str) -> dict[str, object]:
    """What a browser remembers after Hoa signed in."""
    return _remembered(chromium, address, HOA)


@pytest.fixture(scope="session")
def lan_signed_in(chromium: Browser, address: str) -> dict[str, object]:
    """What a browser remembers after Lan, who administers, signed in."""
    return _remembered(chromium, address, LAN)


def _remembered(chromium: Browser, address: str, name: str) -> dict[str, object]:
    context = chromium.new_context(base_url=address, locale="vi-VN")
    enter(context, name)
    state: dict[str, object] = dict(context.storage_state())
    context.close()
    return state


def enter(context: BrowserContext, name: str = HOA) -> None:
    """Sign somebody in."""
    page = context.new_page()
    page.goto("/console")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Đợt khảo sát").wait_for()
    page.close()
