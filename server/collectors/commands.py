"""`collector`: installations that may deliver."""

from datetime import timedelta

import click

from server.collectors import enrolment
from server.collectors.inviting import how_to_enrol
from server.commands.command_line import as_json, at_work, print_json, print_list
from server.database import session, transaction
from server.keys.codes import in_groups


@click.group()
def collector() -> None:
    """Collectors: installations that may deliver.

    \b
    Example:
      langnghe-server collector invite
    """  # noqa: D301


@collector.command()
@click.option(
    "--days", type=click.IntRange(1, 90), help="Days for which the code is good; by default as in the settings."
)
@as_json
def invite(days: int | None, as_json: bool) -> None:
    """Make a code that enrols one collector, once, and say how in Vietnamese and in English.

    \b
    Example:
      langnghe-server collector invite --days 3
    """  # noqa: D301
    with at_work() as at_hand:
        good_for = days or at_hand.settings.invitation_days
        with transaction() as writing:
            code = enrolment.invite(writing, at_hand.keyring, at_hand.chance, today=at_hand.today(), days=good_for)
        until, address = at_hand.today() + timedelta(days=good_for), at_hand.settings.public_url
    if as_json:
        print_json({"code": code, "until": str(until), "url": address})
    else:
        click.echo("\n".join(how_to_enrol(in_groups(code), until, f"{address}/")))


@collector.command("list")
@as_json
def list_collectors(as_json: bool) -> None:
    """List all collectors.

    \b
    Example:
      langnghe-server collector list
    """  # noqa: D301
    with at_work():
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "enrolled": str(one.enrolled_on),
                "revoked": str(one.revoked_on) if one.revoked_on else None,
            }
            for one in enrolment.collectors(session())
        ]
    nothing = "No collector is enrolled. Invite one: langnghe-server collector invite"
    print_list(("id", "name", "enrolled", "revoked"), rows, as_json=as_json, nothing=nothing)


@collector.command()
@click.argument("collector_id", metavar="ID")
def revoke(collector_id: str) -> None:
    """Take a lost collector's right to deliver; what it delivered stays.

    \b
    Example:
      langnghe-server collector revoke -- eGdXv0n3T6q0m1c2b3a4Zw
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        revoked = enrolment.revoke(writing, collector_id, at_hand.today())
    click.echo(f"{revoked.name} can no longer deliver.")
