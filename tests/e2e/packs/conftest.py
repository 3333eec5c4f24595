"""A worker's own phone, and the page on it as its sources are now."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from schemas.answers import check_answers
from schemas.pack_reader import read_pack
from tests.support.pack_walk import Pick, Respondent
from tests.support.page_hop import LINK, PageHop, running_hop
from tests.support.waiting import LIMIT, LIMIT_IN_MILLISECONDS, until_on

PHONE = {"width": 360, "height": 740}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
Walk = Callable[[str, str, Pick], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e/packs" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def built_page() -> None:
    """The built page; costs nothing when nothing changed."""
    builder = Path(__file__).parents[3] / "client/web/build_page.py"
    subprocess.run([sys.executable, builder], check=True, capture_output=True, timeout=LIMIT)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(LIMIT_IN_MILLISECONDS)
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert not wrong


@pytest.fixture
def to_the_end(phone: Page) -> Walk:
    """From the link to the thanks, through every screen; what arrives is what was tapped, and satisfies the pack."""

    def walk(name: str, language: str, pick: Pick) -> None:
        pack = read_pack(name)
        others = tuple(code for code in pack.languages if code != language)
        with running_hop(replace(pack, languages=(language, *others))) as hop:
            phone.goto(f"{hop.address}/#/l/{LINK}")
            phone.locator(".actions .primary").click()
            phone.locator(".actions .primary").click()
            worker = Respondent(phone, pack, pick)
            for names in worker.screens():
                assert not phone.evaluate(SIDEWAYS), names
            phone.locator(".actions .primary").last.click()
            response = _arrived(phone, hop)
        assert check_answers(pack, response.answers, today=date.today()) == []
        assert response.language == language
        meant = {key: value for key, value in worker.answers.items() if value is not None}
        assert {key: response.answers.get(key) for key in meant} == meant

    return walk


def _arrived(phone: Page, hop: PageHop):
    """The one response, which the page sends by itself once it is sealed."""
    until_on(phone, hop.responses, "the response")
    [response] = hop.responses()
    return response
