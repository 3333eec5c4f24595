"""A preview hands out one survey, takes envelopes and keeps none, reads the file again at each load, and answers nobody from elsewhere."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from schemas.findings import SurveyInvalid, error
from schemas.pack_reader import pack_names, read_pack
from schemas.response import ResponseDocument
from schemas.survey import Survey, load_survey
from server.surveys.preview import create_preview
from server.surveys.sources import Source
from sync.chance import SystemChance
from sync.identifiers import new_id
from sync.keys import PublicKey
from sync.sealing import seal
from tests.support.server_app import OwnClock
from tests.support.surveys import both, document, select


def visitor(tmp_path: Path, read: Callable[[], Survey]) -> FlaskClient:
    (tmp_path / "index.html").write_text("<!doctype html>page", "utf-8")
    (tmp_path / "sw.js").write_text("//", "utf-8")
    return create_preview(lambda: Source(read()), tmp_path, OwnClock()).test_client()


def address_in(client: FlaskClient, query: str = "") -> str:
    page = client.get(f"/{query}").text
    return page.split('src="/answer#/l/')[1].split('"')[0]


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_can_be_tried_in_each_language(tmp_path: Path, name: str):
    client = visitor(tmp_path, lambda: read_pack(name))
    for language in ("vi", "en"):
        code = address_in(client, f"?language={language}&size=tablet")
        document = client.get(f"/api/v1/links/{code}").json["campaign"]
        assert document["survey"]["languages"][0] == language
        assert document["survey"]["id"] == name
        assert read_pack(name).title[language] in client.get(f"/paper/{language}").text.replace("&#34;", '"').replace(
            "&#39;", "'"
        )


def test_a_change_of_the_file_shows_at_the_next_load(tmp_path: Path):
    holder = [load_survey(document(select("q")))]
    client = visitor(tmp_path, lambda: holder[0])
    first = address_in(client)
    holder[0] = load_survey(document(select("q", label=both("Khác"))))
    assert address_in(client) != first


def test_a_file_that_became_none_is_told_with_its_faults_and_mended_without_a_restart(tmp_path: Path):
    state: list[Survey | None] = [None]

    def read() -> Survey:
        if state[0] is None:
            raise SurveyInvalid([error("name.twice", "section work / question q", "the name q stands more than once")])
        return state[0]

    client = visitor(tmp_path, read)
    page = client.get("/")
    assert page.status_code == 200
    assert "the name q stands more than once" in page.text
    assert "<iframe" not in page.text
    assert client.get("/api/v1/links/vi_0123456789ab").status_code == 404
    state[0] = load_survey(document(select("q")))
    assert "<iframe" in client.get("/").text


def test_envelopes_are_taken_and_no_one_could_open_them(tmp_path: Path):
    client = visitor(tmp_path, lambda: load_survey(document(select("q"))))
    key = client.get(f"/api/v1/links/{address_in(client)}").json["campaign"]["key"]
    answered = ResponseDocument("preview", "test", 1, "preview", date(2026, 11, 1), "link", "vi", {"q": "yes"})
    envelope = seal(answered, PublicKey.load(key["public"]), chance=SystemChance())
    batch = {"batch": new_id(SystemChance()), "envelopes": [envelope.document()]}
    answer = client.post("/api/v1/batches", data=json.dumps(batch), content_type="application/json")
    assert answer.status_code == 200
    assert [receipt["status"] for receipt in answer.json["receipts"]] == ["stored"]
    assert client.post("/api/v1/batches", data=b"{", content_type="application/json").status_code == 400


def test_no_other_address_is_answered_and_nothing_stays_in_the_browser(tmp_path: Path):
    client = visitor(tmp_path, lambda: load_survey(document(select("q"))))
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/sw.js").status_code == 404
    page = client.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "script" not in client.get("/paper/vi").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/secret", "/api/v1/links/vi", "/api/v1/links/xx_0123456789ab", "/paper/xx"]
)
def test_what_is_not_there_is_not_found(tmp_path: Path, path: str):
    assert visitor(tmp_path, lambda: load_survey(document(select("q")))).get(path).status_code == 404


def test_hostile_words_are_words(tmp_path: Path):
    nasty = "<img src=x onerror=alert(1)>"
    client = visitor(tmp_path, lambda: load_survey(document(select("q"), title=both(nasty))))
    assert "<img" not in client.get("/").text
