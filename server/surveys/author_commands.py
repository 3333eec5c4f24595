"""`survey import`, `export`, `template`: between an author's files and this server. Nothing is ever half imported."""

from collections.abc import Sequence
from pathlib import Path

import click

from schemas.findings import Finding, SurveyInvalid
from schemas.media import bytes_of
from schemas.media_files import MEDIA_FOLDER
from schemas.publishing import fingerprint, published
from schemas.survey import Survey
from schemas.version_similarity import questions_in
from schemas.words import Message, say
from server.commands.command_line import as_json, at_work, print_json, settings_in_force
from server.commands.translation import speaking, translated
from server.database import session
from server.failures import Failure
from server.keys.installation import is_untouched
from server.surveys.bringing_in import called, keep, known_draft, refuse_another
from server.surveys.drafts import Drafts
from server.surveys.files import FORMATS, written
from server.surveys.finding_lists import read_source, row_of, tell
from server.surveys.sources import NoSuchSurvey, read_any


class WouldOverwrite(Failure):
    """There is a file already, and nobody said that it may go."""


def there_already(path: Path) -> Message:
    """Say what to do about a file that is there."""
    return say("{file} is there already: name another file with --output, or add --force.", file=path)


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--id", "own_id", metavar="ID", help="Another id than the file's.")
@click.option(
    "--as-version", is_flag=True, help="It is the next version of the survey that has its id, however different."
)
@as_json
@speaking
def import_survey(file: Path, own_id: str | None, as_version: bool, as_json: bool) -> None:
    """Bring a survey in from Excel (XLSForm), YAML or JSON: all of it, or nothing and a list of what to mend.

    \b
    Example:
      langnghe-server survey import canteen.xlsx
    """  # noqa: D301
    if not file.is_file():
        raise NoSuchSurvey(say("There is no file {file}.", file=file))
    read, remarks = _read(file)
    if own_id is not None:
        read = called(read, own_id)
    kept = _kept(read, as_version=as_version)
    if as_json:
        found = {"survey": kept.id, "version": kept.version, "fingerprint": fingerprint(published(kept))}
        print_json(found | {"remarks": [row_of(remark) for remark in remarks]})
        return
    asked = len(questions_in(kept))
    facts = {"questions": asked, "sections": len(kept.sections), "languages": ", ".join(kept.languages)}
    click.echo(
        translated(
            "Imported {survey} version {version}: {questions} questions in {sections} sections, languages {languages}.",
            survey=kept.id,
            version=kept.version,
            **facts,
        )
    )
    if kept.version != read.version:
        click.echo(
            translated(
                "Version {before} is published with other words, so this one has the number {version}.",
                before=read.version,
                version=kept.version,
            )
        )
    click.echo(
        translated(
            "Look at it with `langnghe-server survey preview {survey}`, check it with `langnghe-server survey lint "
            "{survey}`, and publish it with `langnghe-server survey publish {survey}`.",
            survey=kept.id,
        )
    )


def _kept(read: Survey, *, as_version: bool) -> Survey:
    """Keep a survey as a draft, under the number that it has to have; refuses what looks like another survey of the same id."""
    settings = settings_in_force()
    drafts = Drafts(settings.home)
    if is_untouched(settings):  # nothing can be published here, so nothing is asked of a database that nobody made
        refuse_another(read, known_draft(drafts, read.id), read.version, as_version=as_version)
        return drafts.put(read)
    with at_work():
        return keep(session(), settings.home, read, as_version=as_version)


def _read(file: Path) -> tuple[Survey, Sequence[Finding]]:
    """Read a file; what is wrong with it ends the command."""
    try:
        found = read_any(file)
    except SurveyInvalid as invalid:
        tell(invalid.findings)
        raise NoSuchSurvey(
            say(
                "Nothing was imported: mend what is told above ({count}) and import {file} again.",
                count=len(invalid.findings),
                file=file,
            )
        ) from None
    tell(found.remarks)
    return found.survey, found.remarks


@click.command("export")
@click.argument("source", metavar="ID|SOURCE")
@click.option("--format", "form", type=click.Choice(FORMATS), default="xlsx", help="Kind of file; xlsx unless said.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; ID.xlsx and so on unless said."
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@speaking
def export_survey(source: str, form: str, output: Path | None, force: bool) -> None:
    """Write a survey to a file that people edit (Excel, YAML) or programs read (JSON), to be imported again without loss.

    \b
    Example:
      langnghe-server survey export ge_awareness --format xlsx
    """  # noqa: D301
    survey = read_source(source)
    target = output or Path(f"{survey.id}.{form}")
    files = {target: written(survey, form)}
    if form != "json":
        files |= {target.parent / MEDIA_FOLDER / name: bytes_of(uri) for name, uri in survey.media.items()}
    there = [path for path in files if path.exists()]
    if there and not force:
        raise WouldOverwrite(there_already(there[0]))
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if len(files) == 1:
        click.echo(translated("Wrote {file}.", file=target))
        return
    folder = target.parent / MEDIA_FOLDER
    click.echo(
        translated(
            "Wrote {file}; {count} pictures and sounds are in {folder}.",
            file=target,
            count=len(files) - 1,
            folder=folder,
        )
    )


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("survey-template.xlsx"),
    help="The file to write.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@speaking
def template(output: Path, force: bool) -> None:
    """Write an Excel form with an example of everything and notes on how to fill it in.

    \b
    Example:
      langnghe-server survey template
    """  # noqa: D301
    if output.exists() and not force:
        raise WouldOverwrite(there_already(output))
    from schemas.xlsform.template import template as make_template  # noqa: PLC0415 - half a second that only this needs

    output.write_bytes(make_template())
    click.echo(
        translated(
            "Wrote {file}. Fill it in, look at it with `langnghe-server survey preview {file}`, then `langnghe-server "
            "survey import {file}`.",
            file=output,
        )
    )
