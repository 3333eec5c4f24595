"""`survey`: what is published."""

from collections.abc import Iterable
from pathlib import Path

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.linting import lint as find_faults
from schemas.pack_reader import pack_names, read_pack
from schemas.survey import Survey, read_survey
from server.command_line import as_json, at_work, print_json, print_list
from server.database import session, transaction
from server.failures import Failure
from server.surveys import publishing


class NoSuchSurvey(Failure):
    """Neither a pack of that name nor a file at that path."""


@click.group()
def survey() -> None:
    """Surveys: what can be asked.

    \b
    Example:
      langnghe-server survey publish ge_awareness
    """  # noqa: D301


@survey.command("list")
@as_json
def list_surveys(as_json: bool) -> None:
    """List every published version, and the packs that come with this version of Lắng Nghe.

    \b
    Example:
      langnghe-server survey list
    """  # noqa: D301
    with at_work():
        rows = [
            {
                "survey": row.id,
                "version": row.version,
                "title": next(iter(row.title.values()), ""),
                "published": str(row.published_on),
                "fingerprint": row.fingerprint[:16],
            }
            for row in publishing.versions(session())
        ]
    nothing = "Nothing is published yet."
    print_list(("survey", "version", "title", "published", "fingerprint"), rows, as_json=as_json, nothing=nothing)
    if not as_json:
        click.echo(f"Packs to publish from: {', '.join(pack_names())}")


@survey.command()
@click.argument("source", metavar="FILE|PACK")
@as_json
def lint(source: str, as_json: bool) -> None:
    """Say what is wrong with a survey, all at once, with the place of each fault.

    \b
    Example:
      langnghe-server survey lint my-survey.yaml
    """  # noqa: D301
    found = _faults(source)
    if as_json:
        print_json([_row(finding) for finding in found])
    else:
        _print(found)
        click.echo(f"{_count(found, 'error')} errors, {_count(found, 'warning')} warnings.")
    if _count(found, "error"):
        click.get_current_context().exit(1)


@survey.command()
@click.argument("source", metavar="FILE|PACK")
@as_json
def publish(source: str, as_json: bool) -> None:
    """Publish a version of a survey, for ever as it is.

    \b
    Example:
      langnghe-server survey publish ge_awareness
    """  # noqa: D301
    asked = _read(source)
    with at_work() as at_hand:
        try:
            with transaction() as writing:
                row = publishing.publish_survey(writing, asked, at_hand.today())
        except publishing.CannotPublish as refused:
            _print(refused.findings)
            raise
    if as_json:
        print_json({"survey": row.id, "version": row.version, "fingerprint": row.fingerprint})
    else:
        click.echo(f"Published {row.id} version {row.version}, fingerprint {row.fingerprint[:16]}.")


def _faults(source: str) -> list[Finding]:
    try:
        return find_faults(_source(source))
    except SurveyInvalid as invalid:
        return list(invalid.findings)


def _read(source: str) -> Survey:
    try:
        return _source(source)
    except SurveyInvalid as invalid:
        _print(invalid.findings)
        raise NoSuchSurvey(f"{source} is not a survey yet: mend the {len(invalid.findings)} errors above.") from None


def _source(source: str) -> Survey:
    if source in pack_names():
        return read_pack(source)
    path = Path(source)
    if not path.is_file():
        raise NoSuchSurvey(f"There is no file {source}, and no such pack. Packs are: {', '.join(pack_names())}.")
    return read_survey(path)


def _print(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(f"{finding.severity}: {finding.place}: {finding.message} ({finding.code})", err=True)


def _row(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity,
        "code": finding.code,
        "place": finding.place,
        "message": finding.message,
    }


def _count(findings: Iterable[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)
