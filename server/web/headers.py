"""Headers that harden every answer: nothing from elsewhere, nothing framed, nothing kept that should not be."""

from flask import Flask, Response, request

from server.settings import Settings
from sync.security_headers import security_headers

# A survey carries its pictures and sounds inside itself, so that it is whole without a network: hence data: in img and media.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ALWAYS = security_headers(POLICY, "camera=(self), geolocation=(), microphone=()")
A_YEAR = 31_536_000


def harden(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer; a page may have set a stricter one of its own."""
    over_https = settings.public_url.startswith("https://")

    @app.after_request
    def _harden(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if over_https:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        if request.endpoint is None or not request.endpoint.startswith(("page.", "static")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
