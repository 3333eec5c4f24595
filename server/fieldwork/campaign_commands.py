"""`campaign`: one survey version asked at some sites in a period."""

from datetime import datetime

import click
from sqlalchemy import select

from server.command_line import as_json, at_work, print_json, print_list
from server.database import session, transaction
from server.fieldwork import campaigns
from server.fieldwork.campaigns import CannotPlan, Plan, SmallSite
from server.fieldwork.tables import Site
from server.fieldwork.tallies import tallied

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def campaign() -> None:
    """Campaigns: what is asked where and when.

    \b
    Example:
      langnghe-server campaign create garment-2026 ge_awareness --from 2026-11-16 --to 2026-12-15 --all-sites
    """  # noqa: D301


@campaign.command()
@click.argument("campaign_id", metavar="NAME")
@click.argument("survey", metavar="SURVEY[@VERSION]")
@click.option("--from", "opens", type=DAY, required=True, help="First day, as 2026-11-16.")
@click.option("--to", "closes", type=DAY, required=True, help="Last day.")
@click.option("--site", "sites", multiple=True, help="A site at which it is asked; may be given again.")
@click.option("--all-sites", is_flag=True, help="Ask it at every site.")
@click.option("--title", multiple=True, metavar="LANGUAGE=TITLE", help="Its own title; by default the survey's.")
@click.option(
    "--day",
    "day_unit",
    type=click.Choice(["day", "week", "month"]),
    default="day",
    show_default=True,
    help="How coarse the day of a response is.",
)
@click.option("--threshold", type=click.IntRange(5), help="Least number of people behind a shown figure.")
@click.option("--open", "at_once", is_flag=True, help="Open it at once.")
@as_json
def create(  # noqa: PLR0913, PLR0917 - one argument an option
    campaign_id: str,
    survey: str,
    opens: datetime,
    closes: datetime,
    sites: tuple[str, ...],
    all_sites: bool,
    title: tuple[str, ...],
    day_unit: str,
    threshold: int | None,
    at_once: bool,
    as_json: bool,
) -> None:
    """Plan a campaign and make its sealing key. Says which sites are too small to be shown by themselves.

    \b
    Example:
      langnghe-server campaign create garment-2026 ge_awareness@2 --from 2026-11-16 --to 2026-12-15 --site may-10 --open
    """  # noqa: D301
    name, version = _survey(survey)
    with at_work() as at_hand, transaction() as writing:
        asked_at = tuple(writing.scalars(select(Site.id))) if all_sites else sites
        plan = Plan(
            id=campaign_id,
            title=_titles(title),
            survey=name,
            version=version,
            opens=opens.date(),
            closes=closes.date(),
            sites=asked_at,
            day_unit=day_unit,
            threshold=threshold or at_hand.settings.threshold,
        )
        made = campaigns.create_campaign(writing, at_hand.keyring, plan)
        if at_once:
            campaigns.open_campaign(writing, made.id, at_hand.today())
        small = campaigns.small_sites(writing, made)
        _tell(made.id, made.state, made.key_id, small, made.threshold, as_json)


def _tell(name: str, state: str, key: str, small: list[SmallSite], threshold: int, as_json: bool) -> None:
    if as_json:
        print_json({"campaign": name, "state": state, "key": key, "small_sites": [one.site.id for one in small]})
        return
    click.echo(
        f"Campaign {name} is {state}; its key is {key}. Back up the keys folder: without it nothing can be opened."
    )
    for one in small:
        click.echo(
            f"Site {one.site.id} has {one.site.headcount} people, fewer than {threshold}: "
            f"it will be shown only together with other sites of {one.unit.name}."
        )


@campaign.command("open")
@click.argument("campaign_id", metavar="NAME")
def open_it(campaign_id: str) -> None:
    """Let collectors ask it.

    \b
    Example:
      langnghe-server campaign open garment-2026
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        campaigns.open_campaign(writing, campaign_id, at_hand.today())
    click.echo(f"Campaign {campaign_id} is open.")


@campaign.command("close")
@click.argument("campaign_id", metavar="NAME")
def close_it(campaign_id: str) -> None:
    """Stop asking it; what was answered before still comes in.

    \b
    Example:
      langnghe-server campaign close garment-2026
    """  # noqa: D301
    with at_work(), transaction() as writing:
        campaigns.close_campaign(writing, campaign_id)
    click.echo(f"Campaign {campaign_id} is closed. What collectors still hold will come in and be opened.")


@campaign.command("list")
@as_json
def list_campaigns(as_json: bool) -> None:
    """List all campaigns with what field staff counted.

    \b
    Example:
      langnghe-server campaign list
    """  # noqa: D301
    with at_work():
        rows = []
        for one in campaigns.campaigns(session()):
            collected, refused = tallied(session(), one.id)
            rows.append(
                {
                    "campaign": one.id,
                    "survey": f"{one.survey_id}@{one.survey_version}",
                    "from": str(one.opens),
                    "to": str(one.closes),
                    "state": one.state,
                    "sites": len(campaigns.sites_of(session(), one.id)),
                    "collected": collected,
                    "refused": refused,
                }
            )
    columns = ("campaign", "survey", "from", "to", "state", "sites", "collected", "refused")
    print_list(columns, rows, as_json=as_json, nothing="No campaign is planned yet.")


def _survey(named: str) -> tuple[str, int | None]:
    name, _, version = named.partition("@")
    if version and not (version.isascii() and version.isdecimal()):
        raise CannotPlan("Name the survey as NAME or NAME@VERSION, such as ge_awareness@2.")
    return name, int(version) if version else None


def _titles(given: tuple[str, ...]) -> dict[str, str]:
    titles = dict(part.partition("=")[::2] for part in given)
    if any(not name or not title for name, title in titles.items()):
        raise CannotPlan("Give a title as LANGUAGE=TITLE, such as vi='Khảo sát quý 4'.")
    return titles
