"""What the commands of all rooms share: the app they work in, and how they print."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from schemas.texts import nfc
from server import database
from server.core import create_core
from server.database import db
from server.failures import Failure
from server.keys import installation
from server.services import Services, services
from server.settings import Settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")


class NotReady(Failure):
    """The database has not been brought to this version."""


def settings_in_force() -> Settings:
    """Return the settings of this call of the command."""
    chosen = click.get_current_context().find_root().params.get("config")
    return Settings.load(toml_path=Path(chosen) if chosen else None)


@contextmanager
def at_work() -> Iterator[Services]:
    """Work inside the app, on a database that is set up, at its latest version, and belongs to the keys at hand."""
    with opened_app(settings_in_force()).app_context():
        try:
            yield services()
        finally:
            let_go()


def opened_app(settings: Settings) -> Flask:
    """Make the app and be sure that its database may be used."""
    app = create_core(settings)
    with app.app_context():
        try:
            if not database.is_at_head(db.engine):
                raise NotReady("The database is not set up for this version: run `langnghe-server init`.")
            installation.check(db.session(), services().keyring)
        finally:
            let_go()
    return app


def asked_password(name: str) -> str:
    """Ask for a new password twice; two ways of spelling the same Vietnamese letters are the same."""
    while True:
        first = nfc(click.prompt(f"Password for {name}", hide_input=True))
        if nfc(click.prompt("Repeat for confirmation", hide_input=True)) == first:
            return first
        click.echo("Error: the two are not the same.", err=True)


def let_go() -> None:
    """Close this process's connections; they are opened again when somebody asks."""
    db.session.remove()
    db.engine.dispose()


def print_json(document: object) -> None:
    """Print one JSON document on one line."""
    click.echo(json.dumps(document, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], nothing: str) -> None:
    """Print a table for people, or one sentence where it would be empty."""
    if not rows:
        click.echo(nothing)
        return
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200, highlight=False).print(table)


def print_list(columns: Sequence[str], rows: Sequence[dict[str, Any]], *, as_json: bool, nothing: str) -> None:
    """Print the same rows for people or for a program."""
    if as_json:
        print_json(rows)
    else:
        print_table(columns, [list(row.values()) for row in rows], nothing)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error while long work goes on; the block is told how to advance it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, advance=done)
