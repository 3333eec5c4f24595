"""What becomes of one envelope: its response, taken apart as it will be stored, or the reason why it is held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from schemas.days import days_of, first_day
from schemas.messages import Envelope
from schemas.response import ResponseDocument
from schemas.survey import load_survey
from server.fieldwork.period import within
from server.intake.examining import Examiner, Parted
from server.intake.tables import BROKEN
from sync.chance import Chance
from sync.identifiers import b64url, unb64url
from sync.keys import PrivateKey, PublicKey
from sync.sealing import SealBroken, seal, unseal

Sealed = tuple[str, str, bytes, int]
"""An envelope as the inbox keeps it: its id, its key's id, what is sealed, and which of the contents under its id this is."""


@dataclass(frozen=True, slots=True)
class CampaignRules:
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
    variant: int = 0


class Judge:
    """Judges the envelopes of one campaign."""

    def __init__(self, rules: CampaignRules, private: PrivateKey, chance: Chance) -> None:
        self._rules, self._private, self._chance = rules, private, chance
        self._public = PublicKey.load(rules.public_key)
        self._examiners = {version: Examiner(load_survey(one)) for version, one in rules.documents.items()}

    def judge_all(self, batch: Sequence[Sealed]) -> list[Opened | Held]:
        """Judge some envelopes, in their order."""
        return [self.judge(*sealed) for sealed in batch]

    def judge(self, envelope_id: str, key_id: str, sealed: bytes, variant: int = 0) -> Opened | Held:
        """Open one envelope and see whether its response satisfies its survey."""
        try:
            document = self._unsealed(envelope_id, key_id, sealed)
        except SealBroken:
            return Held(BROKEN, envelope_id, key_id, sealed, variant)
        found = self._examined(document)
        if isinstance(found, str):
            return self._sealed_anew(document, found)
        day = first_day(within(document.day, self._rules.opens, self._rules.closes), self._rules.day_unit)
        stored = orjson.dumps(found.answers)
        return Opened(document.version, document.site, day, document.language, document.mode, stored, found.remarks)

    def set_aside(self, envelope_id: str, key_id: str, sealed: bytes, reason: str) -> Held:
        """Hold what satisfies its survey for another reason, sealed anew under another id."""
        return self._sealed_anew(self._unsealed(envelope_id, key_id, sealed), reason)

    def _unsealed(self, envelope_id: str, key_id: str, sealed: bytes) -> ResponseDocument:
        return unseal(Envelope(envelope_id, self._rules.campaign, key_id, b64url(sealed)), self._private)

    def _examined(self, document: ResponseDocument) -> str | Parted:
        """Say what is wrong with a response, by codes and names of questions, never by what was answered."""
        examiner = self._examiners.get(document.version)
        if document.survey != self._rules.survey or examiner is None:
            return "survey.unknown_version"
        if document.site not in self._rules.sites:
            return "site.unknown"
        if document.language not in examiner.languages:
            return "language.unknown"
        return examiner.examine(document, possible_days(document.day, self._rules))

    def _sealed_anew(self, document: ResponseDocument, reason: str) -> Held:
        envelope = seal(document, self._public, chance=self._chance)
        return Held(reason, envelope.id, envelope.key, unb64url(envelope.sealed))


def possible_days(day: date, rules: CampaignRules) -> Iterator[date]:
    """Give the days on which a response of this day, week or month may have been given, those of the campaign's period first.

    Told by the document's own day: a tablet whose clock is years off judged by its own clock, too.
    """
    if rules.day_unit != "day":
        yield from sorted(days_of(day, rules.day_unit), key=lambda one: not rules.opens <= one <= rules.closes)
