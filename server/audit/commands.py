"""`audit`: who changed what on this server."""

from datetime import UTC, datetime

import click

from schemas.words import sentence
from server.audit import log
from server.commands.command_line import as_json, at_work, print_json, print_list
from server.commands.translation import headed, speaking, translated
from server.database import session
from server.failures import Failure


class ChainBroken(Failure):
    """The audit log was altered."""


@click.group()
def audit() -> None:
    """The audit log: who changed what.

    \b
    Example:
      langnghe-server audit list
    """  # noqa: D301


@audit.command("list")
@click.option("--action", default="", help="Only changes of this kind, such as campaign or campaign.opened.")
@click.option("--by", "actor", default="", help="Only those of this account.")
@click.option("--of", "subject", default="", help="Only those to this campaign, survey, collector, account …")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many at most.")
@as_json
@speaking
def list_entries(action: str, actor: str, subject: str, most: int, as_json: bool) -> None:
    """List changes, the newest first.

    \b
    Example:
      langnghe-server audit list --action campaign --most 20
    """  # noqa: D301
    with at_work() as at_hand:
        zone = at_hand.settings.zone
        found = log.entries(session(), action=action, actor=actor, subject=subject, most=most)
        rows = [
            {
                "number": entry.number,
                "at": f"{datetime.fromtimestamp(entry.at, UTC).astimezone(zone):%Y-%m-%d %H:%M}",
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "facts": entry.facts if as_json else _spelled(entry.facts),
            }
            for entry in found
        ]
    columns = headed(("number", "at", "actor", "action", "subject", "facts"))
    print_list(columns, rows, as_json=as_json, nothing=translated("Nothing was changed yet."))


@audit.command()
def export() -> None:
    """Print every entry, the oldest first, as one JSON document a line, with the seals of the chain.

    \b
    Example:
      langnghe-server audit export > audit.jsonl
    """  # noqa: D301
    with at_work():
        for document in log.exported(session()):
            print_json(document)


@audit.command()
@speaking
def check() -> None:
    """Follow the chain of the log, and say where it was altered.

    \b
    Example:
      langnghe-server audit check
    """  # noqa: D301
    with at_work() as at_hand:
        found = log.check(session(), at_hand)
    for one in found:
        click.echo(translated("Entry {number}: {reason}", number=one.number, reason=sentence(one.reason)), err=True)
    if found:
        raise ChainBroken("The audit log was altered: compare it with a copy that was exported before.")
    click.echo(translated("The chain of the audit log holds."))


def _spelled(facts: dict[str, object]) -> str:
    return ", ".join(f"{name}: {fact}" for name, fact in facts.items())
