"""Keeps foreign pages out of the local app: only its own origin may speak to it, and what it serves runs nothing foreign.

Any website that somebody opens on this device can aim requests at 127.0.0.1. So the Host must be ours (against DNS
rebinding), and what a browser says about the origin of a request must be ours too.
"""

from flask import Flask, Request, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from schemas.problems import REQUEST_MALFORMED, Problem
from sync.security_headers import security_headers

HOST = "127.0.0.1"
OTHER_NAME = "localhost"
# A survey carries its pictures and sounds inside itself, so that it is whole without a network: hence data: in img and media.
SOURCES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = security_headers(SOURCES, "camera=(), microphone=(), geolocation=()")


def guard(app: Flask) -> None:
    """Check each request before anything else and harden each answer."""
    app.before_request(_refuse_foreign)
    app.after_request(_harden)


def _refuse_foreign() -> BaseResponse | None:
    name, _, port = request.host.partition(":")
    if name not in (HOST, OTHER_NAME) or (port or "80") != request.environ["SERVER_PORT"]:
        raise Problem(REQUEST_MALFORMED, reason="host")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise Problem(REQUEST_MALFORMED, reason="origin")
    if request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site") and not _is_visit(request):
        raise Problem(REQUEST_MALFORMED, reason="origin")
    if request.path.startswith("/api/") and request.headers.get("Sec-Fetch-Mode") == "navigate":
        raise Problem(REQUEST_MALFORMED, reason="destination")  # nobody reads a page's code off the address bar
    if name == OTHER_NAME and request.path == "/" and request.method == "GET":
        return redirect(f"http://{HOST}:{port or 80}/", 308)  # one origin, or the page would have two stores
    return None


def _is_visit(request: Request) -> bool:
    """Somebody followed a link to the page: allowed, for it tells the other site nothing."""
    is_navigation = (
        request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    return request.method == "GET" and request.path == "/" and is_navigation


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
