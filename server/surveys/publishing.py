"""Publishing: a survey becomes a version that never changes, known by the fingerprint of its words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schemas.findings import Finding
from schemas.linting import lint
from schemas.publishing import fingerprint, published
from schemas.survey import Survey, load_survey
from schemas.words import say
from server.audit.actions import Action
from server.audit.log import record
from server.bounded_cache import BoundedCache
from server.failures import Failure
from server.surveys.tables import SurveyVersion

LAST_VERSION = 1_000_000  # what a survey's document may say
_READ: BoundedCache[str, Survey] = BoundedCache(64)
"""Surveys that were read and found unaltered, by their fingerprints."""


class CannotPublish(Failure, ValueError):
    """A survey that may not be published as it is, with what lint found."""

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


class UnknownSurvey(Failure, LookupError):
    """No such survey, or no such version of it, was ever published here."""


def publish_survey(session: Session, survey: Survey, today: date) -> SurveyVersion:
    """Publish a version; publishing the very same again changes nothing, another text under its number is refused."""
    errors = tuple(finding for finding in lint(survey) if finding.severity == "error")
    if errors:
        message = say(
            "{survey} cannot be published: mend the errors above ({count}).", survey=survey.id, count=len(errors)
        )
        raise CannotPublish(message, errors)
    document = published(survey)
    mark = fingerprint(document)
    there = session.get(SurveyVersion, (survey.id, survey.version))
    if there is not None and there.fingerprint != mark:
        facts = {"survey": survey.id, "version": survey.version, "next": _following(session, survey.id)}
        raise CannotPublish(
            say(
                "Survey {survey} version {version} is published with other words, and a published version never changes. "
                "Give this one the number {next}.",
                **facts,
            )
        )
    return there or _add(session, survey, document, mark, today)


def _add(session: Session, survey: Survey, document: dict[str, Any], mark: str, today: date) -> SurveyVersion:
    row = SurveyVersion(
        id=survey.id,
        version=survey.version,
        fingerprint=mark,
        kind=survey.kind,
        title=dict(survey.title),
        document=document,
        published_on=today,
    )
    session.add(row)
    session.flush()
    record(session, Action.SURVEY_PUBLISHED, survey.id, version=survey.version, fingerprint=mark[:12])
    return row


def _highest(session: Session, survey_id: str) -> int:
    return session.scalar(select(func.max(SurveyVersion.version)).where(SurveyVersion.id == survey_id)) or 0


def next_version(session: Session, survey: Survey) -> int:
    """Say which number this survey has to have: its own, unless other words are published under it.

    Raises CannotPublish after the last number there is.
    """
    there = session.get(SurveyVersion, (survey.id, survey.version))
    is_free = there is None or there.fingerprint == fingerprint(published(survey))
    return survey.version if is_free else _following(session, survey.id)


def _following(session: Session, survey_id: str) -> int:
    number = _highest(session, survey_id) + 1
    if number > LAST_VERSION:
        raise CannotPublish(
            say(
                "Survey {survey} has used up its numbers, {last:,} is the last: give it another id.",
                survey=survey_id,
                last=LAST_VERSION,
            )
        )
    return number


def find_version(session: Session, survey_id: str, version: int | None = None) -> SurveyVersion:
    """Return a published version, the newest where none is named."""
    number = _highest(session, survey_id) if version is None else version
    row = session.get(SurveyVersion, (survey_id, number))
    if row is None:
        if version is None:
            raise UnknownSurvey(
                say(
                    "There is no published survey {survey}. `langnghe-server survey list` shows them.", survey=survey_id
                )
            )
        raise UnknownSurvey(
            say(
                "There is no published survey {survey} version {version}. `langnghe-server survey list` shows them.",
                survey=survey_id,
                version=version,
            )
        )
    return row


def newest(session: Session, survey_id: str) -> Survey | None:
    """Return the newest published version of a survey; None where there is none."""
    number = _highest(session, survey_id)
    return find_survey(session, survey_id, number) if number else None


def find_survey(session: Session, survey_id: str, version: int) -> Survey:
    """Return a published version ready to be asked; read once and then kept by its fingerprint."""
    row = find_version(session, survey_id, version)
    read = _READ.find(row.fingerprint)
    return read if read is not None else _READ.keep(row.fingerprint, _survey(row.fingerprint, row.document))


def versions(session: Session) -> list[SurveyVersion]:
    """List everything ever published, by name and number."""
    return list(session.scalars(select(SurveyVersion).order_by(SurveyVersion.id, SurveyVersion.version)))


def _survey(mark: str, document: Mapping[str, Any]) -> Survey:
    survey = load_survey(document)
    if fingerprint(document) != mark:
        raise UnknownSurvey(
            say(
                "Survey {survey} version {version} was altered in the database: restore a backup.",
                survey=survey.id,
                version=survey.version,
            )
        )
    return survey
