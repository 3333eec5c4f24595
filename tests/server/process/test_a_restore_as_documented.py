"""Backed up and restored as OPERATING.md says: every page is there, and a database older than what was given out makes nothing new."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from server.analysis.edition.making import make_editions
from server.app import create_app
from server.process import setting_up
from server.services import services
from server.settings import Settings
from tests.support import answered_campaign, server_app
from tests.support.command import Command
from tests.support.console_pages import PAGES
from tests.support.databases import Postgres

OPERATING = (Path(__file__).parents[3] / "server" / "OPERATING.md").read_text("utf-8")


class Restorable:
    """A server with people and answers, its backups, and a way to put them back."""

    def __init__(self, home: Path, url: str, postgres: Callable[[], Postgres]) -> None:
        self.home, self.url, self._postgres = home, url, postgres
        self.app = server_app.make_app(home, url, page_folder=home)
        answered_campaign.people(self.app)
        self.token = answered_campaign.planned(self.app)

    def answer(self, *numbers: int) -> None:
        """Let so many people of each site answer, and make the results."""
        self.collect(*numbers)
        with self.app.app_context():
            assert make_editions(services()).made

    def collect(self, *numbers: int) -> None:
        """Let so many people of each site answer."""
        answered_campaign.answered(self.app, self.token, numbers)

    def back_up(self, to: Path) -> str:
        """Copy the database and the keys; returns the copy's address."""
        server_app.close(self.app)
        shutil.copytree(self.home / "keys", to / "keys", copy_function=shutil.copy2)
        if self.url.startswith("sqlite"):
            with sqlite3.connect(make_url(self.url).database or "") as old, sqlite3.connect(to / "copy.db") as new:
                old.backup(new)
            return f"sqlite:///{to / 'copy.db'}"
        copy = f"copy_{make_url(self.url).database}"
        self._postgres().run(f"CREATE DATABASE {copy} TEMPLATE {make_url(self.url).database}")
        return self._postgres().url(copy)

    def restore(self, copy: str, folder: Path, home: Path) -> Flask:
        """Put the copies in their places, with the documented commands after it."""
        server_app.close(self.app)
        if copy.startswith("sqlite"):
            url = f"sqlite:///{home / 'langnghe.db'}"
            home.mkdir(exist_ok=True)
            for beside in ("-wal", "-shm"):
                (home / f"langnghe.db{beside}").unlink(missing_ok=True)
            shutil.copyfile(make_url(copy).database or "", home / "langnghe.db")
            (home / "langnghe.db").chmod(0o600)
        else:
            url = copy
        if not (home / "keys").exists():
            shutil.copytree(folder / "keys", home / "keys")
        self.command = Command(home, url)
        section = OPERATING[OPERATING.index("## Restore") :].split("\n## ")[0]
        commands = re.findall(r"^    langnghe-server (.+)$", section, re.MULTILINE)
        assert commands == ["init", "lake rebuild", "doctor"]
        for command in commands[:2]:
            self.command.works(*command.split())
        self.app = create_app(server_app.make_settings(home, url, page_folder=home), clock=server_app.OwnClock())
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        return self.app


@pytest.fixture
def world(tmp_path: Path, database_kind: str, request: pytest.FixtureRequest) -> Iterator[Restorable]:
    """A server that was set up by `init`."""
    home = tmp_path / "home"
    url = f"sqlite:///{home / 'langnghe.db'}"
    if database_kind != "sqlite":
        url = request.getfixturevalue("postgres").empty()
    Command(home, url).works("init", "--generate", "--admin", "first")
    made = Restorable(home, url, lambda: request.getfixturevalue("postgres"))
    yield made
    server_app.close(made.app)


def pages(app: Flask) -> dict[str, tuple[int, str]]:
    """Every page of the console, what each shows in its tables, and the pictures and files that it links to."""
    lan = answered_campaign.signed_in(app, "lan")
    found = {}
    for address in PAGES.values():
        answer = lan.get(address, follow_redirects=True)
        found[address] = (answer.status_code, "".join(re.findall(r"<table.*?</table>", answer.text, re.DOTALL)))
        for linked in sorted(
            set(re.findall(r'(?:src|href|srcset)="(/console/campaigns/[^" ]+\.(?:svg|csv)[^" ]*)', answer.text))
        ):
            file = lan.get(linked.replace("&amp;", "&"))
            found[linked] = (file.status_code, file.text if ".csv" in linked else "")
    return found


def test_in_a_new_home_every_page_is_there_and_nothing_new_until_somebody_has_read_why(
    world: Restorable, tmp_path: Path
) -> None:
    world.answer(60, 50)
    before = pages(world.app)
    (tmp_path / "backup").mkdir()
    copy = world.back_up(tmp_path / "backup")
    restored = world.restore(copy, tmp_path / "backup", tmp_path / "new home")
    after = pages(restored)
    assert after == before
    assert {status for address, (status, _) in after.items() if "nowhere" not in address} == {200}
    world.app = restored
    world.collect(12, 12)
    refused = world.command.run("edition", "make")
    assert "accept-restore" in refused.output
    assert "accept-restore" in world.command.run("doctor").stdout
    assert pages(restored).keys() == before.keys()
    assert "Aborted" in world.command.run("edition", "accept-restore", typed="n\n").output
    output = world.command.works("edition", "accept-restore", "--yes", LC_ALL="vi_VN.UTF-8")
    assert "bảo đảm các kết quả đó đã được hủy" in output
    assert "destroyed" not in output
    assert world.command.tells("edition", "make")["made"] == {answered_campaign.CAMPAIGN: 2}


def test_a_database_older_than_what_was_given_out_makes_nothing_new(world: Restorable, tmp_path: Path) -> None:
    world.answer(60, 50)
    before = pages(world.app)
    (tmp_path / "backup").mkdir()
    copy = world.back_up(tmp_path / "backup")
    world.answer(20, 20)
    restored = world.restore(copy, tmp_path / "backup", world.home)
    assert pages(restored) == before
    world.app = restored
    world.collect(12, 12)
    assert "newer database" in world.command.run("doctor").stdout
    assert "newer database" in world.command.run("edition", "make").output
    world.command.works("edition", "accept-restore", "--yes")
    assert world.command.tells("edition", "make")["made"] == {answered_campaign.CAMPAIGN: 2}
    assert "newer database" not in world.command.run("doctor").stdout


def test_copies_of_responses_that_an_older_version_kept_are_removed(tmp_path: Path) -> None:
    settings: Settings = server_app.make_settings(tmp_path, "")
    (tmp_path / "released" / "c").mkdir(parents=True)
    (tmp_path / "released" / "c" / "step-1.parquet").write_bytes(b"PAR1")
    setting_up.set_up(settings, "lan", "lúa chín đồng xanh mây")
    assert not (tmp_path / "released").exists()
