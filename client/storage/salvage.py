"""Takes over what can still be read from a damaged database, page by page, and says how much could not be.

An envelope proves itself by its digest, wherever it was found. What is known to have lain there and was not found is counted
as lost, so that the sums say what happened to each envelope instead of adding up over what is left.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client.storage.counting import DAMAGED
from client.storage.sql_inbox import digest_of_row
from client.storage.sqlite_pages import Pages, Value
from schemas.messages import FRAME_SIZES, ID, NAME, SEALING_OVERHEAD

DIGEST_BYTES = 16
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LENGTHS = frozenset(size + SEALING_OVERHEAD for size in FRAME_SIZES)

# How many values of which kind a row of each table has; no two are alike, so a row needs no list of tables to be known by.
# Forms with a 1 behind them are those of the first version.
_LETTERS = {str: "t", bytes: "b", int: "i", type(None): "n", float: "f"}
_SHAPES = {
    "envelope": re.compile(r"ttttb[tn][tn]\Z"),
    "envelope1": re.compile(r"tttb[tn][tn]\Z"),
    "listed": re.compile(r"[tn]ttt\Z"),
    "listed1": re.compile(r"[tn]tt\Z"),
    "sent": re.compile(r"bb\Z"),
    "count": re.compile(r"tiii(i?)\Z"),
    "page_tally": re.compile(r"ttttii\Z"),
    "forwarded_tally": re.compile(r"tttii[tn]?\Z"),
}


@dataclass(slots=True)
class FoundRows:
    """What a damaged file still tells."""

    envelopes: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)
    damaged: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)
    listed: dict[tuple[str, ...], str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    rows: dict[str, dict[tuple[Any, ...], tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many envelopes wait again, how many lie there damaged, and how many are lost, at least."""

    saved: int
    damaged: int
    lost: int


def salvage(damaged: Path, sound: Path) -> Salvaged:
    """Take over every readable row in one transaction."""
    found = _search(damaged)
    lost = _lost(found)
    with closing(sqlite3.connect(sound, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = FULL")
        target.execute("BEGIN IMMEDIATE")
        envelopes = [*found.envelopes.values(), *found.damaged.values()]
        target.executemany("INSERT OR IGNORE INTO envelope VALUES (?, ?, ?, ?, ?, ?, ?)", envelopes)
        target.executemany("INSERT OR IGNORE INTO sent_envelope VALUES (?, ?)", found.rows["sent"].values())
        target.executemany("INSERT INTO page_tally VALUES (?, ?, ?, ?, ?, ?)", found.rows["page_tally"].values())
        target.executemany(
            "INSERT INTO forwarded_tally VALUES (?, ?, ?, ?, ?, ?)", found.rows["forwarded_tally"].values()
        )
        target.executemany("INSERT INTO campaign_count VALUES (?, ?, ?, ?, ?)", _counts(found, lost))
        target.execute("COMMIT")
    return Salvaged(len(found.envelopes), len(found.damaged), sum(lost.values()))


def _search(path: Path) -> FoundRows:
    found = FoundRows()
    for row in Pages.of(path).rows():
        shape = "".join(_LETTERS[type(value)] for value in row)
        table = next((name for name, form in _SHAPES.items() if form.match(shape)), "")
        _sort_in(found, table, row)
    for place in found.envelopes:
        found.damaged.pop(place, None)
    return found


def _sort_in(found: FoundRows, table: str, row: tuple[Value, ...]) -> None:
    """Keep the row if it holds what its table may hold; a newer one replaces an older one."""
    values: Any = row
    match table:
        case "envelope" | "envelope1":
            _sort_in_envelope(found, values if table == "envelope" else _with_digest(values))
        case "listed" | "listed1" if ID.match(values[2]) and NAME.match(values[1]):
            found.listed[values[2:]] = values[1]
        case "sent" if len(values[0]) == len(values[1]) == DIGEST_BYTES:
            found.rows["sent"][values] = values
        case "count" if NAME.match(values[0]):
            found.counts[values[0]] = [
                max(pair) for pair in zip(found.counts[values[0]], (*values[1:], 0), strict=False)
            ]
        case "page_tally" if ID.match(values[0]) and _is_place(values[1:4]):
            found.rows[table][values[:4]] = values
        case "forwarded_tally" if _is_place(values[:3]):
            found.rows[table][values[:3]] = values if len(values) == 6 else (*values, None)
        case _:
            return


def _sort_in_envelope(found: FoundRows, row: tuple[Any, ...]) -> None:
    envelope_id, digest, campaign, key, sealed, *_ = row
    if digest is None or not (ID.match(envelope_id) and ID.match(digest)):
        return
    if digest_of_row(envelope_id, campaign, key, sealed) == digest:
        found.envelopes[envelope_id, digest] = row
    else:
        found.damaged[envelope_id, digest] = (*row[:5], DAMAGED, None)


def _with_digest(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row in today's form; without a digest of old, its form has to speak for it."""
    envelope_id, campaign, key, sealed, held, reason = row
    is_one = NAME.match(campaign) and len(sealed) in _LENGTHS
    return envelope_id, digest_of_row(*row[:4]) if is_one else None, campaign, key, sealed, held, reason


def _is_place(values: tuple[str, str, str]) -> bool:
    campaign, site, day = values
    return bool(NAME.match(campaign) and NAME.match(site) and _DAY.match(day))


def _lost(found: FoundRows) -> Counter[str]:
    """How many envelopes of each campaign lay there for certain and were not found."""
    here = Counter(row[2] for row in (*found.envelopes.values(), *found.damaged.values()))
    ids = {place[:1] for place in (*found.envelopes, *found.damaged)} | {*found.envelopes, *found.damaged}
    lost = Counter(campaign for place, campaign in found.listed.items() if place not in ids)
    for campaign, (collected, sent, _, before) in found.counts.items():
        lost[campaign] = max(lost[campaign], collected - sent - before - here[campaign])
    return +lost


def _counts(found: FoundRows, lost: Counter[str]) -> list[tuple[Any, ...]]:
    """The counts as they are from now on: what was collected is what lies here, was sent or is lost."""
    here = Counter(row[2] for row in (*found.envelopes.values(), *found.damaged.values()))
    counts = []
    for campaign in sorted({*here, *lost, *found.counts}):
        _, sent, conflicts, before = found.counts[campaign]
        gone = before + lost[campaign]
        counts.append((campaign, here[campaign] + sent + gone, sent, conflicts, gone))
    return counts
