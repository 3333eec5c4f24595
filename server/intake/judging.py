"""What becomes of one envelope: its response, taken apart as it will be stored, or the reason why it is held.

Runs in the server's process for small pools and in processes of its own for large ones; those read the keys from the
keys folder themselves, so that no key crosses from one process to another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

from schemas.answers import check_answers
from schemas.messages import Envelope
from schemas.response import ResponseDocument
from schemas.survey import Survey, load_survey
from server.fieldwork.keyring import Keyring
from sync.chance import Chance
from sync.identifiers import b64url, unb64url
from sync.keys import PublicKey
from sync.sealing import SealBroken, seal, unseal

LONGEST_REASON = 200

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

    def __init__(self, rules: Rules, keyring: Keyring, chance: Chance) -> None:
        self._rules, self._chance = rules, chance
        self._private = keyring.private_key(rules.campaign, rules.key_id)
        self._public = PublicKey.load(rules.public_key)
        self._surveys = {version: load_survey(document) for version, document in rules.documents.items()}
        self._written = {version: _text_questions(survey) for version, survey in self._surveys.items()}

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
        reason = self._objection(document)
        return self._taken_apart(document) if reason is None else self._sealed_anew(document, reason)

    def _objection(self, document: ResponseDocument) -> str | None:
        """Say what is wrong with a response, by codes and names of questions, never by what was answered."""
        survey = self._surveys.get(document.version)
        if document.survey != self._rules.survey or survey is None:
            return "survey.unknown_version"
        if document.site not in self._rules.sites:
            return "site.unknown"
        if document.language not in survey.languages:
            return "language.unknown"
        found = check_answers(survey, document.answers, today=document.day)
        known = survey.by_name
        told = (f"{one.code} {one.question}" if one.question in known else one.code for one in found)
        return ", ".join(told)[:LONGEST_REASON] or None

    def _sealed_anew(self, document: ResponseDocument, reason: str) -> Held:
        envelope = seal(document, self._public, chance=self._chance)
        return Held(reason, envelope.id, envelope.key, unb64url(envelope.sealed))

    def _taken_apart(self, document: ResponseDocument) -> Opened:
        written = self._written[document.version]
        answers = {name: value for name, value in document.answers.items() if name not in written}
        remarks = tuple((name, str(document.answers[name])) for name in written if name in document.answers)
        day = period_day(document.day, self._rules)
        stored = orjson.dumps(answers)
        return Opened(document.version, document.site, day, document.language, document.mode, stored, remarks)


def period_day(day: date, rules: Rules) -> date:
    """Bring a day into the campaign's period and to the first day of its unit.

    A tablet whose clock is years off shall not mark its responses by an odd date.
    """
    inside = min(max(day, rules.opens), rules.closes)
    if rules.day_unit == "week":
        return inside - timedelta(days=inside.weekday())
    return inside.replace(day=1) if rules.day_unit == "month" else inside


def _text_questions(survey: Survey) -> frozenset[str]:
    return frozenset(question.name for question in survey.questions if question.type == "text")
