"""What becomes of one envelope: its response, taken apart as it will be stored, or the reason why it is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

from schemas.messages import Envelope
from schemas.response import ResponseDocument
from schemas.survey import load_survey
from server.intake.examining import Examiner, Parted
from sync.chance import Chance
from sync.identifiers import b64url, unb64url
from sync.keys import PrivateKey, PublicKey
from sync.sealing import SealBroken, seal, unseal

Sealed = tuple[str, str, bytes]
"""An envelope as the inbox keeps it: its id, its key's id, what is sealed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the envelopes of one campaign are judged by: every published version of its survey, its sites, its period."""

    campaign: str
    key_id: str
    public_key: str
    survey: str
    version: int
    fingerprint: str
    documents: Mapping[int, Mapping[str, Any]]
    sites: frozenset[str]
    opens: date
    closes: date
    day_unit: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A response in the shape in which it is stored; what was written in words of one's own is already apart."""

    version: int
    site: str
    day: date
    language: str
    mode: str
    answers: bytes
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An envelope for the quarantine, with the reason. What could be opened was sealed anew under another id."""

    reason: str
    envelope_id: str
    key_id: str
    sealed: bytes


class Judge:
    """Judges the envelopes of one campaign."""

    def __init__(self, rules: Rules, private: PrivateKey, chance: Chance) -> None:
        self._rules, self._private, self._chance = rules, private, chance
        self._public = PublicKey.load(rules.public_key)
        self._examiners = {version: Examiner(load_survey(one)) for version, one in rules.documents.items()}

    def judge_all(self, batch: Sequence[Sealed]) -> list[Opened | Held]:
        """Judge some envelopes, in their order."""
        return [self.judge(*sealed) for sealed in batch]

    def judge(self, envelope_id: str, key_id: str, sealed: bytes) -> Opened | Held:
        """Open one envelope and see whether its response satisfies its survey."""
        envelope = Envelope(envelope_id, self._rules.campaign, key_id, b64url(sealed))
        try:
            document = unseal(envelope, self._private)
        except SealBroken:
            return Held("envelope.broken", envelope_id, key_id, sealed)
        found = self._examined(document)
        if isinstance(found, str):
            return self._sealed_anew(document, found)
        day = period_day(document.day, self._rules)
        stored = orjson.dumps(found.answers)
        return Opened(document.version, document.site, day, document.language, document.mode, stored, found.remarks)

    def _examined(self, document: ResponseDocument) -> str | Parted:
        """Say what is wrong with a response, by codes and names of questions, never by what was answered."""
        examiner = self._examiners.get(document.version)
        if document.survey != self._rules.survey or examiner is None:
            return "survey.unknown_version"
        if document.site not in self._rules.sites:
            return "site.unknown"
        if document.language not in examiner.languages:
            return "language.unknown"
        return examiner.examine(document)

    def _sealed_anew(self, document: ResponseDocument, reason: str) -> Held:
        envelope = seal(document, self._public, chance=self._chance)
        return Held(reason, envelope.id, envelope.key, unb64url(envelope.sealed))


def period_day(day: date, rules: Rules) -> date:
    """Bring a day into the campaign's period and to the first day of its unit.

    A tablet whose clock is years off shall not mark its responses by an odd date.
    """
    inside = min(max(day, rules.opens), rules.closes)
    if rules.day_unit == "week":
        return inside - timedelta(days=inside.weekday())
    return inside.replace(day=1) if rules.day_unit == "month" else inside
