"""Surveys in the console: ready-made ones and files of one's own, checked as a whole, looked at, published for ever."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.authoring import as_yaml
from schemas.pack_reader import pack_names, read_pack
from server.database import session
from server.services import services
from server.surveys.drafts import Drafts
from server.surveys.files import written
from server.surveys.publishing import versions
from tests.server.administration.test_workplaces_in_the_console import hidden
from tests.support.answered_campaign import signed_in, token_on
from tests.support.people import PACK, an_account, lan_publishes

SURVEYS = "/console/manage/surveys"
UPLOAD = f"{SURVEYS}/upload"
PACK_PAGE = f"{SURVEYS}/packs/{PACK}"
VERSION = read_pack(PACK).version
PUBLISHED = f"{SURVEYS}/{PACK}/{VERSION}"


def brought(client: FlaskClient, data: bytes, name: str, **facts: str):  # type: ignore[no-untyped-def]
    form = {"csrf_token": token_on(client.get(UPLOAD).text), "file": (io.BytesIO(data), name), **facts}
    return client.post(UPLOAD, data=form, content_type="multipart/form-data")


def published(client: FlaskClient, address: str, page: str | None = None):  # type: ignore[no-untyped-def]
    page = page or client.get(address).text
    return client.post(address, data={"csrf_token": token_on(page), "mark": hidden(page, "mark")})


def known(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        return [(row.id, row.version) for row in versions(session())]


def a_survey(**changes: str) -> str:
    """A pack's YAML with some words exchanged."""
    text = as_yaml(read_pack(PACK)).replace(f"id: {PACK}", "id: canteen")
    for before, after in changes.items():
        text = text.replace(before, after)
    return text


def test_every_pack_can_be_looked_at(lan: FlaskClient) -> None:
    page = lan.get(f"{SURVEYS}/packs").text
    assert all(f"{SURVEYS}/packs/{name}" in page for name in pack_names())
    assert "23 câu hỏi" in page or "22 câu hỏi" in page or "21 câu hỏi" in page


def test_a_pack_is_published_once_however_often_the_button_is_pressed(app: Flask, lan: FlaskClient) -> None:
    page = lan.get(PACK_PAGE).text
    assert published(lan, PACK_PAGE, page).location == PUBLISHED
    assert published(lan, PACK_PAGE, page).location == PUBLISHED
    assert known(app) == [(PACK, VERSION)]
    assert "Phiếu này đã được công bố, đúng từng lời." in lan.get(PACK_PAGE).text


@pytest.mark.parametrize("form", ["xlsx", "yaml", "json"])
def test_what_is_downloaded_comes_in_again(app: Flask, lan: FlaskClient, form: str) -> None:
    lan_publishes(app)
    file = lan.get(f"{PUBLISHED}/file/{form}")
    assert f'filename="{PACK}-{VERSION}.{form}"' in file.headers["Content-Disposition"]
    assert brought(lan, file.data, f"phiếu của tôi.{form}").location == f"{SURVEYS}/drafts/{PACK}"


def test_a_file_comes_in_is_looked_at_and_published(app: Flask, lan: FlaskClient) -> None:
    draft = brought(lan, a_survey().encode(), "canteen.yaml").location
    assert known(app) == []
    assert published(lan, draft).location == f"{SURVEYS}/canteen/{VERSION}"
    assert known(app) == [("canteen", VERSION)]
    with app.app_context():
        assert Drafts(services().settings.home).names() == []


def test_a_draft_that_changed_after_it_was_looked_at_is_shown_again(app: Flask, lan: FlaskClient) -> None:
    draft = brought(lan, a_survey().encode(), "canteen.yaml").location
    seen = lan.get(draft).text
    brought(lan, a_survey(**{"minutes: 5": "minutes: 6"}).encode(), "canteen.yaml")
    answer = published(lan, draft, seen)
    assert answer.status_code == 409
    assert "đã được sửa sau khi Anh/Chị xem" in answer.text
    assert known(app) == []


def test_the_next_version_says_in_words_what_changed(app: Flask, lan: FlaskClient) -> None:
    lan_publishes(app)
    draft = brought(lan, as_yaml(read_pack(PACK)).replace("minutes: 5", "minutes: 6").encode(), "x.yaml").location
    assert f"Thay đổi so với phiên bản {VERSION}" in lan.get(draft).text
    assert published(lan, draft).location == f"{SURVEYS}/{PACK}/{VERSION + 1}"
    assert f"Thay đổi so với phiên bản {VERSION}" in lan.get(f"{SURVEYS}/{PACK}/{VERSION + 1}").text


def test_every_fault_is_told_with_its_sheet_row_and_column(lan: FlaskClient, app: Flask) -> None:
    book = _spoilt(written(read_pack(PACK), "xlsx"))
    answer = brought(lan, book, "spoilt.xlsx")
    assert answer.status_code == 422
    assert "Chưa nhập gì" in answer.text
    assert "hàng 3" in answer.text or "dòng 3" in answer.text


def _spoilt(book: bytes) -> bytes:
    """A workbook whose third row has a type that does not exist."""
    from openpyxl import load_workbook

    opened = load_workbook(io.BytesIO(book))
    opened["survey"].cell(row=3, column=1).value = "select_nothing of_this_kind"
    kept = io.BytesIO()
    opened.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data"), [("x.xlsx", b"PK\x03\x04nothing"), ("x.yaml", b"- 1"), ("x.exe", b"MZ"), ("", b"")]
)
def test_what_is_no_survey_is_told_so(app: Flask, lan: FlaskClient, name: str, data: bytes) -> None:
    before = set(Path(_home(app)).iterdir())
    assert brought(lan, data, name).status_code == 422
    assert set(Path(_home(app)).iterdir()) == before, "nothing of a refused file stays on the disk"


def _home(app: Flask) -> str:
    with app.app_context():
        return str(services().settings.home)


def test_another_survey_of_the_same_id_is_asked_about(app: Flask, lan: FlaskClient) -> None:
    lan_publishes(app)
    other = as_yaml(read_pack("women_cadres")).replace("id: women_cadres\n", f"id: {PACK}\n").encode()
    asked = brought(lan, other, "care.yaml")
    assert asked.status_code == 409
    assert brought(lan, other, "care.yaml", id="my-care").location == f"{SURVEYS}/drafts/my-care"
    assert brought(lan, other, "care.yaml", as_version="1").location == f"{SURVEYS}/drafts/{PACK}"


def test_the_questionnaire_is_printed_and_may_load_nothing(app: Flask, lan: FlaskClient) -> None:
    lan_publishes(app)
    answer = lan.get(f"{PUBLISHED}/print/vi")
    assert '<html lang="vi"' in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert lan.get(f"{PUBLISHED}/print/xx").status_code == 404


def test_authors_come_in_and_nobody_else(app: Flask, hoa: FlaskClient) -> None:
    an_account(app, "minh", role="author")
    assert signed_in(app, "minh").get(SURVEYS).status_code == 200
    assert [hoa.get(one).status_code for one in (SURVEYS, UPLOAD, PACK_PAGE, PUBLISHED)] == [403] * 4
    assert hoa.post(PACK_PAGE).status_code in (400, 403)
    assert known(app) == []


def test_a_draft_is_taken_away(app: Flask, lan: FlaskClient) -> None:
    draft = brought(lan, a_survey().encode(), "canteen.yaml").location
    lan.post(f"{draft}/remove", data={"csrf_token": token_on(lan.get(draft).text)})
    assert lan.get(draft).status_code == 404
