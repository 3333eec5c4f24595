"""Addresses to return to: only ever one of this console's own, whatever a link or form says."""

from flask import request, url_for

HOME = "/console"


def own_address(wanted: str | None) -> str:
    """Return the wanted address when it is one of the console's own pages, else the first page."""
    if wanted and _is_ours(wanted):
        return wanted
    return url_for("console.campaign_list")


def _is_ours(wanted: str) -> bool:
    plain = all(" " < letter != "\\" for letter in wanted) and len(wanted) < 1000
    home = request.script_root + HOME
    return plain and (wanted == home or wanted.startswith((home + "/", home + "?")))


def here() -> str:
    """Return the address of the page at hand, to come back to."""
    query = request.query_string.decode("ascii", "ignore")
    return own_address(request.script_root + request.path + (f"?{query}" if query else ""))
