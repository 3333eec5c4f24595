"""The page itself, its assets, and whether this server is alive and able to store."""

import gzip
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

from server.intake.readiness import what_is_wrong_by_now
from server.services import services
from server.web.built_page import page_folder
from server.web.languages import error_words
from sync.link_addresses import place_on_page

blueprint = Blueprint("page", __name__)

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
SHRINKS = frozenset(KINDS.values()) - {"image/png", "font/woff2"}
STYLE = Path(__file__).parent / "static" / "plain.css"


@blueprint.before_app_request
def lead_links() -> ResponseReturnValue | None:
    """Lead whoever follows a link that was changed on its way to the page."""
    place = place_on_page(request.path)
    if place is None:
        return None
    response = redirect(f"{request.script_root}/{place}")
    response.headers["Cache-Control"] = "no-store"
    return response


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
    return _answer(STYLE, "max-age=3600")


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that this process is alive."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say within a few seconds whether envelopes can be stored: database writable, disk above its floor."""
    wrong = what_is_wrong_by_now(services())
    return ({"status": "ready"}, 200) if wrong is None else ({"status": "not ready", "code": wrong.code}, wrong.status)


def _folder() -> Path:
    return page_folder(services().settings)


def _file(name: str, caching: str) -> Response:
    """Serve a small file of the page from memory, packed for whoever takes that."""
    path = safe_join(str(_folder()), name)
    if path is None or not _is_there(Path(path)) or Path(path).name.startswith("."):
        abort(404)
    return _answer(Path(path), caching)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False


def _answer(path: Path, caching: str) -> Response:
    kind = KINDS.get(path.suffix, "application/octet-stream")
    coding = _coding(path) if kind in SHRINKS else ""
    body, tag = _read(path, path.stat().st_mtime_ns, coding)
    response = Response(body, mimetype=kind)
    response.set_etag(tag)
    response.headers["Cache-Control"] = caching
    if kind in SHRINKS:
        response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    response.make_conditional(request)
    return response


def _coding(path: Path) -> str:
    """Name the best packing that the caller takes: brotli where the build has made it, else gzip, else none."""
    if request.accept_encodings.quality("br") > 0 and _as_brotli(path).is_file():
        return "br"
    return "gzip" if request.accept_encodings.quality("gzip") > 0 else ""


def _as_brotli(path: Path) -> Path:
    return path.with_name(f"{path.name}.br")


@lru_cache(maxsize=192)
def _read(path: Path, _changed: int, coding: str) -> tuple[bytes, str]:
    """Read a file once for each of its forms; each has a tag of its own."""
    body = _as_brotli(path).read_bytes() if coding == "br" else path.read_bytes()
    body = gzip.compress(body, 9, mtime=0) if coding == "gzip" else body
    return body, sha256(body).hexdigest()[:32]
