"""A server whose public address has a path, such as https://cong-doan.example/langnghe: what it answers names that path.

Whether the web server in front passes the path on or takes it away makes no difference, and no header of a caller is trusted for it.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, redirect

from server.settings import Settings


def path_of(settings: Settings) -> str:
    """Return the path of the public address; empty for most."""
    return urlsplit(settings.public_url).path.rstrip("/")


def serve_below(app: Flask, settings: Settings) -> None:
    """Let addresses, redirects and cookies of this app begin with the path."""
    path, inner = path_of(settings), app.wsgi_app
    if not path:
        return

    def below(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == path:  # what the page loads is named from its own folder on
            return redirect(f"{path}/", 308, Response)(environ, start_response)
        if asked.startswith(f"{path}/"):
            environ["PATH_INFO"] = asked[len(path) :]
        environ["SCRIPT_NAME"] = path
        return inner(environ, start_response)

    app.wsgi_app = below  # type: ignore[method-assign]
