"""`survey`: what is published, and all that leads there."""

from collections.abc import Sequence

import click

from schemas.pack_reader import pack_names
from schemas.words import sentence
from server.commands.command_line import as_json, at_work, print_json, print_list, settings_in_force
from server.commands.store import set_up_store
from server.commands.translation import headed, in_words, speaking, translated
from server.database import session, transaction
from server.keys.installation import is_untouched
from server.surveys import publishing
from server.surveys.author_commands import export_survey, import_survey, template
from server.surveys.drafts import Drafts
from server.surveys.finding_lists import read_source, tell
from server.surveys.kinds import what_is_missing
from server.surveys.lint_command import lint
from server.surveys.preview_commands import diff, preview, print_survey


@click.group()
def survey() -> None:
    """Surveys: what can be asked.

    \b
    Example:
      langnghe-server survey import canteen.xlsx
      langnghe-server survey preview canteen
      langnghe-server survey publish canteen
    """  # noqa: D301


@survey.command("list")
@as_json
@speaking
def list_surveys(as_json: bool) -> None:
    """List every published version, what was imported, and the packs that come with this version of Lắng Nghe.

    \b
    Example:
      langnghe-server survey list
    """  # noqa: D301
    with at_work() as at_hand:
        rows = [
            {
                "survey": row.id,
                "version": row.version,
                "kind": row.kind,
                "title": next(iter(row.title.values()), ""),
                "published": str(row.published_on),
                "fingerprint": row.fingerprint[:16],
            }
            for row in publishing.versions(session())
        ]
        imported = Drafts(at_hand.settings.home).names()
    nothing = translated("Nothing is published yet.")
    columns = headed(("survey", "version", "kind", "title", "published", "fingerprint"))
    print_list(columns, rows, as_json=as_json, nothing=nothing)
    if not as_json:
        click.echo(translated("Imported, to publish from: {names}", names=", ".join(imported) or sentence("nothing")))
        click.echo(translated("Packs to publish from: {names}", names=", ".join(pack_names())))


@survey.command()
@click.argument("source", metavar="SOURCE")
@as_json
@speaking
def publish(source: str, as_json: bool) -> None:
    """Publish a version of a survey, for ever as it is. SOURCE is a pack, a file, or an imported survey.

    Where nothing was set up yet it makes database and keys; `init` adds the people.

    \b
    Example:
      langnghe-server survey publish ge_awareness
    """  # noqa: D301
    asked = read_source(source)
    settings = settings_in_force()
    if is_untouched(settings):
        set_up_store(settings)
        click.echo(
            translated(
                "Nothing was set up here before: database and keys are in {home} now. `langnghe-server init` makes the first "
                "administrator.",
                home=settings.home,
            ),
            err=True,
        )
    with at_work() as at_hand:
        try:
            with transaction() as writing:
                row = publishing.publish_survey(writing, asked, at_hand.today())
        except publishing.CannotPublish as refused:
            tell(refused.findings)
            raise
    Drafts(at_hand.settings.home).remove(source)  # what is published is found as ID@VERSION from now on
    missing = what_is_missing(asked.kind)
    if as_json:
        found = {"survey": row.id, "version": row.version, "fingerprint": row.fingerprint}
        print_json(found | ({"collected": False} if missing else {}))
        return
    click.echo(
        translated(
            "Published {survey} version {version}, fingerprint {fingerprint}.",
            survey=row.id,
            version=row.version,
            fingerprint=row.fingerprint[:16],
        )
    )
    click.echo(
        in_words(missing)
        if missing
        else translated(
            "Next: `langnghe-server site import SITES.csv` tells where people work, then `langnghe-server campaign create "
            "NAME {survey}@{version} --from YYYY-MM-DD --to YYYY-MM-DD --all-sites --open` asks it there.",
            survey=row.id,
            version=row.version,
        )
    )


@survey.command()
@click.argument("name", metavar="ID")
@speaking
def forget(name: str) -> None:
    """Take an imported survey away that is not needed any more; what is published stays.

    \b
    Example:
      langnghe-server survey forget canteen
    """  # noqa: D301
    gone = Drafts(settings_in_force().home).remove(name)
    if gone:
        click.echo(translated("{survey} is taken away.", survey=name))
    else:
        click.echo(translated("There is no imported survey {survey}; nothing was changed.", survey=name))


MORE: Sequence[click.Command] = (lint, import_survey, export_survey, template, preview, print_survey, diff)
for _command in MORE:
    survey.add_command(_command)
