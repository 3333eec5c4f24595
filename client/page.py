"""Serves the built page, found beside the package, with the types and ages that an offline page needs."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from sync.link_addresses import place_on_page

blueprint = Blueprint("page", __name__)

NOT_BUILT = "The page is not built. In a checkout run `make page` and reload; in an installed package this is a fault of the package.\n"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
PACKED = (("br", ".br"), ("gzip", ".gz"))
"""How a file may be packed, best first, and what the build calls it then. Over a hotspot's plain http browsers take gzip at most."""
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def built_page() -> Traversable:
    """The folder of the built page; it may not be there."""
    return files("client") / "web" / "dist"


def is_built() -> bool:
    """Whether there is a page to serve."""
    return (built_page() / "index.html").is_file()


@blueprint.get("/")
def index() -> BaseResponse:
    """The page itself, the same for workers and staff."""
    if not is_built():
        return Response(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    return asset("index.html")


@blueprint.before_app_request
def lead_links() -> BaseResponse | None:
    """Lead whoever follows a link that was changed on its way to the page."""
    place = place_on_page(request.path)
    if place is None:
        return None
    root = "../" * (request.path.count("/") - 1)  # from here: a proxy may have put something before our addresses
    response = redirect(f"{root or './'}{place}")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<path:name>")
def asset(name: str) -> BaseResponse:
    """A file of the page; nothing outside its folder can be named."""
    parts = PurePosixPath(name).parts
    content_type = TYPES.get(PurePosixPath(name).suffix)
    if content_type is None or any(part in ("..", "/", ".") or "\\" in part or ":" in part for part in parts):
        raise NotFound
    folder = built_page().joinpath(*parts[:-1])
    if not (folder / parts[-1]).is_file():
        raise NotFound
    response = _smallest(folder, parts[-1], content_type)
    response.headers["Cache-Control"] = FOREVER if parts[0] == "assets" else ASK_AGAIN
    response.add_etag()
    return response.make_conditional(request)


def _smallest(folder: Traversable, name: str, content_type: str) -> Response:
    """Answer with the first form of a file that the build has made and the browser takes."""
    forms = [(coding, folder / f"{name}{ending}") for coding, ending in PACKED]
    made = [(coding, form) for coding, form in forms if form.is_file()]
    for coding, form in made:
        if request.accept_encodings.quality(coding) > 0:
            response = Response(form.read_bytes(), content_type=content_type)
            response.headers["Content-Encoding"] = coding
            break
    else:
        response = Response((folder / name).read_bytes(), content_type=content_type)
    if made:
        response.headers["Vary"] = "Accept-Encoding"
    return response
