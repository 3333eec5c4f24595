"""`langnghe-collector`: the few things that field staff and their helpers do at a terminal."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from client import settings as settings_module
from client.settings import Settings, SettingsError

if TYPE_CHECKING:
    from client.services import Services

FULLSCREEN = "Whether the window fills the screen."


@click.group(
    epilog="Example: langnghe-collector enrol https://langnghe.example.vn ABCD2345, then langnghe-collector run",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="A TOML file with settings.")
@click.version_option(package_name="langnghe", prog_name="langnghe-collector")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Gather sealed responses where there is no network, and forward them when there is one."""
    try:
        context.obj = settings_module.load(toml=config)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


@main.command(epilog='Example: langnghe-collector enrol https://langnghe.example.vn ABCD2345 --name "Máy 07"')
@click.argument("url")
@click.argument("code")
@click.option("--name", help="What the server's people call this collector, such as 'Máy 07'.")
@click.option("--allow-http", is_flag=True, help="Accept plain http to another machine, in a network that you trust.")
@click.option("--leave", is_flag=True, help="Change the server although envelopes wait for the old one.")
@click.pass_obj
def enrol(settings: Settings, url: str, code: str, name: str | None, allow_http: bool, leave: bool) -> None:
    """Let this collector belong to a server, by a code that works once."""
    from client.enrolment import enrolling  # noqa: PLC0415 -- commands load what they need
    from client.enrolment.upstream import AddressRefused  # noqa: PLC0415

    with _opened(settings) as parts:
        try:
            upstream = enrolling.enrol(parts, url, code, name or settings.name, allow_http=allow_http, leave=leave)
        except (enrolling.NotEnrolled, AddressRefused) as failure:
            raise click.ClickException(str(failure)) from None
        number = enrolling.fetch_what_may_be_asked(parts, upstream)
    click.echo(f"Enrolled at {upstream.server} ({upstream.url}).")
    click.echo(
        "The campaigns could not be fetched yet; they come with the next sync."
        if number is None
        else _campaigns(number)
    )


@main.command(epilog="Example: langnghe-collector run --browser")
@click.option("--shell", "face", flag_value="shell", help="In a window of its own (this is what happens by default).")
@click.option("--browser", "face", flag_value="browser", help="In this machine's browser.")
@click.option("--headless", "face", flag_value="headless", help="Without a window: only answer at the local address.")
@click.option("--port", type=click.IntRange(0, 65535), help="The local port; 0 takes any free one.")
@click.option("--fullscreen/--no-fullscreen", default=None, help=FULLSCREEN)
@click.pass_obj
def run(settings: Settings, face: str | None, port: int | None, fullscreen: bool | None) -> None:
    """Answer pages of this device and forward what they hand in, until the window is closed or Ctrl-C."""
    from client.running import AlreadyRunning, running  # noqa: PLC0415
    from client.serving import PortTaken  # noqa: PLC0415

    if face in ("browser", "headless"):
        _begin_anew_where_memory_is_wiped()
    settings = settings.but(port=port, fullscreen=fullscreen)
    stopped = _stop_on_signals()
    try:
        with _failures_in_plain_words(), running(settings) as collector:
            if collector.parts.set_aside:
                click.echo(str(collector.parts.set_aside), err=True)
            click.echo(f"Ready at {collector.address}", err=face == "shell")
            _show(face or "shell", collector.address, settings, stopped)
    except (AlreadyRunning, PortTaken) as failure:
        raise click.ClickException(str(failure)) from None


@main.command(epilog="Example: langnghe-collector sync")
@click.option("--retry-refused", is_flag=True, help="Send what the server refused once more.")
@click.pass_obj
def sync(settings: Settings, retry_refused: bool) -> None:
    """Forward everything that waits, now, and fetch what may be asked."""
    from client.background.forwarding import AnotherTurn, Forwarder  # noqa: PLC0415

    with _opened(settings) as parts:
        if retry_refused:
            parts.outbox.retry_held()
            parts.tallies.retry_refused()
        forwarder = Forwarder(parts)
        try:
            turn = forwarder.take_turn(wait_seconds=90.0)
        except AnotherTurn:
            _fail("Another turn is still running on this device. Try again in a minute.")
        sent, counts = turn.sent, parts.outbox.counts()
        click.echo(f"Sent {sent.stored + sent.duplicates}, refused {sent.refused}, still waiting {counts.waiting}.")
        if sent.unsettled:
            click.echo(
                f"The server has {sent.unsettled} more; this device's disk could not note it. They are sent again and count once."
            )
        if turn.tallies_refused:
            click.echo(
                f"The server refused {turn.tallies_refused} counts of field staff; they are kept here, `status` says why."
            )
        if not turn.went_well:
            _fail(forwarder.last_turn.sentence)


@main.command(epilog="Example: langnghe-collector status --json")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Show what was collected, what waits, what was sent and what was refused, for each campaign."""
    from client.status import lines, report  # noqa: PLC0415

    with _opened(settings) as parts:
        document = report(parts)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        click.echo("\n".join(lines(document)))


@main.command(epilog="Example: langnghe-collector code")
@click.pass_obj
def code(settings: Settings) -> None:
    """Show a code with which the page of this device can be enrolled again, such as after a forgotten PIN."""
    from client.running import address_of_running  # noqa: PLC0415
    from sync.calls import fetch_hop  # noqa: PLC0415
    from sync.over_http import HttpPeer  # noqa: PLC0415
    from sync.sending import TransportFailure  # noqa: PLC0415

    address = address_of_running(settings)
    if address is None:
        _fail("The collector is not running: start it with `langnghe-collector run`, then ask again.")
    try:
        with closing(HttpPeer(address)) as peer:
            hop = fetch_hop(peer)
    except TransportFailure:
        _fail("The collector does not answer: start it anew with `langnghe-collector run`, then ask again.")
    click.echo(f"{hop.code}    (works once, for five minutes, on this device only)")


@main.command(epilog="Example: langnghe-collector doctor")
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Show the settings in force and everything that is wrong; ends with 1 if anything is."""
    from client.doctor import examine, in_force  # noqa: PLC0415

    click.echo("\n".join(in_force(settings)))
    click.echo()
    with _opened(settings) as parts:
        findings = list(examine(parts))
    for finding in findings:
        click.echo(f"{'ok   ' if finding.is_well else 'WRONG'} {finding.sentence}")
    if not all(finding.is_well for finding in findings):
        sys.exit(1)


@contextmanager
def _opened(settings: Settings) -> "Iterator[Services]":
    """The collector's parts for one command, without its local server."""
    from client import quiet_logs  # noqa: PLC0415
    from client.app import create_app  # noqa: PLC0415
    from client.services import EXTENSION  # noqa: PLC0415

    quiet_logs.quieten()
    with _failures_in_plain_words():
        parts: Services = create_app(settings).extensions[EXTENSION]
        if parts.set_aside:
            click.echo(str(parts.set_aside), err=True)
        try:
            yield parts
        finally:
            parts.database.engine.dispose()


@contextmanager
def _failures_in_plain_words() -> Iterator[None]:
    """What can go wrong with a device becomes one sentence and a non-zero exit."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from client.enrolment.device_keys import SecretUnusable  # noqa: PLC0415
    from client.storage.opening import DatabaseUnusable  # noqa: PLC0415
    from client.storage.upgrading import UpgradeFailed  # noqa: PLC0415
    from schemas.problems import Problem  # noqa: PLC0415

    try:
        yield
    except (SettingsError, DatabaseUnusable, UpgradeFailed, SecretUnusable) as failure:
        _fail(str(failure))
    except Problem as problem:
        _fail(problem.kind.title)
    except DBAPIError as failure:
        _fail(f"The database cannot be used now ({failure.orig}). Nothing that was acknowledged is lost.")
    except OSError as failure:
        _fail(
            f"This device's disk does not do what it should ({failure.strerror}). Nothing that was acknowledged is lost."
        )


def _begin_anew_where_memory_is_wiped() -> None:
    """Become the same command in an environment where answers do not outlive their request in this process's memory."""
    is_our_process = "run" in sys.argv[1:]
    if is_our_process and (environment := settings_module.environment_that_wipes()) is not None:
        os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606 -- itself, by its own name


def _fail(sentence: str) -> NoReturn:
    raise click.ClickException(sentence)


def _show(face: str, address: str, settings: Settings, stopped: threading.Event) -> None:
    if face == "shell":
        if reason := settings_module.why_no_window():
            _fail(reason)
        try:
            from client import shell  # noqa: PLC0415 -- the web engine is large
        except ModuleNotFoundError:
            _fail("The window is not installed here: pip install 'langnghe[client]', or use --browser.")
        try:
            shell.show(address, settings.home / "window", fullscreen=settings.fullscreen)
        except shell.NoWindow as failure:
            _fail(str(failure))
        return
    if face == "browser":
        import webbrowser  # noqa: PLC0415

        if not webbrowser.open(address):
            click.echo(f"No browser could be opened: open {address} in one.", err=True)
    stopped.wait()


def _stop_on_signals() -> threading.Event:
    """Ctrl-C, a shutdown of the machine and a closed terminal end the collector in good order."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> Any:
        stopped.set()
        raise SystemExit(0)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    return stopped


def _campaigns(number: int) -> str:
    return f"{number} campaign{'' if number == 1 else 's'} may be asked."


if __name__ == "__main__":
    main()
