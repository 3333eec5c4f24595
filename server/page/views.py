"""The page itself, its assets, and whether this server is alive and able to store."""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from server.page.built import page_folder
from server.page.readiness import what_is_wrong
from server.services import services
from server.texts import error_words

blueprint = Blueprint("page", __name__, template_folder="templates")

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
SHRINKS = {"text/html", "text/javascript", "text/css", "application/json", "application/manifest+json", "image/svg+xml"}


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Serve the page that workers and staff see."""
    if not (_folder() / "index.html").is_file():
        return render_template("problem.html", **error_words("page.missing", 503)), 503
    return _file("index.html", ALWAYS_ASK)


@blueprint.get("/assets/<path:name>")
def asset(name: str) -> ResponseReturnValue:
    """Serve a file whose name changes with what is in it."""
    return _file(f"assets/{name}", FOREVER)


@blueprint.get("/<name>")
def beside_index(name: str) -> ResponseReturnValue:
    """Serve what lies beside the page: its service worker, manifest and icons."""
    return _file(name, ALWAYS_ASK)


@blueprint.get("/icons/<name>")
def icon(name: str) -> ResponseReturnValue:
    """Serve an icon."""
    return _file(f"icons/{name}", ALWAYS_ASK)


@blueprint.get("/static/plain.css")
def plain_style() -> ResponseReturnValue:
    """Serve the look of plain pages."""
    return send_from_directory(Path(__file__).parent / "static", "plain.css", max_age=3600)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that this process is alive."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether envelopes can be stored: database writable, disk above its floor."""
    wrong = what_is_wrong(services())
    return ({"status": "ready"}, 200) if wrong is None else ({"status": "not ready", "code": wrong.code}, wrong.status)


def _folder() -> Path:
    return page_folder(services().settings)


def _file(name: str, caching: str) -> Response:
    response = send_from_directory(_folder(), name, conditional=True)
    response.headers["Cache-Control"] = caching
    if response.status_code == 200 and response.mimetype in SHRINKS:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings.quality("gzip") > 0:
            _shrink(response, _folder() / name)
    return response


def _shrink(response: Response, path: Path) -> None:
    """Send the file packed; the packed twin is another representation, so its tag differs."""
    response.direct_passthrough = False
    tag, _ = response.get_etag()
    response.set_data(_packed(path, path.stat().st_mtime_ns))
    response.headers["Content-Encoding"] = "gzip"
    if tag:
        response.set_etag(f"{tag}-gzip")


@lru_cache(maxsize=64)
def _packed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
