"""How long an analyst waits for a page of results, through the whole console: every page of a campaign, a picture, a file.

The edition is of invented people in the long pack; what a page costs hangs on how many tables there are, not on how many people
stand behind them. Times are of the median of five tries in this process, through Flask's test client; milliseconds.
"""

import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from schemas.pack_reader import read_pack
from server.analysis.counting.axes import Workplace
from server.analysis.edition.store import Edition, write
from server.database import transaction
from tests.support import answered_campaign, server_app
from tests.support.console_pages import HERE
from tests.support.databases import make_tables
from tests.support.decided import decided_world

PEOPLE = 100_000
PACK = "ge_awareness"
PLACES = tuple(Workplace(f"site-{at}", f"Nơi {at}", f"unit-{at % 3}", f"Đơn vị {at % 3}", PEOPLE) for at in range(12))
TRIES = 5


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; the first argument may be the number of people."""
    people = int(argv[0]) if argv else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'langnghe.db'}"
        make_tables(url)
        app = server_app.make_app(home, url)
        answered_campaign.people(app)
        answered_campaign.planned(app, PACK)
        releases = decided_world(read_pack(PACK), people, places=PLACES).releases()
        with app.app_context(), transaction() as session:
            write(session, answered_campaign.CAMPAIGN, Edition(1, people, True, {}), (), releases)
        hoa = answered_campaign.signed_in(app)
        picture, again = _picture(hoa)
        pages = {address: _median(hoa, address) for address in _addresses(hoa)}
        server_app.close(app)
    return {
        "people": people,
        "tables": len(releases),
        "pages": len(pages),
        "slowest_ms": max(pages.values()),
        "median_ms": round(statistics.median(pages.values()), 1),
        "slowest": max(pages, key=lambda address: pages[address]),
        "picture_ms": picture,
        "picture_again_ms": again,
    }


def _addresses(hoa: FlaskClient) -> list[str]:
    """List the pages: all sections, all headings of women and men, every subject by one axis."""
    found = ["/console", HERE, f"{HERE}/indicators", f"{HERE}/breakdown"]
    for page in ("sections/", "gap"):
        side = _text(hoa, f"{HERE}/{page}").split('<nav class="side"')[1].split("</nav>")[0]
        found += [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+)"', side)]
    subjects, axes = (
        re.findall(r'<option value="([^"]+)"', part) for part in _text(hoa, f"{HERE}/breakdown").split('id="by"')
    )
    found += [f"{HERE}/breakdown?question={one}&by={axes[at % len(axes)]}" for at, one in enumerate(subjects)]
    return found


def _picture(hoa: FlaskClient) -> tuple[float, float]:
    """Draw a picture for the first time, the drawing engine being there, and ask for it again."""
    pictures = re.findall(r'<img src="(/console/campaigns[^"]+)"', _text(hoa, f"{HERE}/sections/attitude_work"))
    address = pictures[0].replace("&amp;", "&")
    _timed(hoa, f"{address}&size=slim")
    return _timed(hoa, address), _timed(hoa, address)


def _median(hoa: FlaskClient, address: str) -> float:
    return round(statistics.median(_timed(hoa, address) for _ in range(TRIES)), 1)


def _timed(hoa: FlaskClient, address: str) -> float:
    started = time.perf_counter()
    _text(hoa, address)
    return round((time.perf_counter() - started) * 1000, 1)


def _text(hoa: FlaskClient, address: str) -> str:
    answer = hoa.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status}.")
    return answer.text
