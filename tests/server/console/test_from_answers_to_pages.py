"""From sealed envelopes to the pages, with nothing made up between: what analysts read is the edition, and no word that somebody wrote."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.analysis.edition.making import make_editions
from server.services import services
from tests.support import answered_campaign, server_app
from tests.support.answered_campaign import PLANTED, signed_in
from tests.support.console_pages import HERE, PAGES


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """A campaign that 150 people answered, and its first edition."""
    home = tmp_path_factory.mktemp("real")
    shutil.copyfile(sqlite_template, home / "langnghe.db")
    made = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}")
    answered_campaign.people(made)
    answered_campaign.answered(made, answered_campaign.planned(made), (90, 70))
    with made.app_context():
        report = make_editions(services())
    assert report.failed == {}
    assert report.made == {answered_campaign.CAMPAIGN: 1}
    yield made
    server_app.close(made)


def test_the_edition_stands_on_every_page(app: Flask):
    hoa = signed_in(app)
    for name, address in PAGES.items():
        if address.startswith(HERE):
            text = hoa.get(address).text
            assert re.search(r"Bản kết quả số 1, tính trên \d+ phiếu", text), name
    assert "<table>" in hoa.get(PAGES["a section of statements"]).text
    assert "<table>" in hoa.get(PAGES["women and men"]).text
    assert "<table>" in hoa.get(PAGES["a breakdown of a statement"]).text


def test_no_page_or_file_shows_what_somebody_wrote(app: Flask):
    hoa = signed_in(app)
    for address in PAGES.values():
        page = hoa.get(address).text
        files = [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+\.csv[^"]*)"', page)]
        for text in (page, *(hoa.get(link).text for link in files)):
            assert PLANTED not in text
            assert "0912345678" not in text


def test_remarks_and_made_up_names_have_no_address(app: Flask):
    hoa = signed_in(app)
    for address in ("tables/question/one_change.csv", "pictures/question/one_change.svg", "sections/last_word"):
        assert hoa.get(f"{HERE}/{address}").status_code == 404
