"""`link`: one campaign at one site for workers' own phones."""

import click

from server.commands.command_line import as_json, at_work, print_json, print_list
from server.commands.translation import headed, speaking, translated
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
@speaking
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
        click.echo(
            translated(
                "Link, shown this once, for at most {quota} responses: {address}", quota=made.quota, address=address
            )
        )


@link.command("list")
@as_json
@speaking
def list_links(as_json: bool) -> None:
    """List all links and whether people may answer by them today. Their codes nobody can read again.

    \b
    Example:
      langnghe-server link list
    """  # noqa: D301
    with at_work() as at_hand:
        rows = [
            {
                "id": one.id,
                "campaign": one.campaign_id,
                "site": one.site_id,
                "stored": one.stored,
                "quota": one.quota,
                "revoked": str(one.revoked_on) if one.revoked_on else None,
                "state": reason.kind.code if (reason := links.why_not(one, campaign, at_hand.today())) else "open",
            }
            for one, campaign in links.links(session())
        ]
    columns = headed(("id", "campaign", "site", "stored", "quota", "revoked", "state"))
    print_list(columns, rows, as_json=as_json, nothing=translated("There is no link."))


@link.command()
@click.argument("link_id", metavar="ID")
@speaking
def revoke(link_id: str) -> None:
    """Stop a link; what came through it stays. What still waits on people's phones waits until the link is restored.

    \b
    Example:
      langnghe-server link revoke -- eGdXv0n3T6q0m1c2b3a4Zw
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        links.revoke_link(writing, link_id, at_hand.today())
    click.echo(translated("The link no longer works."))


@link.command()
@click.argument("link_id", metavar="ID")
@speaking
def restore(link_id: str) -> None:
    """Let a revoked link work again: what waits on people's phones comes in.

    \b
    Example:
      langnghe-server link restore -- eGdXv0n3T6q0m1c2b3a4Zw
    """  # noqa: D301
    with at_work(), transaction() as writing:
        links.restore_link(writing, link_id)
    click.echo(translated("The link works again."))


@link.command()
@click.argument("link_id", metavar="ID")
@click.argument("number", type=click.IntRange(0, 1_000_000))
@speaking
def quota(link_id: str, number: int) -> None:
    """Let a link bring so many responses in all: where a headcount was too low, what was refused can be sent again.

    \b
    Example:
      langnghe-server link quota eGdXv0n3T6q0m1c2b3a4Zw 60
    """  # noqa: D301
    with at_work(), transaction() as writing:
        links.set_quota(writing, link_id, number)
    click.echo(translated("The link takes at most {quota} responses in all.", quota=number))
