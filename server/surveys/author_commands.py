"""`survey import`, `export`, `template`: between an author's files and this server. Nothing is ever half imported."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from schemas.authoring import as_yaml
from schemas.findings import Finding, SurveyInvalid
from schemas.media import bytes_of
from schemas.media_files import MEDIA_FOLDER
from schemas.publishing import fingerprint, published
from schemas.survey import Survey
from server.command_line import as_json, at_work, print_json
from server.database import session
from server.failures import Failure
from server.surveys.finding_lists import read_source, row_of, tell
from server.surveys.publishing import next_version
from server.surveys.shelf import Shelf
from server.surveys.sources import NoSuchSurvey, read_any

FORMATS = ("xlsx", "yaml", "json")


class WouldOverwrite(Failure):
    """There is a file already, and nobody said that it may go."""


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@as_json
def import_survey(file: Path, as_json: bool) -> None:
    """Bring a survey in from Excel (XLSForm), YAML or JSON: all of it, or nothing and a list of what to mend.

    \b
    Example:
      langnghe-server survey import canteen.xlsx
    """  # noqa: D301
    if not file.is_file():
        raise NoSuchSurvey(f"There is no file {file}.")
    read, remarks = _read(file)
    with at_work() as at_hand:
        number = next_version(session(), read)
        kept = Shelf(at_hand.settings.home).put(read, version=number)
    if as_json:
        found = {"survey": kept.id, "version": kept.version, "fingerprint": fingerprint(published(kept))}
        print_json(found | {"remarks": [row_of(remark) for remark in remarks]})
        return
    click.echo(f"Imported {kept.id} version {kept.version}: {_size(kept)}.")
    if number != read.version:
        click.echo(f"Version {read.version} is published with other words, so this one has the number {number}.")
    click.echo(f"Look at it with `langnghe-server survey preview {kept.id}`, check it with `survey lint {kept.id}`.")


def _read(file: Path) -> tuple[Survey, Sequence[Finding]]:
    """Read a file; what is wrong with it ends the command."""
    try:
        survey, remarks = read_any(file)
    except SurveyInvalid as invalid:
        tell(invalid.findings)
        count = len(invalid.findings)
        problems = f"{count} thing{'s' * (count != 1)}"
        raise NoSuchSurvey(f"Nothing was imported: mend the {problems} above and import {file} again.") from None
    tell(remarks)
    return survey, remarks


def _size(survey: Survey) -> str:
    asked = sum(question.type not in ("note", "calculate") for question in survey.questions)
    return f"{asked} questions in {len(survey.sections)} sections, languages {', '.join(survey.languages)}"


@click.command("export")
@click.argument("source", metavar="ID|SOURCE")
@click.option("--format", "form", type=click.Choice(FORMATS), default="xlsx", help="Kind of file; xlsx unless said.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; ID.xlsx and so on unless said."
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def export_survey(source: str, form: str, output: Path | None, force: bool) -> None:
    """Write a survey to a file that people edit (Excel, YAML) or programs read (JSON), to be imported again without loss.

    \b
    Example:
      langnghe-server survey export ge_awareness --format xlsx
    """  # noqa: D301
    survey = read_source(source)
    target = output or Path(f"{survey.id}.{form}")
    files = {target: _written(survey, form)}
    if form != "json":
        files |= {target.parent / MEDIA_FOLDER / name: bytes_of(uri) for name, uri in survey.media.items()}
    there = [path for path in files if path.exists()]
    if there and not force:
        raise WouldOverwrite(f"{there[0]} is there already: name another file with --output, or add --force.")
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    beside = f" and {len(files) - 1} files in {target.parent / MEDIA_FOLDER}" if len(files) > 1 else ""
    click.echo(f"Wrote {target}{beside}.")


def _written(survey: Survey, form: str) -> bytes:
    if form == "xlsx":
        from schemas.xlsform.exporting import export_xlsform  # noqa: PLC0415 - half a second that only Excel needs

        return export_xlsform(survey)
    if form == "yaml":
        return as_yaml(survey).encode()
    return json.dumps(published(survey), ensure_ascii=False, indent=1).encode() + b"\n"


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("survey-template.xlsx"),
    help="The file to write.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def template(output: Path, force: bool) -> None:
    """Write an Excel form with an example of everything and notes on how to fill it in.

    \b
    Example:
      langnghe-server survey template
    """  # noqa: D301
    if output.exists() and not force:
        raise WouldOverwrite(f"{output} is there already: name another file with --output, or add --force.")
    from schemas.xlsform.template import template as make_template  # noqa: PLC0415 - half a second that only this needs

    output.write_bytes(make_template())
    click.echo(f"Wrote {output}. Fill it in, then `langnghe-server survey import {output}`.")
