"""How commands read a survey and tell what is wrong with it: every finding at once, each with its place."""

from collections.abc import Callable, Iterable

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.survey import Survey
from server.command_line import at_work, settings_in_force
from server.database import session
from server.surveys.publishing import find_survey
from server.surveys.shelf import Shelf
from server.surveys.sources import NoSuchSurvey, find_source

MOST_TOLD = 200


def read_source(source: str) -> Survey:
    """Return the survey that a command was given; tells what is wrong with it and ends the command where it is none."""
    try:
        found, remarks = look_up(source)
    except SurveyInvalid as invalid:
        tell(invalid.findings)
        count = len(invalid.findings)
        raise NoSuchSurvey(f"{source} is not a survey yet: mend the {count} error{'s' * (count != 1)} above.") from None
    tell(remarks)
    return found


def look_up(source: str) -> tuple[Survey, Iterable[Finding]]:
    """Return the survey and the remarks of its reading; raises SurveyInvalid with every finding."""
    return find_source(source, Shelf(settings_in_force().home), published_version)


def published_version(name: str, version: int) -> Survey:
    """Return what was published here under this name and number."""
    with at_work():
        return find_survey(session(), name, version)


def tell(findings: Iterable[Finding], echo: Callable[[str], None] | None = None) -> None:
    """Print findings for people, on standard error unless `echo` is given."""
    told = echo or (lambda line: click.echo(line, err=True))
    found = list(findings)
    for finding in found[:MOST_TOLD]:
        told(f"{finding.severity}: {finding.place or 'the file'}: {finding.message} ({finding.code})")
    if len(found) > MOST_TOLD:
        told(f"… and {len(found) - MOST_TOLD:,} more.")


def row_of(finding: Finding) -> dict[str, str]:
    """Give a finding as a program reads it."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "place": finding.place,
        "message": finding.message,
    }
