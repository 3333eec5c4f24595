"""A campaign of a test's own survey, from sealed envelopes to the console's pages, and a walk through all that can be looked at."""

import html
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from server.analysis.brackets.table import Table
from server.analysis.edition import store
from server.analysis.edition.making import Report, make_editions
from server.analysis.edition.release import Release, read_release
from server.database import db
from server.intake.opening import open_envelopes
from server.services import services
from sync.sealing import seal
from tests.support import answered_campaign, server_app
from tests.support.console_pages import HERE
from tests.support.running_campaign import CAMPAIGN, CHANCE, World, make_world
from tests.support.waiting import LIMIT

LINKS = re.compile(r'(?:href|src)="([^"]+)"')
LANGUAGES = ("vi", "en")
PAGES = (HERE, f"{HERE}/sections/", f"{HERE}/indicators", f"{HERE}/gap", f"{HERE}/breakdown")


@dataclass(frozen=True)
class Asked:
    """A campaign that people answer."""

    app: Flask
    world: World

    def come(self, people: Sequence[Mapping[str, Any]], **changes: Any) -> None:
        """Let people come, each with her answers and, under `@site`, her workplace; open their envelopes."""
        envelopes = []
        for number, given in enumerate(people):
            answers = dict(given)
            site = answers.pop("@site", ("may-10", "mo-than")[number % 2])
            response = self.world.document(number, site=site, answers=answers, **changes)
            envelopes.append(seal(response, self.world.key, chance=CHANCE))
        self.world.collect(self.app.test_client(), envelopes)
        with self.app.app_context():
            open_envelopes(services())

    def make(self) -> Report:
        """Make the editions that are due."""
        until = time.monotonic() + LIMIT
        with self.app.app_context():
            while (report := make_editions(services())).busy and time.monotonic() < until:
                time.sleep(0.05)
        return report

    def close(self) -> None:
        """Close the campaign."""
        self.world.close_campaign()

    def releases(self) -> list[Release]:
        """Every release that pages find."""
        with self.app.app_context(), Session(db.engine) as session:
            names = [(one.kind, one.subject, one.by) for one in store.list_releases(session, CAMPAIGN)]
            found = [store.find_release(session, CAMPAIGN, *name) for name in names]
        return [one for one in found if one is not None]

    def documents(self) -> dict[int, list[Release]]:
        """The releases of every edition as programs get them, by its number."""
        client, address = answered_campaign.signed_in(self.app), f"/console/api/v1/campaigns/{CAMPAIGN}/editions"
        numbers = [one["number"] for one in client.get(address).json["editions"]]
        document = {number: client.get(f"{address}/{number}").json["releases"] for number in numbers}
        return {number: [read_release(one) for one in releases] for number, releases in document.items()}

    def tables(self) -> list[Table]:
        """Every table of brackets that was ever stored."""
        with self.app.app_context(), Session(db.engine) as session:
            return store.tables(session, CAMPAIGN)

    def editions(self) -> list[store.Edition]:
        """Every edition."""
        with self.app.app_context(), Session(db.engine) as session:
            return store.editions(session, CAMPAIGN)

    def walk(self, language: str = "vi") -> dict[str, str]:
        """All pages and files of this campaign (its pictures aside) that an analyst can get to, by address; each answers 200."""
        client = answered_campaign.signed_in(self.app, language=language)
        found: dict[str, str] = {}
        left = [*PAGES, *self._breakdowns()]
        while left:
            address = left.pop()
            if address not in found:
                found[address] = text_at(client, address)
                links = (html.unescape(one) for one in LINKS.findall(found[address]))
                left += [one.partition("#")[0] for one in links if one.startswith(f"{HERE}/") and ".svg" not in one]
        return found

    def pages(self, language: str = "vi") -> dict[str, str]:
        """The campaign's five pages, by address; each answers 200."""
        client = answered_campaign.signed_in(self.app, language=language)
        return {address: text_at(client, address) for address in PAGES}

    def page(self, below: str, language: str = "vi") -> str:
        """What a page of this campaign says, as a reader sees it."""
        return html.unescape(text_at(answered_campaign.signed_in(self.app, language=language), f"{HERE}{below}"))

    def says(self, vietnamese: str, english: str, *, everywhere: bool = True) -> None:
        """Assert that the campaign's pages can be read in both languages and say this, all of them or the first."""
        for language, words in zip(LANGUAGES, (vietnamese, english), strict=True):
            pages = self.pages(language)
            for address in pages if everywhere else PAGES[:1]:
                assert words in html.unescape(pages[address]), (address, words)

    def _breakdowns(self) -> list[str]:
        with self.app.app_context(), Session(db.engine) as session:
            listed = [one for one in store.list_releases(session, CAMPAIGN) if one.kind == "breakdown"]
        return [f"{HERE}/breakdown?question={one.subject}&by={one.by}" for one in listed]


def text_at(client: FlaskClient, address: str) -> str:
    """What an address answers, which has to be a page, a picture or a file."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status)
    return answer.text


@contextmanager
def asked(home: Path, template: Path, document: dict[str, Any] | None = None, **settings: Any) -> Iterator[Asked]:
    """A server of its own on SQLite with one open campaign, and Hoa, who reads results."""
    shutil.copyfile(template, home / "langnghe.db")
    app = server_app.make_app(home, f"sqlite:///{home / 'langnghe.db'}", **settings)
    try:
        answered_campaign.people(app)
        yield Asked(app, make_world(app, document))
    finally:
        server_app.close(app)
