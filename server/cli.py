"""The command `langnghe-server`. Rooms bring their commands; each is loaded when it is called, so that help is quick."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from server.commands.translation import on_one_line, speaking
from server.failures import Failure

COMMANDS = {
    "demo": ("server.demo.commands:demo", "Show the main job end to end on this machine."),
    "init": ("server.process.setting_up:init", "Set up database, keys and the first administrator."),
    "serve": ("server.process.serving:serve", "Answer requests, open envelopes, refresh the lake."),
    "doctor": ("server.process.doctor:doctor", "Say which settings are in force and what is wrong."),
    "user": ("server.accounts.commands:user", "People who may sign in."),
    "audit": ("server.audit.commands:audit", "The audit log: list, export, check."),
    "survey": ("server.surveys.commands:survey", "Surveys: list, lint, publish."),
    "registry": (
        "server.surveys.registry_commands:registry",
        "Laws, targets, help lines and lists with their days: check, show.",
    ),
    "site": ("server.fieldwork.site_commands:site", "Workplaces with their headcounts: import, list."),
    "campaign": ("server.fieldwork.campaign_commands:campaign", "Campaigns: create, open, close, list."),
    "link": ("server.fieldwork.link_commands:link", "Links for workers' own phones: create, list, revoke."),
    "collector": ("server.collectors.commands:collector", "Collectors: invite, list, revoke."),
    "open-envelopes": ("server.intake.commands:open_now", "Open what waits, now."),
    "quarantine": ("server.intake.commands:quarantine", "What could not be opened: list, retry."),
    "edition": ("server.analysis.edition.commands:edition", "Results of campaigns: make, list, check, explain."),
    "lake": ("server.intake.commands:lake", "The files that the analysis reads: rebuild."),
}

OWN_PACKAGES = {"client", "schemas", "server", "sync"}


class Rooms(click.Group):
    """A group whose commands live in the rooms and are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order in which a server is set up."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command from its room, and the tables of all rooms: what one room writes may refer to another's."""
        if cmd_name not in COMMANDS:
            return None
        import_module("server.tables")
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - narrows the type for the checker
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what fails is told in one sentence."""
        try:
            return super().invoke(ctx)
        except Failure as failure:
            raise click.ClickException(on_one_line(str(failure))) from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except ModuleNotFoundError as missing:
            raise click.ClickException(_what_to_install(missing)) from None
        except Exception as error:  # noqa: BLE001 - the one place where a command's failure becomes a sentence
            raise click.ClickException(_sentence(error)) from None


def _what_to_install(missing: ModuleNotFoundError) -> str:
    name = (missing.name or "").partition(".")[0]
    if name in OWN_PACKAGES:
        return f"This installation lacks its own module {missing.name}: install it again."
    return (
        f"The server needs {name or 'a package'}, which is not installed: run `pip install '.[server]'` in a checkout."
    )


def _sentence(error: Exception) -> str:
    sentences = import_module("server.commands.failure_sentences")
    return str(sentences.sentence_of(error))


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(dir_okay=False), help="TOML file of settings, instead of LANGNGHE_CONFIG.")
@speaking
@click.version_option(package_name="langnghe", message="langnghe-server %(version)s")
@click.pass_context
def main(context: click.Context, config: str | None) -> None:  # noqa: ARG001 - commands read it where they need it
    """Run the central server of Lắng Nghe: it receives sealed responses, opens them, and shows no person.

    \b
    Example:
      langnghe-server init
      langnghe-server serve
    """  # noqa: D301 - the \b is click's
    before = os.umask(0o077)  # what a command writes is for this account alone
    context.call_on_close(lambda: os.umask(before))


if __name__ == "__main__":
    sys.exit(main())
