"""`link`: one campaign at one site for workers' own phones."""

import click

from server.command_line import as_json, at_work, print_json, print_list
from server.database import session, transaction
from server.fieldwork import links


@click.group()
def link() -> None:
    """Links, by which workers answer on their own phones.

    \b
    Example:
      langnghe-server link create garment-2026 may-10
    """  # noqa: D301


@link.command()
@click.argument("campaign")
@click.argument("site")
@as_json
def create(campaign: str, site: str, as_json: bool) -> None:
    """Make a link for one campaign at one site; it takes a fifth more envelopes than people work there.

    \b
    Example:
      langnghe-server link create garment-2026 may-10
    """  # noqa: D301
    with at_work() as at_hand:
        with transaction() as writing:
            made, code = links.create_link(writing, at_hand.keyring, at_hand.chance, campaign, site)
        address = f"{at_hand.settings.public_url}/#/l/{code}"
    if as_json:
        print_json({"id": made.id, "code": code, "url": address, "quota": made.quota})
    else:
        click.echo(f"Link, shown this once, for at most {made.quota} responses: {address}")


@link.command("list")
@as_json
def list_links(as_json: bool) -> None:
    """List all links, without their codes, which nobody can read again.

    \b
    Example:
      langnghe-server link list
    """  # noqa: D301
    with at_work():
        rows = [
            {
                "id": one.id,
                "campaign": one.campaign_id,
                "site": one.site_id,
                "stored": one.stored,
                "quota": one.quota,
                "revoked": str(one.revoked_on) if one.revoked_on else None,
            }
            for one in links.links(session())
        ]
    columns = ("id", "campaign", "site", "stored", "quota", "revoked")
    print_list(columns, rows, as_json=as_json, nothing="There is no link.")


@link.command()
@click.argument("link_id", metavar="ID")
def revoke(link_id: str) -> None:
    """Stop a link; what came through it stays.

    \b
    Example:
      langnghe-server link revoke -- eGdXv0n3T6q0m1c2b3a4Zw
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        links.revoke_link(writing, link_id, at_hand.today())
    click.echo("The link no longer works.")
