"""A table can be taken along as a file that spreadsheets read rightly and never run."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from server.analysis.edition.figures import Share
from server.console.csv_files import harmless
from tests.support.console_pages import HERE, PAGES
from tests.support.releases import Press


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
            found += 1
    assert found > 8


def test_the_file_holds_what_the_release_holds(hoa_in_english: FlaskClient, press: Press):
    answer = hoa_in_english.get(f"{HERE}/tables/question/ex_sessions.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert 'attachment; filename="ge-2026-question-ex_sessions.csv"' in answer.headers["Content-Disposition"]
    head, *rows = _rows(answer.text, ",")
    assert head[:7] == ["Row", "People (n)", "Shares", "people", "%", "95% from", "95% to"]
    release = press.question(press.survey.by_name["ex_sessions"])
    for row, line in zip(release.rows, rows, strict=True):
        figure = row.figures[0]
        assert isinstance(figure, Share)
        assert line[1:3] == ["310", "of everybody"]
        assert line[3] == f"{figure.people.low}–{figure.people.high}"
        assert [float(field) for field in line[4:7]] == pytest.approx(
            [100 * one for one in (figure.value, figure.low, figure.high)]
        )


def test_a_part_of_a_release_is_a_file_of_its_own(hoa: FlaskClient):
    answer = hoa.get(f"{HERE}/tables/gap/gap.csv?by=gender&part=exposure.points")
    assert 'filename="ge-2026-gap-gap-gender-exposure.points.csv"' in answer.headers["Content-Disposition"]
    head, *rows = _rows(answer.text, ";")
    assert head[3] == "Nữ trừ nam: giá trị"
    assert len(rows) > 5


def test_in_vietnamese_it_has_semicolons_and_decimal_commas(hoa: FlaskClient):
    text = hoa.get(f"{HERE}/tables/question/ex_sessions.csv").text
    rows = _rows(text, ";")
    assert len({len(row) for row in rows}) == 1
    assert any("," in row[4] for row in rows[1:])
    assert not any("." in row[4] for row in rows[1:])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u00a0=cmd"])
def test_no_cell_is_taken_for_a_formula(text: str):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Nữ", "25–34", "1 lần", "Không muốn trả lời", "80%", "a=b"])
def test_other_texts_stay_as_they_are(text: str):
    assert harmless(text) == text
