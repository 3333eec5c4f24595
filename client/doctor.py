"""Looks over a collector: what is in force, and what is wrong, each in one line."""

import importlib.util
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from email.utils import parsedate_to_datetime

from client.background.last_turn import LastTurnFile
from client.page import is_built
from client.services import Services
from client.settings import Settings
from client.status import report, warnings
from client.storage.free_space import free_mebibytes
from client.storage.opening import set_aside_files
from sync.over_http import HttpPeer
from sync.sending import TransportFailure

MOST_SECONDS_OFF = 24 * 3600


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    is_well: bool
    sentence: str


def in_force(settings: Settings) -> list[str]:
    """Each setting with its value and what it is for."""
    return [f"{each.name} = {_shown(settings, each.name)}    # {each.metadata['about']}" for each in fields(settings)]


def _shown(settings: Settings, name: str) -> object:
    """The value; of a proxy without the name and the word that open it."""
    value = getattr(settings, name)
    return f"http://{value.rpartition('@')[2]}" if name in ("https_proxy", "http_proxy") and "@" in value else value


def examine(parts: Services) -> Iterator[Finding]:
    """Everything that can be looked at without changing anything."""
    checks: tuple[Callable[[Services], Iterator[Finding]], ...] = (
        _files,
        _database,
        _counts,
        _disk,
        _page,
        _window,
        _server,
    )
    for check in checks:
        yield from check(parts)


def _files(parts: Services) -> Iterator[Finding]:
    home = parts.settings.home
    loose = [
        path.name for path in (home, parts.settings.keys, *parts.settings.keys.iterdir()) if path.stat().st_mode & 0o077
    ]
    yield Finding(not loose, f"Others can read {', '.join(loose)}." if loose else f"Only you can read {home}.")


def _database(parts: Services) -> Iterator[Finding]:
    with closing(sqlite3.connect(parts.settings.database)) as connection:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    yield Finding(
        verdict == "ok", "The database is sound." if verdict == "ok" else f"The database is damaged: {verdict}."
    )
    for path in set_aside_files(parts.settings.database):
        yield Finding(
            False, f"A damaged database was set aside as {path}: keep it and tell the people who run the server."
        )


def _counts(parts: Services) -> Iterator[Finding]:
    counts = report(parts)
    total = counts["total"]
    gone = " + damaged + lost" if total["damaged"] or total["lost"] else ""
    good = f"Collected = waiting + sent + refused{gone}."
    yield Finding(counts["adds_up"], good if counts["adds_up"] else "The counts do not add up.")
    for sentence in warnings(counts):
        yield Finding(False, sentence)


def _disk(parts: Services) -> Iterator[Finding]:
    free, floor = free_mebibytes(parts.settings), parts.settings.disk_floor
    yield Finding(free >= floor, f"{free} MiB are free; {floor} are needed.")


def _page(_: Services) -> Iterator[Finding]:
    built = is_built()
    yield Finding(built, "The page is there." if built else "The page is not built: run `make page` in the checkout.")


def _window(_: Services) -> Iterator[Finding]:
    there = importlib.util.find_spec("webview") is not None
    yield Finding(there, "A window can be asked for." if there else "No window: pip install 'langnghe[client]'.")


def _server(parts: Services) -> Iterator[Finding]:
    upstream = parts.upstream.read()
    if upstream is None:
        yield Finding(False, "Not enrolled: run `langnghe-collector enrol URL CODE`.")
        return
    try:
        with closing(HttpPeer(upstream.url, network=parts.settings.network, connect=5, whole=10)) as peer:
            answer = peer.ask("GET", "/healthz")
    except TransportFailure as failure:
        yield Finding(
            False, f"{upstream.url} does not answer ({failure.kind.value}); envelopes are kept until it does."
        )
        return
    yield Finding(answer.status == 200, f"{upstream.url} answers {answer.status}.")
    yield from _clock(parts, answer.headers.get("date"))
    last_turn = LastTurnFile(parts.settings.home / "condition.json").read()
    yield Finding(last_turn.state in ("well", "never"), last_turn.sentence)


def _clock(parts: Services, date_header: str | None) -> Iterator[Finding]:
    """Responses carry this device's calendar day, so a date that is off puts them on a wrong one."""
    if date_header is None:
        return
    off = abs((parts.clock.now() - parsedate_to_datetime(date_header)).total_seconds())
    right = off < MOST_SECONDS_OFF
    yield Finding(right, "The date of this device is right." if right else "The date of this device is wrong: set it.")
