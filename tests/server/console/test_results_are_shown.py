"""What an analyst finds: tables with their pictures, foot notes, and never what was withheld or written by hand."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.analysis.results import open_results
from server.database import session
from server.services import services
from tests.support.console_pages import HERE, PAGES
from tests.support.console_world import CAMPAIGN, PLANTED, signed_in


@pytest.mark.parametrize("address", [address for name, address in PAGES.items() if name != "no such page"])
def test_every_page_can_be_read_in_both_languages(hoa: FlaskClient, hoa_in_english: FlaskClient, address: str):
    in_vietnamese, in_english = hoa.get(address), hoa_in_english.get(address)
    assert in_vietnamese.status_code == in_english.status_code == 200
    assert '<html lang="vi">' in in_vietnamese.text
    assert '<html lang="en">' in in_english.text


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_no_page_shows_what_somebody_wrote(hoa: FlaskClient, address: str):
    page = hoa.get(address).text
    assert PLANTED not in page
    assert "0912345678" not in page


def test_a_table_shows_the_figures_of_its_release_and_no_others(hoa: FlaskClient, read_app: Flask):
    page = hoa.get(f"{HERE}/sections/exposure").text
    with read_app.test_request_context():
        release = open_results(session(), services().settings, CAMPAIGN).question("ex_sessions")
    shown = [str(row.cells[0].count) for row in release.rows if row.cells[0].count is not None]
    block = page.split('id="distribution-ex_sessions"')[1].split("</section>")[0]
    cells = re.findall(r"<td>(\d+)</td>", block)
    assert cells == shown


def test_withheld_cells_are_marked_counted_and_explained(hoa: FlaskClient, read_app: Flask):
    with read_app.test_request_context():
        releases = open_results(session(), services().settings, CAMPAIGN).section("attitude_work")
    hidden = sum(release.withheld_cells for release in releases)
    page = hoa.get(f"{HERE}/sections/attitude_work").text
    assert hidden > 0
    assert page.count('class="hidden"') >= hidden
    assert f"{hidden} ô không hiển thị: chưa đủ số người trả lời để hiển thị" in page


def test_an_address_can_be_shared(hoa: FlaskClient, read_app: Flask):
    address = f"{HERE}/breakdown?question=ex_channels&by=gender"
    lan = signed_in(read_app, "lan")
    assert _table(hoa.get(address).text) == _table(lan.get(address).text)


def test_a_breakdown_is_a_form_that_needs_no_script(hoa: FlaskClient):
    form = hoa.get(f"{HERE}/breakdown").text
    assert 'method="get"' in form
    assert '<option value="ex_channels"' in form
    assert '<option value="gender"' in form
    assert '<option value="site"' in form


def test_a_breakdown_by_itself_is_explained(hoa: FlaskClient):
    page = hoa.get(f"{HERE}/breakdown?question=gender&by=gender")
    assert page.status_code == 200
    assert "theo chính nó" in page.text


def test_targets_that_nobody_verified_are_marked(hoa: FlaskClient):
    page = hoa.get(f"{HERE}/indicators").text
    assert "chưa kiểm chứng" in page
    assert "Vạch đứng là mục tiêu" in page


def test_numbers_and_dates_are_written_as_the_reader_writes_them(hoa: FlaskClient, hoa_in_english: FlaskClient):
    assert "3.200" in hoa.get(HERE).text
    assert "16/11/2026" in hoa.get(HERE).text
    assert "3,200" in hoa_in_english.get(HERE).text
    assert "16 Nov 2026" in hoa_in_english.get(HERE).text


@pytest.mark.parametrize(
    "address",
    [
        "sections/last_word",
        "sections/nothing",
        "breakdown?question=one_change&by=gender",
        "breakdown?question=ex_channels&by=one_change",
        "breakdown?question=ex_channels&by=ex_sessions",
        "breakdown?question=nothing&by=gender",
        "tables/distribution/one_change.csv",
        "tables/distribution/nothing.csv",
        "tables/raw/ex_sessions.csv",
        "tables/likert/exposure.csv",
        "pictures/distribution/one_change.svg",
        "pictures/breakdown/ex_channels.svg",
    ],
)
def test_what_is_not_released_cannot_be_reached_by_its_address(hoa: FlaskClient, address: str):
    answer = hoa.get(f"{HERE}/{address}")
    assert answer.status_code == 404
    assert PLANTED not in answer.text


def _table(page: str) -> str:
    return page.split("<table>")[1].split("</table>", maxsplit=1)[0]
