"""`survey preview`, `print`, `diff`: looking at a survey before others do, and at what changed since."""

import webbrowser
from collections.abc import Callable
from pathlib import Path

import click
from waitress import create_server

from schemas.comparing import COMPARABLE, Change, broken, compare
from schemas.findings import SurveyInvalid
from schemas.media_files import MEDIA_FOLDER
from schemas.survey import Survey
from schemas.words import Message, say, sentence
from server.commands.command_line import as_json, print_json, settings_in_force
from server.commands.translation import as_item, in_words, speaking, translated
from server.failures import Failure
from server.surveys.author_commands import WouldOverwrite, there_already
from server.surveys.drafts import Drafts
from server.surveys.finding_lists import look_up, placed, published_version, read_source, tell
from server.surveys.paper import printed
from server.surveys.preview import HOST, create_preview
from server.surveys.sources import PUBLISHED, Source, find_source
from server.web.built_page import page_folder
from sync.clock import SystemClock


class NoPage(Failure):
    """The page that workers see is not installed."""


class NoSuchLanguage(Failure):
    """The survey does not speak it."""


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; any free one unless said.")
@click.option("--browser/--no-browser", default=True, help="Open the address in a browser, or only print it.")
@speaking
def preview(source: str, port: int, browser: bool) -> None:
    """Try a survey out in the page that workers see, on a phone's and a tablet's size, in each language. Keeps no answer.

    \b
    Example:
      langnghe-server survey preview canteen.xlsx
    """  # noqa: D301
    page = page_folder(settings_in_force())
    if not (page / "index.html").is_file():
        raise NoPage(
            say("The page is not installed in {folder}: install Lắng Nghe again, or run `make page`.", folder=page)
        )
    app = create_preview(_reader(source), page, SystemClock(), _stamp(source))
    server = create_server(app, host=HOST, port=port, threads=4)
    address = f"http://{HOST}:{server.effective_port}/"
    click.echo(
        translated(
            "Preview of {source}: {address}  (Ctrl+C ends it; a change of the file shows by itself)",
            source=source,
            address=address,
        )
    )
    if browser:
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo(translated("Ended."))
    finally:
        server.close()


def _reader(source: str) -> Callable[[], Source]:
    """Find the survey once, so that a wrong name is told here and not in the browser; after that, whatever its file then holds."""
    drafts = Drafts(settings_in_force().home)  # the server's threads know nothing of this call of the command
    if PUBLISHED.match(source):
        first = look_up(source)
        return lambda: first  # what is published never changes
    try:
        tell(look_up(source).remarks)
    except SurveyInvalid as invalid:
        tell(invalid.findings)
    return lambda: find_source(source, drafts, published_version)


def _stamp(source: str) -> Callable[[], str]:
    """Tell by their days and sizes whether the survey's file, or one that may lie beside it, changed."""
    path = Path(source) if Path(source).is_file() else Drafts(settings_in_force().home).path(source)
    return lambda: " ".join(
        _seen(one) for one in (path, path.parent / MEDIA_FOLDER, path.parent / f"{path.stem}-media")
    )


def _seen(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns}/{found.st_size}"


@click.command("print")
@click.argument("source", metavar="SOURCE")
@click.option("--language", help="Language to print in; the survey's first unless said.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; ID.LANGUAGE.html unless said."
)
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def print_survey(source: str, language: str | None, output: Path | None, force: bool) -> None:
    """Write the questionnaire as a page to print on A4, with numbers and the way through it in words.

    \b
    Example:
      langnghe-server survey print ge_awareness --language vi
    """  # noqa: D301
    survey = read_source(source)
    chosen = language or survey.languages[0]
    if chosen not in survey.languages:
        facts = {"survey": survey.id, "language": chosen, "languages": ", ".join(survey.languages)}
        raise NoSuchLanguage(say("{survey} has no language {language}; it has {languages}.", **facts))
    target = output or Path(f"{survey.id}.{chosen}.html")
    if target.exists() and not force:
        raise WouldOverwrite(there_already(target))
    target.write_text(printed(survey, chosen), encoding="utf-8")
    click.echo(translated("Wrote {file}. Open it in a browser and print it.", file=target))


@click.command()
@click.argument("before", metavar="SOURCE")
@click.argument("after", metavar="SOURCE")
@as_json
@speaking
def diff(before: str, after: str, as_json: bool) -> None:
    """Say in words what changed between two versions, and which figures can still be compared over time.

    \b
    Example:
      langnghe-server survey diff canteen@1 canteen.xlsx
    """  # noqa: D301
    old, new = read_source(before), read_source(after)
    changes = compare(old, new)
    hit = broken(old, new, changes)
    if as_json:
        rows = [
            {"place": one.place, "words": one.words, "breaks": one.effect, "names": list(one.names)} for one in changes
        ]
        print_json({"changes": rows, "broken": list(hit)})
        return
    for change in changes:
        click.echo(as_item(_line(change)))
    click.echo(in_words(_summary(old, new, len(changes), hit)))


def _line(change: Change) -> Message:
    facts = {"place": placed(change.place), "words": sentence(change.words)}
    if change.effect == "none":
        return say("{place}: {words}", **facts)
    return say("{place}: {words} → {effect}", effect=COMPARABLE[change.effect], **facts)


def _summary(old: Survey, new: Survey, changes: int, hit: tuple[str, ...]) -> Message:
    if not changes:
        return sentence("Nothing changed.")
    facts = {"survey": old.id, "before": old.version, "after": new.version, "count": changes}
    if not hit:
        return say(
            "From {survey} version {before} to version {after}, changes: {count}. "
            "Every scale and indicator that both have can be compared over time.",
            **facts,
        )
    return say(
        "From {survey} version {before} to version {after}, changes: {count}. "
        "Scales and indicators whose series break: {names}.",
        names=", ".join(hit),
        **facts,
    )
