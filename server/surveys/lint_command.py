"""`survey lint`: everything that an author must mend or should think about, before a worker sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.linting import Headcount, ReidentificationTable, reidentification
from schemas.linting import lint as find_faults
from schemas.survey import Survey
from schemas.words import say
from server.commands.command_line import print_json, print_table, settings_in_force
from server.commands.translation import as_item, headed, speaking, translated
from server.failures import Failure
from server.site_table import CannotImport, read_sites
from server.surveys.finding_lists import look_up, row_of, tell
from sync.clock import SystemClock


class NoSuchSites(Failure):
    """The table of sites cannot be used."""


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--sites",
    "sites_file",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="The sites where it will be asked, as for `site import`: tells who would stand alone there.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or for a program."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@speaking
def lint(source: str, sites_file: Path | None, form: str, as_json: bool) -> None:
    """Say what is wrong with a survey, all at once, with the place of each fault.

    As JSON it is a list of findings; with --sites an object of `findings`, the table's `rows`, and what to `drop` at each site.

    \b
    Example:
      langnghe-server survey lint my-survey.xlsx --sites sites.csv
    """  # noqa: D301
    sites = _headcounts(sites_file) if sites_file else ()
    survey, found = _faults(source, sites)
    table = reidentification(survey, sites) if survey and sites else None
    if as_json or form == "json":
        findings = [row_of(finding) for finding in found]
        print_json({"findings": findings, **asdict(table)} if table else findings)
    else:
        tell(found)
        if table:
            _print(table)
        click.echo(
            translated(
                "{errors} errors, {warnings} warnings.",
                errors=_count(found, "error"),
                warnings=_count(found, "warning"),
            )
        )
    if _count(found, "error"):
        click.get_current_context().exit(1)


def _headcounts(path: Path) -> tuple[Headcount, ...]:
    try:
        return tuple(Headcount(row.site, row.women, row.men) for row in read_sites(path))
    except CannotImport as broken:
        for fault in broken.faults:
            click.echo(as_item(str(fault)), err=True)
        message = say(
            "{file} is no table of sites: mend the faults above ({count}).", file=path, count=len(broken.faults)
        )
        raise NoSuchSites(message) from None


def _faults(source: str, sites: Sequence[Headcount]) -> tuple[Survey | None, list[Finding]]:
    today = SystemClock().now().astimezone(settings_in_force().zone).date()
    try:
        found = look_up(source)
    except SurveyInvalid as invalid:
        more = find_faults(invalid.rest, today=today, sites=sites) if invalid.rest else []
        return None, [*invalid.findings, *map(invalid.placed, more)]
    faults = find_faults(found.survey, today=today, sites=sites)
    return found.survey, [*found.remarks, *map(found.placed, faults)]


def _print(table: ReidentificationTable) -> None:
    columns = headed(("site", "people", "dimensions", "cells", "people per cell", "alone if even", "alone if uneven"))
    rows = [
        (
            row.site,
            row.people,
            " × ".join(row.dimensions),
            row.cells,
            f"{row.per_cell:.1f}",
            f"{row.alone_even:.0f}",
            f"{row.alone_uneven:.0f}",
        )
        for row in table.rows
    ]
    print_table(columns, rows, translated("Nothing is a dimension, so nobody can be told by one."))
    for site, names in table.drop.items():
        if names:
            click.echo(translated("At {site} drop or merge first: {names}.", site=site, names=", ".join(names)))


def _count(found: Iterable[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in found)
