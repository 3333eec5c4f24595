"""How long an analyst waits for a page of results, through the whole console: the page, its picture, a breakdown.

The page is a section's with the SVG pictures on it, at 100,000 responses, through Flask's test client.
"""

import re
import tempfile
import time
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from schemas.pack_reader import read_pack
from tests.support import console_world, server_app
from tests.support.databases import make_tables
from tests.support.lake import drawn, pour

RESPONSES = 100_000
PACK = "ge_awareness"
SECTION = "attitude_work"
BROKEN_DOWN = "breakdown?question=at_wl_lead&by=gender"


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; the first argument may be the number of responses."""
    people = int(argv[0]) if argv else RESPONSES
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'langnghe.db'}"
        make_tables(url)
        app = server_app.make_app(home, url)
        console_world.people(app)
        console_world.planned(app, PACK)
        survey = read_pack(PACK)
        lake = server_app.make_settings(home, url).lake
        pour(lake, console_world.CAMPAIGN, survey, drawn(survey, people, list(console_world.SITES)))
        hoa = console_world.signed_in(app)
        here = f"/console/campaigns/{console_world.CAMPAIGN}"
        first, page = _get(hoa, f"{here}/sections/{SECTION}")
        later, _ = _get(hoa, f"{here}/sections/{SECTION}")
        pictures = re.findall(r'<img src="(/console/campaigns[^"]+)"', page)
        picture, _ = _get(hoa, pictures[0].replace("&amp;", "&"))
        breakdown, _ = _get(hoa, f"{here}/{BROKEN_DOWN}")
        server_app.close(app)
    return {
        "responses": people,
        "first_ms": first,
        "later_ms": later,
        "picture_ms": picture,
        "breakdown_ms": breakdown,
        "pictures": len(pictures),
    }


def _get(client: FlaskClient, address: str) -> tuple[float, str]:
    started = time.perf_counter()
    answer = client.get(address)
    took = round((time.perf_counter() - started) * 1000, 1)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status}.")
    return took, answer.text
