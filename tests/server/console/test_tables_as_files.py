"""A table can be taken along as a file that spreadsheets read rightly and never run."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.analysis.results import open_results
from server.console.csv_files import harmless
from server.database import session
from server.services import services
from tests.support.console_pages import HERE, PAGES
from tests.support.console_world import CAMPAIGN, PLANTED


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_every_table_on_a_page_can_be_downloaded(hoa: FlaskClient):
    found = 0
    for address in PAGES.values():
        page = hoa.get(address).text
        tables = page.count("<table>")
        links = [
            part.split('"')[0].replace("&amp;", "&")
            for part in page.split('href="')[1:]
            if ".csv" in part.split('"')[0]
        ]
        assert len(links) == tables
        for link in links:
            answer = hoa.get(link)
            assert answer.status_code == 200, link
            assert answer.content_type == "text/csv; charset=utf-8"
            assert PLANTED not in answer.text
            found += 1
    assert found > 8


def test_the_file_holds_what_the_release_holds(hoa_in_english: FlaskClient, read_app: Flask):
    answer = hoa_in_english.get(f"{HERE}/tables/distribution/ex_sessions.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert 'attachment; filename="ge-2026-distribution-ex_sessions.csv"' in answer.headers["Content-Disposition"]
    head, *rows = _rows(answer.text, ",")
    assert head == ["Row", "People (n)", "people", "%", "95% from", "95% to", "Withheld"]
    with read_app.test_request_context():
        release = open_results(session(), services().settings, CAMPAIGN).question("ex_sessions")
    assert [row[2] for row in rows] == [
        "" if row.cells[0].count is None else str(row.cells[0].count) for row in release.rows
    ]
    assert [row[6] for row in rows] == ["1" if row.cells[0].mark == "withheld" else "" for row in release.rows]


def test_in_vietnamese_it_has_semicolons_and_decimal_commas(hoa: FlaskClient):
    text = hoa.get(f"{HERE}/tables/distribution/ex_sessions.csv").text
    rows = _rows(text, ";")
    assert len({len(row) for row in rows}) == 1
    assert any("," in row[3] for row in rows[1:])
    assert not any("." in row[3] for row in rows[1:])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u00a0=cmd"])
def test_no_cell_is_taken_for_a_formula(text: str):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Nữ", "25–34", "1 lần", "Không muốn trả lời", "80%", "a=b"])
def test_other_texts_stay_as_they_are(text: str):
    assert harmless(text) == text
