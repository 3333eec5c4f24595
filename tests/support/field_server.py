"""A real `langnghe-server` as a process of its own, with a campaign that workers reach by a link, for benches and pictures.

It is administered by the real commands, run in this process: loading the server's code once is enough.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server.demo.population import GARMENT_FACTORY, MINE, SiteProfile
from server.demo.processes import Program, free_port
from server.settings import Settings
from sync.clock import SystemClock
from tests.support.command import Command

SITES: dict[str, SiteProfile] = {"may-song-xanh": GARMENT_FACTORY, "mo-khe-dong": MINE}
UNITS = {
    "may-song-xanh": ("cd-kcn-1", "Công đoàn các khu công nghiệp"),
    "mo-khe-dong": ("cd-than-1", "Công đoàn than Khe Đông"),
}


@dataclass(frozen=True)
class FieldServer:
    """A server that answers, and the person who administers it."""

    command: Command
    address: str
    password: str
    today: date

    def campaign(self, name: str, source: str | Path) -> str:
        """Publish a survey from a pack or a file and ask it at both sites from last week on."""
        survey = self.command.tells("survey", "publish", str(source))
        period = ["--from", str(self.today - timedelta(days=6)), "--to", str(self.today + timedelta(days=30))]
        self.command.works("campaign", "create", name, survey["survey"], *period, "--all-sites", "--open")
        return name

    def link(self, campaign: str, site: str = "may-song-xanh") -> str:
        """Make an address for workers' own phones; only what comes after the server's address."""
        code = self.command.tells("link", "create", campaign, site)["code"]
        return f"/#/l/{code}"

    def invitation(self) -> str:
        """Make a code that enrols one device."""
        code: str = self.command.tells("collector", "invite")["code"]
        return code


@contextmanager
def field_server(home: Path) -> Iterator[FieldServer]:
    """Start a server in an empty folder with a garment factory and a mine; nothing of it runs on afterwards."""
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    folder = home / "server"
    command = Command(folder, Settings(home=folder).database_url)
    password = command.tells("init", "--admin", "lan", "--generate")["password"]
    command.works("site", "import", str(_table_of_sites(home / "sites.csv")))
    settings = {
        "LANGNGHE_HOME": str(folder),
        "LANGNGHE_BIND": f"127.0.0.1:{port}",
        "LANGNGHE_PUBLIC_URL": address,
        "LANGNGHE_DISK_FLOOR": "0",
    }
    program = Program("langnghe-server", folder, settings)
    try:
        program.start("serve", "--without-jobs", ready=f"{address}/readyz")
        today = SystemClock().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        yield FieldServer(command, address, password, today)
    finally:
        program.stop()


def _table_of_sites(path: Path) -> Path:
    rows: list[list[Any]] = [["site", "name", "unit", "unit_name", "women", "men"]]
    rows += [[site, who.name, *UNITS[site], who.women, who.men] for site, who in SITES.items()]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
