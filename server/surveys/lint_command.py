"""`survey lint`: everything that an author must mend or should think about, before a worker sees it."""

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.linting import lint as find_faults
from server.command_line import print_json
from server.surveys.finding_lists import look_up, row_of, tell


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or for a program."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def lint(source: str, form: str, as_json: bool) -> None:
    """Say what is wrong with a survey, all at once, with the place of each fault.

    \b
    Example:
      langnghe-server survey lint my-survey.xlsx
    """  # noqa: D301
    found = _faults(source)
    if as_json or form == "json":
        print_json([row_of(finding) for finding in found])
    else:
        tell(found)
        click.echo(f"{_count(found, 'error')} errors, {_count(found, 'warning')} warnings.")
    if _count(found, "error"):
        click.get_current_context().exit(1)


def _faults(source: str) -> list[Finding]:
    try:
        survey, remarks = look_up(source)
    except SurveyInvalid as invalid:
        return list(invalid.findings)
    return [*remarks, *find_faults(survey)]


def _count(findings: list[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)
