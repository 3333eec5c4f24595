"""Bringing a survey in: kept as a draft, under the number that it has to have, unless it is another survey of the same id."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from schemas.fields import IDENTIFIER
from schemas.findings import SurveyInvalid
from schemas.survey import Survey
from schemas.version_similarity import alike, is_another_survey, questions_in
from schemas.words import say
from server.failures import Failure
from server.surveys.drafts import Drafts
from server.surveys.publishing import newest, next_version
from server.surveys.sources import NoSuchSurvey


class AnotherSurvey(Failure):
    """The file has the id of a survey that is another one."""


def called(survey: Survey, name: str) -> Survey:
    """Give a survey another id."""
    if not IDENTIFIER.match(name):
        raise NoSuchSurvey(say("«{id}» is no id: letters, digits, dots, - and _, at most 64.", id=name[:64]))
    return replace(survey, id=name)


def keep(session: Session, home: Path, read: Survey, *, as_version: bool) -> Survey:
    """Keep a survey as a draft. Raises AnotherSurvey where its id is that of another, unless `as_version` says that it follows that one."""
    drafts = Drafts(home)
    number = next_version(session, read)
    refuse_another(read, newest(session, read.id) or known_draft(drafts, read.id), number, as_version=as_version)
    return drafts.put(read, version=number)


def known_draft(drafts: Drafts, name: str) -> Survey | None:
    """Return a draft; None also where somebody spoilt its file."""
    try:
        return drafts.find(name)
    except SurveyInvalid:
        return None


def refuse_another(read: Survey, known: Survey | None, version: int, *, as_version: bool) -> None:
    """Refuse to make a version of another survey out of a form whose id was copied along, unless somebody says so."""
    if known is None or as_version or not is_another_survey(known, read):
        return
    facts = {"alike": len(alike(known, read)), "count": len(questions_in(read))}
    raise AnotherSurvey(
        say(
            "{survey} is already here, and this file is another survey: only {alike} of its {count} questions are in both. "
            "Did you copy the form and keep its form_id? Give this one an id of its own with `--id NEW-ID`, or say "
            "`--as-version` if it is meant to become version {version} of {survey}.",
            survey=read.id,
            version=version,
            **facts,
        )
    )
