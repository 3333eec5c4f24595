"""The audit log in the console: searched, sorted, paged, downloaded, and whether its chain holds."""

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from server.audit.actions import Action
from server.audit.log import record
from server.audit.tables import AuditEntry
from server.database import transaction

AUDIT = "/console/manage/audit"


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A server whose log has two entries of accounts, and 120 more."""
    with app.app_context(), transaction() as writing:
        for number in range(120):
            record(writing, Action.CAMPAIGN_OPENED, f"đợt-{number}", reason="=1+1" if number == 7 else None)
    return app


def rows_of(page: str) -> list[str]:
    return [part.split("</th>")[0] for part in page.split('<th scope="row">')[1:]]


def test_the_newest_changes_stand_first_and_the_rest_on_further_pages(filled: Flask, lan: FlaskClient) -> None:
    first = rows_of(lan.get(AUDIT).text)
    assert first == [str(number) for number in range(122, 72, -1)]
    assert rows_of(lan.get(AUDIT + "?page=3").text) == [str(number) for number in range(22, 0, -1)]


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 400])
def test_a_page_that_there_is_not_is_the_nearest_that_there_is(filled: Flask, lan: FlaskClient, page: str) -> None:
    assert len(rows_of(lan.get(f"{AUDIT}?page={page}").text)) in (22, 50)


@pytest.mark.parametrize("asked", ["đợt-11", "DOT-11", "dot-11"])
def test_what_is_searched_for_is_found_without_accents_too(filled: Flask, lan: FlaskClient, asked: str) -> None:
    assert len(rows_of(lan.get(AUDIT, query_string={"q": asked}).text)) == 11


def test_a_search_without_a_result_says_so_and_leads_back(filled: Flask, lan: FlaskClient) -> None:
    page = lan.get(AUDIT, query_string={"q": "<script>"}).text
    assert "Không tìm thấy gì với “&lt;script&gt;”." in page
    assert f'href="{AUDIT}"' in page


def test_it_is_sorted_by_any_column_both_ways(filled: Flask, lan: FlaskClient) -> None:
    assert rows_of(lan.get(AUDIT + "?sort=number").text)[:2] == ["1", "2"]
    assert rows_of(lan.get(AUDIT + "?sort=-number").text)[:2] == ["122", "121"]


def test_the_file_holds_what_is_searched_for_and_no_formula(filled: Flask, lan: FlaskClient) -> None:
    answer = lan.get(AUDIT, query_string={"q": "=1+1", "as": "csv"})
    assert answer.content_type == "text/csv; charset=utf-8"
    [_, row] = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert row[0] == "10"
    assert row[-1] == "lý do: =1+1"


def test_everything_is_exported_with_its_seals(filled: Flask, lan: FlaskClient) -> None:
    entries = [json.loads(line) for line in lan.get(AUDIT + "/export").text.splitlines()]
    assert [entry["number"] for entry in entries] == list(range(1, 123))
    assert len({entry["seal"] for entry in entries}) == 122


def test_a_broken_chain_is_said_on_the_page(filled: Flask, lan: FlaskClient) -> None:
    assert "còn nguyên vẹn" in lan.get(AUDIT).text
    with filled.app_context(), transaction() as writing:
        writing.execute(update(AuditEntry).where(AuditEntry.number == 40).values(actor="somebody else"))
    assert "bị đứt ở mục 40" in lan.get(AUDIT).text


def test_whoever_may_not_read_it_does_not(hoa: FlaskClient) -> None:
    assert [hoa.get(address).status_code for address in (AUDIT, AUDIT + "/export", "/console/manage")] == [403] * 3
    assert "/console/manage" not in hoa.get("/console/").text
