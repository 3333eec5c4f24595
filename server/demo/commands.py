"""`langnghe-server demo`: the main job end to end on this machine, with real programs, and addresses to open at the end."""

import contextlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from server.demo.main_job import Bar, DemoPrograms, Narrator, collect, start_programs
from server.demo.outcome import open_all, read
from server.demo.processes import DemoFailed
from sync.clock import SystemClock

WELL_KNOWN_PORTS = (8080, 8747)  # easy to remember for whoever opens the pages; another free one where they are taken
COUNTS = (
    ("collected", "sealed on the spot and taken by the tablet"),
    ("waiting", "still on the tablet"),
    ("sent", "acknowledged by the central server, forgotten by the tablet"),
    ("stored", "kept by the central server, each exactly once"),
    ("duplicates", "sent again on purpose, recognised, counted once"),
    ("refused", "envelopes that the server would not take"),
    ("declined", "people who would rather not take part: a tally, nothing else"),
    ("opened", "responses with fresh ids, shuffled"),
    ("quarantined", "opened, but not satisfying their survey"),
    ("remarks", "free texts, kept apart from the answers they came with"),
    ("releases", "tables of results, made together"),
    ("groups", "groups by which they are broken down"),
    ("smallest_group", "people in the smallest of these groups: smaller ones were counted with a neighbour"),
)


@click.command()
@click.option(
    "--responses", type=click.IntRange(20, 20000), default=400, show_default=True, help="Simulated workers who answer."
)
@click.option(
    "--seed", type=int, default=2026, show_default=True, help="Which invented people: the same seed, the same people."
)
@click.option("--exit", "leave", is_flag=True, help="Stop at the end instead of staying up.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def demo(responses: int, seed: int, leave: bool, as_json: bool) -> None:
    """Show the main job: ask, collect offline, lose the network, sync, open, and read protected results.

    \b
    Example:
      langnghe-server demo --responses 200 --exit --json
    """  # noqa: D301 - the \b is click's
    screen = Console(stderr=as_json, highlight=False)
    started = time.monotonic()
    narrator = _narrator(screen)
    _end_on_termination()
    try:
        today = SystemClock().now().astimezone().date()
        with start_programs(today, responses, narrator, ports=(0, 0) if leave else WELL_KNOWN_PORTS) as programs:
            found = collect(programs, responses, seed, narrator)
            open_all(programs, narrator)
            counts = found | read(programs, narrator) | {"seconds": round(time.monotonic() - started, 1)}
            _show(screen, counts)
            if as_json:
                click.echo(json.dumps(counts, ensure_ascii=False))
            if not leave:
                _stay(screen, programs)
    except DemoFailed as failure:
        raise click.ClickException(str(failure)) from None


def _narrator(screen: Console) -> Narrator:
    """Speak in lines and bars."""

    @contextmanager
    def bar(what: str, total: int) -> Iterator[Bar]:
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=screen) as progress:
            task = progress.add_task(what, total=total)
            yield lambda done: progress.update(task, advance=done)

    return Narrator(lambda sentence: screen.print(f"• {sentence}"), bar)


def _show(screen: Console, counts: dict[str, Any]) -> None:
    """The counts of every hop, side by side with what they mean."""
    table = Table("", "", "", box=None, show_header=False)
    for name, meaning in COUNTS:
        table.add_row(name, f"[bold]{counts[name]}[/bold]", meaning)
    screen.print(table)
    total = counts["waiting"] + counts["sent"] + counts["refused"]
    screen.print(
        f"  collected {counts['collected']} = waiting + sent + refused {total};  sent {counts['sent']} = stored {counts['stored']}"
    )


def _stay(screen: Console, programs: DemoPrograms) -> None:
    """Tell what can be opened, and stay up until Ctrl-C."""
    lines = (
        f"Worker's page (tablet):  [bold]{programs.collector_address}[/bold]\n"
        f"Results (console):       [bold]{programs.server_address}/console[/bold]\n"
        f"  sign in as [bold]hoa[/bold], password [bold]{programs.password}[/bold]\n"
        f"API documentation:       {programs.server_address}/api/docs\n\n"
        "Everything is in a temporary folder and is gone after Ctrl-C."
    )
    screen.print(Panel(lines, title="Open these", expand=False))
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
    screen.print("Stopping ...")


def _end_on_termination() -> None:
    """A plain kill ends the demonstration as Ctrl-C does: with everything it started."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
