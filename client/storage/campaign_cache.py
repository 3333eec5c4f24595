"""The campaigns that pages may ask, kept as the server gave them, so that a new day starts without a network.

Also remembers each campaign that the server ever gave: a response that was begun before its campaign closed is carried on.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.messages import FRAME_SIZES
from sync.calls import FetchedCampaigns
from sync.durable_files import replace_file

EMPTY = b'{"campaigns":[]}'


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """What is remembered of a campaign for good: enough to take, name and seal its responses."""

    title: Mapping[str, str]
    survey: str
    version: int
    keys: Mapping[str, str]
    sites: tuple[str, ...]
    key: str
    frame: int
    opens: str = ""
    closes: str = ""

    def day_within(self, day: str) -> str:
        """The day itself, or the nearest of the campaign's period: a clock that is years off counts people on no odd day."""
        return min(max(day, self.opens), self.closes or day)

    @classmethod
    def of(cls, campaign: Mapping[str, Any], before: "KnownCampaign | None") -> "KnownCampaign":
        """The campaign as it is now, with every key and site that it ever had."""
        key, survey = campaign["key"], campaign["survey"]
        sites = [site["id"] for site in campaign["sites"]]
        return cls(
            title=campaign["title"],
            survey=str(survey.get("id", "")),
            version=int(survey.get("version", 0)),
            keys={**(before.keys if before else {}), key["id"]: key["public"]},
            sites=tuple(dict.fromkeys([*(before.sites if before else ()), *sites])),
            key=key["id"],
            frame=int(campaign.get("frame", FRAME_SIZES[0])),
            opens=str(campaign["from"]),
            closes=str(campaign["to"]),
        )

    def document(self) -> dict[str, Any]:
        """As it lies in the file."""
        return {
            "title": dict(self.title),
            "survey": self.survey,
            "version": self.version,
            "keys": dict(self.keys),
            "sites": list(self.sites),
            "key": self.key,
            "frame": self.frame,
            "opens": self.opens,
            "closes": self.closes,
        }


@dataclass(frozen=True, slots=True)
class CachedCampaigns:
    """What the cache holds at one moment: the document for pages, its entity tags, and every campaign ever known, by its name."""

    body: bytes = EMPTY
    etag: str = ""
    upstream_etag: str | None = None
    unreadable: int = 0
    known: Mapping[str, KnownCampaign] = field(default_factory=dict)


class CampaignCache:
    """The campaigns that pages may ask, in one file that is replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._current = CachedCampaigns(etag=_etag(EMPTY))
        self._stamp: tuple[int, int] | None = None

    @property
    def current(self) -> CachedCampaigns:
        """What it holds now; read anew if another process (a `sync` by hand) changed the file."""
        with self._lock:
            try:
                facts = self._path.stat()
                stamp = (facts.st_mtime_ns, facts.st_ino)
                if stamp != self._stamp:
                    self._current, self._stamp = _read(self._path), stamp
            except (OSError, ValueError, KeyError, TypeError):
                self._stamp = None
            return self._current

    def replace_all(self, fetched: FetchedCampaigns) -> None:
        """Keep what the server sent, as it sent it, and the keys and sites of every campaign before."""
        campaigns: list[dict[str, Any]] = fetched.document["campaigns"]
        known = dict(self.current.known)
        for campaign in campaigns:
            known[campaign["id"]] = KnownCampaign.of(campaign, known.get(campaign["id"]))
        content = {
            "upstream_etag": fetched.etag,
            "unreadable": fetched.unreadable,
            "campaigns": campaigns,
            "known": {name: each.document() for name, each in known.items()},
        }
        with self._lock:
            replace_file(self._path, json.dumps(content, ensure_ascii=False).encode())


def _read(path: Path) -> CachedCampaigns:
    content = json.loads(path.read_bytes())
    body = json.dumps({"campaigns": content["campaigns"]}, ensure_ascii=False, separators=(",", ":")).encode()
    known = {name: KnownCampaign(**{**each, "sites": tuple(each["sites"])}) for name, each in content["known"].items()}
    return CachedCampaigns(body, _etag(body), content["upstream_etag"], content.get("unreadable", 0), known)


def _etag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
