"""The address of the console's style sheet, which changes with what is in it, so that browsers may keep it."""

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for

STYLE = Path(__file__).parents[1] / "static" / "console.css"


def style_address() -> str:
    """Return the style sheet's address."""
    return url_for("static", filename=STYLE.name, v=_mark(STYLE.stat().st_mtime_ns))


@cache
def _mark(_changed: int) -> str:
    return hashlib.sha256(STYLE.read_bytes()).hexdigest()[:12]
