"""`campaign`: one survey version asked at some sites in a period."""

from datetime import date, datetime

import click
from sqlalchemy import select

from schemas.words import Message, say, sentence
from server.commands.command_line import as_json, at_work, print_json, print_list
from server.commands.translation import headed, in_words, speaking, translated
from server.database import session, transaction
from server.fieldwork import campaigns
from server.fieldwork.campaigns import CannotPlan, Plan, SmallSite
from server.fieldwork.tables import Campaign, Site
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
@click.option(
    "--strong", is_flag=True, help="Replace one answer in ten by somebody else's before it is counted; tell workers so."
)
@click.option("--open", "at_once", is_flag=True, help="Open it at once.")
@as_json
@speaking
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
    strong: bool,
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
            strong=strong,
        )
        made = campaigns.create_campaign(writing, at_hand.keyring, plan)
        if at_once:
            campaigns.open_campaign(writing, made.id, at_hand.today())
        period = campaigns.period_today(made, at_hand.today())
        small, turning = campaigns.small_sites(writing, made), campaigns.turning_keys(writing, made)
        _tell(made, period, small, turning, as_json)


def _tell(made: Campaign, period: str, small: list[SmallSite], turning: dict[str, list[date]], as_json: bool) -> None:
    if as_json:
        days = {name: [day.isoformat() for day in found] for name, found in turning.items()}
        facts = {"campaign": made.id, "state": made.state, "period": period, "key": made.key_id, "changing_keys": days}
        print_json(facts | ({"strong": True} if made.strong else {}) | {"small_sites": [one.site.id for one in small]})
        return
    click.echo(
        translated(
            (
                "Campaign {campaign} is {state}; its key is {key}. Back up the keys folder: without it nothing can be opened."
            ),
            campaign=made.id,
            state=sentence(made.state),
            key=made.key_id,
        )
    )
    click.echo(in_words(_asked(made, period)))
    if made.strong:
        click.echo(
            translated(
                "Strong mode: before a response is counted, each of its answers is replaced by somebody else's with a chance of one in "
                "ten, and only that is kept. The people who are asked read so before the first question; figures are less exact."
            )
        )
    for name, found in turning.items():
        click.echo(
            translated(
                "The right answer to {name} changes on {days}, while the campaign runs; everybody is measured by, and shown, "
                "what was right on {first}. Two campaigns, one before and one after, would measure both.",
                name=name,
                days=", ".join(map(str, found)),
                first=made.opens,
            )
        )
    for one in small:
        click.echo(
            translated(
                "Site {site} has {people:,} people, fewer than {threshold}: it will be shown only together with other sites of {unit}.",
                site=one.site.id,
                people=one.site.headcount,
                threshold=made.threshold,
                unit=one.unit.name,
            )
        )


def _asked(campaign: Campaign, period: str) -> Message:
    """Say when it is asked."""
    if period == "over":
        return say("Its last day, {closes}, is past: nobody is asked.", closes=campaign.closes)
    if period == "running":
        return say("It is asked until {closes}.", closes=campaign.closes)
    return say("It is asked from {opens} to {closes}.", opens=campaign.opens, closes=campaign.closes)


@campaign.command("open")
@click.argument("campaign_id", metavar="NAME")
@speaking
def open_it(campaign_id: str) -> None:
    """Let collectors ask it.

    \b
    Example:
      langnghe-server campaign open garment-2026
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        opened = campaigns.open_campaign(writing, campaign_id, at_hand.today())
        period = campaigns.period_today(opened, at_hand.today())
        asked = _asked(opened, period)
    click.echo(translated("Campaign {campaign} is open. {asked}", campaign=campaign_id, asked=asked))


@campaign.command("close")
@click.argument("campaign_id", metavar="NAME")
@speaking
def close_it(campaign_id: str) -> None:
    """Stop asking it; what was answered before still comes in.

    \b
    Example:
      langnghe-server campaign close garment-2026
    """  # noqa: D301
    with at_work() as at_hand, transaction() as writing:
        campaigns.close_campaign(writing, campaign_id, at_hand.today())
        late, pool = at_hand.settings.late_days, at_hand.settings.pool
    click.echo(
        translated(
            "Campaign {campaign} is closed. What collectors still hold will come in and be opened.",
            campaign=campaign_id,
        )
    )
    click.echo(
        translated(
            "A last rest of fewer than {pool} envelopes waits {days} days for others before it is opened.",
            pool=pool,
            days=late,
        )
    )


@campaign.command("list")
@as_json
@speaking
def list_campaigns(as_json: bool) -> None:
    """List all campaigns with what field staff counted.

    \b
    Example:
      langnghe-server campaign list
    """  # noqa: D301
    with at_work() as at_hand:
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
                    "period": campaigns.period_today(one, at_hand.today()),
                    "sites": len(campaigns.sites_of(session(), one.id)),
                    "collected": collected,
                    "refused": refused,
                }
            )
    if not as_json:
        rows = [row | {"state": in_words(str(row["state"])), "period": in_words(str(row["period"]))} for row in rows]
    columns = headed(("campaign", "survey", "from", "to", "state", "period", "sites", "collected", "refused"))
    print_list(columns, rows, as_json=as_json, nothing=translated("No campaign is planned yet."))


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
