"""`survey preview`, `print`, `diff`: looking at a survey before others do, and at what changed since."""

import webbrowser
from collections.abc import Callable
from pathlib import Path

import click
from waitress import create_server

from schemas.comparing import COMPARABLE, broken, compare
from schemas.survey import Survey
from server.built_page import page_folder
from server.command_line import as_json, print_json, settings_in_force
from server.failures import Failure
from server.surveys.author_commands import WouldOverwrite
from server.surveys.finding_lists import read_source
from server.surveys.paper import printed
from server.surveys.preview import HOST, create_preview
from server.surveys.shelf import Shelf
from server.surveys.sources import PUBLISHED, find_source
from sync.clock import SystemClock


class NoPage(Failure):
    """The page that workers see is not installed."""


class NoSuchLanguage(Failure):
    """The survey does not speak it."""


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; any free one unless said.")
@click.option("--browser/--no-browser", default=True, help="Open the address in a browser, or only print it.")
def preview(source: str, port: int, browser: bool) -> None:
    """Try a survey out in the page that workers see, on a phone's and a tablet's size, in each language. Keeps no answer.

    \b
    Example:
      langnghe-server survey preview canteen.xlsx
    """  # noqa: D301
    page = page_folder(settings_in_force())
    if not (page / "index.html").is_file():
        raise NoPage(f"The page is not installed in {page}: install Lắng Nghe again, or run `make page`.")
    app = create_preview(_reader(source), page, SystemClock())
    server = create_server(app, host=HOST, port=port, threads=4)
    address = f"http://{HOST}:{server.effective_port}/"
    click.echo(
        f"Preview of {source}: {address}  (Ctrl+C ends it; a change of the file shows when the page is loaded again)"
    )
    if browser:
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("Ended.")
    finally:
        server.close()


def _reader(source: str) -> Callable[[], Survey]:
    """Read the survey once, so that what is none is told here and not in the browser; after that, whatever its file then holds."""
    first = read_source(source)
    if PUBLISHED.match(source):
        return lambda: first  # what is published never changes
    shelf = Shelf(settings_in_force().home)  # the server's threads know nothing of this call of the command
    return lambda: find_source(source, shelf, lambda _name, _version: first)[0]


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
        raise NoSuchLanguage(f"{survey.id} has no {chosen}; it has {', '.join(survey.languages)}.")
    target = output or Path(f"{survey.id}.{chosen}.html")
    if target.exists() and not force:
        raise WouldOverwrite(f"{target} is there already: name another file with --output, or add --force.")
    target.write_text(printed(survey, chosen), encoding="utf-8")
    click.echo(f"Wrote {target}. Open it in a browser and print it.")


@click.command()
@click.argument("before", metavar="SOURCE")
@click.argument("after", metavar="SOURCE")
@as_json
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
        click.echo(f"{change.place}: {change.words}")
        if change.effect != "none":
            click.echo(f"    → {COMPARABLE[change.effect]}")
    click.echo(_summary(old, new, len(changes), hit))


def _summary(old: Survey, new: Survey, changes: int, hit: tuple[str, ...]) -> str:
    if not changes:
        return "Nothing changed."
    told = f"{changes} change{'s' * (changes != 1)} from {old.id} version {old.version} to version {new.version}. "
    if not hit:
        return told + "Every scale and indicator that both have can be compared over time."
    return told + f"Scales and indicators whose series break: {', '.join(hit)}."
