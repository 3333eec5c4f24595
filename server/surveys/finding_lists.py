"""How commands read a survey and tell what is wrong with it: every finding at once, each with its place."""

from collections.abc import Callable, Iterable

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.survey import Survey
from schemas.words import LANGUAGES, Message, say, sentence, spoken, translate, translate_place
from server.commands.command_line import at_work, settings_in_force
from server.commands.translation import as_item, languages_asked, translated
from server.database import session
from server.surveys.drafts import Drafts
from server.surveys.publishing import find_survey
from server.surveys.sources import NoSuchSurvey, Source, find_source

MOST_SHOWN = 200


def read_source(source: str) -> Survey:
    """Return the survey that a command was given; tells what is wrong with it and ends the command where it is none."""
    try:
        found = look_up(source)
    except SurveyInvalid as invalid:
        tell(invalid.findings)
        raise NoSuchSurvey(
            say(
                "{source} is not a survey yet: mend the errors above ({count}).",
                source=source,
                count=len(invalid.findings),
            )
        ) from None
    tell(found.remarks)
    return found.survey


def look_up(source: str) -> Source:
    """Return the survey, with the remarks of its reading; raises SurveyInvalid with every finding."""
    return find_source(source, Drafts(settings_in_force().home), published_version)


def published_version(name: str, version: int) -> Survey:
    """Return what was published here under this name and number."""
    with at_work():
        return find_survey(session(), name, version)


def tell(findings: Iterable[Finding], echo: Callable[[str], None] | None = None) -> None:
    """Print findings for people, on standard error unless `echo` is given: in one language, or each in both."""
    print_line = echo or (lambda line: click.echo(line, err=True))
    found = list(findings)
    for finding in found[:MOST_SHOWN]:
        print_line(as_item(_line(finding)))
    if len(found) > MOST_SHOWN:
        print_line(translated("… and {count} more.", count=len(found) - MOST_SHOWN))


def _line(finding: Finding) -> Message:
    where = placed(finding.place) if finding.place else sentence("the file")
    facts = {"where": where, "message": sentence(finding.message), "code": finding.code}
    return say("{severity}: {where}: {message} ({code})", severity=sentence(finding.severity), **facts)


def placed(place: str) -> Message:
    """A finding's place, to be a part of a sentence."""
    return spoken({language: translate_place(place, language) for language in LANGUAGES})


def row_of(finding: Finding) -> dict[str, str]:
    """Give a finding as a program reads it: its place is always in English, its message in Vietnamese where only that was asked for."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "place": finding.place,
        "message": translate(finding.message, languages_asked()[-1]),
    }
