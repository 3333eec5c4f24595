"""The built page is served from its folder: hashed files forever, the rest asked for each time, nothing else at all."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.server_app import close, make_app


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "icons").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Lắng Nghe</title>", encoding="utf-8")
    (folder / "assets" / "index-abc123.js").write_text("console.log(1);" * 200)
    (folder / "sw.js").write_text("// service worker")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "icons" / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def page(tmp_path: Path, built: Path, database_url: str) -> Iterator[FlaskClient]:
    app = make_app(tmp_path / "home", database_url, page_folder=built)
    yield app.test_client()
    close(app)


def test_hashed_files_are_kept_forever(page: FlaskClient) -> None:
    answer = page.get("/assets/index-abc123.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/", "/sw.js", "/manifest.webmanifest", "/icons/icon.svg"])
def test_the_rest_is_asked_for_each_time(page: FlaskClient, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    again = page.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_files_are_sent_packed_to_whoever_takes_that(page: FlaskClient) -> None:
    plain = page.get("/assets/index-abc123.js")
    packed = page.get("/assets/index-abc123.js", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 5
    assert packed.headers["ETag"] != plain.headers["ETag"]
    refused = page.get("/assets/index-abc123.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_what_the_build_has_packed_better_is_preferred(page: FlaskClient, built: Path) -> None:
    (built / "assets" / "index-abc123.js.br").write_bytes(b"as brotli")
    for path, coding in (("/assets/index-abc123.js", "br"), ("/sw.js", "gzip")):
        answer = page.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
        assert answer.headers["Content-Encoding"] == coding
        assert answer.mimetype == "text/javascript"
    assert page.get("/assets/index-abc123.js", headers={"Accept-Encoding": "gzip, br"}).data == b"as brotli"


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/%00",
        "/.built-from",
        "/assets/",
    ],
)
def test_nothing_but_the_page_can_be_reached(page: FlaskClient, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_page_that_was_never_built_is_said_so_plainly(tmp_path: Path, database_url: str) -> None:
    app = make_app(tmp_path / "home", database_url, page_folder=tmp_path)
    answer = app.test_client().get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text
    close(app)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/%23/l/CGHKMNPQTV2345789", "/#/l/CGHKMNPQTV2345789"),
        ("/l/CGHKMNPQTV2345789.?fbclid=x", "/#/l/CGHKMNPQTV2345789."),
        ("/%20", "/"),
    ],
)
def test_a_link_that_was_changed_on_its_way_leads_to_the_page(page: FlaskClient, path: str, place: str) -> None:
    answer = page.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
    assert answer.headers["Cache-Control"] == "no-store"
