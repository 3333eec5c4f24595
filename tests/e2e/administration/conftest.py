"""A server on which nobody did anything but `init` and `serve`, and a browser in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.command import Command
from tests.support.server_app import make_settings
from tests.support.serving_process import serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e/administration" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a server that was set up a moment ago, and its administrator's password."""
    url = f"sqlite:///{tmp_path / 'langnghe.db'}"
    password = Command(tmp_path, url).tells("init", "--admin", "lan", "--generate")["password"]
    with serving(
        make_settings(tmp_path, url), tmp_path / "serve.log", public_url="https://langnghe.example"
    ) as running:
        yield f"http://127.0.0.1:{running.port}", password


@pytest.fixture
def page(chromium: Browser, empty_server: tuple[str, str]) -> Iterator[Page]:
    """A browser that runs no script, at the server's door."""
    context = chromium.new_context(base_url=empty_server[0], locale="vi-VN", java_script_enabled=False)
    yield context.new_page()
    context.close()
