"""Takes over what can still be read from a damaged database, from both ends and around each damaged place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

TABLES = {
    "envelope": ("id", "campaign", "key", "sealed", "held", "reason"),
    "sent_envelope": ("digest", "content"),
    "campaign_count": ("campaign", "collected", "sent", "conflicts"),
    "page_tally": ("page", "campaign", "site", "day", "collected", "refused"),
    "forwarded_tally": ("campaign", "site", "day", "collected", "refused"),
}

EVERYTHING = "1"
# Ids are random, so short stretches of them lead around each damaged page, however many there are.
_LETTERS = sorted("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_STARTS = [first + second for first in _LETTERS for second in _LETTERS]
STRETCHES = [f"id >= '{start}' AND id < '{end}'" for start, end in zip(_STARTS, [*_STARTS[1:], "~"], strict=True)]

# What cannot be read is no longer counted as collected, so that the sums add up over what is here.
COUNT_AGAIN = """
    INSERT INTO campaign_count (campaign, collected, sent, conflicts)
    SELECT campaign, count(*), 0, 0 FROM envelope GROUP BY campaign
    ON CONFLICT (campaign) DO NOTHING;
    UPDATE campaign_count SET collected = sent
        + (SELECT count(*) FROM envelope WHERE envelope.campaign = campaign_count.campaign);
"""


def salvage(damaged: Path, sound: Path) -> int:
    """Take over every readable row in one transaction; how many envelopes that saved."""
    with (
        closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(sound, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = FULL")
        target.execute("BEGIN IMMEDIATE")
        for table, columns in TABLES.items():
            _take_over(source, target, table, columns)
        for statement in COUNT_AGAIN.split(";"):
            target.execute(statement)
        target.execute("COMMIT")
        saved: int = target.execute("SELECT count(*) FROM envelope").fetchone()[0]
        return saved


def _take_over(source: sqlite3.Connection, target: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    for condition in (EVERYTHING, *(STRETCHES if table == "envelope" else ())):
        for direction in ("ASC", "DESC"):
            query = f"SELECT {names} FROM {table} WHERE {condition} ORDER BY {columns[0]} {direction}"  # noqa: S608
            for row in _readable(source, query):
                target.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608


def _readable(source: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    """The rows up to the first that cannot be read."""
    try:
        yield from source.execute(query)
    except sqlite3.DatabaseError:
        return
