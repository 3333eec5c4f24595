"""The built page comes with the types and ages that let it work offline, and nothing beside it can be fetched."""

import pytest

from client import page as served


@pytest.fixture
def built(tmp_path, monkeypatch):
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Lắng Nghe</title>", "utf-8")
    (folder / "sw.js").write_text("self.x = 1")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "main-abc123.js").write_text("export {}")
    (folder / "assets" / "secret.py").write_text("no type of a page")
    (tmp_path / "outside.txt").write_text("outside")
    monkeypatch.setattr(served, "built_page", lambda: folder)
    return folder


@pytest.mark.parametrize(
    ("path", "content_type", "age"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/assets/main-abc123.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
    ],
)
def test_each_file_has_its_type_and_age(collector, built, path, content_type, age):
    answer = collector.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == age


def test_a_link_that_lost_its_sign_on_the_way_leads_to_the_page(collector, built):
    answer = collector.get("/%23/l/ABCDEFGHJKMNPQ?fbclid=x")
    assert (answer.status_code, answer.headers["Location"]) == (302, "../../#/l/ABCDEFGHJKMNPQ")
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_did_not_change_is_not_sent_again(collector, built):
    first = collector.get("/sw.js")
    assert collector.get("/sw.js", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/assets/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%5coutside.txt",
        "/assets/secret.py",
        "/assets",
        "/C:/x.txt",
    ],
)
def test_nothing_outside_the_page_can_be_fetched(collector, built, path):
    answer = collector.get(path)
    assert answer.status_code == 404
    assert b"outside" not in answer.data


def test_a_page_that_is_not_built_is_said_plainly(collector, tmp_path, monkeypatch):
    monkeypatch.setattr(served, "built_page", lambda: tmp_path / "nowhere")
    answer = collector.get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text


def test_a_browser_gets_the_smallest_form_that_it_takes(collector, built):
    (built / "index.html.br").write_bytes(b"as brotli")
    (built / "index.html.gz").write_bytes(b"as gzip")
    wanted = {
        "gzip, deflate, br": ("br", b"as brotli"),
        "gzip, deflate": ("gzip", b"as gzip"),
        "br;q=0, gzip": ("gzip", b"as gzip"),
    }
    for takes, (coding, body) in wanted.items():
        answer = collector.get("/", headers={"Accept-Encoding": takes})
        assert (answer.headers["Content-Encoding"], answer.data) == (coding, body)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    plain = collector.get("/")
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert plain.data.startswith(b"<!doctype html>")
